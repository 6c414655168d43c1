"""Finding people for other features: by what identifies them, and their names for lists."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.foundation.kernel.errors import N_, NotFound
from lms.foundation.kernel.text import like
from lms.people.formats import typed
from lms.people.models import Identifier, Person
from lms.people.models.person import PersonState
from lms.people.rules.names import Name, name_of

AT_ONCE = 1000
NOBODY = N_("Nobody here has that e-mail, phone, document or uid.")


def names(session: Session, person_ids: Collection[int]) -> dict[int, Name]:
    """The names of these people by their id, however many; a statement for each thousand."""
    found: dict[int, Name] = {}
    wanted = sorted(set(person_ids))
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        rows = session.execute(
            select(Person.id, Person.given_names, Person.first_surname, Person.second_surname)
            .where(Person.id.in_(some))
            .order_by(Person.id)
            .limit(len(some))
        )
        found |= {row.id: name_of(row) for row in rows}
    return found


def find(session: Session, text: str, country: str) -> Person:
    """The one person that a uid, e-mail address, phone or document number means."""
    found = candidates(session, text, country)
    if not found:
        raise NotFound(NOBODY)
    if len(found) > 1:
        raise NotFound(N_("Several people could be meant. Write the country code, or the uid."))
    return found[0]


def candidates(session: Session, text: str, country: str) -> Sequence[Person]:
    """Everybody that a typed identifier could mean; nearly always one or none."""
    uid = _uid(text)
    if uid is None:
        return by_identifiers(session, typed.possible(text, country))
    return session.scalars(select(Person).where(Person.uid == uid)).all()


def by_identifiers(
    session: Session, pairs: Sequence[tuple[str, str]], limit: int = 4
) -> Sequence[Person]:
    """The people who hold any of these identifiers, in the order they came."""
    if not pairs:
        return []
    holding = select(Identifier.person_id).where(one_of(pairs))
    statement = select(Person).where(Person.id.in_(holding)).order_by(Person.id).limit(limit)
    return session.scalars(statement).all()


def one_of(pairs: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    """The condition on identifiers to be one of these (kind, value), found by their index.

    Said kind by kind: comparing pairs, SQLite would read the whole table.
    """
    kinds = dict.fromkeys(kind for kind, _ in pairs)
    return or_(
        *(
            and_(Identifier.kind == kind, Identifier.value.in_([v for k, v in pairs if k == kind]))
            for kind in kinds
        )
    )


def search(
    session: Session, text: str, *, limit: int, offset: int = 0
) -> tuple[Sequence[Row[tuple[UUID, str, str, str | None, str, str | None]]], int]:
    """People whose name or identifier contains the text, or whose uid it is; how many in all."""
    statement = select(Person)
    uid = _uid(text)
    if uid is not None:
        statement = statement.where(Person.uid == uid)
    else:
        # Whoever was joined into another account is found there.
        statement = statement.where(Person.state != PersonState.MERGED)
    if uid is None and text:
        known_by = select(Identifier.person_id).where(
            Identifier.value.contains(text, autoescape=True)
        )
        statement = statement.where(
            or_(Person.search.like(like(text), escape="\\"), Person.id.in_(known_by))
        )
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    shown = (
        select(Identifier.shown)
        .where(Identifier.person_id == Person.id)
        .order_by(Identifier.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        statement.with_only_columns(
            Person.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Person.state,
            shown.label("shown"),
        )
        .order_by(Person.search, Person.id)
        .limit(limit)
        .offset(offset)
    )
    return rows.all(), total


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
