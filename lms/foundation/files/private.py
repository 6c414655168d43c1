"""Files that nobody else on the machine may read."""

import os


def private(path: str, flags: int) -> int:
    """How such a file is opened: `open(path, "wb", opener=private)`."""
    return os.open(path, flags, 0o600)
