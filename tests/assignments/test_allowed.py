"""What a person is allowed beyond the rules reaches their works too; works go with their person."""

from datetime import timedelta

import pytest

from lms.enrollment.actions.allow import allow
from lms.enrollment.rules.allowances import Allowed
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.points import points
from tests.assessment.test_pages import words
from tests.assignments.school import handed, here, seen
from tests.assignments.test_marking import FULL, mark

ABOUT = "transparencia/trabajo"


@pytest.fixture
def give(db, world, school):
    def do(**allowed):
        db.perform(
            allow,
            Actor(world.people["instructor"]),
            school.cohort,
            [school.enrollment_ids["learner"]],
            Allowed(ABOUT, **allowed),
            "Corte de luz en la aldea",
        )

    return do


def test_a_later_last_day_costs_nothing_until_then(learner, school, due, rows, give, clock):
    due(timedelta(hours=1))
    give(closes_at=clock() + timedelta(days=4))
    clock.advance(days=3)
    assert "The last day has passed" not in words(learner.get(here(school)))
    handed(learner, school)
    assert rows()[0].days_late == 0


def test_one_more_time_to_hand_in(learner, teacher, school, rows, give):
    handed(learner, school)
    mark(teacher, rows()[0], c0="0", c1="1")
    assert "<textarea" not in learner.get(here(school)).text
    give(attempts=1)
    assert "<textarea" in learner.get(here(school)).text
    handed(learner, school, text="Otra vez, mejor.")
    mark(teacher, rows()[1], **FULL)
    said = words(learner.get(here(school)))
    assert "What counts so far: 98 of 100 points." in said
    assert [row.points for row in rows()] == [points(1), points(98)]


def test_a_worse_version_takes_nothing_away(learner, teacher, school, rows, give):
    give(attempts=1)
    handed(learner, school)
    mark(teacher, rows()[0], **FULL)
    handed(learner, school, text="Otra vez, peor.")
    mark(teacher, rows()[1], c0="0", c1="1")
    assert "What counts so far: 98 of 100 points." in words(learner.get(here(school)))


def test_what_waits_is_replaced_by_a_later_version(learner, teacher, school, rows, give):
    give(attempts=1)
    handed(learner, school)
    handed(learner, school, text="Otra versión, mejor.")
    assert [row.latest for row in rows()] == [False, True]
    assert "Replaced" in words(learner.get(here(school)))
    stale = mark(teacher, rows()[0], **FULL)
    assert stale.status_code == 409
    assert "A later version of this work" in words(stale)


def test_handing_in_twice_is_once(learner, school, rows):
    page = here(school)
    learner.send(page, {"text": "Un plan breve.", "go": "review", "seen": seen(learner, page)})
    draft = str(rows()[0].uid)
    first = learner.send(f"{page}/entregar", {"draft": draft})
    again = learner.send(f"{page}/entregar", {"draft": draft})
    assert first.headers["Location"] == again.headers["Location"]
    assert len(rows()) == 1
