from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.people.actions.profile import correct_name
from lms.people.rules.names import written
from tests.factories.enrollment import put_in


def test_a_corrected_name_moves_in_the_lists_of_its_cohorts(db, world, open_cohort):
    cohort = open_cohort()
    for name in ("learner", "learner2"):
        db.perform(put_in, SYSTEM, cohort.uid, world.people[name])
    db.perform(correct_name, SYSTEM, world.people["learner"], written("Rosa", "Ávila", "Paz"))
    with db.reading() as session:
        names = dict(session.execute(select(Enrollment.person_id, Enrollment.sort_name)).all())
    assert names[world.people["learner"]] == "avila paz rosa"
    assert "avila" not in names[world.people["learner2"]]
