"""Essay: a text of one's own. Whoever teaches reads it and gives it its points."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.given import LONGEST, Given
from lms.assessment.types.interface import Answer, Drawing, Layout, Score, Shown, Source
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, Markdown, Whole, may
from lms.foundation.kernel.errors import N_, Invalid

MOST_WORDS = 3_000


class Essay:
    """A text with too few or too many words is kept and handed in like any other: nothing that was
    written is lost. The learner is told how many there are, and so is whoever marks it.
    """

    name = "essay"
    label = N_("Essay, marked by a person")
    graded = True
    by_hand = True
    WORDING: Collection[str] = ("guidance",)
    FIELDS: tuple[Field, ...] = (
        may("least", Whole(least=1, most=MOST_WORDS), "Words that it should have at least."),
        may("most", Whole(least=1, most=MOST_WORDS), "Words that it should have at most."),
        may(
            "guidance",
            Markdown(longest=8_000),
            "What a good answer has; only those who mark it read it.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Figure(name="least", label=N_("Words at least"), least=1),
        pieces.Figure(name="most", label=N_("Words at most"), least=1),
        pieces.Paragraph(
            name="guidance",
            label=N_("What a good answer has"),
            hint=N_("Only those who mark it read this."),
            longest=8_000,
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        least, most = source.get("least"), source.get("most")
        if least and most and least > most:
            return [
                problem(
                    source,
                    "least",
                    N_("it asks for at least %(least)s words and at most %(most)s"),
                    N_("ask for no more words than are allowed"),
                    least=least,
                    most=most,
                )
            ]
        return []

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        text = given.one()
        if len(text) > LONGEST:
            raise Invalid(N_("This answer is longer than %(most)s characters."), most=LONGEST)
        return text or None

    def known(self, source: Source, shown: Shown) -> Given:
        """Nobody knows what somebody would write; this has as many words as are asked for."""
        return Given({"": (" ".join(["…"] * (source.get("least") or 1)),)})

    def complete(self, source: Source, answer: Answer) -> bool:
        if not answer:
            return False
        least, most = int(source.get("least") or 0), int(source.get("most") or MOST_WORDS**2)
        return least <= words(answer) <= most

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        """Nothing yet: a person says what it earns."""
        return Score(0)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(
            value=answer or "",
            words=words(answer or ""),
            least=source.get("least") or 0,
            most=source.get("most") or 0,
        )

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        return self.layout(source, shown, answer)

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return tuple(line for line in str(answer).split("\n") if line.strip())


def words(text: str) -> int:
    """How many words a text has: whatever stands between spaces."""
    return len(text.split())


TYPE = Essay()
