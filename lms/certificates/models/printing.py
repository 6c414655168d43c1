"""What is made for the printer: one PDF and one ZIP of many documents, kept for a day."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class PrintFile(Owned, Base):
    """The documents of a cohort bound together, all (``list_number`` 0) or those of a check list.

    Being made while ``made_at`` is older than ``asked_at`` or empty. No blob refers to its files,
    so that they are swept like anything nobody refers to, a day after they were made.
    """

    __tablename__ = "print_file"
    __table_args__ = (UniqueConstraint("cohort_id", "list_number"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    list_number: Mapped[int]
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    documents: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_size: Mapped[int] = mapped_column(BigInteger, default=0)
    zip_sha256: Mapped[str | None] = mapped_column(String(64))
    zip_size: Mapped[int] = mapped_column(BigInteger, default=0)
