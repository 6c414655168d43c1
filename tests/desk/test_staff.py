"""The staff room: what waits, for whom, and nothing of other institutions."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person
from tests.factories.enrollment import make_cohort, put_in
from tests.statements import statements


def read(browser, address: str = "/gestion") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def tiles(text: str) -> dict[str, int]:
    """The figures at the top of the page, by what they say."""
    grid = text.partition('<ul class="figures">')[2].partition("</ul>")[0]
    found = re.findall(r"<li><b>(\d+)</b> (.*?)</li>", grid)
    return {re.sub("<[^>]+>", "", said): int(number) for number, said in found}


@pytest.fixture
def another(db, world):
    """Another cohort of the same programme: ``another("b", -90, -10, "enrolled")``."""

    def make(key: str, starts: int, ends: int, *states: str) -> None:
        def open_it(work) -> None:
            cohort = make_cohort(
                work,
                key=f"otra-{key}",
                title=f"Promoción {key}",
                enrollment_opens_at=work.now + timedelta(days=starts - 20),
                enrollment_closes_at=work.now + timedelta(days=ends - 1),
                starts_at=work.now + timedelta(days=starts),
                ends_at=work.now + timedelta(days=ends),
            )
            for name, state in zip(("learner", "learner2"), states, strict=False):
                put_in(work, cohort, world.people[name], state)

        db.perform(open_it, SYSTEM)

    return make


def test_only_what_runs_now_is_counted_as_running(classroom, another, english):
    classroom.enrol("learner2")
    another("terminada", -90, -10, "enrolled", "completed")
    another("proxima", 40, 90, "enrolled", "applied")
    text = read(english("registrar"))
    assert tiles(text) == {
        "Running cohort": 1,
        "People in running cohorts": 2,
        "Requests to answer": 1,
        "Documents to issue": 0,
    }
    assert "Promoción terminada" in text  # it has a card, with what it is
    assert "Ended on" in text
    door = re.search(r'<b>1</b> <a href="([^"]+)"', text).group(1)
    listed = read(english("registrar"), door)
    assert "1 cohort" in listed
    assert "Promoción proxima" not in listed


def test_a_request_to_a_cohort_that_is_over_waits_for_nothing(classroom, another, english):
    another("terminada", -90, -10, "applied")
    text = read(english("registrar"))
    assert tiles(text)["Requests to answer"] == 0
    assert "Answer 1 request" not in text


def test_more_cohorts_than_cards_are_all_counted(classroom, another, english):
    for number in range(13):
        another(str(number), -5, 30, "applied")
    found = tiles(read(english("registrar")))
    assert (found["Running cohorts"], found["Requests to answer"]) == (14, 13)


def test_documents_wait_however_long_ago_their_cohort_ended(classroom, english, db):
    classroom.finish("learner")
    classroom.cohort_days(ends_at=db.clock() - timedelta(days=200))
    text = read(english("registrar"))
    assert tiles(text)["Documents to issue"] == 1
    assert tiles(text)["Running cohorts"] == 0
    assert "Issue 1 document" in text


def test_what_cannot_be_issued_yet_is_not_counted_as_to_issue(classroom, english, db):
    classroom.finish("learner")
    db.perform(
        lambda work: work.session.execute(update(Person).values(name_confirmed_at=None)), SYSTEM
    )
    text = read(english("registrar"))
    assert tiles(text)["Documents to issue"] == 0
    assert "Issue 1 document" not in text


@pytest.mark.parametrize(
    ("role", "sees", "hidden"),
    [
        ("registrar", ["Requests to answer", "Answer 1 request", "Issue 1 document"], []),
        ("instructor", ["Promoción 1 de 2027"], ["Requests to answer", "Issue 1 document"]),
        ("help_desk", ["Promoción 1 de 2027"], ["Issue 1 document"]),
        ("administrator", ["Promoción 1 de 2027"], ["Issue 1 document"]),
        (
            "signer",
            ["Nothing waits for your signature", "the act will stand here", "Verify a document"],
            ["Promoción 1 de 2027"],
        ),
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
    assert len(seen) == 6
