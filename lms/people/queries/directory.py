"""Where a person reads letters."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from lms.foundation.mail.actions import Addressee
from lms.people.models import Identifier, Installation, Institution, Person
from lms.people.models.person import IdentifierKind, PersonState

HAS_ADDRESS: ColumnElement[bool] = exists(
    select(Identifier.id)
    .where(
        Identifier.person_id == Person.id,
        Identifier.kind == IdentifierKind.EMAIL,
        or_(Identifier.verified_at.is_not(None), Person.state == PersonState.INVITED),
    )
    .correlate(Person)
)
"""Whether letters reach a person, for queries: what `addressee` asks of one."""


def addressee(session: Session, person_id: int) -> Addressee | None:
    """Where a person reads letters, with their language and zone; none if nowhere.

    That is an address they proved, or the one under which an institution invited them.
    """
    row = session.execute(
        select(Identifier.value, Person.language, Person.zone)
        .join(Person, Person.id == Identifier.person_id)
        .where(
            Identifier.person_id == person_id,
            Identifier.kind == IdentifierKind.EMAIL,
            or_(Identifier.verified_at.is_not(None), Person.state == PersonState.INVITED),
        )
        .order_by(Identifier.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    return at_address(session, row.value, language=row.language, zone=row.zone)


def at_address(session: Session, address: str, *, language: str, zone: str | None) -> Addressee:
    """An address with the sender, locale and zone of the installation's institution."""
    institution = session.scalar(
        select(Institution).join(Installation, Installation.institution_id == Institution.id)
    )
    locale = institution.locale if institution and language == "es" else language
    return Addressee(
        address=address,
        locale="es_419" if locale == "es" else locale,
        zone=zone or (institution.zone if institution else "UTC"),
        sender_name=institution.short_name if institution else "Cabildo",
    )
