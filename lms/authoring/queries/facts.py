"""Facts of law of all courses of a programme, and every lesson and question that cites them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.formats.readable import told
from lms.authoring.queries.checked import Checked
from lms.authoring.queries.drafts import texts_of
from lms.authoring.rules.package import CourseText
from lms.catalog.activity import activity_kinds
from lms.catalog.models import (
    CourseFact,
    CourseVersion,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
)
from lms.catalog.rules.sources import ActivitySource, FactSource

MOST_ELSEWHERE = 50


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in one course, with the activities that cite it."""

    course: CourseText
    fact: FactSource
    cited: Sequence[ActivitySource]


@dataclass(frozen=True, slots=True)
class Touched:
    """A lesson or quiz that cites a fact; of a quiz, the questions that do."""

    course: CourseText
    activity: ActivitySource
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same fact in what another programme has published."""

    programme: UUID
    title: str
    course: str
    key: str
    text: str


def facts_of(read: Checked) -> list[Fact]:
    """Every fact of a programme as it would be published now, course by course."""
    return [
        Fact(course, fact, _citing(course, key))
        for course in read.package.courses.values()
        for key, fact in course.facts.items()
    ]


def _citing(course: CourseText, key: str) -> list[ActivitySource]:
    return [
        each
        for each in course.activities()
        if any(ref.to == "fact" and ref.key == key for ref in course.references[each.path])
    ]


def touched(session: Session, read: Checked, facts: Sequence[Fact]) -> list[Touched]:
    """What must be looked at again when these facts say something else. One statement."""
    paths = {each.path: read.standing.files[each.path] for fact in facts for each in fact.cited}
    texts = texts_of(session, paths)
    found: dict[str, Touched] = {}
    for fact in facts:
        for each in fact.cited:
            asked = list(_questions(each.path, texts[each.path], fact.fact.key))
            before = found.get(each.path)
            both = dict.fromkeys([*(before.questions if before else ()), *asked])
            found[each.path] = Touched(fact.course, each, list(both))
    return list(found.values())


def _questions(path: str, text: str, key: str) -> Iterator[str]:
    """The items of a file that cite a fact, by the names that their authors gave them."""
    file = told(path, "", len(text), text, activity_kinds())
    for entry in file.entries:
        named = entry.id[-1:] == ("facts",) and key in entry.text.split()
        if (named or f"[[{key}]]" in entry.text) and len(entry.labels) > 2:
            yield entry.labels[1].strip("“”")


def elsewhere(session: Session, programme: Programme, fact: FactSource) -> Sequence[Elsewhere]:
    """The same article of the same source in other programmes of the institution."""
    if not fact.article:
        return []
    rows = session.execute(
        select(
            Programme.uid,
            ProgrammeVersion.title,
            CourseVersion.title.label("course"),
            CourseFact.key,
            CourseFact.text,
        )
        .join(CourseVersion, CourseVersion.id == CourseFact.course_version_id)
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .join(ProgrammeVersion, ProgrammeVersion.id == ProgrammeCourse.programme_version_id)
        .join(Programme, Programme.current_version_id == ProgrammeVersion.id)
        .where(
            Programme.institution_id == programme.institution_id,
            Programme.id != programme.id,
            CourseFact.article == fact.article,
            CourseFact.source == fact.source,
        )
        .order_by(ProgrammeVersion.title_folded, CourseVersion.id, CourseFact.id)
        .limit(MOST_ELSEWHERE)
    )
    return [Elsewhere(*row) for row in rows]
