"""An assignment as a learner meets it, without scripts."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from lms.assignments.kind import AssignmentKind
from lms.catalog.activity import Progress
from tests.assessment.test_pages import words
from tests.assignments.school import handed, here, seen

PDF = b"%PDF-1.4\n% un plan\n"


def state(db, school, name="learner"):
    with db.reading() as session:
        found = AssignmentKind().state(
            session, school.enrollment_ids[name], [school.activity_id], db.clock()
        )
    return found.get(school.activity_id)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2500, 1200), "teal").save(out, "JPEG")
    return out.getvalue()


def send_file(browser, school, data=PDF, name="plan.pdf", text="", go="file"):
    page = here(school)
    sent = {"text": text, "go": go, "seen": seen(browser, page), "file": (io.BytesIO(data), name)}
    return browser.send(page, sent)


def test_the_page_says_what_is_asked_and_by_what_it_is_marked(learner, school):
    said = words(learner.get(here(school)))
    for sentence in (
        "Escriba un plan breve para su municipio.",
        "Write 3 to 50 words.",
        "2 files at most, each of up to 1 MB: PDF, photograph (JPG, PNG).",
        "It is taken up to 5 days late.",
        "Each day that has begun costs 5 % of all points.",
        "Never more than 12 %.",
        "It is worth 100 points. You pass with 61 or more (61 %).",
        "Suficiente : 30 points",
        "Redacción · 40 points",
    ):
        assert sentence in said


def test_a_text_is_kept_before_it_is_handed_in(learner, school, rows, db):
    page = here(school)
    assert state(db, school) is None
    learner.send(page, {"text": "Primera línea\r\n\r\nOtra.", "go": "save", "seen": ""})
    (row,) = rows()
    assert (row.text, row.handed_in_at) == ("Primera línea\n\nOtra.", None)
    assert state(db, school).progress is Progress.STARTED
    assert "Primera línea\n\nOtra.</textarea>" in learner.get(page).text


def test_what_was_saved_on_another_device_is_not_overwritten_unread(learner, school, rows):
    page = here(school)
    old = seen(learner, page)
    learner.send(page, {"text": "En el teléfono.", "go": "save", "seen": old})
    answer = learner.send(page, {"text": "En la oficina.", "go": "save", "seen": old})
    assert answer.status_code == 409
    assert "En la oficina.</textarea>" in answer.text
    assert "What is saved now En el teléfono." in words(answer)
    assert rows()[0].text == "En el teléfono."
    newer = answer.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    learner.send(page, {"text": "En la oficina.", "go": "save", "seen": newer})
    assert rows()[0].text == "En la oficina."


def test_a_file_is_taken_by_its_content_and_keeps_its_hash(learner, school, rows):
    assert send_file(learner, school, text="Con anexo.").status_code == 303
    said = words(learner.get(here(school)))
    assert "plan.pdf" in said
    assert rows()[0].text == "Con anexo."
    refused = send_file(learner, school, b"MZ\x90\x00", "virus.pdf", text="No se pierde.")
    assert refused.status_code == 422
    assert "This kind of file is not taken here." in words(refused)
    assert "No se pierde.</textarea>" in refused.text


def test_a_photograph_is_drawn_anew_and_a_file_is_taken_out(learner, school):
    send_file(learner, school, photo(), "hoja.jpg")
    page = learner.get(here(school))
    out = page.text.partition('value="out:')[2].partition('"')[0]
    address = page.text.partition("/archivos/")[2].partition('"')[0]
    kept = learner.get(f"{here(school)}/archivos/{address}")
    assert Image.open(io.BytesIO(kept.data)).size == (2000, 960)
    learner.send(
        here(school), {"text": "", "go": f"out:{out}", "seen": seen(learner, here(school))}
    )
    assert "hoja.jpg" not in learner.get(here(school)).text


def test_no_more_files_than_are_taken(learner, school):
    for number in range(2):
        send_file(learner, school, PDF + bytes([48 + number]), f"{number}.pdf")
    answer = send_file(learner, school, PDF + b"x", "tres.pdf")
    assert answer.status_code == 409
    assert "No more than 2 files are taken." in words(answer)


def test_nothing_is_no_work(learner, school):
    answer = learner.send(here(school), {"text": "", "go": "review", "seen": ""})
    assert answer.status_code == 409
    assert "There is nothing to hand in yet" in words(answer)


def test_handing_in_freezes_it_and_gives_a_receipt(learner, school, rows, db):
    send_file(learner, school)
    address = handed(learner, school)
    said = words(learner.get(address))
    (row,) = rows()
    assert row.digest in said
    assert row.receipt in said
    assert "Waiting to be marked" in said
    assert state(db, school).progress is Progress.WAITING
    plain = learner.get(f"{address}/comprobante.txt")
    assert row.digest in plain.text
    assert "SHA-256" in plain.text
    again = learner.send(here(school), {"text": "Otra cosa.", "go": "save", "seen": ""})
    assert again.status_code == 409
    assert "as often as it may be" in words(again)
    assert "It was not kept. Copy it if you need it. Otra cosa." in words(again)
    assert rows()[0].text == "Un plan breve."


def test_too_few_words_are_told_and_not_refused(learner, school):
    learner.send(here(school), {"text": "Breve.", "go": "review", "seen": ""})
    said = words(learner.get(f"{here(school)}/revisar"))
    assert "Your text has 1 word. Write 3 to 50 words. You may hand it in all the same." in said


@pytest.mark.parametrize(
    ("late", "said", "days"),
    [
        (timedelta(hours=1), "costs nothing now", 0),
        (timedelta(hours=3), "1 day × 5 % of 100 points = 5 points", 1),
        (timedelta(days=2, hours=1), "3 days × 5 % of 100 points = 15 points; at most 12 %", 3),
    ],
)
def test_what_lateness_costs_is_said_before_and_kept(learner, school, due, rows, late, said, days):
    due(-late)
    assert said in words(learner.get(here(school)))
    handed(learner, school)
    assert rows()[0].days_late == days


def test_after_the_last_of_the_late_days_nothing_is_taken(learner, school, due, rows):
    due(-timedelta(days=5, hours=1))
    page = learner.get(here(school))
    assert "the last day has passed" in words(page)
    assert "<textarea" not in page.text
    answer = learner.send(here(school), {"text": "Tarde.", "go": "save", "seen": ""})
    assert answer.status_code == 409
    assert rows() == []


@pytest.mark.parametrize("person", ["learner2", "otra-learner", "instructor", "administrator"])
def test_somebody_elses_pages_do_not_exist(as_person, learner, school, person):
    address = handed(learner, school)
    other = as_person(person)
    for page in (here(school), f"{here(school)}/revisar", address, f"{address}/comprobante.txt"):
        assert other.get(page).status_code == 404
    for door in (here(school), f"{here(school)}/entregar"):
        assert other.send(door, {"draft": "x"}).status_code == 404
