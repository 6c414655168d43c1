"""What a file is, told by its content and never by its name."""

import io
import warnings
from typing import IO, TYPE_CHECKING

import puremagic

from lms.foundation.kernel.errors import N_, Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000

_SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
)


def media_type(source: IO[bytes]) -> str:
    """The media type that the content itself shows; ``application/octet-stream`` if none."""
    head = source.read(4096)
    source.seek(0)
    for sign, found in _SIGNS:
        if head.startswith(sign):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    text = _as_text(head)
    if text is not None:
        if "<svg" in text[:1000]:
            return "image/svg+xml"
        if "<" not in text[:200] and ("," in text or ";" in text):
            return "text/csv"
        return "text/plain"
    try:
        return str(puremagic.from_string(head, mime=True)) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"


def _as_text(head: bytes) -> str | None:
    if b"\x00" in head:
        return None
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return head[: error.start].decode("utf-8-sig", "ignore") if error.start > 4000 else None


def clean_picture(source: IO[bytes]) -> tuple[IO[bytes], str]:
    """A picture drawn anew: nothing hidden in the file survives, and it is no larger than needed.

    Raises Invalid with a sentence when it is broken or has too many pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # heavy, and only for uploads

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(source)
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(N_("The picture has too many pixels. Send a smaller one."))
            picture.load()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise Invalid(
            N_("The picture is damaged or of a kind we cannot read. Send a JPG or PNG.")
        ) from error
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _drawn(upright)


def shrunk(source: IO[bytes], width: int) -> bytes | None:
    """A picture that was drawn anew already, no wider than this; None if it is not wider."""
    from PIL import Image  # heavy, and only for uploads

    picture = Image.open(source)
    if picture.width <= width:
        return None
    height = max(1, round(picture.height * width / picture.width))
    return _drawn(picture.resize((width, height), Image.Resampling.LANCZOS))[0].read()


def _drawn(picture: "Image") -> tuple[IO[bytes], str]:
    drawn = io.BytesIO()
    if picture.mode in ("RGBA", "LA", "P"):
        picture.convert("RGBA").save(drawn, "PNG", optimize=True)
        found = "image/png"
    else:
        picture.convert("RGB").save(drawn, "JPEG", quality=85, optimize=True)
        found = "image/jpeg"
    drawn.seek(0)
    return drawn, found
