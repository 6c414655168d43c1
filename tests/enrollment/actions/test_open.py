"""Opening a cohort pins what is published and what the institution rules today."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.catalog.models import Programme
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.open import Choices
from lms.enrollment.actions.open import open_cohort as open_cohort_action
from lms.enrollment.models import Cohort, CohortCourse, InvitationKey
from lms.enrollment.rules.opening import Grades
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.people.models import Institution, Signer
from tests.conftest import MORNING
from tests.factories.catalog import make_course, make_programme

DAY = timedelta(days=1)
SIGNERS = select(Signer).join(Cohort, Cohort.institution_id == Signer.institution_id)
PLAN = {
    "key": "2027-1", "title": "  Promoción 1  de 2027", "starts_at": MORNING + 40 * DAY,
    "ends_at": MORNING + 180 * DAY, "enrollment_opens_at": MORNING,
    "enrollment_closes_at": MORNING + 30 * DAY,
}  # fmt: skip


def test_a_cohort_pins_versions_and_policy(db, world, diploma):
    uid = db.perform(open_cohort_action, SYSTEM, diploma, **PLAN, capacity=40)
    with db.reading() as session:
        cohort = session.scalars(select(Cohort).where(Cohort.uid == uid)).one()
        assert (cohort.title, cohort.title_folded) == (
            "Promoción 1 de 2027",
            "promocion 1 de 2027",
        )
        assert [c.course_version.key for c in cohort.courses] == ["transparencia"]
        assert cohort.programme_version.number == 1
        uids = [signer.pop("uid") for signer in cohort.policy["signers"]]
        assert uids == [str(each.uid) for each in session.scalars(SIGNERS)]
        assert cohort.policy == {
            "scale": "0-100",
            "pass_mark": 610_000,
            "for_all": False,
            "signers": [
                {"name": "Mtra. Verónica Ibáñez", "position": "Directora general"},
                {"name": "Lic. Joaquín Núñez", "position": "Coordinador"},
            ],
            "place": "Ciudad de Guatemala",
            "zone": "America/Guatemala",
        }
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "cohort.opened")).one()
        assert entry.subject_uid == uid
        assert entry.detail["courses"] == {"transparencia": 1}


def test_what_the_institution_changes_later_does_not_reach_it(db, world, diploma):
    uid = db.perform(open_cohort_action, SYSTEM, diploma, **PLAN)

    def change(work):
        institution = work.session.get_one(Institution, world.institutions["igm"])
        institution.scale = "0-20"
        make_programme(work, institution.id, "otro")
        new = work.session.scalars(select(Programme).where(Programme.key == "otro")).one()
        old = work.session.scalars(select(Programme).where(Programme.slug == diploma)).one()
        old.current_version_id = new.current_version_id

    db.perform(change, SYSTEM)
    with db.reading() as session:
        cohort = session.scalars(select(Cohort).where(Cohort.uid == uid)).one()
        assert cohort.policy["scale"] == "0-100"
        assert cohort.programme_version.programme.slug == diploma


def test_no_cohort_opens_under_a_scale_that_nobody_knows(db, world, diploma):
    def change(work):
        work.session.get_one(Institution, world.institutions["igm"]).scale = "0-7"

    db.perform(change, SYSTEM)
    with pytest.raises(Refused, match="scale of grades “0-7” is not known"):
        db.perform(open_cohort_action, SYSTEM, diploma, **PLAN)


@pytest.mark.parametrize(
    ("change", "refusal", "said"),
    [
        ({"chosen": Choices(courses=["finanzas"])}, Refused, "still being prepared"),
        ({"chosen": Choices(courses=["nada"])}, Refused, "no course nada"),
        ({"chosen": Choices(version=7)}, NotFound, "no published programme"),
        ({"chosen": Choices(signers=[UUID(int=7)])}, NotFound, "could not find"),
        ({"calendar": {"nada": {"opens_at": MORNING.isoformat()}}}, Refused, "no activity nada"),
        ({"chosen": Choices(grades=Grades("0-7", 600_000))}, Refused, "is not known"),
        ({"chosen": Choices(grades=Grades("0-20", 0, for_all=True))}, Invalid, "between zero"),
        ({"institution": "otra"}, Refused, "belongs to Instituto de Gobierno Municipal"),
        ({"capacity": 0}, Invalid, "at least one seat"),
        ({"door": "window"}, Invalid, "how one gets in"),
    ],
)
def test_a_plan_that_cannot_be_taught_is_refused(db, diploma, change, refusal, said):
    with pytest.raises(refusal) as refused:
        db.perform(open_cohort_action, SYSTEM, diploma, **(PLAN | change))
    assert said in str(refused.value)
    with db.reading() as session:
        assert session.scalars(select(CohortCourse)).all() == []


def test_a_key_is_used_once_in_an_institution(db, diploma):
    db.perform(open_cohort_action, SYSTEM, diploma, **PLAN)
    with pytest.raises(Invalid, match="already a cohort"):
        db.perform(open_cohort_action, SYSTEM, diploma, **PLAN)


def test_a_programme_that_is_not_published_has_no_cohorts(db, world, diploma):
    with pytest.raises(NotFound):
        db.perform(open_cohort_action, SYSTEM, "no-existe", **PLAN)

    def withdraw(work):
        work.session.scalars(select(Programme)).one().withdrawn_at = work.now

    db.perform(withdraw, SYSTEM)
    with pytest.raises(NotFound):
        db.perform(open_cohort_action, SYSTEM, diploma, **PLAN)


def test_a_programme_of_outlines_cannot_be_opened(db, world):
    def lay(work):
        igm = world.institutions["igm"]
        outline = make_course(work, igm, "a", programme="p", state="outline")
        make_programme(work, igm, "p", courses=[outline])

    db.perform(lay, SYSTEM)
    with pytest.raises(Refused, match="All courses"):
        db.perform(open_cohort_action, SYSTEM, "p", **PLAN)


def test_a_key_is_made_for_a_number_of_people_until_a_day(db, open_cohort):
    cohort = open_cohort(door="key")
    code = db.perform(make_key, SYSTEM, cohort.uid, uses=3, until=MORNING.date())
    with db.reading() as session:
        key = session.scalars(select(InvitationKey)).one()
        assert (key.code, key.uses_left, key.cohort_id) == (code, 3, cohort.id)
    with pytest.raises(Invalid, match="expire"):
        db.perform(make_key, SYSTEM, cohort.uid, uses=1, until=(MORNING - DAY).date())
    with pytest.raises(Invalid, match="at least one"):
        db.perform(make_key, SYSTEM, cohort.uid, uses=0, until=MORNING.date())
