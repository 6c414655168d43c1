"""Texts of other systems in our Markdown: HTML, Moodle's own half-HTML, plain words, Markdown."""

import base64
import binascii
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from lms.assessment.formats.judging import Rough
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold
from lms.foundation.web.markdown.blocks import LOST, Paragraph, Run
from lms.foundation.web.markdown.blocks_markdown import to_markdown
from lms.foundation.web.markdown.html_blocks import read_html

HTML, AUTO, PLAIN, MARKDOWN = "html", "moodle_auto_format", "plain_text", "markdown"
PLACE = "@@PLUGINFILE@@/"
_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]*)>|&#?\w+;")
_SCRIPT = re.compile(r"<\s*(?:script|iframe|object|embed)\b|\bon\w+\s*=\s*[\"']|javascript:", re.I)
_RUNNING = re.compile(r"<\s*(script|iframe|object)\b.*?(</\s*\1\s*>|$)", re.I | re.S)
_PLACED = re.compile(re.escape(PLACE) + r"([^\"'\s)<>?]+)(?:\?[^\"'\s)<>]*)?")
_IN_PAGE = re.compile(re.escape(PLACE) + r"([^\"'<>?]+)(?:\?[^\"'<>]*)?")
_DATA = re.compile(r"""(?:src|href)\s*=\s*["'](data:([\w.+/-]+);base64,([^"']+))["']""", re.I)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}
_SCRIPT_LOST = N_("a script or something from elsewhere that would run: it was taken out")
_PICTURES_LOST = N_("pictures that are not in the file: %(count)s")


def to_text(rough: Rough, text: str, kind: str, files: Mapping[str, bytes] | None = None) -> str:
    """A text in Markdown; what does not come along is told of the item.

    ``files`` are those that came with the text, by their names; the ones it shows come along.
    """
    if kind == MARKDOWN:
        return _markdown(rough, text, files or {})
    if kind == PLAIN or (kind == AUTO and not _TAG.search(text)):
        return _paragraphs(text)
    if kind == AUTO:
        text = text.replace("\n", "<br>\n")
    return _html(rough, text, files or {})


def to_line(rough: Rough, text: str, kind: str) -> str:
    """A text as plain words on one line, for places that hold no more."""
    if kind in (PLAIN, MARKDOWN) or (kind == AUTO and not _TAG.search(text)):
        return " ".join(text.split()) if kind != MARKDOWN else text
    if _SCRIPT.search(text):
        rough.lose(_SCRIPT_LOST)
    if "<img" in text.lower():
        rough.lose(N_("pictures where only words have a place"))
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())


def _markdown(rough: Rough, text: str, files: Mapping[str, bytes]) -> str:
    for name in dict.fromkeys(_PLACED.findall(text)):
        place = _kept(rough, unquote(name), files)
        if place:
            text = text.replace(PLACE + name, place)
        else:
            rough.lose(_PICTURES_LOST, count=1)
    if _SCRIPT.search(text):
        rough.lose(_SCRIPT_LOST)
        text = _RUNNING.sub("", text)
    return text


def _paragraphs(text: str) -> str:
    """Plain words: an empty line parts paragraphs, one end of line is one."""
    blocks = []
    for part in re.split(r"\n\s*\n", text.strip()):
        runs: list[Run] = []
        for n, line in enumerate(part.split("\n")):
            runs += [Run("\n")] * bool(n) + [Run(line)]
        blocks.append(Paragraph(runs))
    return to_markdown(blocks).strip("\n")


def _html(rough: Rough, text: str, files: Mapping[str, bytes]) -> str:
    if _SCRIPT.search(text):
        rough.lose(_SCRIPT_LOST)
    places: dict[str, str] = {}
    for found in _IN_PAGE.finditer(text):
        place = _kept(rough, unquote(unescape(found[1])), files)
        if place:
            places[unescape(found[0])] = place
    text = _DATA.sub(lambda found: _embedded(rough, found, places), text)
    page = read_html(text, places)
    said = to_markdown(page.blocks).strip("\n")
    for code, count in sorted(page.lost.items()):
        if code == "pictures":
            rough.lose(_PICTURES_LOST, count=count)
        elif count and code != "objects":
            rough.lose(LOST[code], count=count)
    for place in places.values():
        if place not in said:
            rough.lose(N_("the file %(name)s, which its text does not show"), name=place[6:])
    return said


def _embedded(rough: Rough, found: re.Match[str], places: dict[str, str]) -> str:
    """A picture written within the page becomes a file."""
    try:
        data = base64.b64decode(found[3], validate=False)
    except (binascii.Error, ValueError):
        return found[0]
    name = f"imagen-{len(rough.files) + 1}.{_ENDINGS.get(found[2].lower(), 'bin')}"
    address = f"embedded:{name}"
    place = _kept(rough, name, {name: data})
    if place is None:
        return found[0].replace(found[1], "#")
    places[PLACE + address] = place
    return found[0].replace(found[1], PLACE + address)


def _kept(rough: Rough, name: str, files: Mapping[str, bytes]) -> str | None:
    """Where a file that came along will stand; of one name with other bytes, beside the first."""
    data = files.get(name)
    if data is None:
        return None
    bare = plain_name(name)
    stem, _dot, ending = bare.rpartition(".")
    number = 1
    while rough.files.get(bare, data) != data:
        number += 1
        bare = f"{stem}-{number}.{ending}"
    rough.files[bare] = data
    return f"media/{bare}"


def plain_name(name: str) -> str:
    """A file's name in plain letters, however long and from whatever folder."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if not dot:
        stem, ending = ending, "bin"
    words = re.findall(
        r"[A-Za-z0-9_]+(?:[.\-]+[A-Za-z0-9_]+)*", fold(stem) if not stem.isascii() else stem
    )
    bare = "-".join(words)[:60].strip("-._") or "archivo"
    return f"{bare}.{''.join(re.findall('[a-z0-9]', ending.lower()))[:8] or 'bin'}"
