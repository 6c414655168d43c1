"""Where a link or an image of a text may point."""

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_MEDIA = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._\-]*")


PICTURES = frozenset({"svg", "png", "jpg", "jpeg", "webp"})
RECORDINGS = frozenset({"opus", "mp3"})


class Target(StrEnum):
    """The kinds of address an author may write."""

    LESSON = "lesson"
    MEDIA = "media"
    WEB = "web"
    CONTACT = "contact"
    HERE = "here"
    NOWHERE = "nowhere"
    """Refused: a scheme that may run code, or a path that leads out of the course."""


def target(address: str) -> tuple[Target, str]:
    """What kind of address this is, and the part that names the thing."""
    clean = address.strip()
    if any(ord(ch) < 33 or ord(ch) == 127 for ch in clean) or "\\" in clean:
        return Target.NOWHERE, clean
    if clean.startswith("lesson:"):
        return Target.LESSON, clean.removeprefix("lesson:")
    if clean.startswith("media/"):
        path = unquote(clean)
        return (Target.MEDIA, path) if _MEDIA.fullmatch(path) else (Target.NOWHERE, clean)
    if clean.startswith("#") and len(clean) > 1:
        return Target.HERE, clean
    found = _SCHEME.match(clean)
    scheme = found.group()[:-1].lower() if found else ""
    if scheme in ("http", "https"):
        return (Target.WEB, clean) if _has_host(clean) else (Target.NOWHERE, clean)
    if scheme in ("mailto", "tel"):
        return Target.CONTACT, clean
    return Target.NOWHERE, clean


def ending(path: str) -> str:
    """How the name of a file ends, in small letters."""
    return path.rpartition(".")[2].lower()


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
