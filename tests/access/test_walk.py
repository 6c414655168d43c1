"""Every address as every persona: who is let in is what the table says, and nobody else."""

import re

import pytest
from sqlalchemy import select

from lms.assignments.models import HandedFile, Submission
from lms.authoring.actions.arrange import retitle
from lms.authoring.models import PublicationRequest
from lms.catalog.models import CourseVersion, Programme
from lms.enrollment.models import Application, Paper, Requirement
from lms.foundation.access.policy import POLICY
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.files.actions import keep, refer
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from lms.foundation.web.guard import Guarded, access_of
from lms.learning.models import Inquiry
from lms.people.models import Institution
from tests.assignments.school import add, source
from tests.factories.calls import PDF
from tests.factories.teaching import COURSE, QUIZZES, kept_classroom

STAFF = [role.value for role in Role if role is not Role.PARTICIPANT]
# Addresses of one person's own things: somebody else's do not exist.
OWNED = {"enrollment", "attempt", "credential", "application"}
# Addresses of an institution's own things: outside it they do not exist.
OF_THE_DESK = {"cohort", "attempt", "submission", "person", "programme", "grant"}
# What scripts of our pages send.
JSON = {
    "assessment.answer": {"slot": 1, "key": "k" * 12, "seq": 1, "value": {"choice": "true"}},
}


@pytest.fixture
def school(place, app, db, world):
    """A running cohort with a learner who has finished and one who has begun."""

    def fill(room):
        room.enrol("learner")
        room.see("learner", "derecho", "plazos")
        room.attempt = room.take("learner", QUIZZES[0])
        room.step = a_step(db)
        room.inquiry = a_question(db, room)
        with db.reading() as session:
            room.house = session.get_one(Institution, world.institutions["igm"]).uid
        room.request = a_request(db, room.step[0])
        room.sent = an_application(app, db, room)
        room.work = a_work(app, db, room)

    return kept_classroom(place, app, db, world, "walked-school", fill)


def a_question(db, room):
    """Something that the learner asked."""

    def do(work):
        theirs = room.enrollments["learner"]
        asked = Inquiry(
            institution_id=theirs.institution_id, cohort_id=theirs.cohort_id,
            enrollment_id=theirs.id, about="", subject="Los asuetos", asked_at=work.now,
            last_at=work.now, waiting_since=work.now,
        )  # fmt: skip
        work.session.add(asked)
        work.session.flush()
        return asked.uid

    return db.perform(do, SYSTEM)


def an_application(app, db, room):
    """What the learner sent when they asked for their place: its uid, what for, the file."""
    stored = keep(app.extensions["cabildo.files"], PDF)

    def do(work):
        theirs = room.enrollments["learner"]
        whose = {"institution_id": theirs.institution_id}
        asked = Requirement(
            **whose, cohort_id=theirs.cohort_id, position=1, sort="document", name="DPI", why="",
            is_obligatory=True, formats="pdf", megabytes=5,
        )  # fmt: skip
        sent = Application(
            **whose, cohort_id=theirs.cohort_id, person_id=theirs.person_id,
            enrollment_id=theirs.id, state="handed_in", begun_at=work.now, handed_in_at=work.now,
            last_handed_in_at=work.now,
        )  # fmt: skip
        work.session.add_all([asked, sent])
        work.session.flush()
        refer(work, stored)
        paper = Paper(
            **whose, application_id=sent.id, requirement_id=asked.id, turn=1, sha256=stored.sha256,
            media_type=stored.media_type, size=stored.size, filename="dpi.pdf", answer="",
            sent_at=work.now, state="sent", said="",
        )  # fmt: skip
        work.session.add(paper)
        work.session.flush()
        return sent.uid, asked.uid, paper.uid

    return db.perform(do, SYSTEM)


def a_work(app, db, room):
    """A work that the learner handed in, with a file: assignment, version, file."""
    stored = keep(app.extensions["cabildo.files"], PDF)
    theirs = room.enrollments["learner"]

    def do(work):
        activity = add(work, work.session.get_one(CourseVersion, room.course.id), source(), 90)
        handed = Submission(
            institution_id=theirs.institution_id, enrollment_id=theirs.id,
            activity_id=activity.id, course_id=room.course.course_id,
            activity_key=activity.key, number=1, begun_at=work.now, saved_at=work.now,
            handed_in_at=work.now, latest=True, receipt="walked", digest="0" * 64,
            due_at=work.now, out_of=points(100),
        )  # fmt: skip
        work.session.add(handed)
        work.session.flush()
        refer(work, stored)
        file = HandedFile(
            institution_id=theirs.institution_id, submission_id=handed.id, position=1,
            sha256=stored.sha256, sent_sha256=stored.sha256, media_type=stored.media_type,
            size=stored.size, filename="plan.pdf", sent_at=work.now,
        )  # fmt: skip
        work.session.add(file)
        work.session.flush()
        return activity.uid, handed.uid, file.uid

    return db.perform(do, SYSTEM)


def a_step(db):
    """Something that an author did to the course."""

    def do(work):
        programme = work.session.scalars(select(Programme)).one()
        done = retitle(work, programme.uid, f"{COURSE}/01-laip/01-derecho.md", "El derecho")
        return programme.uid, done.step

    return db.perform(do, SYSTEM)


def a_request(db, programme_uid):
    """Somebody asks that it be published."""

    def do(work):
        programme = work.session.scalars(
            select(Programme).where(Programme.uid == programme_uid)
        ).one()
        asked = PublicationRequest(
            institution_id=programme.institution_id, programme_id=programme.id, parts=[COURSE],
            summary="Un plazo.", wanted_sha256="0" * 64, asked_at=work.now,
        )  # fmt: skip
        work.session.add(asked)
        work.session.flush()
        return asked.uid

    return db.perform(do, SYSTEM)


def address(rule, room) -> str | None:
    """The address with the learner's things filled in; none if this test has nothing to fill in."""
    values = {
        "cohort": room.cohort.uid,
        "enrollment": room.enrollments["learner"].uid,
        "attempt": room.attempt,
        "activity": room.activities[QUIZZES[0]].uid,
        "course_key": COURSE,
        "activity_key": "derecho",
        "slug": "gestion-municipal",
        "uid": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "session": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "credential": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "person": room.world.uids["learner"],
        "other": room.world.uids["learner2"],
        "merge_uid": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "identifier": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "kind": "telefono",
        "programme": room.step[0],
        "step": room.step[1],
        "course": COURSE,
        "key": "derecho",
        "question": "uno",
        "name": "nothing.jpg",
        "module": "01-laip",
        "path": f"{COURSE}/facts.yaml",
        "grant": room.grant_of("signer"),
        "institution": room.house,
        "version": 1,
        "edition": "1",
        "stage": "primera-visita",
        "rest": f"{COURSE}/derecho",
        "token": "nobody-sent-it",
        "part": COURSE,
        "request_uid": room.request,
        "announcement": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "allowance": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "departure": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "recognition": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "inquiry": room.inquiry,
        "application": room.sent[0],
        "requirement": room.sent[1],
        "paper": room.sent[2],
        "checklist": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "act": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "sheet": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "transcribed": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "ending": "csv",
        "number": 1,
        "slot": 1,
        "asked": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "quiz": room.activities[QUIZZES[0]].uid,
        "adjustment": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "submission": room.work[1],
        "file": room.work[2],
        "upload": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
        "quota": "01a1fc63-ba3c-70fe-bed1-86403cbd786d",
    }
    if "/trabajos/" in rule.rule:
        values["activity"] = room.work[0]
    if not rule.arguments <= set(values):
        return None
    url = rule.rule
    for name in rule.arguments:
        converter = f"{rule._converters[name].__class__.__name__}"
        kind = {"UUIDConverter": "uuid:", "PathConverter": "path:", "IntegerConverter": "int:"}.get(
            converter, ""
        )
        if converter == "AnyConverter":  # one of several words: the first
            url = re.sub(rf"<any\((\w+)[^)]*\):{name}>", r"\1", url)
        # Authors call a question by its key, an analysis by its uid.
        value = room.course.uid if (kind, name) == ("uuid:", "question") else values[name]
        url = url.replace(f"<{kind}{name}>", str(value))
    return url


def guarded(app, room):
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if isinstance(access, Guarded) and (url := address(rule, room)):
            yield rule, access, url


def ask(browser, rule, url) -> int:
    """The status: read where it can be read, else sent as an empty form."""
    if "GET" in rule.methods:
        return browser.get(url).status_code
    if rule.endpoint in JSON:
        return browser.send_json(url, JSON[rule.endpoint]).status_code
    return browser.send(url, {}).status_code


def test_a_visitor_is_asked_to_sign_in_everywhere(app, school, visitor):
    wrong = []
    for rule, _access, url in guarded(app, school):
        status = ask(visitor, rule, url)
        expected = 302 if "GET" in rule.methods else 401
        if status != expected:
            wrong.append((url, status))
    assert wrong == []


@pytest.mark.parametrize("name", ["learner2", "otra-learner", *STAFF])
def test_nobody_reaches_the_own_things_of_somebody_else(app, school, as_person, name):
    """By the learner's right to their own things: staff come by other addresses."""
    browser, wrong = as_person(name), []
    for rule, access, url in guarded(app, school):
        own = (Role.PARTICIPANT, ScopeKind.SELF) in POLICY[access.permission]
        if own and rule.arguments & OWNED:
            status = ask(browser, rule, url)
            if status != 404:
                wrong.append((url, status))
    assert wrong == []


@pytest.mark.parametrize("name", STAFF)
def test_each_role_opens_what_the_table_grants_and_nothing_else(app, school, as_person, name):
    browser, wrong = as_person(name), []
    for rule, access, url in guarded(app, school):
        rights = POLICY[access.permission]
        if (Role.PARTICIPANT, ScopeKind.SELF) in rights:
            continue
        status = ask(browser, rule, url)
        if (Role(name), ScopeKind.INSTITUTION) in rights:
            if status in {401, 403} or status >= 500:
                wrong.append((url, status, "granted"))
        elif status != 403:
            wrong.append((url, status, "not granted"))
    assert wrong == []


@pytest.mark.parametrize("name", ["learner", "otra-learner", *(f"otra-{role}" for role in STAFF)])
def test_an_institutions_desk_does_not_exist_for_anybody_outside_it(app, school, as_person, name):
    browser, wrong = as_person(name), []
    for rule, access, url in guarded(app, school):
        if (Role.PARTICIPANT, ScopeKind.SELF) in POLICY[access.permission]:
            continue
        if rule.arguments & OF_THE_DESK:
            status = ask(browser, rule, url)
            if status != 404:
                wrong.append((url, status))
    assert wrong == []


def test_the_learner_opens_their_own_things(app, school, as_person):
    browser, wrong = as_person("learner"), []
    for rule, access, url in guarded(app, school):
        own = (Role.PARTICIPANT, ScopeKind.SELF) in POLICY[access.permission]
        if own and "GET" in rule.methods and not rule.arguments & {"uid", "session", "credential"}:
            status = browser.get(url).status_code
            if status not in {200, 302, 303, 409}:  # 409: a place they have already asked for
                wrong.append((url, status))
    assert wrong == []


def test_the_walk_meets_most_addresses(app, school):
    """So that a new kind of address cannot slip past it unnoticed."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if isinstance(access_of(app.view_functions[rule.endpoint]), Guarded)
    ]
    met = list(guarded(app, school))
    assert len(met) >= 0.9 * len(rules), {r.rule for r in rules} - {r.rule for r, _, _ in met}
