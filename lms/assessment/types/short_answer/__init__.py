"""Short answer: a word or a few, compared with those the author accepts."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.given import Given
from lms.assessment.types.interface import (
    Answer,
    Drawing,
    Layout,
    Part,
    PartResult,
    Score,
    Shown,
    Source,
)
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, Flag, ListOf, Text, may, need
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line

LONGEST = 200

_EDGES = re.compile(r"^[\s.,;:!?¡¿\"'«»“”‘’()]+|[\s.,;:!?¡¿\"'«»“”‘’()]+$")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"'})
_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")


class ShortAnswer:
    """Spaces, hyphens' spacing and punctuation around the answer never count. Capitals and
    accents count only if the author says so; forgiving accents forgives ñ written as n, for a
    telephone that has no ñ is not the learner's fault.

    With ``wildcards`` an asterisk stands for any letters; patterns of programmers are not taken:
    some of them take hours to compare.
    """

    name = "short_answer"
    label = N_("Short answer")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ()
    FIELDS: tuple[Field, ...] = (
        need(
            "accept",
            ListOf(item=Text(longest=LONGEST), least=1, most=50),
            "Every answer that is right.",
        ),
        may("ignore_case", Flag(), "Whether capitals are forgiven; true if left out."),
        may("ignore_accents", Flag(), "Whether accents are forgiven; true if left out."),
        may(
            "wildcards",
            Flag(),
            "Whether an asterisk stands for any letters, none included; false if left out.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Rows(
            name="accept",
            label=N_("Accepted answers"),
            called=N_("Accepted answer %(number)s"),
            more=N_("Add an accepted answer"),
            row=(pieces.Line(name="", label=N_("Text"), longest=LONGEST, needed=True),),
            least=1,
            most=50,
            hint=N_("Every way of writing it that is right; the first is shown as the answer."),
        ),
        pieces.Tick(name="ignore_case", label=N_("Capitals are forgiven"), otherwise=True),
        pieces.Tick(name="ignore_accents", label=N_("Accents are forgiven"), otherwise=True),
        pieces.Tick(
            name="wildcards",
            label=N_("An asterisk stands for any letters: *57-2008* also takes Decreto 57-2008"),
            otherwise=False,
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        problems, seen = [], set[str]()
        for n, accepted in enumerate(source["accept"]):
            alike = _alike(accepted, source)
            if not _bare(alike, source):
                problems.append(
                    problem(
                        source["accept"],
                        n,
                        N_("nothing is left of this answer without its punctuation"),
                        N_("write a word or a number"),
                    )
                )
            elif alike in seen:
                problems.append(
                    problem(
                        source["accept"],
                        n,
                        N_("this answer is taken already: “%(text)s” equals another"),
                        N_("remove it: capitals and accents are forgiven unless you say otherwise"),
                        text=accepted[:60],
                    )
                )
            seen.add(alike)
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        text = one_line(given.one())
        if len(text) > LONGEST:
            raise Invalid(N_("This answer is longer than %(most)s characters."), most=LONGEST)
        return text or None

    def known(self, source: Source, shown: Shown) -> Given:
        return Given({"": (_model(source),)})

    def with_key(self, source: Source, answer: Answer) -> Source:
        return {**source, "accept": [answer], "wildcards": False}

    def alike(self, source: Source, one: Answer, other: Answer) -> bool:
        return _alike(one, source) == _alike(other, source)

    def complete(self, source: Source, answer: Answer) -> bool:
        return bool(answer)

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        alike = _alike(answer, source)
        right = any(_takes(_alike(each, source), alike, source) for each in source["accept"])
        part = Part("", PartResult.RIGHT if right else PartResult.WRONG)
        return Score(int(right), 1, (part,))

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(value=answer or "")

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        return Layout(value=answer or "", right=(_model(source),))

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return (str(answer),)


def _model(source: Source) -> str:
    """The answer that is shown as the right one."""
    return one_line(_bare(str(source["accept"][0]), source))


def _bare(text: str, source: Source) -> str:
    """A text without the asterisks that stand for something."""
    return text.replace("*", "") if source.get("wildcards", False) else text


def _takes(accepted: str, answer: str, source: Source) -> bool:
    """Whether an answer is the accepted one, or fits it where asterisks stand for letters.

    Each piece between asterisks is looked for once, behind the one before: however long the
    answer is, the comparison is short.
    """
    if not source.get("wildcards", False) or "*" not in accepted:
        return accepted == answer
    first, *middle, last = accepted.split("*")
    end = len(answer) - len(last)
    if not answer.startswith(first) or not answer.endswith(last) or end < len(first):
        return False
    at = len(first)
    for piece in middle:
        found = answer.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _alike(text: str, source: Source) -> str:
    """The text with everything dropped that this question does not look at."""
    plain = _EDGES.sub("", _DASHES.sub("-", one_line(text).translate(_QUOTES)))
    if source.get("ignore_case", True):
        plain = plain.casefold()
    if source.get("ignore_accents", True):
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return plain


TYPE = ShortAnswer()
