"""Questions and their versions, and which of them a quiz asks."""

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonObject, Key, Moment, PointsColumn, Sha256, Uid


class Question(Owned, Base):
    """A question of a course, whatever its wording today.

    ``key`` is ``<quiz key>/<question key>``: the same in every version of the course.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("course_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"))
    key: Mapped[str]
    created_at: Mapped[Moment]


class QuestionVersion(Owned, Base):
    """A question as it was written once. Never changes; equal text is the same version."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "sha256"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    question_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("question.id"))
    sha256: Mapped[Sha256]
    type: Mapped[str]
    points: Mapped[PointsColumn]
    source: Mapped[JsonObject]
    created_at: Mapped[Moment]


class QuizQuestion(Owned, Base):
    """A question's place in the quiz of one course version."""

    __tablename__ = "quiz_question"
    __table_args__ = (UniqueConstraint("activity_id", "position"),)

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("activity.id"))
    position: Mapped[int]
    question_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("question_version.id"), index=True
    )
