"""The tree of the register against the plain definition of RFC 9162, for every size and leaf."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.rules import tree

pytestmark = pytest.mark.pure
SIZES = st.integers(0, 300)


def leaves(many: int) -> list[bytes]:
    return [tree.leaf_hash(str(number).encode()) for number in range(many)]


def naive(hashes: list[bytes]) -> bytes:
    """MTH as the RFC writes it down."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    joined = b"\x01" + naive(hashes[:half]) + naive(hashes[half:])
    return sha256(joined).digest()


def naive_path(index: int, hashes: list[bytes]) -> list[bytes]:
    """PATH as the RFC writes it down."""
    if len(hashes) == 1:
        return []
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    if index < half:
        return [*naive_path(index, hashes[:half]), naive(hashes[half:])]
    return [*naive_path(index - half, hashes[half:]), naive(hashes[:half])]


def node_of(hashes: list[bytes]) -> tree.NodeHash:
    """Nodes by way of tiles, filled as the register fills them."""
    levels, row = [], hashes
    while row:
        levels.append(row)
        whole = len(row) // tree.WIDTH
        row = [naive(row[at * tree.WIDTH : (at + 1) * tree.WIDTH]) for at in range(whole)]

    def node(each: tree.Node) -> bytes:
        level, number = tree.tile_of(each)
        tile = b"".join(levels[level][number * tree.WIDTH : (number + 1) * tree.WIDTH])
        return tree.within(each, tile)

    return node


def test_the_first_hashes_are_those_of_the_rfc():
    assert tree.root_of([]).hex().startswith("e3b0c44298fc1c14")
    assert tree.leaf_hash(b"").hex().startswith("6e340b9cffb37a98")


@given(SIZES)
def test_the_root_is_the_one_of_the_definition(many):
    hashes = leaves(many)
    frontier = tree.Frontier()
    for each in hashes:
        frontier.append(each)
    assert frontier.root() == tree.root_of(hashes) == naive(hashes)
    assert tree.hash_of((0, many), node_of(hashes)) == naive(hashes)


@given(st.integers(1, 300), st.data())
def test_every_leaf_is_proved_and_no_other(many, data):
    index = data.draw(st.integers(0, many - 1))
    hashes = leaves(many)
    node = node_of(hashes)
    proof = [tree.hash_of(span, node) for span in tree.inclusion(index, many)]
    assert proof == naive_path(index, hashes)
    root = naive(hashes)
    assert tree.root_by(hashes[index], index, many, proof) == root
    assert tree.root_by(tree.leaf_hash(b"forged"), index, many, proof) != root
    assert tree.root_by(hashes[index], many, many, proof) is None
    assert tree.root_by(hashes[index], index, many, [*proof, root]) is None
    other = data.draw(st.integers(0, many - 1).filter(lambda at: at != index or many == 1))
    if many > 1:
        assert tree.root_by(hashes[index], other, many, proof) != root


@given(st.integers(1, 2**40), st.data())
def test_a_proof_reads_few_tiles(size, data):
    index = data.draw(st.integers(0, size - 1))
    spans = tree.inclusion(index, size)
    assert len(spans) <= size.bit_length()
    tiles = {tree.tile_of(node) for span in spans for node in tree.nodes(span)}
    assert len(tiles) <= 2 * (size.bit_length() // tree.TILE + 1)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_what_is_not_there_has_no_proof(index, size):
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion(index, size)
    assert tree.root_by(b"", index, size, []) is None


def test_a_tile_that_does_not_reach_so_far_says_so():
    with pytest.raises(ValueError, match="reach"):
        tree.within((1, 0), bytes(tree.HASH))
