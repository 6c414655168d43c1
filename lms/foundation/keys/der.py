"""The little of ASN.1 (DER) that a signature is written in, and read back."""

from collections.abc import Iterable, Iterator

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05


def tlv(tag: int, *parts: bytes) -> bytes:
    """A value with its tag and length."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def sequence(*parts: bytes) -> bytes:
    return tlv(SEQUENCE, *parts)


def set_of(parts: Iterable[bytes]) -> bytes:
    """A set, in the one order that DER allows."""
    return tlv(SET, *sorted(parts))


def integer(value: int) -> bytes:
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(data: bytes) -> bytes:
    return tlv(OCTETS, data)


def oid(dotted: str) -> bytes:
    """An object identifier, such as ``1.2.840.113549.1.7.2``."""
    first, second, *rest = map(int, dotted.split("."))
    body = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        body += bytes(reversed(groups))
    return tlv(OID, bytes(body))


def values(body: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The values side by side in these bytes: tag, content, and all of it as it was written.

    Raises ValueError where they end too soon or have no definite length.
    """
    at = 0
    while at < len(body):
        if at + 2 > len(body):
            raise ValueError("ends too soon")
        tag, size, start = body[at], body[at + 1], at + 2
        if size == 0x80:
            raise ValueError("no definite length")
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(body[at + 2 : start], "big")
        end = start + size
        if end > len(body):
            raise ValueError("ends too soon")
        yield tag, body[start:end], body[at:end]
        at = end
