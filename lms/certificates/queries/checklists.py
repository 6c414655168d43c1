"""Check lists: what they say, who prepared and decided them, and who has dropped out since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from lms.certificates.models import CheckLine, CheckList, Credential
from lms.certificates.queries.candidates import COUNTS, KIND, Candidate, Pair, qualifying
from lms.certificates.queries.office import Office
from lms.certificates.rules.checking import OPEN, RECOGNISED, Apart, Said, apart
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.text import fold
from lms.grading.rules.policy import grading_of
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind

PAGE_SIZE = 50
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be put on a list, in print order."""

    pair: Pair
    said: Said
    municipality: str
    course: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Somebody of a list who receives nothing by it as things are now, and why."""

    line: CheckLine
    why: tuple[Apart, ...]


def find(session: Session, cohort_uid: UUID, uid: UUID, *, lock: bool = False) -> CheckList:
    """A list of this cohort; another's does not exist here."""
    statement = (
        select(CheckList)
        .join(Cohort, Cohort.id == CheckList.cohort_id)
        .where(CheckList.uid == uid, Cohort.uid == cohort_uid)
    )
    if lock:
        statement = statement.with_for_update(of=CheckList)
    found = session.scalar(statement)
    if found is None:
        raise NotFound()
    return found


def open_of(reader: Session | Connection, cohort_id: int) -> UUID | None:
    """The list of a cohort that is prepared or approved and not issued yet."""
    return reader.execute(
        select(CheckList.uid)
        .where(CheckList.cohort_id == cohort_id, CheckList.state.in_(sorted(OPEN)))
        .order_by(CheckList.id)
        .limit(1)
    ).scalar()


def count_of(session: Session, cohort_id: int) -> int:
    """How many lists a cohort has had."""
    statement = select(func.count()).where(CheckList.cohort_id == cohort_id)
    return session.execute(statement).scalar_one()


def all_of(session: Session, cohort_id: int, number: int) -> Sequence[CheckList]:
    """One page of the lists of a cohort, the newest first."""
    return session.scalars(
        select(CheckList)
        .where(CheckList.cohort_id == cohort_id)
        .order_by(CheckList.number.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()


def lines(session: Session, list_id: int, number: int | None = None) -> Sequence[CheckLine]:
    """The lines of a list in its order: one page, or all of them."""
    statement = select(CheckLine).where(CheckLine.list_id == list_id).order_by(CheckLine.position)
    if number is None:
        return session.scalars(statement.limit(MOST)).all()
    return session.scalars(statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()


def issued_by(session: Session, list_id: int) -> int:
    """How many documents were issued by a list."""
    return session.execute(
        select(func.count()).where(
            CheckLine.list_id == list_id, CheckLine.credential_id.is_not(None)
        )
    ).scalar_one()


def names_of(session: Session, found: CheckList) -> Mapping[int, str]:
    """Who prepared, decided and issued a list."""
    ids = {found.prepared_by_id, found.decided_by_id, found.issued_by_id} - {None}
    rows = session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id).limit(3))
    return {each.id: each.full_name for each in rows}


def entries(session: Session, found: Office, candidates: Sequence[Candidate]) -> Sequence[Entry]:
    """These candidates as a list says them, by municipality and then by surname."""
    said = as_now(session, found, candidates)
    rows = [
        Entry(each.pair, said[each.pair], each.municipality, each.course) for each in candidates
    ]
    order = {each.pair: place for place, each in enumerate(candidates)}  # by surname already
    return sorted(rows, key=lambda row: (fold(row.municipality), order[row.pair]))


def as_now(
    session: Session, found: Office, candidates: Collection[Candidate]
) -> Mapping[Pair, Said]:
    """What would be said of these candidates today."""
    people = {each.person_id for each in candidates}
    documents = _documents(session, found.cohort_id, people)
    said = {}
    for each in candidates:
        shown, paper = documents.get(each.person_id, ("", ""))
        said[each.pair] = Said(each.name, shown, _grade(found, each), paper)
    return said


def standing(
    session: Session, found: Office, checklist: CheckList
) -> tuple[Mapping[Pair, Said], Sequence[Dropped]]:
    """Of what is not issued yet: who is still as the list says, and who is set apart and why."""
    left = [each for each in lines(session, checklist.id) if each.credential_id is None]
    if not left:
        return {}, []
    now = as_now(session, found, qualifying(session, found.cohort_id))
    having = _having(session, found.cohort_id)
    stays: dict[Pair, Said] = {}
    dropped = []
    for line in left:
        pair = line.enrollment_id, line.course_version_id
        said = of_line(line)
        why = apart(said, now.get(pair), has=pair in having)
        if why:
            dropped.append(Dropped(line, why))
        else:
            stays[pair] = said
    return stays, dropped


def longest(session: Session, cohort_id: int, checklist: CheckList) -> Candidate | None:
    """Whoever of a list has the longest name and still qualifies: what a sample is tried on."""
    wanted = session.execute(
        select(CheckLine.enrollment_id, CheckLine.course_version_id)
        .where(CheckLine.list_id == checklist.id, CheckLine.credential_id.is_(None))
        .order_by(func.length(CheckLine.name).desc(), CheckLine.position)
        .limit(PAGE_SIZE)
    ).all()
    pairs = [(enrollment, course) for enrollment, course in wanted]
    found = {each.pair: each for each in qualifying(session, cohort_id, pairs)} if pairs else {}
    return next((found[pair] for pair in pairs if pair in found), None)


def of_line(line: CheckLine) -> Said:
    """What a line says of its person."""
    return Said(line.name, line.document, line.grade, line.paper)


def _grade(found: Office, candidate: Candidate) -> str:
    if candidate.recognised:
        return RECOGNISED
    if candidate.ratio is None:
        return ""
    return str(grading_of(found.policy, candidate.pass_mark).scale.grade(candidate.ratio))


def _documents(
    session: Session, cohort_id: int, people: Collection[int]
) -> Mapping[int, tuple[str, str]]:
    """The identity document on record of each, the first where there are several."""
    first = func.min(Identifier.id)
    few = len(people) <= PAGE_SIZE
    theirs = (
        Identifier.person_id.in_(people)
        if few
        else Identifier.person_id.in_(
            select(Enrollment.person_id).where(Enrollment.cohort_id == cohort_id)
        )
    )
    wanted = (
        select(first)
        .where(theirs, Identifier.kind == IdentifierKind.DOCUMENT)
        .group_by(Identifier.person_id)
    )
    rows = session.execute(
        select(Identifier.person_id, Identifier.shown, Identifier.value)
        .where(Identifier.id.in_(wanted))
        .order_by(Identifier.id)
        .limit(MOST)
    )
    return {row.person_id: (row.shown, sha256(row.value.encode()).hexdigest()[:16]) for row in rows}


def _having(session: Session, cohort_id: int) -> Collection[Pair]:
    rows = session.execute(
        select(Credential.enrollment_id, Credential.course_version_id)
        .where(Credential.cohort_id == cohort_id, Credential.kind == KIND, COUNTS)
        .order_by(Credential.id)
        .limit(MOST)
    )
    return {(row.enrollment_id, row.course_version_id) for row in rows}
