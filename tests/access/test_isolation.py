"""Two institutions in one installation: neither finds anything of the other's anywhere."""

import pytest
from sqlalchemy import select

from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.enrollment.models import Cohort
from lms.foundation.access.roles import Role
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.text import fold
from lms.foundation.web.guard import Guarded, access_of
from lms.people.models import Person
from tests.factories.teaching import kept_classroom

STAFF = [role.value for role in Role if role is not Role.PARTICIPANT]
NAME, COHORT = "Xquisivix", "Promoción Reservada"
ASKED = ("", "?q=xquisivix", "?q=reservada", "?q=learner", "?pagina=2", "?q={number}", "?q={code}")


@pytest.fixture
def school(place, app, db, world, do_jobs):
    """The first institution in full work, each of its people and cohorts recognisable."""

    def mark(work, cohort):
        work.session.get_one(Cohort, cohort).title = COHORT
        work.session.get_one(Cohort, cohort).title_folded = fold(COHORT)
        ours = [number for name, number in world.people.items() if not name.startswith("otra-")]
        for person in work.session.scalars(select(Person).where(Person.id.in_(ours))):
            person.given_names = NAME
            person.search = fold(f"{NAME} {person.first_surname}")

    def fill(room):
        db.perform(mark, SYSTEM, room.cohort.id)
        room.enrol("learner")
        room.enrol("learner2", "applied")
        room.finish("learner")
        do_jobs()
        issue_all(db, room.actor("registrar"), room.cohort.uid, "http://localhost")
        do_jobs()
        with db.reading() as session:
            room.document = session.scalars(select(Credential)).one()

    return kept_classroom(place, app, db, world, "known-school", fill)


def everything(app, browser, document):
    """Every list and search that the browser's person may open, with what it says."""
    for rule in app.url_map.iter_rules():
        is_guarded = isinstance(access_of(app.view_functions[rule.endpoint]), Guarded)
        if not is_guarded or "GET" not in rule.methods or rule.arguments:
            continue
        for asked in ASKED:
            url = rule.rule + asked.format(number=document.number, code=document.code)
            answer = browser.get(url)
            if answer.status_code == 200:
                yield url, answer.get_data(as_text=True)


def found(text: str) -> bool:
    return NAME in text or COHORT in text


@pytest.mark.parametrize("name", ["otra-learner", *(f"otra-{role}" for role in STAFF)])
def test_no_list_and_no_search_finds_anything_of_another_institution(app, school, as_person, name):
    seen = dict(everything(app, as_person(name), school.document))
    assert len(seen) > 20
    assert [url for url, text in seen.items() if found(text)] == []


def test_its_own_people_find_it_all(app, school, as_person):
    """Otherwise the test above would prove nothing."""
    seen = dict(everything(app, as_person("registrar"), school.document))
    assert any(NAME in text for text in seen.values())
    assert any(COHORT in text for text in seen.values())
    by_code = [text for url, text in seen.items() if url.endswith(school.document.code)]
    assert any(NAME in text for text in by_code)
