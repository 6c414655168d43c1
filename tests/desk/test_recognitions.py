"""Recognising a course on the desk: written down with its document, shown everywhere, undone."""

import io
import re

import pytest
from sqlalchemy import func, select

from lms.grading.models import Recognition

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF"
FORM = {
    "course": "transparencia", "where_passed": "INAP", "title": "Transparencia municipal",
    "hours": "24", "grade": "85/100", "passed_on": "2025-05-01", "reason": "Acta 12-2026",
}  # fmt: skip


@pytest.fixture
def url(classroom) -> str:
    place = classroom.enrollments["learner"].uid
    return f"/gestion/promociones/{classroom.cohort.uid}/personas/{place}"


def words(answer) -> str:
    return " ".join(answer.text.split())


def send(browser, url, **other):
    sent = FORM | {"document": (io.BytesIO(PDF), "certificado.pdf")} | other
    return browser.send(f"{url}/convalidar", sent, content_type="multipart/form-data")


def count(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Recognition)) or 0


def test_recognised_it_is_said_everywhere(classroom, url, english):
    browser = english("registrar")
    assert f"{url}/convalidar" in browser.get(url).text
    assert send(browser, url).status_code == 303
    person = words(browser.get(url))
    assert "It was passed elsewhere: it counts as completed, and has no grade here." in person
    for part in ("INAP", "Transparencia municipal", "85/100", "Acta 12-2026", "certificado.pdf"):
        assert part in person
    desk = f"/gestion/promociones/{classroom.cohort.uid}"
    said = "Recognised: passed elsewhere, without a grade here."
    assert said in words(browser.get(f"{desk}?ver=todas"))
    sheet = browser.get(f"{desk}/notas.csv?ver=todas").text
    assert said in sheet
    assert "85" not in sheet.split("\n", 1)[1]
    assert "Recognised, ready for the document (1)" in words(
        browser.get(f"{desk}?ver=convalidadas")
    )
    assert ">Recognised<" in browser.get(f"{desk}/constancias").text
    missing = words(english("learner").get(f"{classroom.url('learner')}/que-me-falta"))
    assert "You passed it elsewhere" in missing
    assert "You lack nothing" in missing
    assert "How the grade adds up" not in missing


def test_its_document_opens_for_the_registrar_and_it_is_taken_back(classroom, url, english, db):
    browser = english("registrar")
    send(browser, url)
    text = browser.get(url).text
    file = re.search(r'href="([^"]+/convalidaciones/[^"]+/documento)"', text).group(1)
    assert browser.get(file).data == PDF
    back = re.search(r'href="([^"]+/convalidaciones/[^"]+/retirar)"', text).group(1)
    for name, status in (("instructor", 403), ("otra-registrar", 404), ("learner", 404)):
        assert english(name).get(file).status_code == status
        assert english(name).send(back, {"reason": "Fue un error"}).status_code == status
    assert "INAP" in words(browser.get(back))
    assert browser.send(back, {"reason": ""}).status_code == 422
    assert browser.send(back, {"reason": "Fue un error"}).status_code == 303
    assert "Taken back on" in words(browser.get(url))
    assert classroom.row("learner").state == "enrolled"
    assert browser.get(back).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"document": ""}, "Attach the document"),
        ({"document": (io.BytesIO(b"MZ\x00\x01"), "c.pdf")}, "This kind of file is not taken"),
        ({"course": "otro"}, "Choose one from the list"),
        ({"where_passed": ""}, "Write the institution."),
        ({"hours": "0"}, "Write the hours of the course"),
        ({"passed_on": "2026-12-24"}, "That day has not come yet."),
        ({"reason": "no"}, "Write the reason"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(classroom, url, english, db, wrong, said):
    answer = send(english("registrar"), url, **wrong)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Transparencia municipal" in answer.text
    assert count(db) == 0


def test_a_document_that_came_already_need_not_come_again(classroom, url, english, db):
    browser = english("registrar")
    answer = send(browser, url, reason="no")
    assert "Attached: certificado.pdf" in words(answer)
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', answer.text).group(1)
    assert browser.send(f"{url}/convalidar", FORM | {"kept": kept}).status_code == 303
    assert count(db) == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("registrar", 200), ("instructor", 403), ("tutor", 403), ("help_desk", 403),
     ("otra-registrar", 404), ("learner", 404)],
)  # fmt: skip
def test_who_may_do_it(classroom, url, as_person, role, status, db):
    browser = as_person(role)
    assert browser.get(f"{url}/convalidar").status_code == status
    if status != 200:
        assert browser.send(f"{url}/convalidar", FORM).status_code == status
        assert count(db) == 0
