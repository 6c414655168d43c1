"""A file that arrives in pieces."""

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Sha256, Uid


class Upload(Owned, Base):
    """A file under way to a draft, known by the hash that the device says it has.

    The same file chosen again after a lost signal goes on where it was.
    """

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("submission_id", "sha256"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    submission_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("submission.id"))
    sha256: Mapped[Sha256]
    size: Mapped[int] = mapped_column(BigInteger)
    filename: Mapped[str]
    begun_at: Mapped[Moment]


class UploadPiece(Owned, Base):
    """A piece that has arrived. Its bytes lie in the store by their hash, and are let go with the
    others that nothing refers to once the file is whole."""

    __tablename__ = "upload_piece"
    __table_args__ = (UniqueConstraint("upload_id", "position"),)

    id: Mapped[Key]
    upload_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("upload.id"))
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
