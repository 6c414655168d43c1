"""What happened to attempts beside the answers that arrived."""

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonObject, Key, Moment, Sha256


class AttemptEvent(Owned, Base):
    """A link of an attempt's chain that is no answer: shown, extended, handed in, marked.

    Answers and events share one count of positions within their attempt.
    """

    __tablename__ = "attempt_event"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attempt.id"))
    position: Mapped[int]
    kind: Mapped[str]
    at: Mapped[Moment]
    what: Mapped[JsonObject]
    digest: Mapped[Sha256]
