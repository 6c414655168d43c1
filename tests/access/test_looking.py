"""Seeing the site as somebody else: every page has the band, nothing can be sent, and what is
private stays so. Every address is walked."""

import pytest
from sqlalchemy import func, select

from lms.foundation.audit.models import AuditEntry
from lms.foundation.db.base import Base
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.guard import Guarded, Public, access_of
from lms.people.models import Grant, LoginSession
from tests.access.test_walk import JSON, address, guarded
from tests.access.test_walk import school as school
from tests.statements import statements

BAND = 'class="looking"'
# How often somebody asked is counted; nothing else changes when somebody only looks.
COUNTED = {"count"}


@pytest.fixture
def looker(as_person, school, world):
    """The help desk, seeing the site as the learner, in English."""
    browser = as_person("help_desk")
    browser.set_cookie("idioma", "en")
    begun = browser.send(
        f"/gestion/personas/{world.uids['learner']}/ver-como", {"reason": "No abre la lección 3"}
    )
    assert begun.status_code == 303
    assert begun.location == "/inicio"
    return browser


def rows(db) -> dict[str, int]:
    """How many rows every table has."""
    with db.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name not in COUNTED
        }


def test_the_home_is_the_persons_own_with_a_band(looker, world):
    text = looker.get("/inicio").text
    assert BAND in text
    assert "Gestión Municipal" in text
    assert "Management" not in text  # it is the learner's menu
    assert "Dejar de ver" in text  # and the learner's language


def test_every_page_that_opens_has_the_band_and_what_is_private_does_not_open(app, school, looker):
    opened, hidden, wrong = [], [], []
    for rule, access, url in guarded(app, school):
        if "GET" not in rule.methods:
            continue
        answer = looker.get(url)
        a_page = answer.mimetype == "text/html" and answer.status_code not in {302, 303}
        if a_page and BAND not in answer.text:
            wrong.append((url, answer.status_code))
        if access.private:
            hidden.append(rule.endpoint)
            if answer.status_code != 403 or "no se muestra a quien ve" not in answer.text:
                wrong.append((url, answer.status_code, "private"))
        elif answer.status_code == 200:
            opened.append(rule.endpoint)
    assert wrong == []
    assert {"desk.home", "learning.course", "learning.activity", "assessment.quiz",
            "certificates.mine", "desk.missing"} <= set(opened)  # fmt: skip
    assert {"assessment.attempt", "assessment.review", "assessment.result", "people.account",
            "people.notices", "people.password", "desk.questions",
            "desk.question"} <= set(hidden)  # fmt: skip


def test_public_and_lost_pages_have_the_band_too(looker):
    for url in ("/cursos", "/ayuda", "/verificar", "/no-hay-tal-pagina", "/gestion"):
        assert BAND in looker.get(url).text, url


def test_nothing_can_be_sent_and_nothing_is_written(app, db, school, looker):
    before, wrong = rows(db), []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint == "people.end_look":
            continue
        url = address(rule, school)
        if url is None:
            continue
        if rule.endpoint in JSON:
            answer = looker.send_json(url, JSON[rule.endpoint])
        else:
            answer = looker.send(url, {"reason": "x", "title": "x", "body": "x"})
        if answer.status_code != 409 or "cambiar nada" not in answer.text:
            wrong.append((url, answer.status_code))
    assert wrong == []
    assert rows(db) == before


def test_only_one_address_may_be_sent_while_looking(app):
    views = app.view_functions.items()
    open_to_lookers = [
        endpoint
        for endpoint, view in views
        if isinstance(access := access_of(view), Public) and access.ends_look
    ]
    assert open_to_lookers == ["people.end_look"]


def test_the_way_back_leads_to_the_person(looker, world):
    ended = looker.send("/ver-como/terminar")
    assert ended.location == f"/gestion/personas/{world.uids['learner']}"
    page = looker.get(ended.location)
    assert page.status_code == 200
    assert BAND not in page.text
    assert looker.send("/ver-como/terminar").status_code == 303  # once more does no harm


def test_it_ends_by_itself(looker, clock, world):
    clock.advance(minutes=29)
    assert BAND in looker.get("/inicio").text
    clock.advance(minutes=2)
    assert BAND not in looker.get("/inicio").text
    assert looker.get(f"/gestion/personas/{world.uids['learner']}").status_code == 200


def test_a_right_that_is_lost_meanwhile_ends_the_look(looker, db, world):
    def take_away(work):
        mine = Grant.person_id == world.people["help_desk"]
        work.session.scalars(select(Grant).where(mine)).one().ends_at = work.now

    db.perform(take_away, SYSTEM)
    assert BAND not in looker.get("/inicio").text


def test_a_right_that_the_other_gets_meanwhile_ends_the_look(looker, db, world):
    def give(work):
        work.session.add(
            Grant(
                person_id=world.people["learner"], institution_id=world.institutions["igm"],
                role="registrar", kind="institution", starts_at=work.now,
            )
        )  # fmt: skip

    db.perform(give, SYSTEM)
    assert BAND not in looker.get("/inicio").text
    assert looker.get("/gestion/promociones").status_code == 200  # as the help desk may


def test_a_page_kept_from_the_look_is_not_shown_after_it(looker, school):
    where = school.url("learner")
    kept = looker.get(where)
    assert kept.status_code == 200
    tag = kept.headers["ETag"]
    assert looker.get(where, headers={"If-None-Match": tag}).status_code == 304
    looker.send("/ver-como/terminar")
    assert looker.get(where, headers={"If-None-Match": tag}).status_code == 404


def test_the_learner_sees_no_band_and_loses_nothing(looker, as_person, db, world):
    text = as_person("learner").get("/inicio").text
    assert BAND not in text
    with db.reading() as session:
        sessions = session.scalars(
            select(LoginSession).filter_by(person_id=world.people["learner"])
        ).all()
        assert [each.revoked_at for each in sessions] == [None]
        begun = session.scalars(select(AuditEntry).filter_by(deed="person.look_begun")).one()
    assert begun.actor_id == world.people["help_desk"]


def test_the_page_that_begins_says_what_is_not_shown_and_asks_why(as_person, school, world):
    browser = as_person("help_desk")
    browser.set_cookie("idioma", "en")
    where = f"/gestion/personas/{world.uids['learner']}/ver-como"
    assert "Not shown" in browser.get(where).text
    assert browser.send(where, {"reason": ""}).status_code == 422
    beyond = browser.get(f"/gestion/personas/{world.uids['registrar']}/ver-como").text
    assert "may do more than you" in beyond
    refused = browser.send(f"/gestion/personas/{world.uids['registrar']}/ver-como", {"reason": "x"})
    assert refused.status_code == 409


def test_a_page_of_somebody_who_looks_at_nobody_costs_nothing_more(db, school, as_person):
    browser = as_person("learner")
    browser.get("/inicio")
    with statements(db.engine) as seen:
        browser.get("/inicio")
    assert len(seen) <= 6


def test_private_views_are_declared(app):
    private = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if isinstance(access := access_of(view), Guarded) and access.private
    }
    assert {"certificates.download", "assessment.attempt"} <= private
    assert {e for e in private if e.startswith("learning.")} == set()
