"""Messages are found once in a request, and say what Flask-Babel would."""

import flask_babel
import pytest
from flask_babel import force_locale

from lms.foundation.locale.words import gettext, ngettext


@pytest.fixture
def request_(app):
    with app.test_request_context("/cursos", headers={"Accept-Language": "es"}):
        yield


def test_the_same_as_the_slow_way(request_):
    for message in ("Courses", "Home", "no such message"):
        assert gettext(message) == flask_babel.gettext(message)
    assert gettext("Courses") == "Cursos"
    for num in (0, 1, 2):
        said = ngettext("%(num)s minute", "%(num)s minutes", num)
        assert said == flask_babel.ngettext("%(num)s minute", "%(num)s minutes", num)


def test_values_are_filled_in_and_a_per_cent_sign_alone_stays(request_):
    assert gettext("%(size)s in all", size="3 kB") == flask_babel.gettext(
        "%(size)s in all", size="3 kB"
    )
    assert gettext("100 %") == "100 %"


def test_another_language_on_purpose_and_back(request_):
    assert gettext("Courses") == "Cursos"
    with force_locale("en"):
        assert gettext("Courses") == "Courses"
        with force_locale("es_GT"):
            assert gettext("Courses") == "Cursos"
        assert gettext("Courses") == "Courses"
    assert gettext("Courses") == "Cursos"


def test_each_request_finds_its_own(app):
    for language, said in (("es", "Cursos"), ("en", "Courses"), ("es", "Cursos")):
        with app.test_request_context("/cursos", headers={"Accept-Language": language}):
            assert gettext("Courses") == said
