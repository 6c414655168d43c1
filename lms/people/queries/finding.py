"""Finding people among very many: by a word of their name, or by what only they have.

Names are found by any part of any word, in whatever order the words are written. Numbers and
addresses are found whole (an address also by its beginning): who gives one has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from lms.foundation.kernel.text import fold, like, one_line
from lms.people.formats import documents, typed
from lms.people.models import Identifier, NameWord, Person, PersonWord, Post
from lms.people.models.person import IdentifierKind
from lms.people.queries.people import one_of
from lms.people.rules.alike import bare
from lms.people.rules.names import name_of

PAGE_SIZE = 20
MOST = 500
MOST_WORDS = 5
FIGURES = 4
LONGEST = 120
# From so many letters on a word is found inside another; two letters are inside nearly all.
INSIDE = 3
_LAST = "\U0010ffff"

Seen = Callable[[InstrumentedAttribute[int]], ColumnElement[bool]]
"""The condition on a column of people that the reader may see them."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list of those found; the document is masked."""

    id: int
    uid: UUID
    given_names: str
    first_surname: str
    second_surname: str | None
    state: str
    document: str | None
    municipality: str | None

    @property
    def name(self) -> str:
        """The name as it is read aloud."""
        return name_of(self).full


@dataclass(frozen=True)
class Found:
    """Those found, by name: at most ``MOST`` of them. ``more`` says that there are others."""

    ids: Sequence[int]
    more: bool


NOBODY = Found((), more=False)


def find(session: Session, text: str, country: str, seen: Seen) -> Found:
    """Whom a typed text may mean among the people one sees, in one statement.

    Of very many the first that come are taken: whoever searched will write more of the name.
    """
    some = _meant(text, country, seen)
    if some is None:
        return NOBODY
    few = some.distinct().limit(MOST + 1).subquery()
    ids = session.scalars(
        select(Person.id)
        .join(few, few.c.person_id == Person.id)
        .order_by(Person.search, Person.id)
        .limit(MOST + 1)
    ).all()
    return Found(ids[:MOST], more=len(ids) > MOST)


def _meant(text: str, country: str, seen: Seen) -> Select[int] | None:
    text = one_line(text)[:LONGEST]
    if "@" in text:
        return _known_by(begins(Identifier.value, fold(text)), seen, IdentifierKind.EMAIL)
    number = documents.compact(text)
    if sum(ch.isdigit() for ch in number) >= FIGURES:
        pairs = typed.possible(text, country)
        alike = _known_by(Identifier.alike == bare(number), seen)
        both = union(_known_by(one_of(pairs), seen), alike) if pairs else alike
        return select(both.subquery().c.person_id)
    words = [word for word in fold(text).split() if any(ch.isalnum() for ch in word)]
    return _named(sorted(words[:MOST_WORDS], key=len, reverse=True), seen) if words else None


def _known_by(condition: ColumnElement[bool], seen: Seen, kind: str | None = None) -> Select[int]:
    found = select(Identifier.person_id).where(condition, seen(Identifier.person_id))
    return found.where(Identifier.kind == kind) if kind else found


def _named(words: Sequence[str], seen: Seen) -> Select[int]:
    """Those who bear all these words; the longest, which the fewest bear, leads the way."""
    led = select(NameWord.id).where(_like(NameWord.word, words[0]))
    found = select(PersonWord.person_id).where(PersonWord.word_id.in_(led))
    for word in words[1:]:
        # By the few words of each person: those that contain a syllable may be hundreds.
        own, name = aliased(PersonWord), aliased(NameWord)
        found = found.where(
            exists()
            .where(own.person_id == PersonWord.person_id, name.id == own.word_id)
            .where(_like(name.word, word))
            .correlate(PersonWord)
        )
    return found.where(seen(PersonWord.person_id))


def _like(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    inside = column.like(like(word), escape="\\")
    return inside if len(word) >= INSIDE else begins(column, word)


def begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """The condition to begin with a text, answered by an index."""
    return and_(column >= text, column < text + _LAST)


def lines(session: Session, ids: Sequence[int]) -> Sequence[Line]:
    """What is told of some people in a list, by name; at most a page of them."""
    document = (
        select(Identifier.shown)
        .where(Identifier.person_id == Person.id, Identifier.kind == IdentifierKind.DOCUMENT)
        .order_by(Identifier.id)
        .limit(1)
        .scalar_subquery()
    )
    municipality = (
        select(Post.municipality)
        .where(Post.person_id == Person.id)
        .order_by(Post.ends_on.is_not(None), Post.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Person.id,
            Person.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Person.state,
            document.label("document"),
            municipality.label("municipality"),
        )
        .where(Person.id.in_(ids))
        .order_by(Person.search, Person.id)
        .limit(MOST)
    )
    return [Line(*row) for row in rows]
