"""What the browser receives is small, named by its content, and made only when it must be."""

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest

from lms import build

CSS_BYTES = 6000


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of static files, apart, so that building disturbs nobody."""
    static = tmp_path / "lms" / "static"
    for name in ("css", "js", "img"):
        for path in (build.STATIC / name).rglob("*.*"):
            target = static / path.relative_to(build.STATIC)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    page = tmp_path / "lms" / "templates" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("{{ icon('clock') }} {{ meta([('download', '3 kB')]) }}")
    catalogue = tmp_path / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "Save"\nmsgstr "Guardar"\n')
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "PACKAGE", tmp_path / "lms")
    monkeypatch.setattr(build, "STATIC", static)
    monkeypatch.setattr(build, "DIST", static / "dist")
    monkeypatch.setattr(build, "__file__", str(page))
    return tmp_path


def manifest() -> dict[str, str]:
    found: dict[str, str] = json.loads((build.DIST / "manifest.json").read_text())
    return found


def test_the_style_sheet_stays_within_its_budget() -> None:
    assert len(brotli.compress(build.style_sheets()["css"], quality=11)) <= CSS_BYTES


def test_the_style_sheet_needs_no_younger_browser_than_the_oldest_phones() -> None:
    sheet = b"".join(build.style_sheets().values()).decode()
    for young in ("@container", "@layer", "color-mix(", "dvh", "&"):
        assert young not in sheet
    assert sheet.count("{") == sheet.count("}")
    # An ornament may ask for :has(), alone: a browser that does not know it drops the whole rule.
    for selector in re.findall(r"[^{}]*:has\([^{}]*(?={)", sheet):
        assert "," not in selector


def test_everything_is_named_by_its_content_and_lies_ready_compressed(copy: Path) -> None:
    build.build()
    names = manifest()
    assert {"css", "sprite", "page", "answers", "mark"} <= names.keys()
    for name in names.values():
        plain = (build.DIST / name).read_bytes()
        assert brotli.decompress((build.DIST / f"{name}.br").read_bytes()) == plain
        assert gzip.decompress((build.DIST / f"{name}.gz").read_bytes()) == plain


def test_a_second_build_makes_nothing_until_a_source_changes(copy: Path) -> None:
    assert build.build()
    before = manifest()
    assert not build.build()
    script = build.STATIC / "js" / "page.js"
    script.write_text(script.read_text("utf-8") + "\nwindow.more = 1;\n")
    assert build.build()
    after = manifest()
    assert after["page"] != before["page"]
    assert after["css"] == before["css"]
    assert (build.DIST / before["page"]).exists(), "a server still running may serve the last one"
    script.write_text("window.less = 1;\n")
    build.build()
    assert not (build.DIST / before["page"]).exists()


def test_a_lost_file_is_made_again(copy: Path) -> None:
    build.build()
    (build.DIST / manifest()["css"]).unlink()
    assert build.build()
    assert (build.DIST / manifest()["css"]).exists()


def test_the_sprite_holds_what_pages_name(copy: Path) -> None:
    sprites = {key: drawn.decode() for key, drawn in build.sprites().items()}
    for name in ("clock", "download", "cabildo", "landmark"):
        assert f'<symbol id="{name}"' in sprites["sprite"]
    assert all('<symbol id="zap"' not in drawn for drawn in sprites.values())


def test_what_only_staff_see_is_in_a_sprite_of_its_own() -> None:
    common, desk = (
        set(re.findall('<symbol id="([^"]+)"', build.sprites()[key].decode()))
        for key in ("sprite", "desk")
    )
    assert desk
    assert not desk & common


def test_an_icon_that_does_not_exist_stops_the_build(copy: Path) -> None:
    page = build.PACKAGE / "templates" / "page.html"
    page.write_text("{{ button('Ir', icon='flecha') }}")
    with pytest.raises(build.BuildError, match=r"page\.html: there is no icon 'flecha'"):
        build.build()


def test_catalogues_are_compiled(copy: Path) -> None:
    build.build()
    assert b"Guardar" in next(copy.rglob("*.mo")).read_bytes()


def test_scripts_carry_no_words_of_their_own() -> None:
    """Whatever a person reads comes from the page, translated."""
    for path in (build.STATIC / "js").glob("*.js"):
        for line in path.read_text("utf-8").splitlines():
            assert "textContent = '" not in line.replace("textContent = ''", "")
            assert "alert(" not in line
