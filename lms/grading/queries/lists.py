"""Lists and sheets of marks, compared with what stands in a cohort."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.enrollment.models import HAS_SEAT, Enrollment
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.points import Ratio
from lms.foundation.kernel.text import fold
from lms.grading.formats.sheet import Head, Row
from lms.grading.models import Entry
from lms.grading.queries.book import MOST_PEOPLE, Book
from lms.grading.queries.entries import ENTRY_STANDS
from lms.grading.rules.proposals import Change, LookedOver, Refusal
from lms.grading.rules.scheme import Column
from lms.people.formats.documents import compact
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind
from lms.people.rules.names import name_of

Read = Callable[[Column, str], Ratio | None]
Standing = Mapping[tuple[int, str], Ratio]


class People:
    """Everybody with a seat, found by what a list calls them: document or name."""

    def __init__(self, session: Session, of: Book) -> None:
        rows = session.execute(
            select(Enrollment.id, Enrollment.uid, Person, Identifier.value)
            .join(Person, Person.id == Enrollment.person_id)
            .outerjoin(
                Identifier,
                (Identifier.person_id == Person.id) & (Identifier.kind == IdentifierKind.DOCUMENT),
            )
            .where(Enrollment.cohort_id == of.cohort_id, HAS_SEAT)
            .order_by(Enrollment.sort_name, Enrollment.id)
            .limit(MOST_PEOPLE)
        )
        self.by_uid: dict[str, tuple[int, UUID, str]] = {}
        self._called: dict[str, set[str]] = {}
        for enrollment_id, uid, person, document in rows:
            name = name_of(person)
            self.by_uid[str(uid)] = (enrollment_id, uid, name.surnames_first)
            called = {_words(name.full)}
            if document:
                called.add(compact(document.rpartition(":")[2]))
            for each in called:
                self._called.setdefault(each, set()).add(str(uid))

    def find(self, text: str) -> list[str]:
        """Whom this may mean, by the uid of their enrollment."""
        found = self._called.get(compact(text)) or self._called.get(_words(text)) or set()
        return sorted(found)


def standing(session: Session, of: Book) -> Standing:
    """Every mark by hand that stands in the course, by enrollment and column."""
    rows = session.execute(
        select(Entry.enrollment_id, Entry.item_key, Entry.ratio)
        .join(Enrollment, Enrollment.id == Entry.enrollment_id)
        .where(
            Enrollment.cohort_id == of.cohort_id,
            Entry.course_id == of.course.course_id,
            ENTRY_STANDS,
        )
        .order_by(Entry.id)
        .limit(MOST_PEOPLE * 10)
    )
    return {(row.enrollment_id, row.item_key): row.ratio for row in rows}


def of_list(
    session: Session, of: Book, column: Column, rows: Sequence[Sequence[str]], read: Read
) -> LookedOver:
    """A pasted list of who and which mark, row by row."""
    people, now = People(session, of), standing(session, of)
    changes: list[Change] = []
    refusals: list[Refusal] = []
    named: dict[str, int] = {}
    same = 0
    for line, cells in enumerate(rows, 1):
        who, text = cells[0], cells[1] if len(cells) > 1 else ""
        found = people.find(who)
        try:
            ratio = read(column, text)
        except Invalid as wrong:
            if line == 1 and not found:
                continue  # the heading
            refusals.append(Refusal(line, who, text, wrong.message, wrong.params))
            continue
        if len(found) != 1:
            refusals.append(Refusal(line, who, text, _NOBODY if not found else _SEVERAL))
            continue
        if found[0] in named:
            said = N_("This person is in row %(row)s already.")
            refusals.append(Refusal(line, who, text, said, {"row": named[found[0]]}))
            continue
        named[found[0]] = line
        enrollment_id, uid, name = people.by_uid[found[0]]
        before = now.get((enrollment_id, column.key))
        if before == ratio:
            same += 1
        else:
            changes.append(Change(uid, name, column.key, ratio, before))
    return LookedOver(changes, refusals, same)


_NOBODY = N_("Nobody of this cohort has this document or name.")
_SEVERAL = N_("Several people of this cohort are called this: write the document.")
_ACTIVITY = N_("This is what the activity gave: it is not changed in a sheet, but one by one.")


def of_sheet(session: Session, of: Book, head: Head, rows: Sequence[Row], read: Read) -> LookedOver:
    """A sheet that came back, cell by cell: against what it was when it was taken, and against
    what stands now."""
    if (head.cohort, head.course) != (str(of.uid), of.course.key):
        raise Invalid(N_("This sheet is of another course or cohort."))
    people, now = People(session, of), standing(session, of)
    titles = {key: title for title, key in head.columns.items()}
    changes: list[Change] = []
    refusals: list[Refusal] = []
    seen: set[str] = set()
    same = 0
    for row in rows:
        if row.enrollment not in people.by_uid or row.enrollment in seen:
            said = _TWICE if row.enrollment in seen else _NO_SEAT
            refusals.append(Refusal(row.line, row.name, "", said))
            continue
        seen.add(row.enrollment)
        enrollment_id, uid, name = people.by_uid[row.enrollment]
        for key, text in row.now.items():
            column, before = of.scheme.column(key), row.before.get(key, "")
            if column is None:
                if text != before:
                    refusals.append(Refusal(row.line, name, titles[key], _ACTIVITY))
                continue
            try:
                wanted, taken = read(column, text), read(column, before)
            except Invalid as wrong:
                refusals.append(Refusal(row.line, name, titles[key], wrong.message, wrong.params))
                continue
            stands = now.get((enrollment_id, key))
            if wanted in (taken, stands):
                same += 1
            else:
                changes.append(Change(uid, name, key, wanted, stands, since=stands != taken))
    return LookedOver(changes, refusals, same)


_TWICE = N_("This person is in the sheet twice.")
_NO_SEAT = N_("This person holds no seat in the cohort now.")


def _words(text: str) -> str:
    """A name as words in any order: «Quispe, Rosa» is «Rosa Quispe»."""
    return " ".join(sorted(fold(text).replace(",", " ").split()))
