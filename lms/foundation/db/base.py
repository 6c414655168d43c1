"""The base of all tables and the three kinds of owner a table may have."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A table. It names its owner by one of the mixins below; a test asks each of them."""

    metadata = MetaData(naming_convention=NAMING)
    owner: ClassVar[str]
    __table__: ClassVar[Any]


class Owned:
    """Rows belong to one institution and are invisible to every other."""

    owner: ClassVar[str] = "institution"

    @declared_attr
    @classmethod
    def institution_id(cls) -> Mapped[int]:
        return mapped_column(BigInteger, ForeignKey("institution.id"), index=True)


class Personal:
    """Rows belong to one person, whatever institution they study with."""

    owner: ClassVar[str] = "person"


class Shared:
    """Rows belong to the installation and hold nothing of one institution or person."""

    owner: ClassVar[str] = "installation"
