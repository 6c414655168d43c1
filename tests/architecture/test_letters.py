"""Letters about courses say whose they are: an institution's people read only their own."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
LMS = Path(__file__).parents[2] / "lms"
# Accounts belong to people, not to an institution.
OF_PEOPLE = {"people", "foundation"}
SOURCES = sorted(
    path for path in LMS.rglob("actions/*.py") if path.relative_to(LMS).parts[0] not in OF_PEOPLE
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(LMS)))
def test_every_letter_of_a_feature_names_its_institution(path):
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell"
    ]
    for call in calls:
        assert "institution_id" in {each.arg for each in call.keywords}, f"line {call.lineno}"
