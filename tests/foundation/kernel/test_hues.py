"""Hues are named once; the style sheet has the same colours, and all can be read."""

import re
from pathlib import Path

import pytest

from lms.foundation.kernel.hues import HUES

pytestmark = pytest.mark.pure
TOKENS = Path(__file__).parents[3] / "lms/foundation/web/static/css/01-tokens.css"
_COVER = re.compile(r"^\[data-hue=(\w+)\] \{ --cover: ([\d ]+); \}", re.MULTILINE)


def test_covers_on_screen_have_the_colours_of_documents():
    covers = {
        name: "#" + "".join(f"{int(part):02x}" for part in channels.split())
        for name, channels in _COVER.findall(TOKENS.read_text("utf-8"))
    }
    assert covers == HUES


def light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", HUES.values())
def test_white_reads_on_each(colour):
    assert 1.05 / (light(colour) + 0.05) >= 7
