"""The frozen thing is the source text; everything else is an index of it or a cache."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned, Shared
from lms.foundation.db.types import Key, Sha256


class SourceText(Shared, Base):
    """A text file known by its hash; versions that did not change it share it."""

    __tablename__ = "source_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str]


class SourceFile(Owned, Base):
    """One file of a published version: its path in the package and the hash of its bytes.

    Text files are in ``source_text``, media in the file store (``blob``).
    """

    __tablename__ = "source_file"
    __table_args__ = (
        CheckConstraint(
            "(course_version_id IS NULL) <> (programme_version_id IS NULL)", name="one_version"
        ),
        Index("ix_source_file_course_version_id_path", "course_version_id", "path"),
        Index("ix_source_file_programme_version_id_path", "programme_version_id", "path"),
    )

    id: Mapped[Key]
    course_version_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("course_version.id")
    )
    programme_version_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("programme_version.id")
    )
    path: Mapped[str]  # relative to the version's own folder, with forward slashes
    sha256: Mapped[Sha256]
    size: Mapped[int]
    is_text: Mapped[bool]
