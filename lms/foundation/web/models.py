"""What the edge remembers: receipts of forms, and how often somebody asked."""

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal, Shared
from lms.foundation.db.types import Moment, Sha256


class FormReceipt(Personal, Base):
    """The answer a form got, kept 90 days: the same form again gets the same answer."""

    __tablename__ = "form_receipt"
    __table_args__ = (Index("ix_form_receipt_at", "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    endpoint: Mapped[str]
    body_sha256: Mapped[Sha256]
    location: Mapped[str]
    said: Mapped[str]
    at: Mapped[Moment]


class Count(Shared, Base):
    """How often something was asked from one place within one window of time."""

    __tablename__ = "count"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    times: Mapped[int]
    ends_at: Mapped[Moment]
