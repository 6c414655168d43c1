"""Cases: a text that several questions are asked about. Whoever draws one draws all of it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from random import Random
from typing import Any

from lms.assessment.types.interface import Source
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Field, Key, ListOf, Markdown, Object, Text, may, need
from lms.foundation.kernel.errors import N_

CASES = may(
    "cases",
    ListOf(
        item=Object(
            (
                need("key", Key(), "The case's name, unique in the quiz, the same for ever."),
                need("title", Text(longest=200), "What it is called above its questions."),
                need("text", Markdown(longest=20_000), "What is told, once, above its questions."),
            )
        ),
        most=50,
        unique="key",
    ),
    "Texts that several questions share. They are no questions and earn nothing.",
)
CASE: Field = may(
    "case", Key(), "The case (its key) that it is asked about; its questions stand together."
)


def told_with(source: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions of a quiz, each with the text it is asked about: what was shown with a question
    is part of its wording and stays with it for ever."""
    cases = {case["key"]: dict(case) for case in source.get("cases") or ()}
    return [
        {**question, "case": cases[question["case"]]} if "case" in question else dict(question)
        for question in source["questions"]
    ]


def name_of(question: Source) -> str:
    """The key of a question's case, if it has one."""
    case = question.get("case")
    return str(case["key"] if isinstance(case, Mapping) else case or "")


def together(questions: Sequence[Source]) -> list[list[int]]:
    """The places of the questions, those of one case in one lot."""
    lots: list[list[int]] = []
    for case, places in groupby(range(len(questions)), key=lambda n: name_of(questions[n])):
        lot = list(places)
        lots += [lot] if case else [[n] for n in lot]
    return lots


def drawn(lots: Sequence[list[int]], count: int, dice: Random) -> list[list[int]]:
    """Lots with as many questions as are asked for, in the author's order. Where no lots make up
    that number, fewer."""
    order = dice.sample(list(lots), len(lots))
    count = max(reach for reach in _reached(order) if reach <= count)
    taken = []
    for n, lot in enumerate(order):
        if count - len(lot) in _reached(order[n + 1 :]):
            taken.append(lot)
            count -= len(lot)
    return sorted(taken)


def _reached(lots: Sequence[list[int]]) -> set[int]:
    """The numbers of questions that some of these lots make up."""
    reached = {0}
    for lot in lots:
        reached |= {each + len(lot) for each in reached}
    return reached


def check(source: Mapping[str, Any]) -> list[Problem]:
    """Every case is known and asked about, its questions follow each other, and as many as are
    drawn can be drawn."""
    questions, cases = source["questions"], source.get("cases") or []
    known, begun = {case["key"] for case in cases}, set[str]()
    problems, before = list[Problem](), ""
    for question in questions:
        case = name_of(question)
        if case and case not in known:
            problems.append(
                problem(
                    question,
                    "case",
                    N_("there is no case “%(case)s” in this quiz"),
                    N_("write it under `cases`, or correct its name"),
                    case=case,
                )
            )
        elif case and case != before and case in begun:
            problems.append(
                problem(
                    question,
                    "case",
                    N_("other questions stand between those of the case “%(case)s”"),
                    N_("put the questions of a case one after another"),
                    case=case,
                )
            )
        before = case
        begun.add(case)
    problems += [
        warning(
            case,
            "key",
            N_("no question is asked about this case"),
            N_("write `case: %(case)s` in its questions, or take it out"),
            case=case["key"],
        )
        for case in cases
        if case["key"] not in begun
    ]
    wanted = source.get("draw") if cases else None
    reached = _reached(together(questions))
    if isinstance(wanted, int) and wanted not in reached and wanted <= len(questions):
        problems.append(
            problem(
                source,
                "draw",
                N_("%(drawn)s questions cannot be drawn without tearing a case apart"),
                N_("draw as many as some cases and single questions make up together"),
                drawn=wanted,
            )
        )
    return problems
