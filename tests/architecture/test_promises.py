"""What docs/promises.md names exists: a promise without its test is none."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:[a-z_]+/)*[a-z_]+\.py)(?:::(test_\w+))?`")


def test_every_test_that_is_named_exists():
    named = NAMED.findall((ROOT / "docs/promises.md").read_text("utf-8"))
    assert len(named) > 50
    missing = []
    for path, test in named:
        file = ROOT / "tests" / path
        if not file.is_file() or (test and f"def {test}(" not in file.read_text("utf-8")):
            missing.append(f"{path}::{test}")
    assert missing == []
