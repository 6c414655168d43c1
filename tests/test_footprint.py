"""What `make install` puts on a disk is bounded, so that an old machine can hold it."""

import os
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lms import build

pytestmark = pytest.mark.pure
MOST = 300_000_000


def needed(name: str) -> set[str]:
    """The names of a package and of all that it needs to run, not of what only tests bring."""
    found: set[tuple[str, str]] = set()
    waiting = {(name, "")}
    while waiting:
        name, extra = waiting.pop()
        found.add((name, extra))
        for each in map(Requirement, distribution(name).requires or ()):
            if each.marker is None or each.marker.evaluate({"extra": extra}):
                waiting |= {(each.name, asked) for asked in (each.extras or {""})} - found
    return {name for name, _extra in found}


def test_what_is_installed_to_run_stays_within_its_bound() -> None:
    files = {
        Path(os.path.realpath(str(file.locate())))
        for each in needed("cabildo") | {"pip"}
        for file in distribution(each).files or ()
    }
    # What Python makes ready of a module comes when it is first used, not by installing.
    files = {each for each in files if each.suffix != ".pyc"}
    files |= {path for path in build.DIST.rglob("*") if path.is_file()}
    taken = sum(each.stat().st_blocks * 512 for each in files if each.exists())
    assert 200_000_000 < taken < MOST
