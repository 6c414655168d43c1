"""What `make install` puts on a disk is bounded, so that an old machine can hold it."""

import os
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from lms import build

pytestmark = pytest.mark.pure
# The goal is 300 MB. Signing documents and reading sheets brought 33 more (pikepdf, and lxml with
# it, pypdf, calamine), which are still to be won back.
MOST = 335_000_000


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
        os.path.realpath(str(file.locate()))
        for each in needed("cabildo") | {"pip"}
        for file in distribution(each).files or ()
    }
    files |= {str(path) for path in build.PACKAGE.rglob("*") if path.is_file()}
    taken = sum(os.stat(path).st_blocks * 512 for path in files if os.path.exists(path))
    assert 200_000_000 < taken < MOST
