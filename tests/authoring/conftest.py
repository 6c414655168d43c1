"""A package without fault, and what the checker says of one."""

from collections.abc import Mapping
from typing import Any

import pytest

from lms.authoring.formats.package import read_package
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import tree_of
from lms.authoring.rules.check import check, in_order
from lms.catalog.rules.problems import Problem
from tests.authoring.packages import KINDS, TODAY, Checker, Files


@pytest.fixture
def kinds() -> Mapping[str, Any]:
    return KINDS


@pytest.fixture
def good() -> dict[str, bytes]:
    return scaffold("mi-programa", "Mi programa")


@pytest.fixture
def problems_of(kinds: Mapping[str, Any]) -> Checker:
    def problems(files: Files) -> list[Problem]:
        read = read_package(tree_of(files), kinds)
        return list(in_order([*read.problems, *check(read.package, kinds, TODAY)]))

    return problems
