"""The outline of a course as pages show it: states, minutes, weights, reasons for locks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.catalog.queries.structure import ModuleStructure
from lms.foundation.locale.formats import kilobytes, minutes_text, moment
from lms.learning.kind import address_of
from lms.learning.queries.outline import CourseOutline, Item, page_bytes
from lms.learning.rules.gate import Standing
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


def sections(
    enrollment: UUID, found: CourseOutline, *, current: str = "", weights: bool = False
) -> list[dict[str, Any]]:
    """The outline macro's sections: modules with their items.

    The reason for a lock stands at the first item it locks. ``weights`` adds what each item
    costs to download.
    """
    said: set[str] = set()
    return [
        {
            "title": f"{number}. {module.title}",
            "items": [
                *_activities(enrollment, found, module, current, weights, said),
                *_parts(enrollment, found, module, current),
            ],
        }
        for number, module in enumerate(found.course.modules, 1)
    ]


def _activities(
    enrollment: UUID,
    found: CourseOutline,
    module: ModuleStructure,
    current: str,
    weights: bool,
    said: set[str],
) -> Iterator[dict[str, Any]]:
    for item in found.in_module(module):
        size = kilobytes(page_bytes(found.course, item.activity)) if weights else ""
        yield {
            "title": item.activity.title,
            "url": _url(enrollment, found, item),
            "state": state_of(item),
            "minutes": " · ".join(filter(None, (short_minutes(item.activity.minutes), size))),
            "note": _note(item, said),
            "current": item.key == current,
        }


def _parts(
    enrollment: UUID, found: CourseOutline, module: ModuleStructure, current: str
) -> Iterator[dict[str, Any]]:
    readable = is_open(found, module)
    address = module_path(enrollment, found.course.key, module.key)
    for part in parts_of(module):
        name = f"{module.key}#{part.name}"
        yield {
            "title": part.title,
            "url": f"{address}#{part.name}" if readable and name != current else None,
            "state": "open" if readable else "locked",
            "minutes": short_minutes(part.minutes),
            "note": None,
            "current": False,
            "icon": ("pencil" if part.name == "practica" else "messages-square")
            if readable
            else "lock",
        }


def parts_of(module: ModuleStructure) -> list[Part]:
    """The practice and the question of a module, as far as it has them."""
    parts = []
    practice, forum = module.detail.get("practice"), module.detail.get("forum")
    if practice:
        title = _("Practice: %(title)s", title=practice["title"])
        parts.append(Part("practica", title, practice["minutes"]))
    if forum:
        title = _("To discuss: %(title)s", title=forum["title"])
        parts.append(Part("foro", title, forum["minutes"]))
    return parts


def is_open(found: CourseOutline, module: ModuleStructure) -> bool:
    """A module's own texts open with its first activity."""
    items = found.in_module(module)
    return not items or items[0].standing.is_readable


def module_path(enrollment: UUID, course_key: str, module_key: str) -> str:
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


def _url(enrollment: UUID, found: CourseOutline, item: Item) -> str | None:
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
    if sentence in said:
        return ""
    said.add(sentence)
    return sentence
