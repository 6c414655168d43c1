"""A stream locked with a passphrase: nobody reads or changes it without, nor cuts off its end.

A head (magic, cost, salt, nonce prefix), then pieces of 64 KiB, each encrypted and authenticated
by AES-256-GCM with the key that scrypt makes of the passphrase. The nonce of a piece holds its
number and whether it is the last, so that pieces can be neither swapped nor left out.
"""

import io
import os
import struct
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CABILDO-SEALED-1\n"
PIECE = 64 * 1024
_COST = 15  # 2^15 rounds, 32 MB: a quarter of a second for whoever has the passphrase
_TAG = 16
_SALT, _PREFIX = 16, 7
_HEAD = len(MAGIC) + 1 + _SALT + _PREFIX


class WrongPassphrase(Exception):
    """The first piece does not open: another passphrase, or not what was written."""


class Damaged(Exception):
    """Something in the stream is not as it was written."""


def is_sealed(source: IO[bytes]) -> bool:
    """Whether a stream begins as sealed ones do; it is left at its start."""
    head = source.read(len(MAGIC))
    source.seek(0)
    return head == MAGIC


class Sealing(io.RawIOBase):
    """Writes a sealed stream into another; only closing it puts its end there."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        self._target = target
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._head = MAGIC + bytes([_COST]) + salt + self._prefix
        self._cipher = _cipher(passphrase, salt, _COST)
        self._held = bytearray()
        self._number = 0
        target.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        while len(self._held) > PIECE:  # the last piece is kept back: it is marked as the last
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._held), last=True)
        super().close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1


class Opening(io.RawIOBase):
    """Reads a sealed stream; raises as soon as something does not fit."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        self._source = source
        self._head = source.read(_HEAD)
        if len(self._head) < _HEAD or not self._head.startswith(MAGIC):
            raise Damaged
        cost, rest = self._head[len(MAGIC)], self._head[len(MAGIC) + 1 :]
        if cost > _COST + 3:
            raise Damaged  # made up to exhaust us
        self._prefix = rest[_SALT:]
        self._cipher = _cipher(passphrase, rest[:_SALT], cost)
        self._number = 0
        self._ahead = source.read(PIECE + _TAG)
        self._open = b""
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._open and not self._done:
            self._next()
        count = min(len(buffer), len(self._open))
        buffer[:count] = self._open[:count]
        self._open = self._open[count:]
        return count

    def _next(self) -> None:
        from cryptography.exceptions import InvalidTag

        piece, self._ahead = self._ahead, self._source.read(PIECE + _TAG)
        self._done = not self._ahead
        nonce = _nonce(self._prefix, self._number, last=self._done)
        try:
            self._open = self._cipher.decrypt(nonce, piece, self._head)
        except InvalidTag:
            raise (Damaged if self._number else WrongPassphrase) from None
        self._number += 1


def _cipher(passphrase: str, salt: bytes, cost: int) -> "AESGCM":
    # Heavy, and only for backups.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode())
    return AESGCM(key)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)
