"""How members of staff like to see their lists."""

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal
from lms.foundation.db.types import JsonObject, Key, Moment


class KeptList(Personal, Base):
    """The list of a cohort as somebody kept it: state, municipality, order, columns.

    What they keep in one cohort also gives columns and order to those where they kept nothing.
    """

    __tablename__ = "kept_list"
    __table_args__ = (UniqueConstraint("person_id", "cohort_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"))
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    asked: Mapped[JsonObject]
    kept_at: Mapped[Moment]
