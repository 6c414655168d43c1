"""Makes what the browser receives: one style sheet, the icon sprite, the scripts, the catalogues.

Run by the wheel, by the editable install and by `python -m lms.build`. It imports nothing
else of this project, because while a wheel is being made the project is not installed yet.

Everything is named after its content, so that a browser may keep it for ever, and lies
ready in gzip and brotli beside the plain file. `manifest.json` says which name each asset has.
"""

import gzip
import hashlib
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from zipfile import ZipFile

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
STATIC = PACKAGE / "foundation" / "web" / "static"
DIST = STATIC / "dist"
SHIPPED = ("courses", "migrations", "translations")
VERSION = "1"

#: What a programme's cover may show; an author chooses one of these in programme.yaml.
COVER_ICONS = (
    "book-open", "building-2", "calculator", "chart-column", "droplets", "file-search",
    "folder-open", "hand-coins", "handshake", "heart-handshake", "heart-pulse", "landmark",
    "leaf", "lightbulb", "map", "megaphone", "route", "scale", "scroll-text", "shield-check",
    "shopping-cart", "sprout", "triangle-alert", "users", "vote",
)  # fmt: skip
#: Scripts that bring others along, which run before them and are no assets of their own.
BROUGHT = {"answers": ("clock",), "glance": ("marks",)}
#: Features with pages for staff alone.
STAFF_ROOMS = frozenset({"admin", "authoring"})
#: Icons whose names are put together at run time, so that no source names them whole.
ICONS = ("bell", "house", "circle-user", "log-in", "settings", "users", "life-buoy", "search")

_CALLED = re.compile(r"""(?:\b|_)icon(?:\(|['"]?\s*[=:])\s*['"]([a-z0-9-]+)['"]""")
_QUOTED = re.compile(r"""['"]([a-z][a-z0-9-]+)['"]""")
#: Words of our macros that are names of icons too.
_NOT_ICONS = {"radio", "code", "sheet", "tag", "text", "file"}
_LISTED = re.compile(r"""[(:]\s*['"]([a-z][a-z0-9-]+)['"]\s*[,}]""")
_OUTLINED = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round"'
)
_PROPERTY = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_COVER = re.compile(r"""^\s*(?:cover:.*\b)?icon:\s*['"]?([a-z0-9-]+)""", re.MULTILINE)


class BuildError(Exception):
    """Something in the sources cannot be built; the sentence says what and where."""


def main() -> int:
    """Build what is out of date and say so in one line; say nothing when nothing was."""
    try:
        changed = build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if changed:
        print(f"built: {DIST}")
    return 0


def build(force: bool = False) -> bool:
    """Bring assets and catalogues up to date; true when anything had to be made."""
    assets = _assets(force)
    return _catalogues(force) or assets


def _assets(force: bool) -> bool:
    stamp = _stamp()
    stamp_file = DIST / "stamp"
    if not force and _complete() and stamp_file.read_text() == stamp:
        return False
    DIST.mkdir(parents=True, exist_ok=True)
    before = _manifest()
    names = {key: _publish(stem, suffix, data) for key, stem, suffix, data in _products()}
    _write(DIST / "manifest.json", json.dumps(names, indent=1, sort_keys=True).encode())
    _write(stamp_file, stamp.encode())
    _sweep({*names.values(), *before.values()})
    return True


def _products() -> Iterator[tuple[str, str, str, bytes]]:
    """Every asset: its key in the manifest, the stem and suffix of its file, its bytes."""
    for key, sheet in style_sheets().items():
        yield key, "cabildo" if key == "css" else key, ".css", sheet
    for key, drawings in sprites().items():
        yield key, "icons" if key == "sprite" else key, ".svg", drawings
    for name, script in scripts().items():
        yield name, name, ".js", script
    for path in sorted(p for p in (STATIC / "img").iterdir() if p.is_file()):
        yield path.stem, path.stem, path.suffix, path.read_bytes()


def style_sheets() -> dict[str, bytes]:
    """The parts of static/css in the order of their names, as one small file; every folder there is
    a sheet of its own, for pages that ask for it."""
    import rcssmin

    folders = {"css": STATIC / "css"}
    folders |= {path.name: path for path in sorted((STATIC / "css").iterdir()) if path.is_dir()}
    sheets = {}
    for key, folder in folders.items():
        parts = (path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
        sheets[key] = str(rcssmin.cssmin("\n".join(parts)))
    return {key: sheet.encode() for key, sheet in _shorter_names(sheets).items()}


def scripts() -> dict[str, bytes]:
    """The modules of static/js without comments and blanks, each with those it brings along: one
    answer of the server costs a phone less than two."""
    import rjsmin

    plain = {
        path.stem: str(rjsmin.jsmin(path.read_text("utf-8")))
        for path in sorted((STATIC / "js").glob("*.js"))
    }
    brought = {part for parts in BROUGHT.values() for part in parts}
    return {
        # Each in a block of its own, so that their names do not meet.
        name: "\n".join(f"{{{plain[part]}}}" for part in (*BROUGHT.get(name, ()), name)).encode()
        for name in sorted(plain.keys() - brought)
    }


def _shorter_names(sheets: dict[str, str]) -> dict[str, str]:
    """The same sheets with their custom properties called by one or two letters.

    No template or script names a custom property, so nothing else needs to know.
    """
    count = Counter(_PROPERTY.findall(sheets["css"]))
    count.update(dict.fromkeys(_PROPERTY.findall("".join(sheets.values())), 0))
    letters = (a + b for a in ("", *ascii_lowercase) for b in ascii_lowercase)
    names = (name for name, _ in count.most_common())
    short = {name: f"--{letter}" for name, letter in zip(names, letters, strict=False)}
    return {
        key: _PROPERTY.sub(lambda found: short[found.group()], css) for key, css in sheets.items()
    }


def sprites() -> dict[str, bytes]:
    """An SVG with a symbol for each icon that some source names; those that only the rooms of staff
    name in one of their own, so that no learner carries them."""
    drawn = {path.stem: path.read_text("utf-8") for path in (STATIC / "img/icons").glob("*.svg")}
    with ZipFile(io.BytesIO(_lucide())) as archive:
        known = {name[:-4] for name in archive.namelist() if name.endswith(".svg")} | drawn.keys()
        sources = list(_naming_sources())
        common = _wanted(known, [path for path in sources if not _is_of_staff(path)])
        wanted = {"sprite": common, "desk": _wanted(known, sources) - common}

        def symbols(names: set[str]) -> str:
            return "".join(
                _symbol(name, drawn.get(name) or archive.read(f"{name}.svg").decode())
                for name in sorted(names)
            )

        return {
            key: f'<svg xmlns="http://www.w3.org/2000/svg">{symbols(names)}</svg>'.encode()
            for key, names in wanted.items()
        }


def _is_of_staff(path: Path) -> bool:
    return path.is_relative_to(PACKAGE) and path.relative_to(PACKAGE).parts[0] in STAFF_ROOMS


def _wanted(known: set[str], sources: Iterable[Path]) -> set[str]:
    names = {"cabildo", *COVER_ICONS, *ICONS}
    for path in sources:
        text = path.read_text("utf-8")
        if path.suffix == ".yaml":
            names.update(_COVER.findall(text))
            continue
        called = set(_CALLED.findall(text))
        for name in sorted(called - known):
            raise BuildError(f"{path.relative_to(ROOT)}: there is no icon {name!r}")
        names |= called
        beside = (line for line in text.splitlines() if "icon" in line or "Item(" in line)
        names.update(*(known.intersection(_QUOTED.findall(line)) - _NOT_ICONS for line in beside))
        if path.suffix == ".html":
            names.update(known.intersection(_LISTED.findall(text)) - _NOT_ICONS)
    missing = sorted(names - known)
    if missing:
        raise BuildError(f"there is no icon {missing[0]!r}")
    return names


def _naming_sources() -> Iterable[Path]:
    yield from sorted(PACKAGE.rglob("templates/**/*.html"))
    yield from (path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "build.py")
    yield from sorted((ROOT / "courses").glob("*/programme.yaml"))


def _lucide() -> bytes:
    from importlib.resources import files

    return files("lucide").joinpath("lucide.zip").read_bytes()


def _symbol(name: str, svg: str) -> str:
    """The drawing, outlined in the colour of the words around it even where no style arrived."""
    shapes = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    tight = re.sub(r"\s+/>", "/>", re.sub(r">\s+<", "><", shapes.strip()))
    return f'<symbol id="{name}" {_OUTLINED}>{tight}</symbol>'


def _publish(stem: str, suffix: str, data: bytes) -> str:
    import brotli

    name = f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{suffix}"
    target = DIST / name
    if suffix in {".css", ".js", ".svg"}:
        _write(target.with_name(name + ".br"), brotli.compress(data, quality=11))
        _write(target.with_name(name + ".gz"), gzip.compress(data, 9, mtime=0))
    _write(target, data)
    return name


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a reader never sees half a file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)


def _manifest() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    except (OSError, ValueError):
        return {}
    return names


def _complete() -> bool:
    names = _manifest()
    return bool(names) and all((DIST / name).is_file() for name in [*names.values(), "stamp"])


def _sweep(kept: set[str]) -> None:
    """Drop files of builds older than the last one; a server still running may serve that one."""
    for path in DIST.iterdir():
        plain = path.name.removesuffix(".br").removesuffix(".gz")
        if plain not in kept and path.name not in {"manifest.json", "stamp"}:
            path.unlink(missing_ok=True)


def _stamp() -> str:
    """What the assets were made from, in one number."""
    total = hashlib.sha256(VERSION.encode())
    sources = [Path(__file__), *sorted(p for p in STATIC.rglob("*") if DIST not in p.parents)]
    for path in (*sources, *_naming_sources()):
        if path.is_file():
            total.update(str(path.relative_to(ROOT)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _catalogues(force: bool) -> bool:
    """Compile each translations/**/*.po that is newer than its .mo."""
    changed = False
    for source in sorted((ROOT / "translations").rglob("*.po")):
        target = source.with_suffix(".mo")
        if force or not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            changed = True
    return changed


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
    except PoFileError as error:
        raise BuildError(f"{source.relative_to(ROOT)}: {error}") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    _write(target, compiled.getvalue())


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # an installed copy has no need of the hook
    pass
else:

    class AssetsHook(BuildHookInterface[Any]):
        """Builds before hatchling collects, and asks it to take along what git ignores and what
        stands beside the package."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Wheels and editable installs alike begin with everything built."""
            build()
            build_data["artifacts"] += [
                f"/{DIST.relative_to(ROOT).as_posix()}/*",
                "/translations/**/*.mo",
            ]
            if version != "editable":  # a checkout has them where they are written
                build_data["force_include"] |= {
                    str(ROOT / name): f"lms/_shipped/{name}" for name in SHIPPED
                }


if __name__ == "__main__":
    sys.exit(main())
