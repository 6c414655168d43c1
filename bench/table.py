"""The figures as one table: floor, ours, ratio, goal, met or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"

Goal = Callable[[float | None, float], bool]


@dataclass(frozen=True)
class Figure:
    """One line: ``goal`` in words and as the test of it; without one it is information."""

    name: str
    ours: float
    floor: float | None = None
    unit: str = ""
    goal: str = ""
    met: Goal | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        if self.met is None or isnan(self.ours):
            return ""
        return "met" if self.met(self.ratio, self.ours) else "NOT MET"


@dataclass
class Table:
    """The figures of one database."""

    title: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, *figures: Figure) -> None:
        self.figures += figures

    def lines(self) -> list[str]:
        """The table as Markdown, aligned to be read as it is."""
        head = ("figure", "floor", "ours", "ratio", "goal", "")
        rows = [head, *(_cells(each) for each in self.figures)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
        return [
            f"### {self.title}",
            "",
            _line(rows[0], widths),
            "|" + "|".join("-" * (width + 2) for width in widths) + "|",
            *(_line(row, widths) for row in rows[1:]),
        ]


def write_into(path: Path, lines: Sequence[str]) -> None:
    """Put the tables where a document keeps its latest figures, between the two marks."""
    before, _begin, rest = path.read_text("utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    if not after:
        raise ValueError(f"{path} has no {BEGIN} and {END}")
    text = "\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"])
    path.write_text(text, "utf-8")


def at_most(limit: float, unit: str = "") -> dict[str, str | Goal]:
    """The goal that our own figure is no more than this."""
    return {"goal": f"≤ {limit:g}{unit}", "met": lambda _ratio, ours: ours <= limit}


def at_most_of(limit: float, whole: float, what: str) -> dict[str, str | Goal]:
    """The goal that our figure is no more than so many times another."""
    return {
        "goal": f"≤ {limit:g} × {what}",
        "met": lambda _ratio, ours: ours <= limit * whole,
    }


def ratio_at_most(limit: float) -> dict[str, str | Goal]:
    """The goal that we cost no more than so many times the floor."""
    return {
        "goal": f"≤ {limit:g} × floor",
        "met": lambda ratio, _ours: ratio is not None and ratio <= limit,
    }


def ratio_at_least(limit: float) -> dict[str, str | Goal]:
    """The goal that we do at least this part of what the floor does."""
    return {
        "goal": f"≥ {limit:g} × floor",
        "met": lambda ratio, _ours: ratio is not None and ratio >= limit,
    }


def _cells(each: Figure) -> tuple[str, ...]:
    return (
        each.name,
        _number(each.floor, each.unit),
        _number(each.ours, each.unit),
        f"{each.ratio:.2f}" if each.ratio else "",
        each.goal,
        each.verdict,
    )


def _number(value: float | None, unit: str) -> str:
    if value is None or isnan(value):
        return "" if value is None else "–"
    if unit == "":
        return f"{value:.0f}"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (
        cell.ljust(width) if column in (0, 4, 5) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "| " + " | ".join(padded) + " |"
