"""What people are told reads as it was written, and its link leads somewhere."""

from uuid import uuid4

import pytest
from flask import url_for

from lms.enrollment.rules import links
from lms.foundation.mail.letters import written

CONTEXT = {
    "cohort": "Promoción «1» & Cía.",
    "programme": "Gestión <Municipal>",
    "starts_at": "2027-01-11T06:00:00+00:00",
    "ends_at": "2027-05-31T05:59:59+00:00",
    "left_on": "2027-02-01",
    "from_cohort": "Promoción 2",
    "reason": "Falta el DPI & la constancia <laboral>.",
}


@pytest.mark.parametrize(
    "name",
    [
        "applied", "enrolled", "admitted", "declined", "appointed_instructor", "appointed_tutor",
        "withdrawn", "readmitted", "transferred", "transfer_undone", "handed_in", "promoted",
    ],
)  # fmt: skip
def test_a_letter_has_a_subject_paragraphs_and_words_for_its_link(app, name):
    with app.test_request_context():
        letter = written(f"enrollment/{name}", CONTEXT)
    assert "Promoción «1» & Cía." in letter.subject
    assert "Gestión <Municipal>" in letter.paragraphs[0]
    assert letter.action
    if name in ("declined", "withdrawn", "readmitted", "transferred", "transfer_undone"):
        assert CONTEXT["reason"] in letter.paragraphs[1]
    else:
        assert "2027" in letter.paragraphs[1]


@pytest.mark.parametrize(
    "name",
    [
        "corrected",
        "sent_back",
        "time_given",
        "called_off",
        "reopened",
        "admission_taken_back",
        "waitlisted",
        "off_list",
    ],
)
def test_a_letter_about_an_application_says_which_and_leads_to_it(app, name):
    given = {"until": "2027-01-11T05:59:59+00:00", "observed": "DPI: falta el reverso."}
    with app.test_request_context():
        letter = written(f"enrollment/{name}", CONTEXT | given)
    assert "Promoción «1» & Cía." in letter.subject
    assert "Gestión <Municipal>" in letter.paragraphs[0]
    assert letter.action
    if name == "sent_back":
        assert "11 de enero" in letter.paragraphs[0]
        assert letter.paragraphs[1] == "– DPI: falta el reverso."


def test_a_letter_about_dates_names_each_with_what_it_was(app):
    changes = [
        {"said": "End", "title": "", "before": CONTEXT["ends_at"], "after": CONTEXT["starts_at"]},
        {"said": "Closes", "title": "Evaluación 1", "before": None, "after": CONTEXT["ends_at"]},
        {"said": "Opens", "title": "Evaluación 1", "before": CONTEXT["ends_at"], "after": None},
    ]
    with app.test_request_context():
        letter = written("enrollment/dates_changed", CONTEXT | {"changes": changes})
    assert letter.subject == "Fechas nuevas de Promoción «1» & Cía."
    assert len(letter.paragraphs) == 4
    assert letter.paragraphs[1].startswith("– Fin: lunes 11 de enero")
    assert "antes: lunes 31 de mayo" in letter.paragraphs[1]
    assert letter.paragraphs[2].startswith("– Evaluación 1: cierra: lunes 31 de mayo")
    assert "sin fecha propia" in letter.paragraphs[3]


def test_links_in_letters_are_the_addresses_of_the_pages(app):
    uid = uuid4()
    with app.test_request_context():
        assert links.classroom(uid) == url_for("learning.course", enrollment=uid)
        assert links.left(uid) == url_for("desk.left", enrollment=uid)
        assert links.desk(uid) == url_for("desk.cohort", cohort=uid)
        assert links.programme("a-b") == url_for("catalog.programme", slug="a-b")
