"""A transfer on the desk: where to, what goes along, done once, told everywhere, undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.enrollment import make_cohort
from tests.factories.teaching import QUIZZES


@pytest.fixture
def there(db, classroom):
    """Another cohort of the same course."""

    def make(work):
        return make_cohort(
            work, key="otra", title="Otra promoción", capacity=3,
            starts_at=work.now + timedelta(days=5),
        )  # fmt: skip

    return db.perform(make, SYSTEM)


@pytest.fixture
def url(classroom) -> str:
    place = classroom.enrollments["learner"].uid
    return f"/gestion/promociones/{classroom.cohort.uid}/personas/{place}"


@pytest.fixture
def form(there) -> dict[str, str]:
    return {
        "to": str(there.uid), "left_on": "2026-11-23", "cause": "work", "reason": "Turnos de noche",
    }  # fmt: skip


def words(answer) -> str:
    return " ".join(answer.text.split())


def test_looking_over_says_what_goes_along_and_writes_nothing(classroom, url, form, english):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    browser = english("registrar")
    assert f"{url}/traslado" in browser.get(url).text
    assert "Otra promoción" in words(browser.get(f"{url}/traslado"))
    answer = browser.send(f"{url}/traslado/revisar", form)
    text = words(answer)
    assert answer.status_code == 200
    assert "to Otra promoción?" in text
    assert "2 lessons seen" in text
    assert "1 attempt with its answers and marks" in text
    assert classroom.row("learner").state == "enrolled"
    again = browser.send(f"{url}/traslado/revisar", form | {"back": "1"})
    assert "Turnos de noche" in again.text


def test_done_once_and_said_on_both_desks(classroom, there, url, form, english, db):
    browser = english("registrar")
    for _ in range(2):
        answer = browser.send(f"{url}/traslado", form | {"form_key": "una-vez"})
        assert answer.status_code == 303
    assert f"/gestion/promociones/{there.uid}/personas/" in answer.location
    new = words(browser.get(answer.location))
    assert "Transferred from" in new
    old = words(browser.get(url))
    assert "Transferred to Otra promoción" in old
    assert "their results are there" in old
    desk = f"/gestion/promociones/{classroom.cohort.uid}"
    assert "in Otra promoción. Turnos de noche" in words(browser.get(f"{desk}?ver=trasladadas"))
    sheet = browser.get(f"{desk}/notas.csv?ver=trasladadas").text
    assert "Transferred" in sheet
    assert "in Otra promoción. Turnos de noche" in sheet
    assert browser.get(f"{url}/reincorporar").status_code == 200
    assert browser.send(f"{url}/reincorporar", {"reason": "Fue un error"}).status_code == 303
    assert classroom.row("learner").state == "enrolled"


def test_the_learner_is_led_to_where_they_go_on(classroom, there, url, form, english, db):
    english("registrar").send(f"{url}/traslado", form)
    browser = english("learner")
    old = classroom.enrollments["learner"].uid
    with db.reading() as session:
        new = session.scalars(select(Enrollment.uid).where(Enrollment.cohort_id == there.id)).one()
    home = browser.get("/inicio").text
    assert f"/aula/{new}" in home
    assert str(old) not in home
    assert f"/aula/{new}" in browser.get(f"/aula/{old}/retiro").text
    assert "You study this in another cohort now" in words(browser.get(f"/aula/{old}"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": "otra"}, "Choose one from the list"),
        ({"to": ""}, "Choose the cohort."),
        ({"cause": "never_came"}, "Choose one from the list"),
        ({"left_on": "2026-11-24"}, "That day has not come yet."),
        ({"reason": ""}, "Write the reason"),
    ],
)
def test_what_cannot_be_is_said(classroom, url, form, english, wrong, said):
    answer = english("registrar").send(f"{url}/traslado", form | wrong)
    assert answer.status_code == 422
    assert said in words(answer)
    assert classroom.row("learner").state == "enrolled"


def test_a_cohort_beyond_ones_reach_is_no_choice(classroom, url, form, english, db, world):
    """One of the same course that another institution holds."""

    def give_away(work):
        cohort = make_cohort(work, key="ajena", title="Promoción ajena", capacity=3)
        cohort.institution_id = world.institutions["otra"]
        return cohort.uid

    foreign = db.perform(give_away, SYSTEM)
    browser = english("registrar")
    assert "Promoción ajena" not in browser.get(f"{url}/traslado").text
    assert browser.send(f"{url}/traslado", form | {"to": str(foreign)}).status_code == 422


def test_without_a_cohort_to_go_on_in_it_says_so(classroom, url, english):
    assert "No cohort to go on in" in words(english("registrar").get(f"{url}/traslado"))


@pytest.mark.parametrize(
    ("role", "status"),
    [("registrar", 200), ("instructor", 403), ("tutor", 403), ("help_desk", 403),
     ("otra-registrar", 404), ("learner", 404)],
)  # fmt: skip
def test_who_may_do_it(classroom, url, form, as_person, role, status):
    browser = as_person(role)
    assert browser.get(f"{url}/traslado").status_code == status
    if status != 200:
        for step in ("traslado", "traslado/revisar"):
            assert browser.send(f"{url}/{step}", form).status_code == status
        assert classroom.row("learner").state == "enrolled"
