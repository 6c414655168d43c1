"""Withdrawals on the desk: chosen, looked over, done once, shown everywhere, taken back."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import func, select

from lms.enrollment.models import Departure
from lms.foundation.files.models import Blob
from tests.statements import statements

FORM = {"left_on": "2026-11-23", "cause": "work", "reason": "Turnos de noche"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def desk(classroom) -> str:
    classroom.enrol("learner2")
    return f"/gestion/promociones/{classroom.cohort.uid}"


@pytest.fixture
def who(classroom, desk) -> list[str]:
    return [str(classroom.enrollments[name].uid) for name in ("learner", "learner2")]


def words(answer) -> str:
    return " ".join(answer.text.split())


def count(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Departure)) or 0


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    return found.group(1) if found else ""


def test_looking_over_says_who_and_what_it_means_and_writes_nothing(desk, who, english, db):
    browser = english("registrar")
    answer = browser.send(f"{desk}/retiros/revisar?ver=todas", FORM | {"who": who})
    text = words(answer)
    assert answer.status_code == 200
    assert "Withdraw 2 people from Promoción 1 de 2027?" in text
    assert "2 seats are free at once." in text
    assert text.count("0 of 5 activities finished") == 2
    assert "Turnos de noche" in text
    assert count(db) == 0


def test_done_once_whatever_is_pressed_twice(desk, who, english, db, classroom):
    browser = english("registrar")
    form = FORM | {"who": who, "form_key": "una-vez"}
    for _ in range(2):
        answer = browser.send(f"{desk}/retiros?ver=todas", form)
        assert answer.status_code == 303
    assert answer.location.endswith("?ver=retiradas")
    assert count(db) == 2
    assert classroom.row("learner").state == "withdrawn"
    assert "2 people were withdrawn and are being told." in words(browser.get(answer.location))


def test_the_list_its_filters_and_files_say_it(desk, who, english):
    browser = english("registrar")
    browser.send(f"{desk}/retiros?ver=todas", FORM | {"who": who[:1]})
    everybody = words(browser.get(f"{desk}?ver=todas"))
    assert "Everybody (1)" in everybody
    assert "Withdrawn (1)" in everybody
    assert "Turnos de noche" not in everybody
    gone = words(browser.get(f"{desk}?ver=retiradas"))
    assert "From Nov 23, 2026. Turnos de noche" in gone or "From 23 Nov 2026" in gone
    assert "Write to" not in gone
    for kind in ("csv", "xlsx"):
        answer = browser.get(f"{desk}/notas.{kind}?ver=retiradas")
        assert answer.status_code == 200
        if kind == "csv":
            assert "Withdrawn" in answer.text
            assert "Turnos de noche" in answer.text


def test_the_page_of_the_person_says_it_and_takes_it_back(desk, who, english, classroom):
    browser = english("registrar")
    person = f"{desk}/personas/{who[0]}"
    assert f"/retiros?ver=todas&amp;persona={who[0]}" in browser.get(person).text
    answer = browser.send(f"{desk}/retiros?ver=todas", FORM | {"who": who[:1]})
    assert answer.location.endswith(person)
    text = words(browser.get(person))
    assert "Turnos de noche" in text
    assert "Work leaves no time" in text
    assert "Write to this person" not in text
    back = f"{person}/reincorporar"
    assert back in text
    assert "Withdrawn from 23 November 2026" in words(browser.get(back))
    assert browser.send(back, {"reason": ""}).status_code == 422
    assert browser.send(back, {"reason": "Fue un error"}).status_code == 303
    assert classroom.row("learner").state == "enrolled"
    assert "Taken back on" in words(browser.get(person))
    assert browser.get(back).status_code == 404


def test_one_person_is_chosen_already(desk, who, english):
    text = english("registrar").get(f"{desk}/retiros?ver=todas&persona={who[0]}").text
    assert re.findall(r'name="who" value="([^"]+)"', text) == who[:1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"left_on": "2026-11-24"}, "That day has not come yet."),
        ({"left_on": "2020-01-01"}, "was enrolled later than that."),
        ({"left_on": "ayer"}, "Write the day"),
        ({"cause": "clima"}, "Choose one from the list"),
        ({"reason": "no"}, "Write the reason in up to 500 characters"),
        ({"who": []}, "Choose at least one person."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(desk, who, english, db, wrong, said):
    browser = english("registrar")
    form = FORM | {"who": who, "reason": "Turnos de noche"} | wrong
    step = "" if said.startswith(("That day", "was enrolled")) else "/revisar"
    answer = browser.send(f"{desk}/retiros{step}?ver=todas", form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert form["reason"] in answer.text
    assert answer.text.count(" checked") == len(form["who"])
    assert count(db) == 0


def test_a_document_is_kept_from_step_to_step_and_opens_for_the_registrar(desk, who, english, db):
    browser = english("registrar")
    sent = FORM | {"who": who[:1], "document": (io.BytesIO(PDF), "cartas/renuncia.pdf")}
    answer = browser.send(
        f"{desk}/retiros/revisar?ver=todas", sent, content_type="multipart/form-data"
    )
    assert "renuncia.pdf" in answer.text
    kept = hidden(answer.text, "kept")
    back = browser.send(
        f"{desk}/retiros/revisar?ver=todas", FORM | {"who": who[:1], "kept": kept, "back": "1"}
    )
    assert "Attached: renuncia.pdf" in words(back)
    browser.send(f"{desk}/retiros?ver=todas", FORM | {"who": who[:1], "kept": kept})
    link = re.search(r'href="([^"]+/documento)"', browser.get(f"{desk}/personas/{who[0]}").text)
    file = browser.get(link.group(1))
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    for name, status in (("instructor", 403), ("otra-registrar", 404), ("learner", 404)):
        assert english(name).get(link.group(1)).status_code == status
    assert "/documento" not in english("instructor").get(f"{desk}/personas/{who[0]}").text


def test_a_picture_is_drawn_anew_and_nothing_else_is_taken(desk, who, english, db):
    browser = english("registrar")
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40)).save(drawn, "PNG")

    def send(content: bytes, name: str):
        sent = FORM | {"who": who[:1], "document": (io.BytesIO(content), name)}
        return browser.send(f"{desk}/retiros?ver=todas", sent, content_type="multipart/form-data")

    refused = send(b"MZ\x00\x01 not a paper", "carta.pdf")
    assert refused.status_code == 422
    assert "This kind of file is not taken here." in words(refused)
    assert send(drawn.getvalue() + b"hidden", "carta.png").status_code == 303
    with db.reading() as session:
        kept = session.scalars(select(Departure)).one()
        assert session.get(Blob, kept.document_sha256).media_type == "image/jpeg"


def test_nobody_names_a_file_of_others(desk, who, english, db):
    browser = english("registrar")
    digest = "a" * 64
    for forged in (digest, f'["{digest}",9,"application/pdf","x",1].sign'):
        form = FORM | {"who": who[:1], "kept": forged}
        answer = browser.send(f"{desk}/retiros/revisar?ver=todas", form)
        assert answer.status_code == 200
        assert hidden(answer.text, "kept") == ""


@pytest.mark.parametrize(
    ("role", "status"),
    [("registrar", 200), ("instructor", 403), ("tutor", 403), ("help_desk", 403),
     ("otra-registrar", 404), ("learner", 404)],
)  # fmt: skip
def test_who_may_record_them(desk, who, as_person, role, status, db):
    browser = as_person(role)
    assert browser.get(f"{desk}/retiros").status_code == status
    if status != 200:
        for address in ("retiros", "retiros/revisar", f"personas/{who[0]}/reincorporar"):
            form = FORM | {"who": who}
            assert browser.send(f"{desk}/{address}", form).status_code == status
        assert count(db) == 0


def test_a_person_of_another_cohort_is_nobody_here(desk, who, english, db, world):
    answer = english("registrar").send(
        f"{desk}/retiros", FORM | {"who": ["01a1fc63-ba3c-70fe-bed1-86403cbd786d"]}
    )
    assert answer.status_code == 404


def test_the_learner_reads_why_and_what_to_do(desk, who, english, classroom):
    english("registrar").send(f"{desk}/retiros", FORM | {"who": who[:1]})
    browser = english("learner")
    home = words(browser.get("/inicio"))
    assert "Reason given: Turnos de noche. Open it to see what you can do." in home
    page = f"/aula/{who[0]}/retiro"
    assert page in home
    text = words(browser.get(page))
    assert "You were withdrawn from Promoción 1 de 2027" in text
    assert "write to the institution" in text
    assert browser.get(classroom.url("learner")).status_code == 409
    assert english("learner2").get(page).status_code == 404
    english("registrar").send(f"{desk}/personas/{who[0]}/reincorporar", {"reason": "Fue un error"})
    assert browser.get(page).location.endswith(f"/aula/{who[0]}")


def test_its_statements_do_not_grow(desk, classroom, english, db):
    browser = english("registrar")
    browser.get(f"{desk}/retiros?ver=todas")
    with statements(db.engine) as few:
        browser.get(f"{desk}/retiros?ver=todas")
    for name in ("tutor", "signer", "help_desk"):
        classroom.enrol(name)
    with statements(db.engine) as many:
        browser.get(f"{desk}/retiros?ver=todas")
    assert len(many) == len(few) <= 9
