"""Whoever writes more than a line on these pages of staff loses none of it with the tab."""

import pytest

from tests.architecture.test_templates import LMS

pytestmark = pytest.mark.pure

KEPT = (
    "acts/amend", "acts/draft", "admin/institution_privacy", "assessment/mark", "authoring/begin",
    "authoring/changes", "authoring/course_data", "authoring/fact", "authoring/facts",
    "authoring/module_data", "authoring/paste_questions", "authoring/programme_data",
    "authoring/question", "authoring/quiz_settings", "authoring/request", "certificates/act",
    "certificates/checklist_back",
    "certificates/delivery_undo", "certificates/spoil", "certificates/transcribed",
    "desk/inbox_one", "desk/message",
    "desk/readmit", "desk/recognise", "desk/transfer", "desk/unrecognise", "desk/withdraw",
    "enrollment/call", "enrollment/review", "learning/announce",
)  # fmt: skip


@pytest.mark.parametrize("page", KEPT)
def test_a_form_with_a_long_text_is_kept_on_the_device(page):
    feature, _slash, name = page.partition("/")
    text = (LMS / feature / "templates" / feature / f"{name}.html").read_text("utf-8")
    assert "{{ kept_open(" in text
    assert "{{ module('kept') }}" in text
