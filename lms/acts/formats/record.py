"""The canonical form of an act's record.

Its bytes are kept and hashed: JSON with sorted keys, no spaces, UTF-8, days as ``2026-04-24``,
``"v": 1``. What signs it is kept beside it, for the signatures come after the hash.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

VERSION = 1


def canonical(record: Mapping[str, Any]) -> str:
    """The one way to write a record."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def digest(text: str) -> str:
    """The hash by which an act is known: what is printed, signed and compared."""
    return sha256(text.encode()).hexdigest()


def parsed(text: str | None) -> dict[str, Any]:
    """The record that was written; nothing of a draft."""
    found: dict[str, Any] = json.loads(text or "{}")
    return found
