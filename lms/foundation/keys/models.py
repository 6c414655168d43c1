"""Keys that sign: documents for an institution, credentials and the register for the site."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Shared
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class Purpose(StrEnum):
    """What a key signs, and nothing else."""

    PDF = "pdf"
    CREDENTIAL = "credential"
    LOG = "log"


class SigningKey(Shared, Base):
    """A key pair; what was signed with it stays provable, so its public half is never deleted.

    ``holder`` is the uid of the institution whose documents it signs, empty for the site's own
    keys. The private half is locked with the installation's secret. A key that was ``retired``
    signs nothing new; one that ``leaked`` proves nothing by itself any more.
    """

    __tablename__ = "signing_key"
    __table_args__ = (UniqueConstraint("purpose", "holder", "edition"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    purpose: Mapped[str]
    holder: Mapped[str] = mapped_column(default="")
    edition: Mapped[int]
    kid: Mapped[str] = mapped_column(String(16), unique=True)
    public: Mapped[str]  # PEM
    certificates: Mapped[str] = mapped_column(default="")  # PEM, its own first; for PDF only
    imported: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Moment]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leaked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
