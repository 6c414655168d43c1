"""The outline of a course as pages show it: states, minutes, weights, reasons for locks."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask_babel import get_locale

from lms.catalog.queries.structure import ActivityStructure, CourseStructure, ModuleStructure
from lms.foundation.locale.formats import day, kilobytes, minutes_text, moment
from lms.foundation.locale.words import gettext as _
from lms.learning.kind import address_of
from lms.learning.queries.outline import CourseOutline, Item, page_bytes
from lms.learning.rules.gate import ALL_BEFORE, Standing
from lms.learning.rules.marks import Mark
from lms.learning.rules.places import classroom_path

_STATES = {
    Mark.SEEN: "seen",
    Mark.PASSED: "passed",
    Mark.WAITING: "open",
    Mark.FAILED: "failed",
    Mark.EXHAUSTED: "failed",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the module's own file that stands in the outline: its practice, its question."""

    name: str
    title: str
    minutes: int
    icon: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an outline, as the macro shows it."""

    title: str
    url: str | None
    state: str
    minutes: str
    note: str = ""
    current: bool = False
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A module of an outline."""

    module_key: str
    title: str
    items: tuple[Row, ...]


def sections(
    enrollment: UUID, found: CourseOutline, *, current: str = "", weights: bool = False
) -> list[Section]:
    """A course's modules with their items.

    Every locked item says why: in full where the reason is its own or first met, in a few words
    where it was said above. ``weights`` adds what each item costs to download.
    """
    said: set[str] = set()
    figures = _figures(found.course, weights)
    uid = str(enrollment)  # once: forty addresses begin with it
    return [
        Section(
            module.key,
            f"{number}. {module.title}",
            (
                *(
                    Row(
                        item.activity.title,
                        _url(uid, found, item),
                        state_of(item),
                        figures[item.key],
                        _note(item, said),
                        item.key == current,
                    )
                    for item in found.in_module(module)
                ),
                *_parts(uid, found, module),
            ),
        )
        for number, module in enumerate(found.course.modules, 1)
    ]


def _parts(enrollment: str, found: CourseOutline, module: ModuleStructure) -> Iterator[Row]:
    readable = is_open(found, module)
    address = module_path(enrollment, found.course.key, module.key)
    for part in parts_of(module):
        yield Row(
            part.title,
            f"{address}#{part.name}" if readable else None,
            "open" if readable else "locked",
            short_minutes(part.minutes),
            note="" if readable else _again(found.in_module(module)[0].standing),
            icon=part.icon if readable else None,
        )


_figures_kept: OrderedDict[tuple[UUID, str, bool], dict[str, str]] = OrderedDict()
MOST_KEPT = 200


def _figures(course: CourseStructure, weights: bool) -> dict[str, str]:
    """Minutes, and what each item weighs, in the reader's words: the same for every learner."""
    key = (course.uid, str(get_locale()), weights)
    kept = _figures_kept.get(key)
    if kept is None:
        kept = {each.key: _figure(course, each, weights) for each in course.activities}
        _figures_kept[key] = kept
        while len(_figures_kept) > MOST_KEPT:
            _figures_kept.popitem(last=False)
    return kept


def _figure(course: CourseStructure, activity: ActivityStructure, weights: bool) -> str:
    minutes = short_minutes(activity.minutes)
    return f"{minutes} · {kilobytes(page_bytes(course, activity))}" if weights else minutes


def parts_of(module: ModuleStructure) -> list[Part]:
    """The practice and the question of a module, as far as it has them."""
    parts = []
    practice, forum = module.detail.get("practice"), module.detail.get("forum")
    if practice:
        title = _("Practice: %(title)s", title=practice["title"])
        parts.append(Part("practica", title, practice["minutes"], icon="pencil"))
    if forum:
        title = _("To discuss: %(title)s", title=forum["title"])
        parts.append(Part("foro", title, forum["minutes"], icon="messages-square"))
    return parts


def is_open(found: CourseOutline, module: ModuleStructure) -> bool:
    """A module's own texts open with its first activity."""
    items = found.in_module(module)
    return not items or items[0].standing.is_readable


def module_path(enrollment: UUID | str, course_key: str, module_key: str) -> str:
    """The address of a module's own page."""
    return f"{classroom_path(enrollment)}/{course_key}/modulos/{module_key}"


def state_of(item: Item) -> str:
    """The outline's word for how an item stands."""
    if item.mark is not None:
        return _STATES[item.mark]
    if not item.standing.is_readable:
        return "locked"
    return "quiz" if item.graded else "open"


def reason(standing: Standing) -> str:
    """Why something is not open, in the reader's language."""
    if not standing.message:
        return ""
    sentence = _(standing.message)
    if standing.params:
        sentence %= standing.params
    if standing.opens_at is not None:
        sentence += " " + _("It opens on %(moment)s.", moment=moment(standing.opens_at, zone=True))
    return sentence


def short_minutes(minutes: int) -> str:
    """Minutes where there is little room: 9 min, 1 h 30 min."""
    return f"{minutes} min" if minutes < 60 else minutes_text(minutes)


def _url(enrollment: str, found: CourseOutline, item: Item) -> str | None:
    if not item.standing.is_readable:
        return None
    return address_of(enrollment, found.course.key, item.activity)


def _note(item: Item, said: set[str]) -> str:
    if item.is_done:
        return ""
    if item.mark is Mark.WAITING:
        return _("Waiting to be marked")
    if item.standing.is_open:
        if item.mark is Mark.EXHAUSTED:
            return _("No attempts left")
        if item.closes_at is not None:
            return _("Closes on %(moment)s", moment=moment(item.closes_at, zone=True))
        return ""
    sentence = reason(item.standing)
    if sentence in said or item.standing.message == ALL_BEFORE:
        return "" if item.standing.is_readable else _again(item.standing)
    said.add(sentence)
    return sentence


def _again(standing: Standing) -> str:
    """A reason in a few words, where the whole of it stands above."""
    if standing.opens_at is not None:
        return _("On %(day)s", day=day(standing.opens_at, "short"))
    if standing.params:
        return _("After all that comes before")
    return _("Not open")
