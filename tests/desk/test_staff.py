"""The staff room: what waits, for whom, and nothing of other institutions."""

import pytest

from tests.statements import statements


def read(browser) -> str:
    answer = browser.get("/gestion")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("role", "sees", "hidden"),
    [
        ("registrar", ["Requests to answer", "Answer 1 request", "Issue 1 document"], []),
        ("instructor", ["Promoción 1 de 2027"], ["Requests to answer", "Issue 1 document"]),
        ("help_desk", ["Promoción 1 de 2027"], ["Issue 1 document"]),
        ("administrator", ["Promoción 1 de 2027"], ["Issue 1 document"]),
        ("signer", ["Verify a document"], ["Promoción 1 de 2027"]),
        ("otra-registrar", ["No cohort is running"], ["Promoción 1 de 2027"]),
    ],
)
def test_each_role_finds_what_it_may_do(classroom, english, role, sees, hidden):
    classroom.enrol("learner2", "applied")
    classroom.finish("learner")
    text = read(english(role))
    for words in sees:
        assert words in text
    for words in hidden:
        assert words not in text


def test_learners_have_no_staff_room(classroom, as_person, visitor):
    assert as_person("learner").get("/gestion").status_code in (403, 404)
    assert "/ingresar" in visitor.get("/gestion").location


def test_few_statements(classroom, english, db):
    browser = english("registrar")
    read(browser)
    with statements(db.engine) as seen:
        read(browser)
    assert len(seen) == 3
