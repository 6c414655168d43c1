"""Column types that both databases keep alike."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String, TypeDecorator, Uuid
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import mapped_column

from lms.foundation.kernel.ids import uuid7

BigKey = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Naive times are refused: nobody knows which zone they meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Byte order on both databases, so that a page of results is the same on either.
_FoldedString = String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
JsonType = JSON().with_variant(postgresql.JSONB(), "postgresql")

Key = Annotated[int, mapped_column(BigKey, primary_key=True)]
Uid = Annotated[UUID, mapped_column(Uuid, unique=True, default=uuid7)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Folded = Annotated[str, mapped_column(_FoldedString)]
PointsColumn = Annotated[int, mapped_column(BigInteger)]
Reference = Annotated[int, mapped_column(BigInteger)]
Sha256 = Annotated[str, mapped_column(String(64))]
JsonObject = Annotated[dict[str, Any], mapped_column(JsonType)]
JsonList = Annotated[list[Any], mapped_column(JsonType)]
