"""The gaps of a cloze: what a file says of each, and the few lines in which an author writes it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lms.assessment.types import numerical, pieces, short_answer
from lms.assessment.types.interface import QuestionType, Source
from lms.assessment.types.numerical.figures import read_number, write_number
from lms.catalog.rules.problems import Problem, place, problem
from lms.catalog.rules.shapes import (
    Field,
    Flag,
    ListOf,
    Markdown,
    Object,
    Tagged,
    Text,
    Whole,
    may,
    need,
)
from lms.foundation.kernel.errors import N_, Invalid

WORDS, CHOICE, NUMBER = "short_answer", "single_choice", "numerical"

# A list to choose from shows plain text, so options are no Markdown here.
_OPTION = Object(
    (
        need("text", Text(longest=200), "What the learner reads."),
        may("correct", Flag(), "Whether it is right; false if left out."),
        may("feedback", Markdown(longest=4_000), "Shown to whoever chose it."),
    )
)
GAPS: Field = need(
    "gaps",
    ListOf(
        item=Tagged(
            "type",
            (may("weight", Whole(least=1, most=100), "How many shares it earns; 1."),),
            {
                WORDS: short_answer.TYPE.FIELDS,
                CHOICE: (
                    need("options", ListOf(item=_OPTION, least=2, most=20), "What is offered."),
                ),
                NUMBER: numerical.TYPE.FIELDS,
            },
        ),
        least=1,
        most=40,
    ),
    "The gaps: `{{1}}` is the first. Each has the keys of a question of its type.",
)

GAP_PIECES: tuple[pieces.Cell, ...] = (
    pieces.Lines(name="answers", label=N_("What is right in it"), needed=True),
    pieces.OneOf(
        name="type",
        label=N_("How it is filled in"),
        options={WORDS: N_("Words"), CHOICE: N_("Choice"), NUMBER: N_("Number")},
        otherwise=WORDS,
    ),
    pieces.Figure(name="weight", label=N_("Shares that it earns"), least=1),
)

_AROUND = re.compile(
    r"([-−+]?\d(?:[\d.,' ]*\d)?)(?:\s*(?:±|\+/-)\s*(\d[\d.,]*))?(?:\s*(?![\d.,])(\D.*))?"
)


def shown_gap(gap: Mapping[str, Any]) -> Mapping[str, Any]:
    """A gap of a file as its row shows it."""
    lines: list[str] = []
    match gap.get("type"):
        case "short_answer":
            lines = [str(each) for each in gap.get("accept") or ()]
        case "single_choice":
            lines = [
                ("* " if each.get("correct") else "") + str(each.get("text", ""))
                for each in gap.get("options") or ()
                if isinstance(each, Mapping)
            ]
        case "numerical":
            lines = [_number_line(gap)]
    return {"type": gap.get("type"), "answers": lines, "weight": gap.get("weight")}


def _number_line(gap: Mapping[str, Any]) -> str:
    said = _figures(gap.get("answer"))
    if gap.get("tolerance"):
        said += f" ± {_figures(gap['tolerance'])}"
    return f"{said} {gap.get('unit') or ''}".strip()


def _figures(value: Any) -> str:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return write_number(Decimal(value), group="") if is_number else str(value or "")


def written_gap(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a file says for a row."""
    lines: list[str] = row["answers"]
    gap: dict[str, Any] = {"type": row["type"]}
    if row["weight"] not in (None, 1):
        gap["weight"] = row["weight"]
    match row["type"]:
        case "single_choice":
            gap["options"] = [
                {"text": line.lstrip("* "), "correct": True}
                if line.startswith("*")
                else {"text": line}
                for line in lines
            ]
        case "numerical":
            gap |= _number(" ".join(lines))
        case _:
            gap["accept"] = lines
    return gap


def _number(line: str) -> dict[str, Any]:
    """A number with its tolerance and unit; what is none stays as it was typed, to be told."""
    found = _AROUND.fullmatch(line.strip())
    try:
        if found is None:
            return {"answer": line}
        said = {"answer": _plain(found[1])}
        if found[2]:
            said["tolerance"] = _plain(found[2])
    except Invalid:
        return {"answer": line}
    return said | ({"unit": found[3].strip()} if found[3] else {})


def _plain(text: str) -> Any:
    number = read_number(text.strip())
    return int(number) if number == number.to_integral_value() else number


def checked(gap: Source, kind: QuestionType) -> list[Problem]:
    """What is wrong with one gap, told where the gap stands."""
    if isinstance(gap.get("answer"), str):
        return [
            problem(
                gap,
                "answer",
                N_("its answer is no number: “%(text)s”"),
                N_("write figures, and if need be a tolerance and a unit: 42000 ± 50 quetzales"),
                text=gap["answer"][:60],
            )
        ]
    if len(gap.get("options", "xx")) < 2:
        return [problem(gap, "options", N_("there is nothing to choose"), N_("add wrong options"))]
    path, line = place(gap, None)
    return [each if each.line else replace(each, path=path, line=line) for each in kind.check(gap)]
