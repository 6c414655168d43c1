"""The same file words mean the same everywhere; a few habits that no linter knows."""

import ast
import re
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
LMS = ROOT / "lms"
SOURCES = sorted(path for path in LMS.rglob("*.py") if "static" not in path.parts)
FEATURES = sorted(
    path.name
    for path in LMS.iterdir()
    if path.is_dir() and (path / "__init__.py").exists() and path.name not in {"cli", "foundation"}
)
WORDS = {
    "rules", "formats", "models", "queries", "actions", "forms", "views", "tasks", "templates",
    "facts", "kind", "scopes", "fonts",
}  # fmt: skip
# Files of one feature that are no shared word, each with its reason.
OWN = {
    "assessment": {"types"},  # one package for each question type
    "catalog": {"activity", "offers"},  # ports: kinds of activity, cohorts shown in the catalogue
    # ports: keys, documents issued, who is of where, what is whose; and where one arrives
    "people": {"belongings", "invitations", "issued", "landing", "ties"},
    # ports: learning says what is locked, grading what was passed, certificates what was issued,
    # acts which courses have theirs
    "enrollment": {"gate", "passed", "documents", "acted"},
    # the files a new package starts from; a course gone through by a learner who is none
    "authoring": {"scaffold", "rehearsal"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_made_of_the_words_that_all_features_share(feature):
    found = {
        path.stem
        for path in (LMS / feature).iterdir()
        if not path.name.startswith("__") and path.suffix in {".py", ""}
    }
    assert found - WORDS - OWN.get(feature, set()) == set()


RULES = [
    path
    for path in SOURCES
    if {"rules", "types"} & set(path.relative_to(LMS).with_suffix("").parts)
    and "foundation" not in path.parts
]
# What rules may know besides: the port of activities, and the types of questions (rules too).
PORTS = ("lms.catalog.activity", "lms.assessment.types")


@pytest.mark.parametrize("path", RULES, ids=lambda p: str(p.relative_to(LMS)))
def test_rules_know_only_python_the_kernel_and_each_other(path):
    for name in imports(path):
        top = name.split(".")[0]
        if top == "lms":
            assert ".rules" in name or name.startswith(("lms.foundation.kernel", *PORTS)), name
        else:
            assert top in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(LMS)))
def test_time_is_passed_in(path):
    if path == LMS / "foundation" / "kernel" / "clock.py":
        return
    text = path.read_text("utf-8")
    assert not re.search(r"\b(datetime\.now|datetime\.utcnow|date\.today)\(", text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(LMS)))
def test_only_the_edge_commits(path):
    if path.is_relative_to(LMS / "foundation" / "db"):
        return
    assert ".commit()" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(LMS)))
def test_public_things_say_what_they_promise(path):
    """Functions and classes of rules and actions have a docstring that is a sentence."""
    parts = path.relative_to(LMS).parts
    if not {"rules", "actions", "rules.py", "actions.py"} & set(parts):
        return
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} says nothing"


def test_actions_take_work():
    """Whoever is handed a database or a session instead reads, or runs actions: those are queries
    and tasks."""
    found = [
        ".".join((*path.relative_to(ROOT).with_suffix("").parts, node.name))
        for path in SOURCES
        if {"actions", "actions.py"} & set(path.relative_to(LMS).parts)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if {each.arg for each in node.args.args} & {"database", "session", "reader", "connection"}
    ]
    assert found == []


def test_no_file_is_called_after_nothing():
    vague = {"utils", "helpers", "manager", "managers", "common", "misc", "tools"}
    assert [p for p in SOURCES if p.stem in vague or set(p.parts) & vague] == []


_PARTS = {"given_names", "first_surname", "second_surname"}


def joins_a_name(node: ast.AST) -> bool:
    """Whether a text is put together here out of the parts of a name."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=parts):
            pass
        case ast.JoinedStr(values=parts):
            pass
        case _:
            return False
    found = (each for part in parts for each in ast.walk(part))
    return any(isinstance(each, ast.Attribute) and each.attr in _PARTS for each in found)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(LMS)))
def test_a_name_is_put_together_in_one_place(path):
    if path == LMS / "people/rules/names.py":
        return
    joined = [
        node.lineno for node in ast.walk(ast.parse(path.read_text("utf-8"))) if joins_a_name(node)
    ]
    assert joined == []
