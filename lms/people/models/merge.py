"""Two accounts of one person that became one, and what it takes to part them again."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal
from lms.foundation.db.types import JsonObject, Key, Moment, Uid, UtcDateTime

_STANDS = text("undone_at IS NULL")


class Merge(Personal, Base):
    """One account was joined into another. Of an account that went at most one merge stands.

    ``moved`` says which rows went along, by table and column; ``kept`` how what stayed behind was
    before, by table; ``known`` what the other was known by, to say which of it is gone since.
    """

    __tablename__ = "merge"
    __table_args__ = (
        Index(
            "uq_merge_standing",
            "goes_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    stays_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    goes_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    before: Mapped[str]  # the state that comes back when they are parted
    moved: Mapped[JsonObject]  # {"table.column": [id, …]}
    kept: Mapped[JsonObject]  # {"table.column": {id: how it was}}
    known: Mapped[JsonObject]  # {identifier id: as it is shown}
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(BigInteger)
