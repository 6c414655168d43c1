"""Whoever writes more than a line on a page of staff loses none of it with the tab."""

import re

import pytest

from tests.architecture.test_templates import PAGES, name

pytestmark = pytest.mark.pure

_LONG = re.compile(r"\bfield\(.*\brows=\d")
_KEPT = re.compile(r"\b(kept_open|writing_open)\(")
ELSEWHERE = {
    "desk/templates/desk/question.html": "a learner's page, whose weight is counted",
    "desk/templates/desk/questions.html": "a learner's page, whose weight is counted",
    "enrollment/templates/enrollment/application.html": "an applicant's page: each part is sent",
    "enrollment/templates/enrollment/add.html": "pasted from where it still stands",
    "grading/templates/grading/paste.html": "pasted from where it still stands",
    "enrollment/templates/enrollment/confirm_decline.html": "answers a form: no address of its own",
    "enrollment/templates/enrollment/confirm_take_back.html": "answers a form: as the one above",
}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_form_with_a_long_text_is_kept_on_the_device(path):
    text = path.read_text("utf-8")
    if not _LONG.search(text):
        assert name(path) not in ELSEWHERE
    elif name(path) in ELSEWHERE:
        assert not _KEPT.search(text)
    else:
        assert _KEPT.search(text)
        assert "module('kept')" in text or "module('writing')" in text
