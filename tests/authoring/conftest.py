"""A package without fault, and what the checker says of one."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from lms.authoring.formats.package import read_package
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import tree_of
from lms.authoring.rules.check import check, in_order
from lms.catalog.rules.problems import Problem
from lms.foundation.db.database import Database
from tests.authoring.packages import KINDS, TODAY, Checker, Files
from tests.authoring.room import Room
from tests.factories.world import World


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


@pytest.fixture
def room(app: Flask, db: Database, world: World) -> Room:
    """A programme of the first institution, published once."""
    return Room(app, db, world.institutions["igm"])
