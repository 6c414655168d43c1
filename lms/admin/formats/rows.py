"""Rows as lines of text that any of our databases can take in: one JSON array for each row.

The text is canonical: the same row is the same line whichever database it comes from, so that a
fingerprint taken on one can be compared on the other.
"""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Text,
    Uuid,
    cast,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import CHAR, TypeEngine, UserDefinedType

from lms.foundation.db.types import UtcDateTime


class Kind(StrEnum):
    """What a column holds, whatever a database calls it."""

    WHOLE = "whole"
    TRUTH = "truth"
    TEXT = "text"
    MOMENT = "moment"
    DAY = "day"
    UID = "uid"
    BYTES = "bytes"
    JSON = "json"


# Order matters: a Boolean of SQLite is an Integer too, a uid of SQLite a text of 32 characters.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (JSON, Kind.JSON),
    (Uuid, Kind.UID),
    (Boolean, Kind.TRUTH),
    (Integer, Kind.WHOLE),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    (String, Kind.TEXT),
)
_UID_LENGTH = 32


class UnknownKind(Exception):
    """A column of a type that no table of ours should have."""


def kind_of(found: TypeEngine[Any]) -> Kind:
    """What a column holds, by the type that the database itself tells."""
    if isinstance(found, CHAR) and found.length == _UID_LENGTH:
        return Kind.UID
    for type_, kind in _KINDS:
        if isinstance(found, type_):
            return kind
    raise UnknownKind(repr(found))


class _PostgresJson(UserDefinedType[str]):
    """JSON as its text: else nothing would tell a null of JSON from no value at all."""

    cache_ok = True

    def get_col_spec(self, **_kw: Any) -> str:
        return "JSONB"

    def bind_expression(self, bindvalue: Any) -> Any:
        return cast(cast(bindvalue, Text), JSONB)

    def column_expression(self, column: Any) -> Any:
        return cast(column, Text)


def type_for(kind: Kind, dialect: str) -> TypeEngine[Any]:
    """How a column of this kind is read and written on a database."""
    match kind:
        case Kind.JSON:
            return _PostgresJson() if dialect == "postgresql" else Text()
        case Kind.WHOLE:
            return BigInteger()
        case Kind.TRUTH:
            return Boolean()
        case Kind.TEXT:
            return Text()
        case Kind.MOMENT:
            return UtcDateTime()
        case Kind.DAY:
            return Date()
        case Kind.UID:
            return Uuid()
        case Kind.BYTES:
            return LargeBinary()


def line(kinds: Sequence[Kind], row: Sequence[Any]) -> bytes:
    """A row as one line."""
    values = [
        None if value is None else _OUT[kind](value) for kind, value in zip(kinds, row, strict=True)
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row(kinds: Sequence[Kind], text: bytes) -> list[Any]:
    """The row that a line tells; ValueError if it does not fit."""
    values = json.loads(text)
    return [
        None if value is None else _IN[kind](value)
        for kind, value in zip(kinds, values, strict=True)
    ]


def _canonical(kept: str | float) -> str:
    # SQLite takes a lone number of JSON for a number of its own.
    value = json.loads(kept) if isinstance(kept, str) else kept
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _same(value: Any) -> Any:
    return value


_OUT: dict[Kind, Callable[[Any], Any]] = {
    Kind.WHOLE: int,
    Kind.TRUTH: bool,
    Kind.TEXT: str,
    Kind.MOMENT: _moment,
    Kind.DAY: date.isoformat,
    Kind.UID: str,
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
    Kind.JSON: _canonical,
}
_IN: dict[Kind, Callable[[Any], Any]] = {
    Kind.WHOLE: int,
    Kind.TRUTH: bool,
    Kind.TEXT: str,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DAY: date.fromisoformat,
    Kind.UID: UUID,
    Kind.BYTES: base64.b64decode,
    Kind.JSON: _same,
}
