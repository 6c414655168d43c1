"""What a PDF holds that somebody brought: its attachments and its words.

Whatever people bring may be made to harm, so a page never reads it itself: ``read_apart`` does, in
a process of its own with little memory and time.
"""

import base64
import io
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

MEMORY = 600_000_000
SECONDS = 5
_LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Content:
    """The files attached to a PDF, by name, and the words on its pages."""

    files: Mapping[str, bytes]
    words: str


def attached(content: bytes) -> dict[str, bytes]:
    """The files attached to a PDF; none where it cannot be read as one."""
    return _read(content, words=False)[0]


def read_apart(content: bytes) -> Content | None:
    """The same with its words, read by another process; nothing if that could not do it."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command, input=content, capture_output=True, timeout=2 * SECONDS, check=True
        )
        told = json.loads(done.stdout)
        files = {name: base64.b64decode(data) for name, data in told["files"].items()}
        return Content(files, str(told["words"]))
    except (subprocess.SubprocessError, ValueError, LookupError):
        return None


def _read(content: bytes, *, words: bool) -> tuple[dict[str, bytes], str]:
    from pypdf import PdfReader  # only where a file is examined
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        files = {name: found[0][:_LARGEST] for name, found in reader.attachments.items() if found}
        said = " ".join(page.extract_text() for page in reader.pages[:4]) if words else ""
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}, ""
    return files, said[:_LARGEST]


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    files, words = _read(sys.stdin.buffer.read(), words=True)
    packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
    json.dump({"files": packed, "words": words}, sys.stdout)


if __name__ == "__main__":
    _main()
