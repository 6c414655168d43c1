"""A logo as it comes, drawn anew: once as it is printed, once as small as pages show it."""

import io
from typing import IO, Any

from lms.foundation.files.kinds import PICTURES, clean_picture, media_type
from lms.foundation.kernel.errors import N_, Invalid

SMALLEST = 96
PRINTED = 1200
SHOWN = 96
COLOURS = 64


def drawn(source: IO[bytes]) -> tuple[bytes, bytes]:
    """The logo for paper (PNG, at most 1,200 pixels a side) and for pages (96, few colours).

    Raises Invalid with a sentence when it is no picture, damaged, or too small to be printed.
    """
    from PIL import Image  # heavy, and only for uploads

    if media_type(source) not in PICTURES:
        raise Invalid(N_("Send the logo as a PNG, JPG or WebP picture."))
    clean, _kind = clean_picture(source)
    picture = Image.open(clean).convert("RGBA")
    if max(picture.size) < SMALLEST:
        raise Invalid(N_("The logo is too small: send one of at least 96 pixels."))
    printed = picture.copy()
    printed.thumbnail((PRINTED, PRINTED))
    small = picture.copy()
    small.thumbnail((SHOWN, SHOWN))
    square = Image.new("RGBA", (SHOWN, SHOWN), (255, 255, 255, 0))
    square.paste(small, ((SHOWN - small.width) // 2, (SHOWN - small.height) // 2))
    few = square.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    return _png(printed), _png(few)


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
