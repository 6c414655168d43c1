"""Where a person reads letters."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.foundation.mail.actions import Addressee
from lms.people.models import Identifier, Installation, Institution, Person
from lms.people.models.person import IdentifierKind


def addressee(session: Session, person_id: int) -> Addressee | None:
    """The verified e-mail address of a person with their language and zone; none if none."""
    row = session.execute(
        select(Identifier.value, Person.language, Person.zone)
        .join(Person, Person.id == Identifier.person_id)
        .where(
            Identifier.person_id == person_id,
            Identifier.kind == IdentifierKind.EMAIL,
            Identifier.verified_at.is_not(None),
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
