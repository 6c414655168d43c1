"""The register's texts: what is signed, what is refused, and the forms others read."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.formats import note
from lms.certificates.rules import tree
from lms.foundation.kernel.errors import Invalid
from lms.foundation.keys import pairs

pytestmark = pytest.mark.pure
ONE, OTHER = pairs.new_ed25519(), pairs.new_ed25519()
PUBLIC, ANOTHER = pairs.public_pem(ONE), pairs.public_pem(OTHER)
HEAD = note.Head("aula.example.org/registro", 3, bytes(range(32)))
SIGNED = note.checkpoint(HEAD, [(PUBLIC, ONE)])


def test_a_checkpoint_has_the_form_that_followers_of_logs_read():
    origin, size, root, empty, signature, end = SIGNED.split("\n")
    assert (origin, size, empty, end) == (HEAD.origin, "3", "", "")
    assert base64.b64decode(root) == HEAD.root
    dash, name, packed = signature.split(" ")
    assert (dash, name) == ("—", HEAD.origin)
    assert len(base64.b64decode(packed)) == 4 + 64
    assert note.read_checkpoint(SIGNED) == HEAD
    name, key_id, key = note.verifier_key(HEAD.origin, PUBLIC).split("+", 2)
    assert (name, key_id) == (HEAD.origin, base64.b64decode(packed)[:4].hex())
    assert base64.b64decode(key) == b"\x01" + pairs.raw_ed25519(PUBLIC)


def test_who_signed_is_told_and_nobody_else():
    assert note.signed_by(SIGNED, [ANOTHER, PUBLIC]) == PUBLIC
    assert note.signed_by(SIGNED, [ANOTHER]) is None
    both = note.checkpoint(HEAD, [(ANOTHER, OTHER), (PUBLIC, ONE)])
    assert note.signed_by(both, [PUBLIC]) == PUBLIC
    assert note.signed_by(both, [ANOTHER]) == ANOTHER


@given(st.integers(0, len(SIGNED.encode()) - 1), st.integers(1, 255))
def test_one_changed_byte_of_a_checkpoint_is_caught(at, change):
    data = bytearray(SIGNED.encode())
    data[at] ^= change
    text = data.decode("utf-8", "replace")
    assert note.signed_by(text, [PUBLIC]) is None


def proof_of(many: int, index: int) -> tuple[note.Proof, bytes]:
    entries = [bytes([number]) * 32 for number in range(many)]
    hashes = [tree.leaf_hash(each) for each in entries]
    head = replace(HEAD, size=many, root=tree.root_of(hashes))
    beside = tuple(tree.root_of(hashes[start:end]) for start, end in tree.inclusion(index, many))
    signed = note.checkpoint(head, [(PUBLIC, ONE)])
    return note.Proof(b"s" * 32, index, beside, signed), entries[index]


@given(st.integers(1, 40), st.data())
def test_a_proof_is_read_as_it_was_written(many, data):
    proof, entry = proof_of(many, data.draw(st.integers(0, many - 1)))
    text = note.write_proof(proof)
    assert text.startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert note.read_proof(text) == proof
    assert note.proves(proof, entry)
    assert not note.proves(proof, bytes(32) + b"x")
    if proof.hashes:
        assert not note.proves(replace(proof, hashes=proof.hashes[1:]), entry)


@pytest.mark.parametrize(
    "text",
    ["", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nx",
     "c2sp.org/tlog-proof@v1\nextra AA==\nindex one\n\nx", "other\nextra AA==\nindex 1\n\nx"],
)  # fmt: skip
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(Invalid):
        note.read_proof(text)


@pytest.mark.parametrize(
    "text", ["", "a\nb\nc\n\n", "a\n3\nAA==\n\n", "a\n03\n" + "A" * 43 + "=\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Invalid):
        note.read_checkpoint(text)


@given(st.integers(0, 10**10))
def test_addresses_of_tiles_lead_back(number):
    assert note.number_of(note.path_of(number)) == number


def test_addresses_are_those_of_the_format():
    assert note.path_of(1234067) == "x001/x234/067"
    for wrong in ("", "1", "x001", "000/001", "x000/001", "0001", "x001/x234/67", "x٠٠١/001"):
        with pytest.raises(ValueError):
            note.number_of(wrong)
