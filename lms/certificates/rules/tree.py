"""The tree of the register, hashed as in RFC 9162: leaves, roots, and proofs as ranges to look up.

A proof names ranges of leaves; the hash of a range is made from nodes whose size is a power of two,
and those are kept 256 side by side in tiles (``tile_of``), so that a proof reads a few rows.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH = 32
TILE = 8  # a tile holds the nodes of eight levels by their lowest, 256 of them
WIDTH = 1 << TILE
EMPTY = sha256(b"").digest()

Range = tuple[int, int]  # leaves from, up to
Node = tuple[int, int]  # height, place among the nodes of that height
NodeHash = Callable[[Node], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf; it can never be taken for that of a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two nodes side by side."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over these nodes of one height, from left to right."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(root_of(hashes[:half]), root_of(hashes[half:]))


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that a leaf stands in a tree of this size, leaf upwards."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def root_by(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to from a leaf; nothing if it has not the right length."""
    if not 0 <= index < size:
        return None
    ranges = inclusion(index, size)
    if len(ranges) != len(proof):
        return None
    found = leaf
    for (start, _end), beside in zip(ranges, proof, strict=True):
        found = node_hash(beside, found) if start < index else node_hash(found, beside)
    return found


def nodes(span: Range) -> list[Node]:
    """The complete nodes that a range is made of, from left to right."""
    start, end = span
    found: list[Node] = []
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        found.append((height, start >> height))
        start += 1 << height
    return found


def hash_of(span: Range, node: NodeHash) -> bytes:
    """The hash of a range: its nodes joined from the right, as the tree joins them."""
    hashes = [node(each) for each in nodes(span)]
    found = hashes.pop() if hashes else EMPTY
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def tile_of(node: Node) -> tuple[int, int]:
    """The level and number of the tile that holds a node, or what it is made of."""
    height, place = node
    level = height // TILE
    return level, (place << height % TILE) // WIDTH


def within(node: Node, tile: bytes) -> bytes:
    """The hash of a node, out of its tile."""
    height, place = node
    many = 1 << height % TILE
    first = (place * many) % WIDTH
    if len(tile) < (first + many) * HASH:
        raise ValueError("the tile does not reach so far")
    return root_of([tile[at * HASH : (at + 1) * HASH] for at in range(first, first + many)])


class Frontier:
    """The tree while it grows leaf by leaf: the complete nodes at its right edge, and no more."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        height, found = 0, leaf
        while self._edge and self._edge[-1][0] == height:
            found = node_hash(self._edge.pop()[1], found)
            height += 1
        self._edge.append((height, found))
        self.size += 1

    def root(self) -> bytes:
        hashes = [found for _height, found in self._edge]
        found = hashes.pop() if hashes else EMPTY
        while hashes:
            found = node_hash(hashes.pop(), found)
        return found
