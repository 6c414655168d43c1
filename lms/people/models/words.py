"""Names by their words, so that a search among very many people reads an index and no list."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    ForeignKey,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal, Shared
from lms.foundation.db.types import BigKey, Folded, Key
from lms.foundation.db.upsert import inserting
from lms.people.models.person import Person, PersonState

AT_ONCE = 500


class NameWord(Shared, Base):
    """One word that occurs in names, folded. Some thousands serve any number of people."""

    __tablename__ = "name_word"

    id: Mapped[Key]
    word: Mapped[Folded] = mapped_column(unique=True)


class PersonWord(Personal, Base):
    """A word in the name of a person. Kept by the events below; nobody else writes it."""

    __tablename__ = "person_word"

    word_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("name_word.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )


def words_of(search: str) -> frozenset[str]:
    """The words of a folded name."""
    return frozenset(search.split())


def index_names(connection: Connection, names: Mapping[int, str]) -> None:
    """Make people findable by the words of their folded names."""
    words = sorted(frozenset().union(*map(words_of, names.values())))
    known: dict[str, int] = {}
    for at in range(0, len(words), AT_ONCE):
        some = words[at : at + AT_ONCE]
        known |= _known(connection, some)
        # In order, so that two who bring the same words wait for each other and never in a circle.
        if new := [{"word": word} for word in some if word not in known]:
            adding = inserting(connection, NameWord).on_conflict_do_nothing()
            connection.execute(adding, new)
            known |= _known(connection, [each["word"] for each in new])
    rows = [
        {"word_id": known[word], "person_id": person}
        for person, search in names.items()
        for word in sorted(words_of(search))
    ]
    if rows:
        connection.execute(insert(PersonWord), rows)


def _known(connection: Connection, words: list[str]) -> dict[str, int]:
    rows = connection.execute(select(NameWord.word, NameWord.id).where(NameWord.word.in_(words)))
    return {row.word: row.id for row in rows}


@event.listens_for(Person, "after_insert")
def _added(_mapper: Any, connection: Connection, person: Person) -> None:
    index_names(connection, {person.id: person.search})


@event.listens_for(Person, "after_update")
def _renamed(_mapper: Any, connection: Connection, person: Person) -> None:
    attributes = inspect(person).attrs
    was_or_is_merged = PersonState.MERGED in attributes.state.history.sum()
    if attributes.search.history.has_changes() or was_or_is_merged:
        _forget(connection, person)
        # Whoever was joined into another account is found there, by the name they have there.
        if person.state != PersonState.MERGED:
            index_names(connection, {person.id: person.search})


@event.listens_for(Person, "before_delete")
def _gone(_mapper: Any, connection: Connection, person: Person) -> None:
    _forget(connection, person)


def _forget(connection: Connection, person: Person) -> None:
    connection.execute(delete(PersonWord).where(PersonWord.person_id == person.id))
