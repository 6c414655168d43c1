"""Password hashes: slow on purpose, and only a few at a time."""

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 19 MiB and two passes resist guessing; two at a time keep memory low on a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The hash to store. Equal-looking passwords of different keyboards are equal."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether this is the password; without an account it takes as long and says no."""
    with _AT_ONCE:
        try:
            right = _HASHER.verify(stored or _nobodys(), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
