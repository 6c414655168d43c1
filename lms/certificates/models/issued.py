"""Documents issued: frozen records, numbered without gaps, each a leaf of the register."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned, Shared
from lms.foundation.db.types import Folded, Key, Moment, Sha256, Uid, UtcDateTime


class Series(Owned, Base):
    """A book of numbers: one institution, one kind of document, one year."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("institution_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str]  # e.g. "MUESTRA-CA-2026"
    last_number: Mapped[int] = mapped_column(default=0)


class RegisterBook(Owned, Base):
    """How an institution keeps its book for one kind of document, and the place last written on.

    ``yearly`` begins the numbers anew each year; folios and books go on. A demo has its own.
    """

    __tablename__ = "register_book"
    __table_args__ = (UniqueConstraint("institution_id", "kind", "demo"),)

    id: Mapped[Key]
    kind: Mapped[str]
    demo: Mapped[bool]
    yearly: Mapped[bool] = mapped_column(default=True)
    entries_per_folio: Mapped[int]
    folios_per_book: Mapped[int]
    book: Mapped[int] = mapped_column(default=1)
    folio: Mapped[int] = mapped_column(default=1)
    line: Mapped[int] = mapped_column(default=0)  # 0: nothing stands on this folio yet


class LogHead(Shared, Base):
    """The head of the installation's one log: how many leaves it has."""

    __tablename__ = "log_head"

    id: Mapped[Key]
    origin: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger, default=0)


class LogEntry(Shared, Base):
    """A leaf of the register: a salted hash, and where it stands. Nobody changes it after."""

    __tablename__ = "log_entry"

    leaf_index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    leaf: Mapped[Sha256]


class LogTile(Shared, Base):
    """Up to 256 hashes of the register's tree side by side; the last of a level still grows."""

    __tablename__ = "log_tile"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class Checkpoint(Shared, Base):
    """The register as it was published: how many leaves, the root over them, signed."""

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[Sha256]
    note: Mapped[str]
    at: Mapped[Moment]


class StatusChange(Owned, Base):
    """An act that ended an edition: annulled, revoked, superseded. Its ``reason`` is not public."""

    __tablename__ = "status_change"

    id: Mapped[Key]
    uid: Mapped[Uid]
    credential_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("credential.id"), unique=True)
    act: Mapped[str]
    resolution: Mapped[str]
    authority: Mapped[str]
    decided_on: Mapped[date] = mapped_column(Date)
    notified_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str]
    successor_id: Mapped[int | None] = mapped_column(BigInteger)
    record: Mapped[str]  # canonical JSON, exactly the bytes that were hashed
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[Sha256]
    leaf_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)


class Credential(Owned, Base):
    """One edition of one document: its record never changes once it stands here.

    ``enrollment_id`` and ``person_id`` are loose on purpose: the register outlives courses and
    accounts, and all that verification needs is in ``record``.
    """

    __tablename__ = "credential"
    __table_args__ = (
        # Issued once: at most one of them holds. What was annulled may be issued anew.
        Index(
            "uq_credential_holds",
            "kind",
            "enrollment_id",
            "course_version_id",
            unique=True,
            sqlite_where=text("status = 'valid'"),
            postgresql_where=text("status = 'valid'"),
        ),
        UniqueConstraint("institution_id", "series", "number", "edition"),
        UniqueConstraint("register_book_id", "book", "folio", "line", "edition"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, index=True)
    course_version_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    cohort_id: Mapped[int] = mapped_column(BigInteger, index=True)
    series: Mapped[str]
    number: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    # Where it stands in the book; nothing for those issued before there were folios.
    register_book_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("register_book.id"))
    book: Mapped[int | None]
    folio: Mapped[int | None]
    line: Mapped[int | None]
    holder_sort: Mapped[Folded]
    status: Mapped[str]  # valid, or what the act of its StatusChange made of it
    record: Mapped[str]  # canonical JSON, exactly the bytes that were hashed
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[Sha256]
    leaf_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    issued_at: Mapped[Moment]
    issued_by_id: Mapped[int | None] = mapped_column(BigInteger)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed_sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("blob.sha256"))
    vc_sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("blob.sha256"))
    sealed_kid: Mapped[str | None] = mapped_column(String(16))  # the key that signed the PDF


class SpoiledNumber(Owned, Base):
    """A number that no document will ever have: its line in the book was spoiled."""

    __tablename__ = "spoiled_number"
    __table_args__ = (
        UniqueConstraint("institution_id", "series", "number"),
        UniqueConstraint("register_book_id", "book", "folio", "line"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    register_book_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("register_book.id"))
    series: Mapped[str]
    number: Mapped[int]
    book: Mapped[int]
    folio: Mapped[int]
    line: Mapped[int]
    resolution: Mapped[str]
    authority: Mapped[str]
    decided_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str]  # for the office only
    record: Mapped[str]  # canonical JSON, exactly the bytes that were hashed
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[Sha256]
    leaf_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
