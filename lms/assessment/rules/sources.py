"""The hash that says whether two wordings of a question are the same."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def content_hash(source: Mapping[str, Any]) -> str:
    """Equal content has an equal hash, whatever the order of its keys."""
    text = json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
