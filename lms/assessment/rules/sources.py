"""A question as plain JSON, and the hash that says whether two wordings are the same."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any


def as_json(value: Any) -> Any:
    """What an author wrote, as JSON keeps it: exact decimals and dates become text."""
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def content_hash(source: Mapping[str, Any]) -> str:
    """Equal content has an equal hash, whatever the order of its keys."""
    text = json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
