"""Which of what a form sent somebody wrote."""

import pytest

from lms.foundation.web.typed import written

pytestmark = pytest.mark.pure

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def test_what_the_page_says_of_itself_is_not_what_somebody_wrote():
    sent = [
        ("form_key", "k"), ("opened", HASH), ("tab", "a1b2"), ("number", "7"), ("path", "a/b.md"),
        ("go", "compare"), ("whole", "1"), ("seen", "3"), ("base", HASH),
        ("who", "01a22d1f-a3b1-714c-9235-430e8d66e1d1"), ("password", "secreto"), ("aim", "  "),
        ("title", "Recibir"), ("text", "Con cuidado.\n"),
    ]  # fmt: skip
    assert written(sent) == ["Recibir", "Con cuidado."]


def test_a_number_that_somebody_typed_is_shown():
    assert written([("number", "12-2026"), ("reason", "Apelación")]) == ["12-2026", "Apelación"]
