"""What a published quiz asks: read once in each process, for it never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel.numbers import get_decimal_symbol, get_group_symbol
from sqlalchemy import Connection, bindparam, select

from lms.assessment.models import QuestionVersion, QuizQuestion
from lms.assessment.rules.marking import Slot, draw
from lms.assessment.rules.quiz import Settings
from lms.assessment.types.interface import Source
from lms.catalog.queries.memory import Memory

MOST_KEPT = 500

_questions = (
    select(
        QuizQuestion.question_version_id,
        QuestionVersion.uid,
        QuestionVersion.points,
        QuestionVersion.source,
    )
    .join(QuestionVersion, QuestionVersion.id == QuizQuestion.question_version_id)
    .where(QuizQuestion.activity_id == bindparam("activity_id"))
    .order_by(QuizQuestion.position)
)


@dataclass(frozen=True)
class Asked:
    """One question of a quiz."""

    version_id: int
    version_uid: UUID
    points: int
    source: Source


@dataclass(frozen=True)
class Quiz:
    """The questions of a quiz, in the author's order."""

    activity_uid: UUID
    questions: tuple[Asked, ...]
    by_version: Mapping[int, Asked]

    def drawn(self, settings: Settings, seed: int, locale: str) -> list[dict[str, Any]]:
        """What one attempt is given of the questions, as it is frozen. One seed, one drawing."""
        order, shown, headings = draw(
            [asked.source for asked in self.questions],
            seed,
            shuffle_questions=settings.shuffle_questions,
            shuffle_options=settings.shuffle_options,
            drawn=settings.draw,
            rows=settings.rows,
            decimal=get_decimal_symbol(locale),
            group=get_group_symbol(locale),
        )
        asked = [self.questions[n] for n in order]
        return [
            {"version": one.version_id, "points": one.points, "shown": how}
            | ({"heading": heading} if heading else {})
            for one, how, heading in zip(asked, shown, headings, strict=True)
        ]

    def slots(self, frozen: Sequence[Mapping[str, Any]]) -> list[Slot]:
        """The questions as one attempt was given them."""
        return [
            Slot(
                number,
                self.by_version[one["version"]].source,
                one["shown"],
                one["points"],
                one.get("heading", ""),
            )
            for number, one in enumerate(frozen, 1)
        ]


_memory: Memory[Quiz] = Memory(MOST_KEPT)


def quiz_of(connection: Connection, activity_id: int, activity_uid: UUID) -> Quiz:
    """The quiz of a published activity."""

    def read() -> Quiz:
        rows = connection.execute(_questions, {"activity_id": activity_id})
        asked = tuple(Asked(*row) for row in rows)
        return Quiz(activity_uid, asked, {one.version_id: one for one in asked})

    return _memory.get(connection, activity_uid, read)


def forget() -> None:
    """Empty the memory of this process."""
    _memory.forget()
