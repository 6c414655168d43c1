"""Whom staff may see: people tied to an institution that one of their grants reaches.

Somebody tied to no institution yet has only registered: they are of the house whose site this is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from lms.foundation.access.scopes import Grant, ScopeKind
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Installation, Person
from lms.people.queries.institutions import below
from lms.people.queries.site import site
from lms.people.ties import Tie, ties


@dataclass(frozen=True)
class Reach:
    """The institutions that grants reach: some, or all of the installation."""

    everywhere: bool
    institutions: frozenset[int] = frozenset()

    def has(self, institution_id: int | None) -> bool:
        """Whether this institution's things are within reach."""
        return self.everywhere or institution_id in self.institutions

    def has_all(self, institutions: frozenset[int]) -> bool:
        """Whether nothing of these lies outside."""
        return self.everywhere or institutions <= self.institutions

    def of(
        self, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
    ) -> ColumnElement[bool]:
        """The condition on rows that belong to an institution."""
        if self.everywhere:
            return true()
        return column.in_(sorted(self.institutions)) if self.institutions else false()


def reach_of(session: Session, grants: Sequence[Grant]) -> Reach:
    """How far some grants go; only trees of institutions need a question to the database."""
    if any(grant.kind is ScopeKind.INSTALLATION for grant in grants):
        return Reach(everywhere=True)
    whole = {g.institution_id for g in grants if g.kind is ScopeKind.INSTITUTION}
    roots = {g.institution_id for g in grants if g.kind is ScopeKind.INSTITUTION_TREE}
    found = {each for each in whole if each is not None}
    if tops := {each for each in roots if each is not None}:
        found |= set(session.scalars(below(tops).limit(5_000)))
    return Reach(everywhere=False, institutions=frozenset(found))


def reached(reach: Reach, person: InstrumentedAttribute[int] = Person.id) -> ColumnElement[bool]:
    """The condition on people that lie within reach; ``person`` is the column that names them."""
    if reach.everywhere:
        return true()
    tied: list[ColumnElement[bool]] = [
        _tied(tie, person, reach.of(tie.institution)) for tie in reversed(ties())
    ]
    if reach.has(site().institution_id):
        tied.append(and_(*(~_tied(tie, person) for tie in ties())))
    return or_(*tied)


def known_to(institution_id: int) -> ColumnElement[bool]:
    """The condition on people whom one institution knows; also where no site is at hand."""
    of_site = exists().where(Installation.institution_id == institution_id)
    return or_(
        *(_tied(tie, Person.id, tie.institution == institution_id) for tie in reversed(ties())),
        and_(of_site, *(~_tied(tie, Person.id) for tie in ties())),
    )


def _tied(
    tie: Tie, person: InstrumentedAttribute[int], *where: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists().where(tie.person == person, *where).correlate(person.class_)


@dataclass(frozen=True)
class Whereabouts:
    """A person and every institution they are of."""

    person_id: int
    institutions: frozenset[int]


def whereabouts(session: Session, person: UUID) -> Whereabouts:
    """Where somebody is known, in one statement; whoever is tied to none is of the site's house.

    The address of an account that was joined into another leads to the one that stays.
    """
    now = func.coalesce(Person.merged_into_id, Person.id).label("id")
    mine = select(now).where(Person.uid == person).cte("mine")
    known = union_all(
        select(mine.c.id, literal(None).label("institution_id")),
        *(select(tie.person, tie.institution).where(tie.person == mine.c.id) for tie in ties()),
    ).subquery()
    rows = session.execute(
        select(known.c.id, known.c.institution_id)
        .distinct()
        .order_by(known.c.institution_id)
        .limit(1_000)
    ).all()
    if not rows:
        raise NotFound()
    found = {row.institution_id for row in rows if row.institution_id is not None}
    here = site().institution_id
    if not found and here is not None:
        found = {here}
    return Whereabouts(rows[0].id, frozenset(found))
