"""The institution's rule on who publishes courses."""

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.people.models import Institution


def set_two_persons(work: Work, institution_id: int, two: bool) -> None:
    """From now on courses are published by one person, or by two together."""
    owner = work.session.get_one(Institution, institution_id, with_for_update=True)
    if owner.two_person_publishing == two:
        return
    owner.two_person_publishing = two
    record(
        work,
        "institution.two_persons" if two else "institution.one_person",
        subject=owner,
        institution_id=owner.id,
    )
