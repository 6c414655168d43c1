"""What the store holds: one row for each content, whoever uses it."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Shared
from lms.foundation.db.types import Moment


class Blob(Shared, Base):
    """Bytes known by their hash. The file is stored before the row; orphans are swept later."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    created_at: Mapped[Moment]
