"""What a format has no place for travels beside the question, where only we look.

Other systems skip it (a comment, an element they do not know). Each value goes with a mark of what
the format itself says in its place: where somebody changed that since, their change counts.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

_DECIMAL = "decimal"


def difference(source: Mapping[str, Any], reads: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that do not read back as they are; None stands for one that should not be."""
    keys = [*source, *(key for key in reads if key not in source)]
    return {key: source.get(key) for key in keys if not _same(source, reads, key)}


def pack(source: Mapping[str, Any], reads: Mapping[str, Any]) -> str:
    """The difference on one line of ASCII; empty when there is none."""
    differs = difference(source, reads)
    if not differs:
        return ""
    return _json({key: [_mark(reads, key), value] for key, value in differs.items()})


def unpacked(packed: str, reads: Mapping[str, Any]) -> dict[str, Any]:
    """What the format says, with what travelled beside it put in its place.

    Whatever is not well packed is left: it is somebody's own words.
    """
    try:
        carried = json.loads(packed, object_hook=_number, parse_float=Decimal)
    except (ValueError, RecursionError):
        return dict(reads)
    whole = dict(reads)
    if not isinstance(carried, Mapping):
        return whole
    for key, pair in carried.items():
        if isinstance(pair, list) and len(pair) == 2 and pair[0] == _mark(reads, key):
            if pair[1] is None:
                whole.pop(key, None)
            else:
                whole[key] = pair[1]
    return whole


def _same(source: Mapping[str, Any], reads: Mapping[str, Any], key: str) -> bool:
    return key in source and key in reads and _json(source[key]) == _json(reads[key])


def _mark(reads: Mapping[str, Any], key: str) -> str:
    return sha256(_json(reads.get(key)).encode()).hexdigest()[:8]


def _json(value: Any) -> str:
    return json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    raise TypeError(type(value).__name__)


def _number(found: dict[str, Any]) -> Any:
    if found.keys() == {_DECIMAL} and isinstance(found[_DECIMAL], str):
        try:
            return Decimal(found[_DECIMAL])
        except ArithmeticError:
            return found
    return found
