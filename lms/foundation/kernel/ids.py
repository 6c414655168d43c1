"""Names for things that leave the database: ordered uids and codes nobody can guess."""

import os
import secrets
import time
from uuid import UUID

# No 0/O, 1/I/L, 5/S, 2/Z, U/V: read aloud over a bad line and typed from paper.
ALPHABET = "346789ABCDEFGHJKMNPQRTWXY"
CODE_GROUPS = 3
CODE_GROUP_LENGTH = 4


def uuid7() -> UUID:
    """A random uid that sorts by the moment it was made (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def new_code(groups: int = CODE_GROUPS) -> str:
    """An unguessable code in groups of four, such as ``K7QX-9M3P-4RTD`` (about 55 bits)."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(CODE_GROUP_LENGTH)) for _ in range(groups)
    )


def read_code(typed: str) -> str:
    """The code somebody meant: case, spaces and hyphens do not matter."""
    bare = "".join(ch for ch in typed.upper() if ch.isalnum())
    return "-".join(bare[i : i + CODE_GROUP_LENGTH] for i in range(0, len(bare), CODE_GROUP_LENGTH))


def new_secret() -> str:
    """An opaque token of 256 random bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)
