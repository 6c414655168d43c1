"""The register as it was published: checkpoints, tiles, and proofs out of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, tuple_
from sqlalchemy.orm import Session

from lms.certificates.formats.note import Proof
from lms.certificates.models import Checkpoint, LogEntry, LogHead, LogTile
from lms.certificates.rules.tree import (
    HASH,
    WIDTH,
    Node,
    Range,
    hash_of,
    inclusion,
    nodes,
    tile_of,
    within,
)

Reader = Session | Connection


def latest(reader: Reader) -> str | None:
    """The newest checkpoint, signed; nothing before the first document."""
    statement = select(Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)
    return reader.execute(statement).scalar()


def origin(reader: Reader) -> str | None:
    """The name of the register; nothing before the first document."""
    return reader.execute(select(LogHead.origin)).scalar()


def size(reader: Reader) -> int:
    """How many leaves the register has by now."""
    return reader.execute(select(LogHead.size)).scalar() or 0


def covering(reader: Reader, index: int) -> tuple[int, str] | None:
    """The first checkpoint that covers a leaf, with its size: always the same one."""
    row = reader.execute(
        select(Checkpoint.size, Checkpoint.note)
        .where(Checkpoint.size > index)
        .order_by(Checkpoint.size)
        .limit(1)
    ).first()
    return (row.size, row.note) if row else None


def proof_of(reader: Reader, salt: bytes, index: int) -> Proof | None:
    """That a leaf stands in the register, by the first checkpoint that covers it.

    Two statements, however large the register has become.
    """
    found = covering(reader, index)
    if found is None:
        return None
    size, note = found
    spans = inclusion(index, size)
    return Proof(salt, index, tuple(_hashes(reader, spans)), note)


def tile(reader: Reader, level: int, number: int, width: int = WIDTH) -> bytes | None:
    """A tile as it was when it had this width; nothing while it has not."""
    statement = select(LogTile.hashes).where(LogTile.level == level, LogTile.number == number)
    hashes = reader.execute(statement).scalar()
    if hashes is None or len(hashes) < width * HASH:
        return None
    return bytes(hashes[: width * HASH])


def entries(reader: Reader, number: int, width: int = WIDTH) -> Sequence[bytes] | None:
    """The entries below a tile, once a checkpoint covers them."""
    first = number * WIDTH
    published = covering(reader, first + width - 1)
    if published is None:
        return None
    rows = reader.execute(
        select(LogEntry.leaf)
        .where(LogEntry.leaf_index >= first, LogEntry.leaf_index < first + width)
        .order_by(LogEntry.leaf_index)
    )
    return [bytes.fromhex(row.leaf) for row in rows]


def _hashes(reader: Reader, spans: Iterable[Range]) -> list[bytes]:
    spans = list(spans)
    wanted = {tile_of(node) for span in spans for node in nodes(span)}
    rows = reader.execute(
        select(LogTile.level, LogTile.number, LogTile.hashes).where(
            tuple_(LogTile.level, LogTile.number).in_(sorted(wanted))
        )
    )
    tiles = {(row.level, row.number): bytes(row.hashes) for row in rows}

    def node(each: Node) -> bytes:
        return within(each, tiles[tile_of(each)])

    return [hash_of(span, node) for span in spans]
