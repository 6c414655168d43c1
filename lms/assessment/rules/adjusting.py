"""A question corrected after people answered it: what each attempt earns then.

Corrections are applied in the order in which they were made, always from what the author's key
gives, so that the same attempt comes out alike whether it was handed in before or after them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any

from lms.assessment.rules.marking import Marked, score, total
from lms.assessment.rules.tries import NOT_TRIED, Tried, counted
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Alike, Answer, Keyed, Score, Shown, Source
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.points import Points

SHORTEST_REASON = 5
LONGEST_REASON = 300
MOST_ACCEPTED = 50
REASON = N_("Write the reason in a few words: whoever looks later must know it.")


class Change(StrEnum):
    """What is done about a question."""

    KEY = "key"
    """Another answer is the right one."""
    ACCEPT = "accept"
    """These answers earn everything too."""
    CREDIT = "credit"
    """Everybody earns everything."""
    DROP = "drop"
    """It counts for nobody, neither what it earned nor what it was worth."""


@dataclass(frozen=True)
class Correction:
    """One correction: of which wording of a question, and whether nobody may lose by it."""

    version: int
    change: Change
    data: Mapping[str, Any]
    keeps: bool = True


@dataclass(frozen=True)
class Line:
    """One question of an attempt as it was given and answered, what was checked of it meanwhile,
    and what the author's key gives."""

    slot: int
    version: int
    source: Source
    shown: Shown
    answer: Answer
    worth: Points
    raw: Points
    tried: Tried = NOT_TRIED


@dataclass(frozen=True)
class Worth:
    """What a question earns of how much."""

    points: Points
    out_of: Points


NOTHING = Worth(0, 0)


@dataclass(frozen=True)
class _Standing:
    worth: Worth
    source: Source

    @property
    def points(self) -> Points:
        return self.worth.points


def settle(
    others: Worth, lines: Sequence[Line], corrections: Iterable[Correction]
) -> Mapping[int, Worth]:
    """What each of these questions earns; ``others`` is what all the other ones earn together.

    A correction by which the attempt as a whole would reach a smaller part than before it is left
    out for this attempt, unless losses were allowed.
    """
    stand = {line.slot: _Standing(Worth(line.raw, line.worth), line.source) for line in lines}
    for each in corrections:
        then = dict(stand)
        for line in lines:
            if line.version == each.version:
                then[line.slot] = _under(each, line, stand[line.slot])
        if not each.keeps or _part(others, then) >= _part(others, stand):
            stand = then
    return {slot: each.worth for slot, each in stand.items()}


def adjusted(marked: Sequence[Marked], versions: Sequence[int], corrections: Sequence[Correction]
             ) -> list[Marked]:  # fmt: skip
    """An attempt that has just been marked, with what was corrected of its questions."""
    concerned = {each.version for each in corrections}
    lines = [
        Line(one.slot.number, version, one.slot.source, one.slot.shown, one.answer,
             one.slot.points, one.points, one.tried)
        for one, version in zip(marked, versions, strict=True)
        if version in concerned
    ]  # fmt: skip
    mine = {line.slot for line in lines}
    rest = [one for one in marked if one.slot.number not in mine]
    others = Worth(sum(one.points for one in rest), sum(one.slot.points for one in rest))
    settled = settle(others, lines, corrections)
    return [
        replace(
            one,
            points=settled[one.slot.number].points,
            slot=replace(one.slot, points=settled[one.slot.number].out_of),
        )
        if one.slot.number in settled
        else one
        for one in marked
    ]


def with_key(source: Source, answer: Answer) -> Source | None:
    """The question with this answer as its right one; None where only the whole answer can be
    compared, for nothing says what a part of it is worth."""
    type_ = TYPES[source["type"]]
    return type_.with_key(source, answer) if isinstance(type_, Keyed) else None


def same(source: Source, one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, as the question's type takes them."""
    if one is None or other is None:
        return one is other
    type_ = TYPES[source["type"]]
    if isinstance(type_, Alike):
        return type_.alike(source, one, other)
    return written(one) == written(other)


def written(answer: Answer) -> str:
    """An answer as a text of its own, to tell it from others."""
    return json.dumps(answer, sort_keys=True, ensure_ascii=False)


def refuse(source: Source, change: Change, data: Mapping[str, Any], reason: str) -> None:
    """Say why a correction cannot be made."""
    type_ = TYPES[source["type"]]
    if not type_.graded:
        raise Refused(N_("This question earns no points: there is nothing to correct."))
    if type_.by_hand:
        raise Refused(N_("People mark this question: change the marks they gave."))
    if len(reason) < SHORTEST_REASON:
        raise Invalid(REASON, fields={"reason": REASON})
    if change is Change.KEY and data.get("answer") is None:
        said = N_("Answer the question as it would be right.")
        raise Invalid(said, fields={"change": said})
    if change is Change.ACCEPT and not data.get("answers"):
        said = N_("Choose at least one of the answers that were given.")
        raise Invalid(said, fields={"change": said})


def leaves_nothing(others: Worth, settled: Mapping[int, Worth]) -> bool:
    """Whether no points are left to be reached in an attempt."""
    return others.out_of + sum(each.out_of for each in settled.values()) <= 0


def _under(each: Correction, line: Line, stands: _Standing) -> _Standing:
    """A question as one correction leaves it."""
    match each.change:
        case Change.CREDIT:
            return replace(stands, worth=Worth(line.worth, line.worth))
        case Change.DROP:
            return replace(stands, worth=NOTHING)
        case Change.ACCEPT:
            accepted = partial(_among, stands.source, each.data["answers"])
            found = counted(accepted, line.answer, line.tried)
            if not found.score.right:
                return stands
            earned = found.earns.of(stands.worth.out_of)
            return replace(stands, worth=replace(stands.worth, points=max(earned, stands.points)))
    wanted = each.data["answer"]
    source = with_key(line.source, wanted)
    if source is None:
        found = counted(partial(_among, line.source, [wanted]), line.answer, line.tried)
        return replace(stands, worth=Worth(found.earns.of(line.worth), line.worth))
    found = counted(partial(score, source, line.shown), line.answer, line.tried)
    return _Standing(Worth(found.earns.of(line.worth), line.worth), source)


def _among(source: Source, right: Sequence[Answer], answer: Answer) -> Score:
    """Everything for an answer that says the same as one of these, nothing for any other."""
    return Score(int(any(same(source, answer, each) for each in right)))


def _part(others: Worth, stand: Mapping[int, _Standing]) -> Fraction:
    """The part of the whole that an attempt reaches."""
    out_of = others.out_of + sum(each.worth.out_of for each in stand.values())
    points = total([others.points, *(each.worth.points for each in stand.values())])
    return Fraction(points, out_of) if out_of > 0 else Fraction(0)
