"""Earlier diplomas: sheets that were brought in, and what was transcribed from the books."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Folded, JsonList, JsonObject, Key, Moment, Sha256, Uid


class TranscriptSheet(Owned, Base):
    """A sheet of earlier diplomas that was brought in. It goes once all of it is registered."""

    __tablename__ = "transcript_sheet"

    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[Moment]
    running: Mapped[bool] = mapped_column(default=False)  # its rows are being registered


class TranscriptRow(Owned, Base):
    """A row of a sheet as it was read, with what is wrong. It goes once it is registered."""

    __tablename__ = "transcript_row"
    __table_args__ = (UniqueConstraint("sheet_id", "line"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("transcript_sheet.id"))
    line: Mapped[int]  # as in the sheet
    cells: Mapped[JsonObject]  # by the name of the column
    problems: Mapped[JsonList]  # [[message, params]]


class Transcribed(Owned, Base):
    """A diploma of before, as the book says it: registered, verified, never printed by us."""

    __tablename__ = "transcribed"
    __table_args__ = (UniqueConstraint("institution_id", "book", "folio", "number"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    register_book_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("register_book.id"), index=True
    )
    book: Mapped[int]
    folio: Mapped[int]
    number: Mapped[str]  # as it stands in the book
    place: Mapped[int]  # what of the number counts, to stand in its order
    holder_sort: Mapped[Folded]
    search: Mapped[Folded]
    document: Mapped[str]  # of identity, for the office only
    status: Mapped[str]
    record: Mapped[str]  # canonical JSON, exactly the bytes that were hashed
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[Sha256]
    leaf_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)


class TranscribedAct(Owned, Base):
    """The act that ended a transcribed diploma. Its ``reason`` is not public."""

    __tablename__ = "transcribed_act"

    id: Mapped[Key]
    uid: Mapped[Uid]
    transcribed_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("transcribed.id"), unique=True
    )
    act: Mapped[str]
    resolution: Mapped[str]
    authority: Mapped[str]
    decided_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str]
    record: Mapped[str]  # canonical JSON, exactly the bytes that were hashed
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[Sha256]
    leaf_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
