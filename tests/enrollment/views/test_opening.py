"""A cohort opened on screen: everything typed is kept, nothing is written before the last step."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Notice
from lms.people.models import Grant, Signer
from tests.factories.catalog import make_diploma
from tests.statements import statements

URL = "/gestion/promociones/abrir/gestion-municipal"
PLAN = {
    "version": "1", "courses": "transparencia", "title": "Promoción 2027-I", "key": "",
    "enrollment_opens_at": "2027-01-05T08:00", "enrollment_closes_at": "2027-01-29T23:59",
    "starts_at": "2027-02-01T08:00", "ends_at": "2027-04-30T23:59",
    "mode": "online", "door": "approval", "capacity": "40",
    "scale": "0-100", "mark_of": "course", "pass_mark": "",
}  # fmt: skip
LESSON = "closes_at--transparencia--leccion-1"


@pytest.fixture
def registrar(as_person, diploma):
    return as_person("registrar")


@pytest.fixture
def signers(db, world):
    with db.reading() as session:
        rows = session.scalars(
            select(Signer.uid)
            .where(Signer.institution_id == world.institutions["igm"])
            .order_by(Signer.order)
        )
        return [str(uid) for uid in rows]


def cohorts(db):
    with db.reading() as session:
        return session.scalars(select(Cohort).order_by(Cohort.id)).all()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("registrar", 200), ("instructor", 403), ("tutor", 403), ("administrator", 403),
        ("help_desk", 403), ("signer", 403), ("learner", 404), ("otra-registrar", 404),
    ],
)  # fmt: skip
def test_only_the_registrar_of_the_institution_opens_cohorts(
    as_person, db, diploma, person, status
):
    browser = as_person(person)
    assert browser.get(URL).status_code == status
    sent = browser.send(URL, PLAN | {"go": "open"})
    assert sent.status_code == (303 if status == 200 else status)
    assert len(cohorts(db)) == (status == 200)


def test_the_list_shows_the_programmes_of_ones_own_institution(as_person, db, world, diploma):
    db.perform(lambda work: make_diploma(work, world.institutions["otra"], "otro-diploma"), SYSTEM)
    mine, theirs = (as_person(name).get("/gestion/promociones/abrir").text for name in
                    ("registrar", "otra-registrar"))  # fmt: skip
    assert URL in mine
    assert "otro-diploma" not in mine
    assert URL not in theirs
    assert "otro-diploma" in theirs
    assert as_person("instructor").get("/gestion/promociones/abrir").status_code == 403
    page = as_person("registrar").get("/gestion/promociones/abrir?q=zzz")
    assert URL not in page.text


def test_what_is_missing_is_named_and_what_was_typed_stays(registrar, db):
    sent = registrar.send(
        URL, PLAN | {"go": "preview", "title": "", "ends_at": "", LESSON: "nunca"}
    )
    assert sent.status_code == 422
    assert 'href="#title"' in sent.text
    assert 'href="#ends_at"' in sent.text
    assert f'href="#{LESSON}"' in sent.text
    for kept in ("2027-01-05T08:00", "nunca", 'value="40"'):
        assert kept in sent.text
    assert cohorts(db) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": "2027-01-01T08:00"}, "ends_at"),
        ({"starts_at": "0200-01-01T08:00"}, "starts_at"),
        ({LESSON: "2027-01-30T08:00"}, LESSON),
        ({"key": "Con Espacios"}, "key"),
        ({"capacity": "0"}, "capacity"),
        ({"mark_of": "cohort", "pass_mark": "once"}, "pass_mark"),
        ({"mark_of": "cohort", "pass_mark": "101"}, "pass_mark"),
        ({"mode": "in_person"}, "mode-0"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(registrar, db, change, field):
    for step in ("preview", "open"):
        sent = registrar.send(URL, PLAN | change | {"go": step})
        assert sent.status_code == 422
        assert f'href="#{field}"' in sent.text
    assert cohorts(db) == []


def test_looking_over_writes_nothing_and_says_what_is_doubtful(registrar, db):
    plan = PLAN | {"enrollment_closes_at": "2027-02-10T23:59", LESSON: "2027-02-08T23:59"}
    with statements(db.engine) as seen:
        page = registrar.send(URL, plan | {"go": "preview"})
    assert page.status_code == 200
    assert not [each for each in seen if not each.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert "antes de que cierre la inscripción" in page.text
    assert "sigue abierta después del inicio" in page.text
    assert "promocion-2027-i" in page.text
    assert page.text.index("lunes 8 de febrero") < page.text.index("miércoles 10 de febrero")
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    assert {name: kept[name] for name in plan if plan[name]} == {k: v for k, v in plan.items() if v}
    back = registrar.send(URL, kept | {"go": "edit"})
    assert back.status_code == 200
    assert 'value="2027-02-08T23:59"' in back.text
    opened = registrar.send(URL, kept | {"go": "open"})
    assert opened.status_code == 303
    assert len(cohorts(db)) == 1


def test_a_cohort_opens_with_all_that_was_chosen(registrar, db, world, signers, do_jobs):
    sent = registrar.send(
        URL,
        PLAN
        | {
            "go": "open", LESSON: "2027-02-20T23:59", "signers": signers[1:], "scale": "0-20",
            "mark_of": "cohort", "pass_mark": "10,5", "key": "2027-1",
            "teachers": world.uids["instructor"], "tutors": world.uids["tutor"],
        },
    )  # fmt: skip
    (cohort,) = cohorts(db)
    assert sent.location == f"/gestion/promociones/{cohort.uid}"
    assert (cohort.key, cohort.capacity, cohort.door) == ("2027-1", 40, "approval")
    assert cohort.starts_at == datetime(2027, 2, 1, 14, tzinfo=UTC)
    # 23:59 holds to the end of that day.
    assert cohort.ends_at == datetime(2027, 5, 1, 5, 59, 59, tzinfo=UTC)
    assert cohort.calendar == {
        "transparencia/leccion-1": {"closes_at": "2027-02-20T23:59:59-06:00"}
    }
    assert cohort.policy["pass_mark"] == 525_000
    assert (cohort.policy["scale"], cohort.policy["for_all"]) == ("0-20", True)
    assert [each["name"] for each in cohort.policy["signers"]] == ["Lic. Joaquín Núñez"]
    with db.reading() as session:
        grants = session.scalars(select(Grant).where(Grant.cohort_id == cohort.id)).all()
        assert {(each.role, each.person_id) for each in grants} == {
            ("instructor", world.people["instructor"]), ("tutor", world.people["tutor"]),
        }  # fmt: skip
        told = session.scalars(select(Notice.person_id)).all()
        assert sorted(told) == sorted(world.people[name] for name in ("instructor", "tutor"))


def test_sent_twice_one_cohort_opens(registrar, db):
    fields = PLAN | {"go": "open", "form_key": "k" * 24}
    first, second = (registrar.send(URL, fields) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(cohorts(db)) == 1


def test_a_key_that_is_taken_is_refused_and_a_made_one_steps_aside(registrar, db):
    registrar.send(URL, PLAN | {"go": "open"})
    registrar.send(URL, PLAN | {"go": "open"})
    assert [each.key for each in cohorts(db)] == ["promocion-2027-i", "promocion-2027-i-2"]
    sent = registrar.send(URL, PLAN | {"go": "open", "key": "promocion-2027-i"})
    assert sent.status_code == 422
    assert 'href="#key"' in sent.text


@pytest.mark.parametrize(
    ("ends_on", "status"), [("2027-04-29", 422), ("2027-04-30", 200), (None, 200)]
)
def test_a_signer_is_in_office_on_the_last_day(registrar, db, signers, ends_on, status):
    def end(work):
        signer = work.session.scalars(select(Signer).where(Signer.uid == UUID(signers[0]))).one()
        signer.ends_on = ends_on and datetime.fromisoformat(ends_on).date()

    db.perform(end, SYSTEM)
    sent = registrar.send(URL, PLAN | {"go": "preview", "signers": signers})
    assert sent.status_code == status
    assert ("no está en funciones" in sent.text) is (status == 422)


def test_another_institutions_people_and_signers_cannot_be_smuggled_in(registrar, db, world):
    with db.reading() as session:
        other = session.scalars(
            select(Signer.uid).where(Signer.institution_id == world.institutions["otra"])
        ).first()
    for extra in (
        {"signers": str(other)},
        {"teachers": world.uids["otra-instructor"]},
        {"tutors": world.uids["learner"]},
        {"courses": "finanzas"},
        {"version": "9"},
    ):
        sent = registrar.send(URL, PLAN | {"go": "open"} | extra)
        assert sent.status_code in {404, 409, 422}, extra
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Cohort)) == 0


def test_showing_the_dates_of_another_choice_keeps_what_was_typed(registrar):
    page = registrar.send(URL, PLAN | {"go": "arrange", LESSON: "2027-02-20T23:59"})
    assert page.status_code == 200
    assert 'value="Promoción 2027-I"' in page.text
    assert 'value="2027-02-20T23:59"' in page.text


def test_the_form_costs_the_same_however_many_teach(registrar, db, world):
    registrar.get(URL)
    with statements(db.engine) as seen:
        assert registrar.get(URL).status_code == 200
    assert len(seen) <= 9


def test_the_doors_are_shown_to_whoever_may_open_them(as_person, diploma):
    door = 'href="/gestion/promociones/abrir"'
    for address in ("/gestion", "/gestion/promociones"):
        assert door in as_person("registrar").get(address).text
        assert door not in as_person("instructor").get(address).text
