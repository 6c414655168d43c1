"""Logos as they come: drawn anew in two sizes, or refused with a sentence."""

import io

import pytest
from PIL import Image

from lms.foundation.kernel.errors import Invalid
from lms.people.formats.logo import drawn

pytestmark = pytest.mark.pure


def picture(size, kind="PNG", mode="RGBA"):
    out = io.BytesIO()
    colour = (11, 90, 102, 255) if mode == "RGBA" else (11, 90, 102)
    Image.new(mode, size, colour).save(out, kind)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("size", "kind", "mode"),
    [((3000, 800), "PNG", "RGBA"), ((600, 900), "JPEG", "RGB"), ((96, 96), "WEBP", "RGB")],
)
def test_it_is_drawn_for_paper_and_for_pages(size, kind, mode):
    printed, small = (Image.open(io.BytesIO(each)) for each in drawn(picture(size, kind, mode)))
    assert max(printed.size) == min(max(size), 1200)
    assert abs(printed.width / printed.height - size[0] / size[1]) < 0.02
    assert small.size == (96, 96)
    assert printed.format == small.format == "PNG"


def test_what_pages_show_is_light():
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    out.seek(0)
    assert len(drawn(out)[1]) < 9_000


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken",
     picture((95, 40)).getvalue()],
)  # fmt: skip
def test_what_is_no_logo_is_refused_with_a_sentence(content):
    with pytest.raises(Invalid) as refused:
        drawn(io.BytesIO(content))
    assert refused.value.message.endswith(".")
