"""What a PDF holds that somebody brought: its attachments and its words; and the QR codes in a
picture.

Whatever people bring may be made to harm, so a page never reads it itself: ``read_apart`` and
``codes_apart`` do, in a process of their own with little memory and time.
"""

import base64
import io
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MEMORY = 600_000_000
SECONDS = 5  # of a processor
PATIENCE = 20  # of a clock, on a machine that has much to do
SIDE = 3000  # of a picture, in dots: as large as a code on paper needs
_LARGEST = 200_000
_MOST_CODES = 8


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
    try:
        told = _apart("pdf", content)
        files = {name: base64.b64decode(data) for name, data in told["files"].items()}
        return Content(files, str(told["words"]))
    except (subprocess.SubprocessError, ValueError, LookupError):
        return None


def codes_apart(picture: bytes) -> list[str]:
    """The texts of the QR codes in a picture, read by another process; none if there are none."""
    try:
        return [str(each) for each in _apart("picture", picture)["codes"]]
    except (subprocess.SubprocessError, ValueError, LookupError):
        return []


def _apart(kind: str, content: bytes) -> Any:
    command = [sys.executable, "-m", __name__, kind]
    done = subprocess.run(  # noqa: S603 (our own interpreter and module)
        command, input=content, capture_output=True, timeout=PATIENCE, check=True
    )
    return json.loads(done.stdout)


def _codes(content: bytes) -> list[str]:
    import zxingcpp  # only where a picture is examined
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
        opened.draft("L", (SIDE, SIDE))
        picture = ImageOps.exif_transpose(opened).convert("L")
    picture.thumbnail((SIDE, SIDE))
    found = zxingcpp.read_barcodes(picture)
    return [each.text for each in found][:_MOST_CODES]


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
    content = sys.stdin.buffer.read()
    if sys.argv[1] == "picture":
        json.dump({"codes": _codes(content)}, sys.stdout)
        return
    files, words = _read(content, words=True)
    packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
    json.dump({"files": packed, "words": words}, sys.stdout)


if __name__ == "__main__":
    _main()
