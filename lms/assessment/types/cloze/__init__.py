"""Cloze: a text whose gaps are filled with words, numbers or choices, each by its own rules."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from lms.assessment.types import numerical, pieces, short_answer, single_choice
from lms.assessment.types.cloze.gaps import GAP_PIECES, GAPS, checked, shown_gap, written_gap
from lms.assessment.types.given import UNREADABLE, Given
from lms.assessment.types.interface import (
    Answer,
    Drawing,
    Layout,
    Part,
    PartResult,
    QuestionType,
    Row,
    Score,
    Shown,
    Source,
)
from lms.assessment.types.numerical.figures import NOT_A_NUMBER
from lms.assessment.types.passage import PASSAGE, check_gaps, gaps_of
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field
from lms.foundation.kernel.errors import N_, Invalid

KINDS: Mapping[str, QuestionType] = {
    each.name: each for each in (short_answer.TYPE, single_choice.TYPE, numerical.TYPE)
}
NOTHING = "—"


class Cloze:
    """``{{2}}`` is the second of the gaps. The answer holds one answer for each gap, or nothing.

    A gap is a small question: it is read and marked exactly as a question of its type. Weights
    say how the points are shared; without them each gap earns the same.
    """

    name = "cloze"
    label = N_("Text with gaps of several kinds")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ()
    FIELDS: tuple[Field, ...] = (PASSAGE, GAPS)
    PIECES: tuple[Piece, ...] = (
        pieces.Paragraph(
            name="passage",
            label=N_("Text with gaps"),
            hint=N_("Write {{1}} where the first gap stands, {{2}} for the second."),
            longest=10_000,
            needed=True,
        ),
        pieces.Rows(
            name="gaps",
            label=N_("Gaps"),
            called=N_("Gap %(number)s"),
            more=N_("Add a gap"),
            row=GAP_PIECES,
            least=1,
            most=40,
            shown=shown_gap,
            written=written_gap,
            hint=N_(
                "Words: every spelling that is right, one in each line. Choice: the options, one "
                "in each line, an asterisk before the right one. Number: the number, if need be "
                "with its tolerance and unit: 42000 ± 50 quetzales."
            ),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        gaps, named = source["gaps"], gaps_of(source)
        problems = check_gaps(source, len(gaps), "gaps")
        for n, gap in enumerate(gaps):
            if named.count(n) != 1:
                problems.append(
                    problem(
                        gap,
                        "type",
                        N_("gap %(number)s stands %(count)s times in the text"),
                        N_("write {{%(number)s}} in it once"),
                        number=n + 1,
                        count=named.count(n),
                    )
                )
            problems += checked(gap, KINDS[gap["type"]])
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {"gaps": [_kind(gap).freeze(gap, drawing) for gap in source["gaps"]]}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        gaps = source["gaps"]
        known = {str(n + 1) for n in range(len(gaps))}
        if any(any(values) for part, values in given.parts.items() if part not in known):
            raise Invalid(UNREADABLE)
        answer = [
            _read(gap, shown["gaps"][n], Given({"": given.many(str(n + 1))}), n + 1)
            for n, gap in enumerate(gaps)
        ]
        return None if answer == [None] * len(answer) else answer

    def known(self, source: Source, shown: Shown) -> Given:
        return Given(
            {
                str(n): _kind(gap).known(gap, how).many()
                for n, (gap, how) in enumerate(zip(source["gaps"], shown["gaps"], strict=True), 1)
            }
        )

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None and None not in answer

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        part, whole, parts, feedback = 0, 0, [], list[str]()
        for n, (gap, how, one) in enumerate(
            zip(source["gaps"], shown["gaps"], answer, strict=True)
        ):
            weight = gap.get("weight") or 1
            whole += weight
            if one is None:
                parts.append(Part(str(n), PartResult.MISSING))
                continue
            found = _kind(gap).score(gap, how, one)
            part += weight * found.part  # each of these is right or wrong as a whole
            parts.append(Part(str(n), PartResult.RIGHT if found.right else PartResult.WRONG))
            feedback += [f"gaps.{n}.{path}" for path in found.feedback]
        return Score(part, whole, tuple(parts), tuple(feedback))

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        rows = [_row(source, shown, answer, n) for n in gaps_of(source)]
        odd = [row for row in rows if row.understood]
        return Layout(
            tuple(rows),
            passage=source["passage"],
            hint=_hint(source),
            surprising=bool(odd),
            value=odd[0].value if odd else "",
            understood=odd[0].understood if odd else "",
        )

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        results = {part.key: part.result for part in score.parts}
        filled = self.layout(source, shown, answer)
        rows = tuple(
            replace(
                row,
                result=results.get(str(n)),
                feedback="" if answer is None else _feedback(source, n, answer[n]),
            )
            for row, n in zip(filled.rows, gaps_of(source), strict=True)
        )
        right = self.read(source, shown, self.known(source, shown))
        return replace(filled, rows=rows, right=self.describe(source, shown, right))

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return tuple(
            f"{n}. {_said(gap, how, one)}"
            for n, (gap, how, one) in enumerate(
                zip(source["gaps"], shown["gaps"], answer, strict=True), 1
            )
        )


def _kind(gap: Source) -> QuestionType:
    return KINDS[gap["type"]]


def _read(gap: Source, how: Shown, given: Given, number: int) -> Answer:
    try:
        return _kind(gap).read(gap, how, given)
    except Invalid as refusal:
        if refusal.message != NOT_A_NUMBER:
            raise
        raise Invalid(
            N_("Gap %(gap)s: write a number, with figures only, for example %(example)s."),
            gap=number,
            **refusal.params,
        ) from None


def _said(gap: Source, how: Shown, answer: Answer) -> str:
    return NOTHING if answer is None else str(_kind(gap).describe(gap, how, answer)[0])


def _row(source: Source, shown: Shown, answer: Answer, n: int) -> Row:
    """One gap as a page shows it: a list to choose from, or a field to write in."""
    gap, how = source["gaps"][n], shown["gaps"][n]
    one = None if answer is None else answer[n]
    its = _kind(gap).layout(gap, how, one)
    return Row(
        name=str(n + 1),
        value=its.value,
        text=str(n + 1),
        chosen=one is not None,
        picked="" if one is None else _said(gap, how, one),
        choices=its.rows,
        understood=its.understood if its.surprising else "",
        figures=bool(its.example),
    )


def _feedback(source: Source, n: int, one: Answer) -> str:
    options = source["gaps"][n].get("options")
    return str(options[one].get("feedback") or "") if options and one is not None else ""


def _hint(source: Source) -> str:
    if any((gap.get("weight") or 1) != 1 for gap in source["gaps"]):
        return N_("Fill in each gap. Some of them earn more than others.")
    return N_("Fill in each gap. Each right one earns an equal share of the points.")


TYPE = Cloze()
