"""Templates: everything escaped but what was sanitised by name; no queries, no inline anything."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
LMS = Path(__file__).parents[2] / "lms"
PAGES = sorted(LMS.rglob("templates/**/*.html"))
PYTHON = sorted(LMS.rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(LMS))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_put_in_unescaped(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b", text)
    assert "autoescape false" not in text


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_inline_that_our_policy_blocks(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<[a-z][^>{]*\sstyle=", text)
    assert not re.search(r"<[a-z][^>{]*\son[a-z]+=", text)
    assert not re.search(r"<(style|script)\b(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_third_party_address(path):
    assert not re.search(r"""(src|href)=["']https?://""", path.read_text("utf-8"))


def test_pages_are_escaped_letters_are_not(app):
    escape = app.jinja_env.autoescape
    assert escape("desk/home.html")
    assert not escape("mail/enrollment/admitted.txt")
