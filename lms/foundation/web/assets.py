"""Static files by their hashed names, precompressed when they were built."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).parent / "static" / "dist"
PREFIX = "/static/"


class NotBuilt(RuntimeError):
    """The static files have not been built."""


@lru_cache(maxsize=1)
def _manifest(_changed: float) -> dict[str, str]:
    found: dict[str, str] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return found


def asset(name: str) -> str:
    """The address of a built file, such as ``asset('css')``; it changes when its content does."""
    path = STATIC / "manifest.json"
    try:
        return PREFIX + _manifest(path.stat().st_mtime)[name]
    except FileNotFoundError as error:
        raise NotBuilt("run `make install`: the static files are not built") from error


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
    app.jinja_env.globals["asset"] = asset
