"""What the check says of files, said to whoever writes by form."""

import re
from pathlib import Path

import pytest

import lms
from lms.authoring.forms.assignment import AssignmentForm
from lms.authoring.forms.course import CourseForm, ModuleForm
from lms.authoring.forms.facts import FactForm
from lms.authoring.forms.lesson import LessonForm
from lms.authoring.forms.programme import ProgrammeForm
from lms.authoring.forms.quiz import QuizForm
from lms.authoring.rules.labels import LABELS, named
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


FORMS = {
    "programme.yaml": ProgrammeForm,
    "c/course.yaml": CourseForm,
    "c/01-m/module.yaml": ModuleForm,
    "c/facts.yaml": FactForm,
    "c/01-m/01-l.md": LessonForm,
    "c/01-m/02-q.quiz.yaml": QuizForm,
    "c/01-m/03-a.assignment.yaml": AssignmentForm,
}
#: Fields of a form that are no key of its file: the legal review is `legal_review` there.
NO_KEYS = {("c/course.yaml", "review")}


@pytest.mark.parametrize("path", FORMS)
def test_what_is_wrong_is_called_as_the_form_calls_it(path):
    labels = {
        name: field.args[0]._args[0]
        for kind in FORMS[path].__mro__
        for name, field in vars(kind).items()
        if getattr(field, "args", None) and hasattr(field.args[0], "_args")
    }
    told = {name: named(path, name) for name in labels if (path, name) not in NO_KEYS}
    assert {name: said for name, said in told.items() if said} == {
        name: labels[name] for name, said in told.items() if said
    }
    assert any(told.values())
