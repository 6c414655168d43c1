"""A small correction reaches chosen running cohorts after a look; what people did stays theirs."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.save import save_answer
from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.authoring.formats.tree import tree_of
from lms.authoring.tasks import load
from lms.catalog.models import Programme
from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.enrollment.actions.open import Choices
from lms.enrollment.models import Cohort
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Notice
from lms.grading.models import CourseResult
from tests.factories.enrollment import make_cohort
from tests.factories.teaching import COURSE, QUIZZES, kept_classroom, open_classroom, package
from tests.statements import statements

LESSON = f"{COURSE}/01-laip/02-plazos.md"
QUIZ = f"{COURSE}/01-laip/03-evaluacion.quiz.yaml"


@pytest.fixture
def school(place, app, db, world):
    """A running cohort in which one has finished the first module and one is in its quiz."""

    def fill(room):
        for name in ("learner", "learner2"):
            room.enrol(name)
            room.see(name, "derecho", "plazos")
        room.take("learner", QUIZZES[0])

    return kept_classroom(place, app, db, world, "half-way", fill)


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def bring(school, path, old, new):
    """Version after version, each published from a package."""
    files = package()
    text = files[path].decode()
    assert old in text
    store = school.app.extensions["cabildo.files"]
    changed = {**files, path: text.replace(old, new, 1).encode()}
    load(
        school.db, store, tree_of(changed), school.cohort.institution_id, date(2026, 11, 21), SYSTEM
    )


def url(school, number=2):
    with school.db.reading() as session:
        mine = Programme.institution_id == school.cohort.institution_id
        uid = session.scalars(select(Programme.uid).where(mine)).one()
    return f"/gestion/autoria/{uid}/versiones/{number}/promociones"


def version_of(school):
    with school.db.reading() as session:
        cohort = session.get_one(Cohort, school.cohort.id)
        return cohort.programme_version.number, cohort.courses[0].course_version.number


def correct(school, browser, version=1):
    sent = {"who": f"{school.cohort.uid} {version}"}
    return browser.send(f"{url(school)}/corregir", sent)


def test_a_typo_reaches_the_cohort_and_nothing_that_was_done_is_touched(
    school, as_person, browser, world
):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    page = browser.get(url(school)).text
    assert school.cohort.title in page
    assert "2 personas la han visto como estaba" in page
    assert version_of(school) == (1, 1)
    with school.db.reading() as session:
        before = session.scalars(select(CourseResult.explanation).order_by(CourseResult.id)).all()
    assert correct(school, browser).status_code == 303
    assert version_of(school) == (2, 2)
    assert "Los plazos de la ley" in as_person("learner").get(school.url("learner", "plazos")).text
    with school.db.reading() as session:
        assert (
            session.scalars(select(CourseResult.explanation).order_by(CourseResult.id)).all()
            == before
        )
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "cohort.corrected"))
        detail = entry.one().detail
        told = session.scalars(
            select(Notice.person_id).where(Notice.template == "authoring/corrected")
        ).all()
    assert detail == {"before": {"version": 1}, "after": {"version": 2}}
    assert world.people["registrar"] in told
    assert world.people["instructor"] not in told
    assert "Ninguna promoción en curso tiene otra versión" in browser.get(url(school)).text


def test_an_attempt_under_way_keeps_its_questions_and_counts(school, as_person, browser):
    who, enrollment = school.actor("learner2"), school.enrollments["learner2"].uid
    attempt = school.db.perform(start, who, enrollment, school.activities[QUIZZES[0]].uid)
    bring(school, QUIZ, "title: ", "title: Nueva ")
    assert "1 persona tiene intentos" not in browser.get(url(school)).text  # two have
    assert correct(school, browser).status_code == 303
    for slot, choice in ((1, "true"), (2, "false")):
        sent = Sent(slot, f"{attempt}-{slot}", 1, Given.from_json({"choice": choice}))
        school.db.perform_small(save_answer, who, attempt, sent, school.db.clock())
    school.db.perform(hand_in, who, attempt)
    with school.db.reading() as session:
        assert session.scalars(select(Attempt.passed).where(Attempt.uid == attempt)).one()
        rows = session.execute(select(CourseResult.enrollment_id, CourseResult.ratio)).all()
    assert len(rows) == len({row.enrollment_id for row in rows}) == 2
    assert len({row.ratio for row in rows}) == 1
    page = as_person("learner2").get(f"/aula/{enrollment}").text
    assert "Nueva " in page


def test_what_is_more_than_words_says_why_and_reaches_nobody(school, browser):
    bring(school, QUIZ, "pass: 61", "pass: 80")
    page = browser.get(url(school)).text
    assert "Más que una corrección pequeña" in page
    assert "Nota mínima" in page or "mínima" in page
    assert 'name="who"' not in page
    assert correct(school, browser).status_code == 409
    assert version_of(school) == (1, 1)


def test_what_was_looked_at_must_still_be_so(school, browser):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    assert correct(school, browser).status_code == 303
    assert correct(school, browser).status_code == 409
    assert browser.send(f"{url(school)}/corregir", {}).status_code == 422
    assert browser.send(f"{url(school)}/corregir", {"who": "nada"}).status_code == 404


def test_a_cohort_that_is_over_keeps_its_version(school, browser, clock):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    school.cohort_days(ends_at=clock.now)
    assert school.cohort.title not in browser.get(url(school)).text
    assert correct(school, browser).status_code == 409
    assert version_of(school) == (1, 1)


def test_where_documents_were_issued_nothing_is_changed_under_them(school, browser):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")

    school.see("learner", "datos")
    school.take("learner", QUIZZES[1])
    issue_all(school.db, school.actor("registrar"), school.cohort.uid, "http://localhost")
    with school.db.reading() as session:
        assert session.scalars(select(Credential)).all()
    assert "Ya se emitieron documentos" in browser.get(url(school)).text
    assert correct(school, browser).status_code == 409
    assert version_of(school) == (1, 1)


def test_a_cohort_of_another_programme_or_institution_is_not_reached(
    app, db, world, school, browser, as_person
):
    other = open_classroom(app, db, world, institution="otra")
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    sent = {"who": f"{other.cohort.uid} 1"}
    assert browser.send(f"{url(school)}/corregir", sent).status_code == 404
    assert version_of(other) == (1, 1)


@pytest.mark.parametrize("name", ["tutor", "registrar", "help_desk", "signer"])
def test_only_who_publishes_corrects(school, as_person, name):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    browser = as_person(name)
    assert browser.get(url(school)).status_code == 403
    assert correct(school, browser).status_code == 403
    assert as_person("otra-instructor").get(url(school)).status_code == 404


def test_the_look_costs_the_same_however_many_cohorts(school, browser):
    bring(school, LESSON, "Los plazos", "Los plazos de la ley")
    browser.get(url(school))
    with statements(school.db.engine) as few:
        browser.get(url(school))
    for n in range(3):
        school.db.perform(
            lambda work, n=n: make_cohort(
                work, "gestion-municipal", key=f"otra-{n}", chosen=Choices(version=1)
            ),
            SYSTEM,
        )
    with statements(school.db.engine) as many:
        page = browser.get(url(school)).text
    assert len(re.findall(r'name="who"', page)) >= 1
    assert len(many) == len(few)
