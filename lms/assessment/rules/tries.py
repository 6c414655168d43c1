"""Checking single answers while an attempt runs: when that is allowed, and what failed tries cost.

With immediate feedback an answer is checked once and stands. With several tries whoever was not
right changes the answer and checks it again; each failed try takes the same part of the question's
points away from the one that succeeds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lms.assessment.types import TYPES
from lms.assessment.types.interface import Answer, Score, Source
from lms.catalog.rules.problems import Problem, warning
from lms.catalog.rules.shapes import Choice, Number, Whole, may
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused
from lms.foundation.kernel.points import SCALE, Ratio, points

FEWEST, MOST, USUAL = 2, 10, 3
USUAL_PENALTY = Decimal("0.25")


class Behaviour(StrEnum):
    """When somebody learns whether an answer is right."""

    DEFERRED = "deferred"
    IMMEDIATE = "immediate"
    TRIES = "tries"


FIELDS = (
    may(
        "behaviour",
        Choice(tuple(Behaviour)),
        "`deferred`, after handing in (so if left out); `immediate`, each answer is checked once "
        "while answering, and stands; `tries`, it may be changed and checked again.",
    ),
    may(
        "tries",
        Whole(least=FEWEST, most=MOST),
        "With `behaviour: tries`, how often an answer may be checked; 3 if left out.",
    ),
    may(
        "penalty",
        Number(least=0, most=1),
        "With `behaviour: tries`, the part of its points that each failed try takes away; "
        "0.25 if left out.",
    ),
)


@dataclass(frozen=True)
class Checking:
    """How often the answer to a question may be checked (0: not at all), and what a failed try
    takes away."""

    tries: int = 0
    penalty: Ratio = 0

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> "Checking":
        match Behaviour(source.get("behaviour") or Behaviour.DEFERRED):
            case Behaviour.IMMEDIATE:
                return cls(1)
            case Behaviour.TRIES:
                penalty = source.get("penalty")
                taken = USUAL_PENALTY if penalty is None else Decimal(str(penalty))
                return cls(source.get("tries") or USUAL, points(taken))
        return cls()


NOT_CHECKED = Checking()


@dataclass(frozen=True)
class Tried:
    """What was checked of one question, in its order, and what each failed try takes away."""

    answers: tuple[Answer, ...] = ()
    penalty: Ratio = 0


NOT_TRIED = Tried()


@dataclass(frozen=True)
class Counted:
    """The answer that counts, its score by itself, and how many tries had failed before it."""

    answer: Answer
    score: Score
    failed: int = 0
    penalty: Ratio = 0

    @property
    def kept(self) -> Ratio:
        """The part that is left of what the answer earns."""
        return max(0, SCALE - self.failed * self.penalty)

    @property
    def earns(self) -> Score:
        """The score with what failed tries took away; what is below zero stays as it is."""
        if not self.failed or self.score.part <= 0:
            return self.score
        score = self.score
        return replace(score, part=score.part * self.kept, whole=score.whole * SCALE)


def counted(rate: Callable[[Answer], Score], held: Answer, tried: Tried) -> Counted:
    """The first checked answer that is right counts, else the one held in the end; tries before it
    have failed.

    Under a corrected key an earlier answer may turn out to have been right: then that one counts.
    """
    for failed, answer in enumerate(tried.answers):
        score = rate(answer)
        if score.right:
            return Counted(answer, score, failed, tried.penalty)
    failed = len(tried.answers)
    if failed and tried.answers[-1] == held:
        failed -= 1
    return Counted(held, rate(held), failed, tried.penalty)


@dataclass(frozen=True)
class Check:
    """One check as it was asked for: ``seen`` is how many the page knew of."""

    slot: int
    key: str
    seen: int = 0


class Verdict(StrEnum):
    """What to do with a check that is asked for."""

    KEEP = "keep"
    REPEAT = "repeat"
    """Done already under this key."""
    MEANWHILE = "meanwhile"
    """Another page checked since this one was made: nobody loses a try that they have not seen."""
    SAME = "same"
    """The answer is the one that was checked last."""


def receive(
    asked: Check,
    source: Source,
    held: Answer,
    known: Sequence[tuple[str, Answer]],
    checking: Checking,
    *,
    settled: bool,
) -> Verdict:
    """Decide about a check; ``known`` are those of the question so far, by their keys."""
    same_key = [answer for key, answer in known if key == asked.key]
    if same_key:
        if same_key[0] != held:
            raise Conflict(N_("This answer was already sent with other content."))
        return Verdict.REPEAT
    if not checking.tries:
        raise Refused(N_("The answers of this quiz are not checked before handing in."))
    if not checkable(source):
        raise Refused(N_("A person marks this answer: it cannot be checked before handing in."))
    if settled or len(known) > asked.seen:
        return Verdict.MEANWHILE
    if held is None:
        raise Invalid(N_("Answer the question before you check it."))
    if not TYPES[source["type"]].complete(source, held):
        raise Invalid(N_("Complete the answer before you check it: each check is a try."))
    if known and known[-1][1] == held:
        return Verdict.SAME
    return Verdict.KEEP


def checkable(source: Source) -> bool:
    """Whether a rule can say at once if an answer is right."""
    type_ = TYPES[source["type"]]
    return type_.graded and not type_.by_hand


def is_settled(frozen: Mapping[str, Any]) -> bool:
    """Whether a question of an attempt was checked for the last time: its answer stands."""
    return bool(frozen.get("settled"))


def settled_now(frozen: Sequence[Mapping[str, Any]], slot: int) -> list[dict[str, Any]]:
    """The questions of an attempt once the answer to one of them stands."""
    return [
        {**each, "settled": True} if number == slot else dict(each)
        for number, each in enumerate(frozen, 1)
    ]


def check(source: Mapping[str, Any]) -> list[Problem]:
    """What of these settings has no use, or not the one that was meant."""
    behaviour = source.get("behaviour") or Behaviour.DEFERRED
    problems = [
        warning(
            source,
            key,
            N_("without several tries this has no use"),
            N_("write `behaviour: tries`, or take it out"),
        )
        for key in ("tries", "penalty")
        if key in source and behaviour != Behaviour.TRIES
    ]
    found = Checking.of(source)
    if behaviour == Behaviour.TRIES and (found.tries - 1) * found.penalty >= SCALE:
        problems.append(
            warning(
                source,
                "penalty" if "penalty" in source else "behaviour",
                N_("whoever is right at the last try earns nothing"),
                N_("take less away, or allow fewer tries"),
            )
        )
    if "during" in (source.get("review") or {}) and behaviour == Behaviour.DEFERRED:
        problems.append(
            warning(
                source["review"],
                "during",
                N_("nothing is shown while answering where nothing is checked"),
                N_("write `behaviour: immediate`, or take it out"),
            )
        )
    return problems
