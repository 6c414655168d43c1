"""Publishing with four eyes, and packages that came in by the browser."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.authoring.rules.requests import RequestState
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import (
    JsonList,
    JsonObject,
    Key,
    Moment,
    Sha256,
    Uid,
    UtcDateTime,
)


class PublicationRequest(Owned, Base):
    """Somebody asks that their draft be published; another person looks at it and decides."""

    __tablename__ = "publication_request"
    __table_args__ = (Index("ix_publication_request_programme_id_id", "programme_id", "id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"))
    parts: Mapped[JsonList]  # folders of courses; "" is the programme's own page
    summary: Mapped[str]
    wanted_sha256: Mapped[Sha256]  # of everything that would be published: nothing else will be
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default=RequestState.WAITING)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(default="")
    number: Mapped[int | None]  # of the version that was published


class BroughtPackage(Owned, Base):
    """What a package said that was laid into a draft: the next one is compared with it."""

    __tablename__ = "brought_package"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"), index=True)
    step_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("draft_step.id"), index=True)
    hashes: Mapped[JsonObject]  # by path, of every file that it held; null: it left that one out
