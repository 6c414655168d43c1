"""The pages of announcements: writing, looking at it first, publishing once, reading."""

import pytest
from sqlalchemy import func, select

from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.learning.models import Announcement
from lms.people.models import Grant


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}/anuncios"


def english(browser):
    browser.set_cookie("idioma", "en")
    return browser


def count(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Announcement))


def message(**given: str) -> dict[str, str]:
    return {"title": "Tutoría", "body": "Hay **tutoría**.", "form_key": "k" * 24} | given


@pytest.mark.parametrize("role", ["instructor", "registrar"])
def test_staff_looks_first_then_publishes_once(classroom, as_person, url, db, role):
    browser = english(as_person(role))
    assert "1 person will read it" in browser.get(url).text
    preview = browser.send(f"{url}/vista-previa", message())
    assert preview.status_code == 200
    assert "Hay <strong>tutoría</strong>." in preview.text
    assert 'value="Tutoría"' in preview.text
    assert count(db) == 0
    assert browser.send(url, message()).status_code == 303
    assert browser.send(url, message()).status_code == 303  # a second click
    assert count(db) == 1
    assert "Hay <strong>tutoría</strong>." in browser.get(url).text


@pytest.mark.parametrize("given", [{"title": ""}, {"body": ""}, {"title": "x" * 121}])
def test_a_message_needs_a_title_and_words(classroom, as_person, url, db, given):
    browser = as_person("instructor")
    for address in (url, f"{url}/vista-previa"):
        assert browser.send(address, message(**given)).status_code == 422
    assert count(db) == 0


def test_html_of_the_author_is_shown_as_text(classroom, as_person, url):
    browser = as_person("instructor")
    answer = browser.send(f"{url}/vista-previa", message(body="<script>alert(1)</script>"))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("learner", 404),
        ("signer", 403),
        ("help_desk", 403),
        ("administrator", 403),
        ("otra-instructor", 404),
        ("otra-registrar", 404),
    ],
)
def test_others_may_not(classroom, as_person, url, db, role, status):
    browser = as_person(role)
    assert browser.get(url).status_code == status
    assert browser.send(url, message()).status_code == status
    assert browser.send(f"{url}/vista-previa", message()).status_code == status
    assert count(db) == 0


def test_a_tutor_writes_to_her_own_cohort_only(classroom, as_person, url, db, world):
    def give(work):
        for grant in work.session.scalars(
            select(Grant).where(Grant.person_id == world.people["tutor"])
        ):
            grant.kind, grant.cohort_id = ScopeKind.COHORT, classroom.cohort.id

    assert as_person("tutor").get(url).status_code == 403  # a tutor of no cohort at all
    db.perform(give, SYSTEM)
    assert as_person("tutor").get(url).status_code == 200


def test_learners_read_what_was_not_withdrawn(classroom, as_person, url, db):
    staff, learner = english(as_person("instructor")), english(as_person("learner"))
    address = f"{classroom.url('learner')}/anuncios"
    assert "Nothing has been announced yet" in learner.get(address).text
    staff.send(url, message())
    staff.send(url, message(title="Otro", form_key="j" * 24))
    text = learner.get(address).text
    assert text.index("Otro") < text.index("Tutoría")
    with db.reading() as session:
        uid = session.scalars(select(Announcement.uid).where(Announcement.title == "Otro")).one()
    gone = staff.send(f"{url}/{uid}/retirar", {"form_key": "w" * 24})
    assert gone.status_code == 303
    assert "Otro" not in learner.get(address).text
    assert (
        staff.send(f"{url}/{classroom.cohort.uid}/retirar", {"form_key": "v" * 24}).status_code
        == 404
    )
