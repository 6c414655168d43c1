"""Lists of people stay in order when somebody's name is corrected."""

from collections.abc import Sequence

from sqlalchemy import update

from lms.enrollment.models import Enrollment
from lms.foundation.db.work import Work
from lms.people.facts import PersonRenamed
from lms.people.models import Person
from lms.people.rules.names import name_of


def hear(work: Work, facts: Sequence[PersonRenamed]) -> None:
    """An enrollment sorts by the name its person has now, not the one they applied with."""
    for fact in facts:
        person = work.session.get_one(Person, fact.person_id)
        work.session.execute(
            update(Enrollment)
            .where(Enrollment.person_id == person.id)
            .values(sort_name=name_of(person).sort)
        )
