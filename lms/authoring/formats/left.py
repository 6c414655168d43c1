"""The slip that travels in the ZIP of a draft: what the draft said on the day it left.

Without it nobody could tell, when the package comes back, a lesson rewritten outside from one that
was rewritten here meanwhile. It lies beside the package, not in it: its name begins with a point,
so it is never imported, checked or published.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

LEFT = ".draft.json"
_HASH = re.compile(r"[0-9a-f]{64}")


def write_left(hashes: Mapping[str, str]) -> bytes:
    """The slip for a draft of these hashes by path."""
    return json.dumps({"left_as": dict(sorted(hashes.items()))}, indent=1).encode()


def read_left(read: Callable[[], bytes]) -> dict[str, str] | None:
    """The hashes by path on a slip; None where it is damaged, as though it were not there."""
    try:
        hashes = json.loads(read())["left_as"].items()
        return {path: sha for path, sha in hashes if _HASH.fullmatch(sha)}
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError,
            zipfile.BadZipFile, zlib.error, RecursionError):  # fmt: skip
        return None
