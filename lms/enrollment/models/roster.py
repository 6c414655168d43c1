"""Lists of people to be enrolled: pasted, checked, corrected, carried out row by row."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonList, JsonObject, Key, Moment, Uid, UtcDateTime


class Roster(Owned, Base):
    """One pasted list for one cohort. Its rows are forgotten a month after it was last used."""

    __tablename__ = "roster"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    heading: Mapped[JsonList]  # the cells of the first row, where it was a heading
    columns: Mapped[JsonList]  # what each column is
    created_at: Mapped[Moment]
    used_at: Mapped[Moment]
    running: Mapped[bool] = mapped_column(default=False)  # its rows are being carried out


class RosterRow(Owned, Base):
    """One row of a list: its cells as pasted, what they say as corrected, what becomes of it."""

    __tablename__ = "roster_row"
    __table_args__ = (Index("ix_roster_row_roster_id_position", "roster_id", "position"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    roster_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("roster.id"))
    position: Mapped[int]  # as in the sheet: the first person is row 1
    cells: Mapped[JsonList]
    entry: Mapped[JsonObject]
    outcome: Mapped[str]
    problems: Mapped[JsonList]  # [{about, message, params}]
    notes: Mapped[JsonList]
    known_as: Mapped[str | None]  # the name of the account that was found
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    enrollment_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("enrollment.id"), index=True
    )
