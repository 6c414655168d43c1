"""Static files by their hashed names, precompressed when they were built."""

import json
import re
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).parent / "static" / "dist"
PREFIX = "/static/"


class NotBuilt(RuntimeError):
    """The static files have not been built."""


@cache
def manifest() -> dict[str, str]:
    """Which file each asset is, by its name in templates.

    Read once, as WhiteNoise reads the folder once: a rebuild under a running server must not name
    files that it does not serve.
    """
    try:
        found: dict[str, str] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise NotBuilt("run `make install`: the static files are not built") from error
    return found


def asset(name: str) -> str:
    """The address of a built file, such as ``asset('css')``; it changes when its content does."""
    return PREFIX + manifest()[name]


def read_asset(name: str) -> str:
    """What a built script says, for one that must bear an address of its own."""
    return (STATIC / manifest()[name]).read_text("utf-8")


@cache
def sprite_with(icon: str) -> str:
    """The address of the sprite that has this icon: that of all pages, or that of staff."""
    return asset("sprite" if icon in _of_all_pages() else "desk")


@cache
def _of_all_pages() -> frozenset[str]:
    drawn = (STATIC / manifest()["sprite"]).read_text("utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', drawn))


def install(app: Flask) -> None:
    """Serve the built files in front of the application, for a year, never asked for again."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC),
        prefix=PREFIX.strip("/"),
        max_age=31536000,
        immutable_file_test=lambda path, url: True,
        autorefresh=bool(app.config["TESTING"]),
        allow_all_origins=False,
    )
    app.jinja_env.globals.update(asset=asset, sprite_with=sprite_with)
