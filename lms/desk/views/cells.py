"""The columns of a cohort's list: their headings, and what stands in them on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from lms.desk.queries.people import Line
from lms.desk.rules.asked import BY_GRADE, NAME, SORTABLE, TITLES, Column
from lms.desk.views.listing import Listing
from lms.desk.views.standing import State, state_of
from lms.foundation.locale.formats import day
from lms.foundation.locale.words import gettext as _
from lms.grading.views.figures import grade

_FIGURES = frozenset({Column.GRADES, Column.GRADE, Column.PROGRESS})


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what it is called, in full and for little room, and where it is sorted by."""

    column: Column | None
    title: str
    short: str
    order: str = ""
    key: str = ""
    url: str = ""
    sorted: str = ""

    @property
    def numeric(self) -> bool:
        return self.column in _FIGURES


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person has in one column."""

    heading: Heading
    text: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the page shows them."""

    name: str
    url: str
    cells: list[Cell]


def headings(found: Listing) -> list[Heading]:
    """The columns that are wanted, the name first; each activity has one of its own."""
    said = [Heading(None, _("Person"), _("Person"), NAME)]
    for column in found.asked.columns:
        if column is Column.GRADES:
            said += [
                Heading(
                    column,
                    each.title,
                    _("Q%(number)s", number=number),
                    BY_GRADE + each.key,
                    each.key,
                )
                for number, each in enumerate(found.graded, 1)
            ]
        else:
            order = column.value if column in SORTABLE else ""
            said.append(Heading(column, _(TITLES[column]), _(TITLES[column]), order))
    return [_with_order(found, each) for each in said]


def _with_order(found: Listing, heading: Heading) -> Heading:
    if not heading.order:
        return heading
    asked = found.asked
    turned = asked.sorted_by(heading.order)
    sorted_ = ""
    if asked.order == heading.order:
        sorted_ = "descending" if asked.descending else "ascending"
    return Heading(
        heading.column,
        heading.title,
        heading.short,
        heading.order,
        heading.key,
        found.address(order=turned.order, descending=turned.descending),
        sorted_,
    )


def orders(found: Listing, said: list[Heading]) -> list[tuple[str, str, bool]]:
    """Every order there is, for whoever cannot press a heading: value, words, whether it is."""
    asked = found.asked
    options = []
    for heading in said:
        if heading.order:
            here = asked.order == heading.order
            up = _("%(column)s, ascending", column=heading.title)
            down = _("%(column)s, descending", column=heading.title)
            options.append((heading.order, up, here and not asked.descending))
            options.append((f"-{heading.order}", down, here and asked.descending))
    return options


def row(
    found: Listing, said: list[Heading], line: Line, results: Mapping[int, Mapping[str, int]]
) -> Row:
    """One person in these columns."""
    own = results.get(line.enrollment_id, {})
    return Row(
        name=line.name,
        url=url_for("desk.person", cohort=found.head.uid, enrollment=line.uid),
        cells=[_cell(found, heading, line, own) for heading in said[1:]],
    )


def _cell(found: Listing, heading: Heading, line: Line, own: Mapping[str, int]) -> Cell:
    scale = found.grading.scale
    text = ""
    match heading.column:
        case Column.MUNICIPALITY:
            text = line.municipality
        case Column.GRADES:
            text = grade(scale, own.get(heading.key))
        case Column.GRADE:
            text = grade(scale, line.ratio if own else None)
        case Column.PROGRESS:
            text = progress(found, line)
        case Column.STATE:
            return Cell(heading, state=state_of(line, found.head.days, found.now))
        case Column.SEEN:
            text = _day(line.known.last_seen_at)
        case Column.ADMITTED:
            text = _day(line.known.admitted_at)
        case Column.DOCUMENT:
            text = line.document
        case Column.MAIL:
            text = line.mail
        case Column.PHONE:
            text = line.phone
    return Cell(heading, text or "—")


def progress(found: Listing, line: Line) -> str:
    """How much of the course somebody has finished: 7 / 12."""
    total = len(found.course.activities)
    return f"{min(line.done, total)} / {total}" if total else ""


def _day(moment: datetime | None) -> str:
    return day(moment, "short") if moment else ""
