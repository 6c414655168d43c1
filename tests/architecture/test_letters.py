"""Letters about courses say whose they are: an institution's people read only their own."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from lms.desk.rules.letters import ABOUT, about

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


def test_every_letter_has_a_name_that_no_other_has():
    """The mail log is filtered by these names: two alike cannot be told apart."""
    written = {
        f"{path.parent.name}/{path.stem}"
        for path in LMS.glob("*/templates/mail/*/*.txt")
        if path.parent.name != "foundation"
    }
    assert written == ABOUT.keys()
    with (LMS.parent / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        spanish = read_po(file, locale="es")
    names = [spanish.get(about(each)).string for each in sorted(written)]
    assert all(names)
    assert len(set(names)) == len(names)
