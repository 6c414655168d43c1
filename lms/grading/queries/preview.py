"""What another way to put a grade together would change for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lms.foundation.kernel.points import Ratio
from lms.grading.queries import book as queries
from lms.grading.queries.book import (
    AT_ONCE,
    MOST_PEOPLE,
    Asked,
    Book,
    Cell,
    marked_columns,
)
from lms.grading.rules import scheme as rules
from lms.grading.rules.grade import Component, grade_of
from lms.grading.rules.scheme import Scheme, of_column, tree

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Changed:
    """One person whose grade would be another."""

    name: str
    before: Ratio | None
    after: Ratio | None


@dataclass(frozen=True, slots=True)
class Preview:
    """How many grades would be others, of whom, and who would pass or not any more."""

    people: int
    marked: int
    many: int
    passing: int
    failing: int
    shown: Sequence[Changed]


def look_over(session: Session, of: Book, scheme: Scheme) -> None:
    """Refuse what could not be added up, or would leave marks without their column."""
    marked = marked_columns(session, of)
    rules.check(
        scheme,
        [each.key for each in of.graded],
        {each.key: each for each in of.scheme.columns if each.key in marked},
    )


def preview(session: Session, of: Book, scheme: Scheme) -> Preview:
    """Everybody's grade as it is put together now and as it would be; nothing is written."""
    lines = queries.page(session, of, Asked(), 1, MOST_PEOPLE)
    scale, mark = of.grading.scale, of.grading.pass_mark
    found: list[Changed] = []
    marked = passing = failing = 0
    for at in range(0, len(lines), AT_ONCE):
        some = lines[at : at + AT_ONCE]
        cells = queries.cells(session, of, [each.enrollment_id for each in some])
        for line in some:
            own = cells[line.enrollment_id]
            marked += bool(own)
            before, after = _grade(of, of.scheme, own), _grade(of, scheme, own)
            if before == after or not own or line.recognised:
                continue
            found.append(Changed(line.name, before, after))
            did, does = scale.passed(before or 0, mark), scale.passed(after or 0, mark)
            passing += does and not did
            failing += did and not does
    return Preview(len(lines), marked, len(found), passing, failing, found[:MOST_SHOWN])


def _grade(of: Book, scheme: Scheme, own: Mapping[str, Cell]) -> Ratio | None:
    ratios = {key: cell.ratio for key, cell in own.items()}
    parts = [
        Component(each.key, each.title, each.weight, ratios.get(each.key)) for each in of.graded
    ]
    parts += [of_column(each, ratios.get(each.key)) for each in scheme.columns]
    return grade_of(tree(scheme, parts))
