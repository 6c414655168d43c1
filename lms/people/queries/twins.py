"""Accounts that are likely of the same person: known by nearly the same, or of the same name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from lms.foundation.kernel.errors import N_
from lms.people.formats import phones
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries.finding import Line, Seen, begins, lines
from lms.people.rules.alike import slips
from lms.people.rules.places import COUNTRIES

MOST = 8
# Of so many identifiers of each kind nearly the same ones are looked for.
MOST_KNOWN = 3
OPEN = (PersonState.ACTIVE, PersonState.INVITED, PersonState.PENDING)

REASONS = {
    IdentifierKind.DOCUMENT: N_("Their documents are equal but for one slip"),
    IdentifierKind.PHONE: N_("The same phone, in another country"),
    IdentifierKind.EMAIL: N_("Nearly the same e-mail"),
}
NAME = N_("The same name in the same country")


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who is perhaps the same person, and why."""

    line: Line
    reasons: list[str]


def likely(
    session: Session, person: Person, identifiers: Sequence[Identifier], seen: Seen
) -> list[Twin]:
    """At most ``MOST`` others within reach, in three statements; the most alike first."""
    reasons: dict[int, list[str]] = {}
    if known := _nearly(identifiers):
        found = session.execute(
            select(Identifier.person_id, Identifier.kind)
            .join(Person, Person.id == Identifier.person_id)
            .where(or_(*known), *_another(person), seen(Identifier.person_id))
            .order_by(Identifier.person_id, Identifier.id)
            .limit(MOST)
        )
        for row in found:
            reasons.setdefault(row.person_id, []).append(REASONS[IdentifierKind(row.kind)])
    named = session.scalars(
        select(Person.id)
        .where(
            Person.search == person.search,
            Person.country == person.country,
            *_another(person),
            seen(Person.id),
        )
        .order_by(Person.id)
        .limit(MOST)
    )
    for other in named:
        reasons.setdefault(other, []).append(NAME)
    first = sorted(reasons, key=lambda other: (-len(reasons[other]), other))[:MOST]
    by_id = {line.id: line for line in lines(session, first)} if first else {}
    return [Twin(by_id[other], list(dict.fromkeys(reasons[other]))) for other in first]


def _another(person: Person) -> list[ColumnElement[bool]]:
    return [Person.id != person.id, Person.state.in_(OPEN)]


def _nearly(identifiers: Sequence[Identifier]) -> list[ColumnElement[bool]]:
    """The conditions on identifiers to be nearly these, each answered by an index."""
    conditions: list[ColumnElement[bool]] = []
    of = {kind: [i for i in identifiers if i.kind == kind][:MOST_KNOWN] for kind in IdentifierKind}
    if numbers := [each.alike for each in of[IdentifierKind.DOCUMENT] if each.alike]:
        alike = frozenset(numbers).union(*map(slips, numbers))
        conditions.append(Identifier.alike.in_(sorted(alike)))
    if dialled := [
        number
        for each in of[IdentifierKind.PHONE]
        for number in phones.possible(phones.national(each.value), COUNTRIES)
    ]:
        conditions.append(
            and_(Identifier.kind == IdentifierKind.PHONE, Identifier.value.in_(dialled))
        )
    for each in of[IdentifierKind.EMAIL]:
        box = each.value.partition("@")[0].partition("+")[0]
        for rest in "@+":
            conditions.append(
                and_(
                    Identifier.kind == IdentifierKind.EMAIL,
                    begins(Identifier.value, box + rest),
                )
            )
    return conditions
