"""Saying how a grade is put together: looked over, then saved; what is wrong is said."""

import pytest

from lms.enrollment.models import Cohort
from lms.grading.rules.scheme import scheme_of
from tests.factories.teaching import COURSE, QUIZZES
from tests.grading.views.test_writing import fields

GROUP = {"g0-title": "Cuestionarios", "g0-weight": "60", "g0-drop": "1", "g0-least": "50"}
ITEMS = {"i0-group": "0", "i0-weight": "", "i1-group": "0", "i1-weight": ""}
COLUMN = {
    "c0-title": "Defensa oral", "c0-kind": "number", "c0-top": "20", "c0-group": "",
    "c0-weight": "40", "c0-least": "",
}  # fmt: skip
OTHERS = {"c1-kind": "number", "c1-group": ""}


def scheme(room):
    with room.db.reading() as session:
        return scheme_of(session.get_one(Cohort, room.cohort.id).policy, COURSE)


def post(browser, url: str, **given):
    form = fields(browser.get(f"{url}/formar").text)
    return browser.post(
        f"{url}/formar", data={**form, **GROUP, **ITEMS, **COLUMN, **OTHERS, **given}
    )


def test_it_is_looked_over_for_whom_it_changes_and_saved(classroom, english, url):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    browser = english("registrar")
    answer = post(browser, url, go="look")
    assert answer.status_code == 200
    assert "The grade of 1 person would be another." in answer.text
    assert not scheme(classroom)
    assert post(browser, url, go="save").status_code == 303
    found = scheme(classroom)
    assert [(g.title, g.weight, g.drop, g.least) for g in found.groups] == [
        ("Cuestionarios", 600_000, 1, 500_000)
    ]
    assert [(c.key, c.title, c.top, c.weight) for c in found.columns] == [
        ("columna:1", "Defensa oral", 20, 400_000)
    ]
    assert {each.group for each in found.items} == {found.groups[0].key}
    again = fields(browser.get(f"{url}/formar").text)
    assert (again["g0-title"], again["c0-weight"]) == ("Cuestionarios", "40")
    assert post(browser, url, go="save", **{"g0-key": again["g0-key"]}).status_code == 303
    assert scheme(classroom) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"g0-weight": "50"}, "add up to 90 %; it must be 100 %"),
        ({"g0-weight": "mucho"}, "Write a number"),
        ({"g0-weight": "140"}, "Write a per cent from 0 to 100."),
        ({"g0-drop": "2"}, "At least one has to count"),
        ({"c0-top": "0"}, "out of 1 to 1,000"),
        ({"c1-title": "defensa ORAL"}, "the same name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(classroom, english, url, given, said):
    answer = post(english("registrar"), url, go="save", **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert fields(answer.text)["g0-title"] == "Cuestionarios"
    assert not scheme(classroom)


@pytest.mark.parametrize(("who", "status"), [("instructor", 403), ("otra-registrar", 404)])
def test_the_registrar_alone_says_it(classroom, as_person, url, who, status):
    assert as_person(who).get(f"{url}/formar").status_code == status


def test_a_course_without_columns_has_none_to_write(classroom, as_person, url):
    for page in ("columna", "pegar", "traer"):
        assert as_person("registrar").get(f"{url}/{page}").status_code == 404
