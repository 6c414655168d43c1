"""Publishing the register: its tree grows by what was registered, and a checkpoint is signed."""

from collections.abc import Callable, Iterable

from sqlalchemy import select, tuple_

from lms.certificates.actions.register import THE_LOG
from lms.certificates.formats.note import Head
from lms.certificates.models import Checkpoint, LogEntry, LogHead, LogTile
from lms.certificates.rules.tree import (
    HASH,
    TILE,
    WIDTH,
    Node,
    hash_of,
    leaf_hash,
    nodes,
    root_of,
    tile_of,
    within,
)
from lms.foundation.db.work import Work

Sign = Callable[[Head], str]
AT_ONCE = 4096


class Broken(Exception):
    """The tree no longer leads to what was published: nothing may be signed over it."""


def publish(work: Work, sign: Sign) -> int:
    """Sign the register as it stands now; returns how many leaves are published by now.

    At most 4,096 new leaves at a time; whoever wants one further on calls again. The last
    checkpoint is made again from the tree first: a tree that was tampered with is never signed.
    """
    head = work.session.scalar(select(LogHead).where(LogHead.id == THE_LOG).with_for_update())
    last = work.session.scalars(
        select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)
    ).first()
    published = last.size if last else 0
    if head is None or head.size <= published:
        return published
    leaves = work.session.scalars(
        select(LogEntry.leaf)
        .where(LogEntry.leaf_index >= published)
        .order_by(LogEntry.leaf_index)
        .limit(AT_ONCE)
    ).all()
    size = published + len(leaves)
    tiles = _Tiles(work, {tile_of(node) for node in [*nodes((0, published)), *nodes((0, size))]})
    if last and hash_of((0, published), tiles.node).hex() != last.root:
        raise Broken(f"the tree does not lead to the checkpoint of {published} leaves")
    tiles.grow(published, [leaf_hash(bytes.fromhex(leaf)) for leaf in leaves])
    root = hash_of((0, size), tiles.node)
    note = sign(Head(head.origin, size, root))
    work.session.add(Checkpoint(size=size, root=root.hex(), note=note, at=work.now))
    return size


class _Tiles:
    """The tiles at the right edge of the tree, read once and grown in place."""

    def __init__(self, work: Work, wanted: Iterable[tuple[int, int]]) -> None:
        self._work = work
        rows = work.session.scalars(
            select(LogTile).where(tuple_(LogTile.level, LogTile.number).in_(list(wanted)))
        )
        self._rows = {(row.level, row.number): row for row in rows}

    def node(self, node: Node) -> bytes:
        return within(node, self._rows[tile_of(node)].hashes)

    def grow(self, place: int, hashes: list[bytes], level: int = 0) -> None:
        """Put hashes at this place of a level; each tile that is full gives the level above one."""
        above: list[bytes] = []
        first = place >> TILE
        while hashes:
            number, filled = divmod(place, WIDTH)
            some, hashes = hashes[: WIDTH - filled], hashes[WIDTH - filled :]
            row = self._row(level, number)
            row.hashes = row.hashes[: filled * HASH] + b"".join(some)
            place += len(some)
            if place % WIDTH == 0:
                above.append(_top(row.hashes))
        if above:
            self.grow(first, above, level + 1)

    def _row(self, level: int, number: int) -> LogTile:
        row = self._rows.get((level, number))
        if row is None:
            row = self._rows[level, number] = LogTile(level=level, number=number, hashes=b"")
            self._work.session.add(row)
        return row


def _top(tile: bytes) -> bytes:
    return root_of([tile[at : at + HASH] for at in range(0, len(tile), HASH)])
