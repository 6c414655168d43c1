"""The register's words to the world: checkpoints as signed notes, proofs as text, tile addresses.

The forms are those of C2SP (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof), so that tools
which follow transparency logs can follow this one.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lms.certificates.rules.tree import HASH, leaf_hash, root_by
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys.pairs import raw_ed25519, sign_ed25519, verifies_ed25519

PROOF = "c2sp.org/tlog-proof@v1"
_ED25519 = b"\x01"
_DASH = "— "
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: whose register, how many leaves, and the root over all of them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """That one entry stands in the register: its place, the hashes beside it, a checkpoint.

    ``salt`` is what its record was hashed with; it travels as the extra data of the proof.
    """

    salt: bytes
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str


def key_hash(name: str, public: str) -> bytes:
    """The four bytes by which a signature says which key made it."""
    told = name.encode() + b"\n" + _ED25519 + raw_ed25519(public)
    return sha256(told).digest()[:4]


def verifier_key(name: str, public: str) -> str:
    """The public key of a log as its followers write it down."""
    packed = base64.b64encode(_ED25519 + raw_ed25519(public)).decode()
    return f"{name}+{key_hash(name, public).hex()}+{packed}"


def checkpoint(head: Head, keys: Iterable[tuple[str, Any]]) -> str:
    """A checkpoint, signed by each of these keys (public half, private half)."""
    body = f"{head.origin}\n{head.size}\n{_text(head.root)}\n"
    signed = "".join(
        f"{_DASH}{head.origin} "
        f"{_text(key_hash(head.origin, public) + sign_ed25519(private, body.encode()))}\n"
        for public, private in keys
    )
    return f"{body}\n{signed}"


def read_checkpoint(note: str) -> Head:
    """What a checkpoint says, whoever signed it."""
    lines = note.partition("\n\n")[0].split("\n")
    try:
        origin, size, root = lines[:3]
        head = Head(origin, int(size), _bytes(root))
        if not origin or size != str(head.size) or len(head.root) != HASH:
            raise ValueError(note)
    except ValueError as error:
        raise Invalid(N_("This is not a checkpoint of a register.")) from error
    return head


def signed_by(note: str, publics: Iterable[str]) -> str | None:
    """The first of these public keys that signed the note; nothing if none did."""
    text, _, signatures = note.partition("\n\n")
    body = (text + "\n").encode()
    origin = text.partition("\n")[0]
    known: Mapping[bytes, str] = {key_hash(origin, public): public for public in publics}
    for line in signatures.splitlines()[:_MOST_LINES]:
        name, _, packed = line.removeprefix(_DASH).rpartition(" ")
        try:
            proof = _bytes(packed)
        except ValueError:
            continue
        public = known.get(proof[:4])
        if name == origin and public and verifies_ed25519(public, proof[4:], body):
            return public
    return None


def write_proof(proof: Proof) -> str:
    """The proof as text, to stand in a file of its own."""
    lines = [PROOF, f"extra {_text(proof.salt)}", f"index {proof.index}"]
    lines += [_text(each) for each in proof.hashes]
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def read_proof(text: str) -> Proof:
    """The proof that somebody brings. Whether it proves anything is for ``proves``."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    try:
        if lines[0] != PROOF or not 3 <= len(lines) <= _MOST_LINES:
            raise ValueError(text)
        extra, index = lines[1].removeprefix("extra "), lines[2].removeprefix("index ")
        return Proof(_bytes(extra), int(index), tuple(_bytes(each) for each in lines[3:]), note)
    except ValueError as error:
        raise Invalid(N_("This is not a proof of the register.")) from error


def proves(proof: Proof, entry: bytes) -> bool:
    """Whether the entry stands where the proof says, by the root of the proof's checkpoint."""
    head = read_checkpoint(proof.checkpoint)
    return root_by(leaf_hash(entry), proof.index, head.size, proof.hashes) == head.root


def number_of(path: str) -> int:
    """The number of a tile from its address: ``x001/x234/067`` is 1234067."""
    groups = path.split("/")
    digits = [each.removeprefix("x") for each in groups]
    exact = all(len(each) == 3 and each.isascii() and each.isdigit() for each in digits)
    if not exact or path_of(int("".join(digits))) != path:
        raise ValueError(path)
    return int("".join(digits))


def path_of(number: int) -> str:
    """The address of a tile by its number."""
    found = f"{number % 1000:03}"
    while number >= 1000:
        number //= 1000
        found = f"x{number % 1000:03}/{found}"
    return found


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries side by side, each after its length in two bytes."""
    return b"".join(len(each).to_bytes(2, "big") + each for each in entries)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
