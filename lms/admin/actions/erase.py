"""Erasing what the log holds of somebody: the deeds stay, the values go."""

from lms.foundation.audit.actions import forget_person, record
from lms.foundation.db.work import Work
from lms.people.models import Person
from lms.people.queries.merges import with_joined


def erase(work: Work, person_id: int) -> int:
    """The personal values of every entry that concerns a person, under whichever account, are gone
    for good; tells how many entries held any. That they were erased, and by whom, is on record."""
    erased = sum(forget_person(work, each) for each in with_joined(work.session, person_id))
    person = work.session.get_one(Person, person_id)
    record(work, "person.personal_erased", person, detail={"number": erased})
    return erased
