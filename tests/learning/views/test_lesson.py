"""The page of a lesson: what it says, what it lets one do, and what it costs."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import url_for
from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.learning.models import Progress
from tests.factories.teaching import COURSE, QUIZZES
from tests.statements import statements


@pytest.fixture
def learner(as_person):
    """The learner's browser; pages in English, whose words are the message ids."""
    browser = as_person("learner")
    browser.set_cookie("idioma", "en")
    return browser


@pytest.fixture
def page(classroom, learner):
    """The text of the first lesson's page, without line breaks."""
    return " ".join(learner.get(classroom.url("learner", "derecho")).text.split())


def form_of(text: str, ending: str) -> tuple[str, dict[str, str]]:
    """The form of a page whose address ends so, with its hidden fields."""
    form = re.search(rf'<form method="post" action="([^"]*{ending})">(.*?)</form>', text, re.S)
    assert form, f"no form to {ending}"
    names = re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form.group(2))
    return form.group(1), dict(names)


def test_it_says_where_one_is_what_it_asks_and_what_it_costs(page):
    assert "<b>Lesson 1 of 3</b> · Module 1: Ley de Acceso" in page
    assert "9 minutes of reading" in page
    assert "21 minutes of exercise" in page
    assert (
        "<b>At the end you will be able to</b> explicar el derecho y sus principios a una vecina."
        in page
    )
    assert re.search(r"\d+ kB", page)


def test_the_text_stands_in_its_own_language_with_figures_tables_and_callouts(page):
    assert '<div class="prose" lang="es"' in page
    assert 'alt="Una línea de tiempo" width="600" height="200" loading="lazy"' in page
    assert "<figcaption>Los plazos</figcaption>" in page
    assert '<caption id="t' in page
    assert "Cuidado: Cuidado con los asuetos" in page
    assert '<a href="plazos">los plazos</a>' in page


def test_audio_and_downloads_say_their_size_before_they_are_tapped(page):
    assert 'preload="none"' in page
    assert "La lección, leída" in page
    assert "<p>Toda persona puede pedir.</p><p>Sin decir para qué.</p>" in page
    assert "(CSV, 1 kB)" in page


def test_sources_tell_what_is_known_of_them_today(page):
    assert "Decreto 57-2008, article 42." in page
    assert "Verified on 1 Oct 2026" in page
    assert "Expired on 1 Nov 2026" in page
    assert "Doubtful" in page
    assert 'href="#fuentes"' in page  # the notice at the top, because one has expired


def test_marking_leads_on_and_the_kept_form_is_answered_as_the_first_time(classroom, learner, db):
    text = learner.get(classroom.url("learner", "derecho")).text
    action, fields = form_of(text, "/vista")
    first = learner.post(action, data=fields)
    assert first.status_code == 303
    assert urlsplit(first.location).path == classroom.url("learner", "plazos")
    again = learner.post(action, data=fields)
    assert (again.status_code, again.location) == (303, first.location)
    with db.reading() as session:
        assert len(session.scalars(select(Progress)).all()) == 1


def test_a_lesson_that_was_seen_can_be_unmarked(classroom, learner, db):
    classroom.see("learner", "derecho")
    text = learner.get(classroom.url("learner", "derecho")).text
    assert "Next: Los plazos" in text
    action, fields = form_of(text, "/no-vista")
    assert learner.post(action, data=fields).location.endswith("/derecho")
    with db.reading() as session:
        assert session.scalars(select(Progress)).all() == []


def test_the_last_lesson_of_a_module_offers_its_practice_and_leads_to_the_quiz(classroom, learner):
    classroom.see("learner", "derecho", "plazos")
    text = learner.get(classroom.url("learner", "plazos")).text
    assert "modulos/laip#practica" in text
    assert "modulos/laip#foro" in text
    assert f"/evaluaciones/{classroom.activities[QUIZZES[0]].uid}" in text


def test_after_the_last_of_all_one_is_told_what_is_missing(classroom, learner):
    classroom.finish("learner")
    text = learner.get(classroom.url("learner", "datos")).text
    assert f"/evaluaciones/{classroom.activities[QUIZZES[1]].uid}" in text


def test_what_is_locked_says_why_and_where_to_go(classroom, learner):
    answer = learner.get(classroom.url("learner", "datos"))
    assert answer.status_code == 409
    assert "El derecho y sus principios" in answer.text
    assert classroom.url("learner", "derecho") in answer.text


def test_after_the_end_it_can_be_read_but_not_marked(classroom, learner):
    classroom.cohort_days(ends_at=classroom.db.clock() - timedelta(days=1))
    text = learner.get(classroom.url("learner", "derecho")).text
    assert "/vista" not in text
    assert "You can still read this lesson." in text


def test_another_kind_of_activity_is_taken_up_at_its_own_address(classroom, learner):
    answer = learner.get(classroom.url("learner", QUIZZES[0]))
    assert answer.status_code == 302
    assert answer.location.endswith(f"/evaluaciones/{classroom.activities[QUIZZES[0]].uid}")


def test_an_activity_is_found_by_its_uid(classroom, learner):
    uid = classroom.activities["plazos"].uid
    answer = learner.get(f"{classroom.url('learner')}/actividades/{uid}")
    assert answer.location.endswith("/transparencia/plazos")
    assert (
        learner.get(f"{classroom.url('learner')}/actividades/{classroom.course.uid}").status_code
        == 404
    )


@pytest.mark.parametrize("key", ["derecho/x", "no-hay", "DERECHO"])
def test_other_addresses_are_no_pages(classroom, learner, key):
    assert learner.get(classroom.url("learner", key)).status_code == 404


@pytest.mark.parametrize("who", ["learner2", "otra-learner", "instructor", "registrar"])
def test_somebody_elses_classroom_does_not_exist(classroom, as_person, who):
    other = as_person(who)
    for path in ("", f"/{COURSE}/derecho", f"/{COURSE}/modulos/laip", "/anuncios", "/que-me-falta"):
        assert other.get(classroom.url("learner") + path).status_code == 404, path
    for ending in ("vista", "no-vista"):
        url = f"{classroom.url('learner', 'derecho')}/{ending}"
        assert other.send(url, {"form_key": "k" * 24}).status_code == 404


def test_visitors_sign_in_first(classroom, visitor):
    answer = visitor.get(classroom.url("learner", "derecho"))
    assert answer.status_code == 302
    assert "/ingresar" in answer.location


def test_the_place_is_kept_for_other_devices(classroom, learner, db):
    url = f"{classroom.url('learner', 'derecho')}/lugar"
    assert learner.send_json(url, {"block": "b4"}).status_code == 204
    text = learner.get(classroom.url("learner", "derecho")).text
    assert '<a href="#b4" data-resume-link>' in text
    assert f'data-resume-url="{url}"' in text
    with db.reading() as session:
        assert session.scalars(select(Enrollment.last_block)).one() == "b4"
    assert learner.send_json(url, {"block": "no un lugar"}).status_code == 422
    assert learner.send_json(url, {}).status_code == 204


def test_asked_again_it_costs_a_line_until_something_changes(classroom, learner):
    url = classroom.url("learner", "derecho")
    first = learner.get(url)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = learner.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    classroom.see("learner", "derecho")
    changed = learner.get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_time_alone_makes_a_kept_page_old(classroom, learner, clock):
    classroom.cohort_days(ends_at=clock() + timedelta(hours=1))
    url = classroom.url("learner", "derecho")
    tag = learner.get(url).headers["ETag"]
    clock.advance(hours=2)  # the cohort has ended meanwhile, nothing else has changed
    assert learner.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_the_tag_holds_the_language(classroom, learner):
    url = classroom.url("learner", "derecho")
    tag = learner.get(url).headers["ETag"]
    learner.set_cookie("idioma", "es")
    spanish = learner.get(url, headers={"If-None-Match": tag})
    assert spanish.status_code == 200
    assert 'lang="es"' in spanish.text


def test_a_page_that_tells_of_something_just_done_is_not_kept(classroom, learner):
    classroom.see("learner", "derecho")
    text = learner.get(classroom.url("learner", "derecho")).text
    action, fields = form_of(text, "/no-vista")
    answer = learner.get(learner.post(action, data=fields).location)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_it_costs_three_statements(classroom, learner, db):
    url = classroom.url("learner", "derecho")
    learner.get(url)
    with statements(db.engine) as warm:
        assert learner.get(url).status_code == 200
    assert len(warm) == 3


def test_the_short_way_to_an_address_is_the_route_itself(classroom, app):
    with app.test_request_context():
        enrollment = classroom.enrollments["learner"].uid
        assert classroom.url("learner", "derecho") == url_for(
            "learning.activity",
            enrollment=enrollment,
            course_key=COURSE,
            activity_key="derecho",
        )
        assert f"{classroom.url('learner')}/{COURSE}/modulos/laip" == url_for(
            "learning.module", enrollment=enrollment, course_key=COURSE, module_key="laip"
        )
