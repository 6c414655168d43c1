"""The little of CBOR (RFC 8949) that a code is written in, in its one deterministic form."""

from collections.abc import Sequence

_MOST_DEPTH = 4
TEXT, BYTES, LIST, UNSIGNED = 3, 2, 4, 0
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}

Value = int | str | bytes | list["Value"]


def text(value: str) -> bytes:
    body = value.encode()
    return head(TEXT, len(body)) + body


def octets(value: bytes) -> bytes:
    return head(BYTES, len(value)) + value


def listed(values: Sequence[str | int]) -> bytes:
    """Texts and figures from 0 upwards, one after the other."""
    body = b"".join(
        text(each) if isinstance(each, str) else head(UNSIGNED, each) for each in values
    )
    return head(LIST, len(values)) + body


def head(kind: int, figure: int) -> bytes:
    """The kind of a value with its length or figure, as short as it can be written."""
    if figure < 24:
        return bytes((kind << 5 | figure,))
    code = next(code for code, size in _SIZES.items() if figure < 1 << 8 * size)
    return bytes((kind << 5 | code,)) + figure.to_bytes(_SIZES[code], "big")


def read(data: bytes) -> Value:
    """The one value in these bytes: a text, bytes, a figure or a list of them.

    Raises ValueError for anything else, anything left over, and anything written longer than it
    has to be.
    """
    value, end = _value(data, 0, 0)
    if end != len(data):
        raise ValueError("something is left over")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    kind, figure, at = head_of(data, at)
    if kind == UNSIGNED:
        return figure, at
    if kind == LIST and depth < _MOST_DEPTH:
        found: list[Value] = []
        for _ in range(figure):
            value, at = _value(data, at, depth + 1)
            found.append(value)
        return found, at
    if kind not in (TEXT, BYTES):
        raise ValueError("another kind of value")
    end = at + figure
    if end > len(data):
        raise ValueError("ends too soon")
    return (data[at:end].decode() if kind == TEXT else data[at:end]), end


def head_of(data: bytes, at: int = 0) -> tuple[int, int, int]:
    """The kind of the value that begins here, its length or figure, and where that ends."""
    if at >= len(data):
        raise ValueError("ends too soon")
    kind, figure = data[at] >> 5, data[at] & 31
    if figure < 24:
        return kind, figure, at + 1
    end = at + 1 + _SIZES.get(figure, len(data))
    if end > len(data):
        raise ValueError("ends too soon")
    figure = int.from_bytes(data[at + 1 : end], "big")
    if head(kind, figure) != data[at:end]:
        raise ValueError("written longer than it has to be")
    return kind, figure, end
