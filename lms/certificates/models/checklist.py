"""Check lists: to whom documents are about to be issued, frozen for a second person to approve."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Sha256, Uid, UtcDateTime

_OPEN = text("state IN ('prepared', 'approved')")


class CheckList(Owned, Base):
    """A list to issue to, as it was prepared. Nothing in it changes; ``digest`` shows that.

    One list of a cohort is open at a time: prepared, or approved and not issued yet.
    """

    __tablename__ = "check_list"
    __table_args__ = (
        UniqueConstraint("cohort_id", "number"),
        Index(
            "uq_check_list_open",
            "cohort_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    number: Mapped[int]  # of the cohort's lists, from 1
    state: Mapped[str]
    people: Mapped[int]
    digest: Mapped[Sha256]
    prepared_at: Mapped[Moment]
    prepared_by_id: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(default="")  # why it was returned
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(BigInteger)


class CheckLine(Owned, Base):
    """One document to be issued: name, identity document and grade as they stood that day.

    ``credential_id`` is what was issued by this line; the rest never changes. The person is known
    by the enrollment, loosely: a list is kept when a cohort's people go.
    """

    __tablename__ = "check_line"
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        UniqueConstraint("list_id", "enrollment_id", "course_version_id"),
    )

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("check_list.id"))
    position: Mapped[int]  # in print order: by municipality, then surname
    enrollment_id: Mapped[int] = mapped_column(BigInteger)
    course_version_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    document: Mapped[str]  # as it is shown, figures hidden
    paper: Mapped[str]  # and what tells it apart from any other
    grade: Mapped[str]
    municipality: Mapped[str]
    course: Mapped[str]
    credential_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("credential.id"), index=True
    )
