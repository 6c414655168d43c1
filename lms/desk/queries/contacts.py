"""A person's document, mail address and telephone, one of each, for queries."""

from sqlalchemy import Label, func, select

from lms.desk.rules.asked import Column
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind


def _first(kind: IdentifierKind, name: str) -> Label[str]:
    first = (
        select(func.min(Identifier.id))
        .where(Identifier.person_id == Person.id, Identifier.kind == kind)
        .correlate(Person)
        .scalar_subquery()
    )
    found = select(Identifier.shown).where(Identifier.id == first).correlate(Person)
    return found.scalar_subquery().label(name)


CONTACTS = {
    Column.DOCUMENT: _first(IdentifierKind.DOCUMENT, "document"),
    Column.MAIL: _first(IdentifierKind.EMAIL, "mail"),
    Column.PHONE: _first(IdentifierKind.PHONE, "phone"),
}
