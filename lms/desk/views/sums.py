"""The arithmetic of a grade as lines to be shown, on the institution's scale."""

from dataclasses import dataclass

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import GradeScale
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.grading.queries.decisions import Decided
from lms.grading.queries.entries import Entered
from lms.grading.rules.completion import Lack, Reason
from lms.grading.rules.grade import Line, Sum
from lms.grading.rules.marks import Kind
from lms.grading.views.figures import exact, grade, mark, percent

_TOO_LATE = {
    Lack.SEE: N_("“%(title)s” was not seen."),
    Lack.TAKE: N_("“%(title)s” was not taken."),
    Lack.RETRY: N_("“%(title)s” was not passed."),
    Lack.LEAST: N_("The minimum of “%(title)s” was not reached."),
    Lack.GRADE: N_("The pass mark was not reached."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sum: its part of the grade, the result, what that adds, what to know."""

    key: str
    title: str
    weight: str
    result: str
    adds: str
    could_add: str
    is_open: bool
    notes: tuple[str, ...] = ()
    is_sum: bool = False
    """What a category comes to; its own lines follow."""
    entry: str = ""
    """The mark by hand that counts here in place of the activity's."""
    can_replace: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """The grade added up."""

    rows: tuple[Row, ...]
    grade: str
    top: str
    pass_mark: str
    is_reached: bool
    needed: str
    """What is still needed on average in what is missing; empty when nothing is."""


def sums(found: Decided, entered: Entered, *, is_over: bool) -> Sums | None:
    """The sum of a course's grade; nothing where nothing is graded.

    When the cohort is over nothing can be added any more, and nothing is promised.
    """
    whole, grading = found.decision.arithmetic, found.grading
    if whole.ratio is None:
        return None
    scale = grading.scale
    needed = None if is_over else whole.needed(grading.pass_mark)
    of_category = {each.category.key: _sum(scale, each) for each in whole.sums}
    rows: list[Row] = []
    for line in whole.lines:
        if line.category in of_category:
            rows.append(of_category.pop(line.category))
        rows.append(_row(found, line, entered, is_over=is_over))
    return Sums(
        rows=tuple(rows),
        grade=grade(scale, whole.ratio),
        top=number(scale.top),
        pass_mark=grade(scale, grading.pass_mark),
        is_reached=scale.passed(whole.ratio, grading.pass_mark),
        needed="" if needed is None else exact(scale, needed),
    )


def _sum(scale: GradeScale, each: Sum) -> Row:
    category = each.category
    notes = []
    if category.drop:
        notes.append(
            ngettext(
                "The lowest does not count.",
                "The %(num)s lowest do not count.",
                category.drop,
            )
        )
    if category.least:
        notes.append(_("Minimum: %(least)s.", least=grade(scale, category.least)))
    return Row(
        category.key,
        category.title,
        percent(each.part),
        grade(scale, each.ratio),
        exact(scale, each.adds),
        "",
        False,
        tuple(notes),
        is_sum=True,
    )


def _row(found: Decided, line: Line, entered: Entered, *, is_over: bool) -> Row:
    component, scale = line.component, found.grading.scale
    column = found.scheme.column(component.key)
    written = entered.get((found.course.course_id, component.key))
    replaced = written if column is None else None
    notes = []
    if line.dropped:
        notes.append(_("One of the lowest: it does not count."))
    if component.least:
        notes.append(_("Minimum: %(least)s.", least=percent(component.least)))
    if replaced is not None:
        notes.append(
            _(
                "Put by hand in place of %(before)s. Reason: %(reason)s",
                before=grade(scale, replaced.before),
                reason=replaced.reason,
            )
        )
    result = "—"
    if component.ratio is not None:
        result = grade(scale, component.ratio)
        if column is not None:
            result = mark(column, component.ratio)
            result += f" / {number(column.top)}" if column.kind == Kind.NUMBER else ""
    return Row(
        key=component.key,
        title=component.title,
        weight=percent(line.part) if line.part or line.dropped else "",
        result=result,
        adds=exact(scale, line.adds),
        could_add=exact(scale, line.could_add),
        is_open=component.ratio is None and component.counts and not line.dropped and not is_over,
        notes=tuple(notes),
        entry=str(replaced.uid) if replaced is not None else "",
        can_replace=column is None,
    )


def sentence(found: Decided, reason: Reason, *, is_over: bool) -> str:
    """What is missing, in the reader's language, with the figures that belong to it.

    When the cohort is over, what was not done is said; nobody is told to do it.
    """
    message = reason.message
    if is_over:
        message = _TOO_LATE.get(reason.lack, message)
    said: str = _(message) % reason.params if reason.params else _(message)
    if reason.lack is Lack.GRADE:
        arithmetic, grading = found.decision.arithmetic, found.grading
        said += " " + _(
            "You have %(grade)s; it is %(mark)s.",
            grade=grade(grading.scale, arithmetic.ratio),
            mark=grade(grading.scale, grading.pass_mark),
        )
    return said
