"""What a question type promises. One folder per type keeps this promise and nobody asks its name.

A *source* is a question as its author wrote it, checked. *Shown* is what one attempt was given of
it (the order of its options), frozen with the attempt. An *answer* is plain JSON that refers to the
source, so that neither order nor language changes what was answered. ``None`` is no answer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any, Protocol, runtime_checkable

from lms.assessment.types.given import Given
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Field
from lms.foundation.kernel.points import Points, Ratio, divide

Source = Mapping[str, Any]
Shown = Mapping[str, Any]
Answer = Any


class Word(str):
    """A text of ours among the author's: a message id, shown in the reader's language."""


@dataclass(frozen=True)
class Drawing:
    """How an attempt is drawn: its own dice, the quiz's wish to shuffle, the country's figures."""

    dice: Random
    shuffle: bool = False
    decimal: str = "."
    group: str = ","


class PartResult(StrEnum):
    """What became of one part of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class Part:
    """One option, pair or gap and what became of it; ``key`` is its place in the source."""

    key: str
    result: PartResult


@dataclass(frozen=True)
class Score:
    """What an answer is worth, as an exact part of a whole (two pairs of three), and why.

    The part is below zero where an author lets wrong answers take points away.
    ``feedback`` holds paths into the source (``options.2.feedback``) of the texts it earns.
    """

    part: int
    whole: int = 1
    parts: tuple[Part, ...] = ()
    feedback: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.part >= self.whole

    @property
    def ratio(self) -> Ratio:
        return divide(self.part, self.whole)

    def of(self, points: Points) -> Points:
        """Its part of a question's points, rounded once, half up."""
        return (2 * points * self.part + self.whole) // (2 * self.whole)


@dataclass(frozen=True)
class Row:
    """One option or pair as a page shows it; ``name`` and ``value`` are the form's.

    A pair has ``choices`` and ``picked``, the text that was put beside it. A gap without choices
    holds in ``value`` what was typed, and in ``understood`` how it was read where that may
    surprise; ``figures`` says that a number is asked for.
    """

    name: str
    value: str
    text: str
    chosen: bool = False
    picked: str = ""
    choices: tuple["Row", ...] = ()
    result: PartResult | None = None
    right: str = ""
    feedback: str = ""
    understood: str = ""
    figures: bool = False

    @property
    def options(self) -> list[tuple[str, str]]:
        """What may be put beside it, as values and words of a list."""
        return [(choice.value, choice.text) for choice in self.choices]

    @property
    def picked_value(self) -> str:
        """The value of what was put beside it."""
        return next((choice.value for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True)
class Layout:
    """All that a type's template needs to know beyond the question's own texts.

    ``value`` is what a text field holds, ``understood`` how it was read, and ``surprising``
    whether that may surprise. ``unit`` is what is counted, ``example`` how an answer looks,
    ``right`` what would have been right, and ``hint`` how it is marked (a message id).
    ``passage`` is the author's text in whose gaps the rows stand, in their order. A long text has
    so many ``words``, and should have ``least`` to ``most`` of them; 0 where nothing is asked.
    """

    rows: tuple[Row, ...] = ()
    value: str = ""
    understood: str = ""
    surprising: bool = False
    unit: str = ""
    example: str = ""
    right: tuple[str, ...] = ()
    hint: str = ""
    passage: str = ""
    words: int = 0
    least: int = 0
    most: int = 0


@runtime_checkable
class Keyed(Protocol):
    """A type that can say how a question would be marked if another answer were the right one."""

    def with_key(self, source: "Source", answer: "Answer") -> "Source":
        """The question with this answer as its right one."""
        ...


@runtime_checkable
class Alike(Protocol):
    """A type in which two answers that are written otherwise may say the same."""

    def alike(self, source: "Source", one: "Answer", other: "Answer") -> bool:
        """Whether two answers say the same."""
        ...


class QuestionType(Protocol):
    """One way of asking. Everything here is pure; templates stand beside it in its folder."""

    name: str
    """The word in a quiz file."""
    label: str
    """What a person calls it (a message id)."""
    graded: bool
    """Whether an answer can be right or wrong; what is only asked earns no points."""
    by_hand: bool
    """Whether a person marks it: no rule knows what an answer is worth."""
    FIELDS: tuple[Field, ...]
    """The keys beyond those that every question has."""
    PIECES: tuple[Piece, ...]
    """The same as an author fills them in on screen."""
    WORDING: Collection[str]
    """Those of its keys that are only words: another wording changes no mark."""

    def check(self, source: Source) -> list[Problem]:
        """What is wrong with a source whose keys and shapes are right."""
        ...

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        """What one attempt is given of the source."""
        ...

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        """The answer in what a form or a program sent; ``None`` if left empty; else Invalid."""
        ...

    def known(self, source: Source, shown: Shown) -> Given:
        """What somebody who knows the answer sends; `read` takes it for a right one."""
        ...

    def complete(self, source: Source, answer: Answer) -> bool:
        """Whether nothing of the question is left open."""
        ...

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        """What an answer is worth. The same three always give the same score."""
        ...

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        """The question as inputs, filled with the answer so far."""
        ...

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        """The question as it was answered, part by part."""
        ...

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        """The answer in plain words, a line for each part, for lists and for the record."""
        ...
