"""What the check says of files, said to whoever writes by form."""

import re
from pathlib import Path

import pytest

import lms
from lms.authoring.rules.labels import LABELS
from lms.authoring.rules.mending import SAID, by_form
from lms.catalog.rules.problems import Problem

pytestmark = pytest.mark.pure
ROOT = Path(lms.__file__).parent
FILES = re.compile(r"`|\.yaml|\.md|---|folder|\bline\b")


def test_each_sentence_that_is_said_otherwise_is_one_of_the_check():
    rules = [*ROOT.glob("authoring/rules/*.py"), *ROOT.glob("catalog/rules/*.py")]
    said = "".join(path.read_text("utf-8") for path in rules if path.name != "mending.py")
    assert [message for message in SAID if f'N_("{message}")' not in said] == []


@pytest.mark.parametrize("message", SAID)
def test_nothing_of_files_is_left_in_it(message):
    found = by_form(Problem("c/course.yaml", 3, message, "add a line `x:`", {"key": "summary"}))
    assert not FILES.search(found.message + found.remedy)
    assert (found.path, found.line, found.params) == ("c/course.yaml", 3, {"key": "summary"})


def test_what_the_forms_have_no_words_for_stays_as_the_check_says_it():
    found = Problem("c/course.yaml", 3, "the weights add up to %(sum)s, not 100", "correct them")
    assert by_form(found) == found


def test_the_keys_of_a_form_have_its_labels():
    assert {"aim", "hours", "outcome", "outcomes", "questions", "summary", "title"} <= set(LABELS)
