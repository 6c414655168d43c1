"""A programme from nothing: a draft that nobody sees until it is published."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.authoring.actions.drafts import Content, change_draft, content_of_file
from lms.authoring.actions.import_package import new_programme
from lms.authoring.formats.keys import begun, keys_of, with_keys
from lms.authoring.formats.yaml_edit import Unreadable, with_items
from lms.authoring.queries import drafts as queries
from lms.authoring.rules import arrange
from lms.authoring.rules.shapes import HUES, LANGUAGES, MODES
from lms.authoring.rules.words import ICONS
from lms.catalog.models import Programme
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.text import one_line
from lms.people.models import Institution

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Beginning:
    """The least that a programme is begun with."""

    title: str
    kind: str
    hours: int
    first_course: str


def begin_programme(work: Work, institution_id: int, wanted: Beginning) -> UUID:
    """Begin a programme with its first course; what else the catalogue says is written later."""
    owner = work.session.get_one(Institution, institution_id)
    taken = set(
        work.session.scalars(
            select(Programme.key).where(Programme.institution_id == institution_id)
        )
    )
    key = arrange.free_key(wanted.title, taken)
    programme = new_programme(work, institution_id, key)
    course = arrange.slug(wanted.first_course)
    data = {
        "format": FORMAT,
        "key": key,
        "title": wanted.title,
        "kind": wanted.kind,
        "language": LANGUAGES[0],
        "country": owner.country,
        "audience": [],
        "topics": [],
        "modes": [MODES[0]],
        "hours": wanted.hours,
        "academic_hour": owner.academic_hour_minutes,
        "summary": "",
        "outcomes": [],
        "cover": {"hue": HUES[0], "icon": next(iter(ICONS))},
        "courses": [course],
    }
    files = {
        "programme.yaml": Content(begun("programme.yaml", data)),
        **_course_files(course, wanted.first_course, wanted.hours),
    }
    change_draft(work, programme.uid, files, N_("Programme begun: %(name)s"), name=wanted.title)
    record(work, "programme.begun", subject=programme, detail={"key": key})
    return programme.uid


def add_course(work: Work, programme_uid: UUID, title: str) -> str:
    """Begin a course at the end of a programme; its outcomes and modules are still to be written.

    Returns the course's folder.
    """
    title = one_line(title)
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    courses, head = _courses(work, standing)
    folders = {path.partition("/")[0] for path in standing.files if "/" in path}
    course = arrange.free_key(title, folders | set(courses))
    changes = {
        "programme.yaml": Content(with_items(head, "courses", [*courses, course])),
        **_course_files(course, title),
    }
    change_draft(work, programme_uid, changes, N_("Course begun: %(name)s"), name=title)
    return course


def move_course(work: Work, programme_uid: UUID, course: str, places: int) -> UUID:
    """Put a course further up (-1) or down (1) in its programme."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    courses, head = _courses(work, standing)
    if course not in courses:
        raise NotFound()
    to = courses.index(course) + places
    if not 0 <= to < len(courses):
        raise Refused(N_("It stands there already."))
    courses.remove(course)
    courses.insert(to, course)
    content = Content(with_items(head, "courses", courses))
    name = _title(work, standing, course)
    return change_draft(
        work, programme_uid, {"programme.yaml": content}, N_("Moved: %(name)s"), name=name
    )


def duplicate_course(work: Work, programme_uid: UUID, course: str, called: str) -> UUID:
    """Put a copy of a course with all its files right behind it.

    ``called`` says how copies are called: "{} (copy)".
    """
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    courses, head = _courses(work, standing)
    if course not in courses:
        raise NotFound()
    title = called.replace("{}", _title(work, standing, course))
    folders = {path.partition("/")[0] for path in standing.files if "/" in path}
    copy = arrange.free_key(title, folders | set(courses))
    files = {path: each for path, each in standing.files.items() if path.startswith(f"{course}/")}
    texts = queries.texts_of(work.session, files)
    own = f"{course}/course.yaml"
    texts[own] = with_keys(own, texts[own], {"key": copy, "title": title})
    courses.insert(courses.index(course) + 1, copy)
    changes: dict[str, Content | None] = {
        f"{copy}{path.removeprefix(course)}": content_of_file(each, texts.get(path))
        for path, each in files.items()
    }
    changes["programme.yaml"] = Content(with_items(head, "courses", courses))
    return change_draft(work, programme_uid, changes, N_("Duplicated: %(name)s"), name=title)


def remove_course(work: Work, programme_uid: UUID, course: str) -> UUID:
    """Take a course with all its files out of a programme; undoing brings it back whole."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    gone = [path for path in standing.files if path.startswith(f"{course}/")]
    if not gone:
        raise NotFound()
    courses, head = _courses(work, standing)
    changes: dict[str, Content | None] = dict.fromkeys(gone)
    if course in courses:
        left = [each for each in courses if each != course]
        changes["programme.yaml"] = Content(with_items(head, "courses", left))
    name = _title(work, standing, course)
    return change_draft(work, programme_uid, changes, N_("Course taken out: %(name)s"), name=name)


def _course_files(course: str, title: str, hours: int = 1) -> dict[str, Content | None]:
    path = f"{course}/course.yaml"
    data = {
        "format": FORMAT,
        "key": course,
        "title": title,
        "hours": hours,
        "state": "written",
        "order": "sequential",
        "summary": "",
        "outcomes": [],
        "legal_review": {"state": "pending"},
    }
    return {path: Content(begun(path, data))}


def _courses(work: Work, standing: queries.Working) -> tuple[list[str], str]:
    """The courses as the programme names them, and its file. Raises Refused if unreadable."""
    text = queries.text_at(work.session, standing, "programme.yaml") or ""
    try:
        named = keys_of("programme.yaml", text).get("courses")
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path="programme.yaml"
        ) from None
    return [str(each) for each in named] if isinstance(named, list) else [], text


def _title(work: Work, standing: queries.Working, course: str) -> str:
    path = f"{course}/course.yaml"
    text = queries.text_at(work.session, standing, path) or ""
    try:
        title = keys_of(path, text).get("title")
    except Unreadable:
        title = None
    return title if isinstance(title, str) and title else course
