"""Whom the rows of a list mean: accounts found by what identifies them, and how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session

from lms.enrollment.formats.entries import Entry, Problem, Read, read
from lms.enrollment.models import Enrollment
from lms.enrollment.rules import persons
from lms.enrollment.rules import roster as rules
from lms.enrollment.rules.roster import Found, Outcome
from lms.foundation.kernel.errors import N_
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries.reach import known_to
from lms.people.rules.names import Name, name_of

AT_ONCE = 300

Pair = tuple[str, str]


class House(Protocol):
    """What is to be known of the institution whose list it is."""

    @property
    def id(self) -> int: ...
    @property
    def country(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever an identifier belongs to, and how they stand in the cohort.

    ``here`` says that the institution knows them: it is not told the names of others.
    """

    person_id: int
    name: Name
    state: str
    enrollment_state: str | None
    here: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A row, what becomes of it, and whose account was found."""

    read: Read
    outcome: Outcome
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    person_id: int | None = None
    known_as: str | None = None


def check(
    session: Session,
    cohort_id: int,
    left: int | None,
    entries: Sequence[tuple[int, Entry]],
    house: House,
) -> list[Checked]:
    """What becomes of each row, by its number; a statement for each 300 identifiers."""
    rows = [(number, read(entry, house.country)) for number, entry in entries]
    pairs = [pair for _n, row in rows for pair in row.identifiers]
    known = holders(session, cohort_id, pairs, house.id)
    first: dict[Pair, tuple[int, Read]] = {}
    found = []
    for number, row in rows:
        found.append(_check(number, row, known, first))
        for pair in row.identifiers:
            first.setdefault(pair, (number, row))
    outcomes = rules.seated([each.outcome for each in found], left)
    return [
        each if each.outcome is outcome else _without_seat(each)
        for each, outcome in zip(found, outcomes, strict=True)
    ]


def holders(
    session: Session, cohort_id: int, pairs: Iterable[Pair], institution_id: int
) -> dict[Pair, Holder]:
    """Who holds these identifiers, with their place in the cohort if they have one, and whether
    the institution knows them."""
    wanted = list(dict.fromkeys(pairs))
    found: dict[Pair, Holder] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows = session.execute(
            select(
                Identifier.kind,
                Identifier.value,
                Person.id,
                Person.given_names,
                Person.first_surname,
                Person.second_surname,
                Person.state,
                Enrollment.state.label("enrollment_state"),
                known_to(institution_id).label("here"),
            )
            .join(Person, Person.id == Identifier.person_id)
            .outerjoin(
                Enrollment,
                and_(Enrollment.person_id == Person.id, Enrollment.cohort_id == cohort_id),
            )
            .where(tuple_(Identifier.kind, Identifier.value).in_(wanted[at : at + AT_ONCE]))
            .order_by(Identifier.id)
            .limit(AT_ONCE)
        )
        for row in rows:
            holder = Holder(row.id, name_of(row), row.state, row.enrollment_state, row.here)
            found[row.kind, row.value] = holder
    return found


def _check(
    number: int, row: Read, known: dict[Pair, Holder], first: dict[Pair, tuple[int, Read]]
) -> Checked:
    problems = [*row.problems]
    notes = [*row.notes]
    for pair in row.identifiers:
        earlier = first.get(pair)
        if earlier is None:
            continue
        if _is_same(row, earlier[1]):
            said = N_("The same person stands in row %(row)s.")
            note = Problem("row", said, {"row": earlier[0]})
            return Checked(row, Outcome.REPEATED, (), (note,))
        said = N_("Somebody else in row %(row)s has the same.")
        problems.append(Problem(_FIELD[pair[0]], said, {"row": earlier[0]}))
    here = {known[pair].person_id: known[pair] for pair in row.identifiers if pair in known}
    if len(here) > 1:
        said = N_("It belongs to one account and the rest to another. Ask the help desk.")
        problems.append(Problem(_FIELD[row.identifiers[0][0]], said))
        return Checked(row, Outcome.REFUSED, tuple(problems), tuple(notes))
    if not here:
        outcome = Outcome.REFUSED if problems else rules.decide(rules.NOBODY).outcome
        return Checked(row, outcome, tuple(problems), tuple(notes))
    (holder,) = here.values()
    return _known(row, holder, known, problems, notes)


def _known(
    row: Read,
    holder: Holder,
    known: dict[Pair, Holder],
    problems: list[Problem],
    notes: list[Problem],
) -> Checked:
    entry, name = row.entry, holder.name
    written = (entry.given_names, entry.first_surname, entry.second_surname)
    of_account = (name.given_names, name.first_surname, name.second_surname or "")
    may_be = persons.may_be_one(written, of_account)
    if holder.here:
        # Whoever is here already needs no name in the list.
        problems = [each for each in problems if each.about not in _OF_NAME]
        if not entry.same_person and not may_be:
            said = N_(
                "The account with these data is of %(name)s. Say whether it is the same person."
            )
            problems.append(Problem("same_person", said, {"name": name.full}))
    elif not may_be and entry.given_names and entry.first_surname:
        problems.append(Problem(_FIELD[row.identifiers[0][0]], persons.OTHERWISE))
    if holder.state == PersonState.PENDING and not _by_email(row, holder, known):
        said = N_(
            "Somebody registered with this document or phone and never confirmed it. Ask the help"
            " desk."
        )
        problems.append(Problem("document_number", said))
    verdict = rules.decide(
        Found(is_closed=holder.state == PersonState.CLOSED, state=holder.enrollment_state)
    )
    if verdict.reason:
        problems.append(Problem("row", verdict.reason))
    outcome = Outcome.REFUSED if problems else verdict.outcome
    known_as = name.full if holder.here else entry.full
    return Checked(row, outcome, tuple(problems), tuple(notes), holder.person_id, known_as=known_as)


_FIELD = {
    IdentifierKind.DOCUMENT.value: "document_number",
    IdentifierKind.EMAIL.value: "email",
    IdentifierKind.PHONE.value: "phone",
}
_OF_NAME = frozenset({"given_names", "first_surname", "second_surname"})


def _by_email(row: Read, holder: Holder, known: dict[Pair, Holder]) -> bool:
    """Whether the account is known by the address that the list gives: its letter proves it."""
    pair = (IdentifierKind.EMAIL.value, row.email or "")
    return pair in known and known[pair].person_id == holder.person_id


def _is_same(row: Read, earlier: Read) -> bool:
    one, other = row.entry, earlier.entry
    return persons.may_be_one(
        (one.given_names, one.first_surname, one.second_surname),
        (other.given_names, other.first_surname, other.second_surname),
    )


def _without_seat(checked: Checked) -> Checked:
    return Checked(
        checked.read, Outcome.NO_SEAT, (), checked.notes, checked.person_id, checked.known_as
    )
