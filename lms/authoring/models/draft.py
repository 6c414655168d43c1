"""What is being written and not published yet: files laid over the published ones."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonList, JsonObject, Key, Moment, Uid, UtcDateTime


class DraftFile(Owned, Base):
    """A file of a programme's package that differs from what is published.

    Without ``sha256`` the file is taken away. ``base_sha256`` is what was published at its path
    when the edit began (None: nothing); when something else is published there meanwhile, the two
    stand against each other and a person chooses.
    """

    __tablename__ = "draft_file"
    __table_args__ = (UniqueConstraint("programme_id", "path"),)

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"))
    path: Mapped[str]  # in the whole package, with forward slashes
    text: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int]
    base_sha256: Mapped[str | None]
    tab: Mapped[str | None]  # the open page that saved it last, with the number of that save
    saved_at: Mapped[Moment]
    saved_by_id: Mapped[int | None] = mapped_column(BigInteger)


class DraftStep(Owned, Base):
    """One deed of an author (a lesson moved, a text edited), with what it replaced: undoable."""

    __tablename__ = "draft_step"
    __table_args__ = (Index("ix_draft_step_programme_id_id", "programme_id", "id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"))
    at: Mapped[Moment]
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    said: Mapped[str]  # message id
    params: Mapped[JsonObject]
    # [{path, before, after}], each a hash or null; texts of `before` are kept in source_text.
    changes: Mapped[JsonList]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
