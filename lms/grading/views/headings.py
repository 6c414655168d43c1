"""The columns of a gradebook: each category with what stands in it, then the rest."""

from dataclasses import dataclass

from lms.foundation.kernel.points import divide
from lms.foundation.locale.words import gettext as _
from lms.grading.queries.book import Book, Cell, Line
from lms.grading.rules.scheme import Column
from lms.grading.views.figures import grade, mark, percent

SHORT = 42


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: an activity, a column that is typed, or what a category comes to."""

    key: str
    title: str
    within: str
    weight: str
    column: Column | None = None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the page: what it says, whether by hand, and what it is about."""

    text: str
    key: str
    by_hand: bool = False
    is_sum: bool = False


def headings(of: Book) -> list[Heading]:
    """Every column of the gradebook of a course."""
    scheme = of.scheme
    placed = {each.key: each for each in (*scheme.items, *scheme.columns)}
    whole = sum(each.weight for each in of.graded) or 1
    titles = {each.key: each.title for each in of.graded}
    titles |= {each.key: each.title for each in scheme.columns}
    weights = {each.key: each.weight for each in of.graded}
    found: list[Heading] = []
    for group in scheme.groups:
        own = [key for key in titles if key in placed and placed[key].group == group.key]
        all_of_it = sum(placed[key].weight for key in own) or 1
        found += [
            Heading(
                key,
                titles[key],
                group.title,
                percent(divide(placed[key].weight, all_of_it)),
                scheme.column(key),
            )
            for key in own
        ]
        found.append(
            Heading(
                f"suma:{group.key}", _("Sum: %(title)s", title=group.title), "",
                percent(group.weight), is_sum=True,
            )
        )  # fmt: skip
    grouped = {each.key for each in found}
    for key, title in titles.items():
        if key in grouped:
            continue
        own_weight = placed[key].weight if key in placed else divide(weights.get(key, 0), whole)
        said = percent(own_weight) if own_weight else ""
        found.append(Heading(key, title, "", said, scheme.column(key)))
    return found


def shown(of: Book, said: list[Heading], line: Line, own: dict[str, Cell]) -> list[Shown]:
    """What one person has in each column."""
    scale = of.grading.scale
    found = []
    for each in said:
        if each.is_sum:
            ratio = line.sums.get(each.key.removeprefix("suma:"))
            found.append(Shown(grade(scale, ratio) if own else "—", each.key, is_sum=True))
            continue
        cell = own.get(each.key)
        if each.column is not None:
            text = mark(each.column, cell.ratio if cell else None) or "—"
            found.append(Shown(text, each.key))
        else:
            ratio = cell.ratio if cell else None
            found.append(Shown(grade(scale, ratio), each.key, bool(cell and cell.by_hand)))
    return found
