"""A cohort that has been taught, with people who ended in each of the ways there are."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.actor import Actor
from lms.grading.models import CourseResult, Grade
from lms.people.models import Signer
from tests.certificates.conftest import cohort  # noqa: F401 (a fixture)
from tests.factories.calls import PDF
from tests.factories.certificates import complete, identify, person_named
from tests.factories.enrollment import put_in

COURSE = "transparencia"


def seat(work, place, surname: str, state: str, *, ratio=None, completed=False, presented=True):
    """Somebody of the cohort with their result; gives the enrollment."""
    person = person_named(work, "Ana", surname, None)
    identify(work, person.id, str(person.id).zfill(13))
    enrollment = put_in(work, place, person.id, state)
    complete(work, enrollment, ratio, completed=completed)
    result = work.session.scalars(
        select(CourseResult).where(CourseResult.enrollment_id == enrollment.id)
    ).one()
    version = work.session.get_one(CourseResult, result.id).course_version_id
    if presented:
        work.session.add(
            Grade(
                institution_id=enrollment.institution_id, enrollment_id=enrollment.id,
                course_id=_course(work, version), activity_key="examen", ratio=500_000,
                passed=completed, source="quiz", at=work.now,
            )
        )  # fmt: skip
    work.session.flush()
    return enrollment


def _course(work, version_id: int) -> int:
    return work.session.get_one(CourseVersion, version_id).course_id


@pytest.fixture
def registrar(world) -> Actor:
    return Actor(world.people["registrar"])


@pytest.fixture
def ended(db, world, cohort, registrar):  # noqa: F811
    """Four people: passed, failed, never came, withdrew; the director signs by an account."""

    def make(work) -> dict[str, int]:
        house = Signer.institution_id == world.institutions["igm"]
        director = work.session.scalars(select(Signer).where(house).order_by(Signer.id)).first()
        director.account_id = world.people["signer"]
        return {
            "Ajú": seat(work, cohort, "Ajú", "completed", ratio="0.875", completed=True).id,
            "Batz": seat(work, cohort, "Batz", "enrolled", ratio="0.4").id,
            "Caal": seat(work, cohort, "Caal", "enrolled", ratio="0", presented=False).id,
            "Us": seat(work, cohort, "Us", "withdrawn", ratio="0.1").id,
        }

    return db.perform(make, registrar)


@pytest.fixture
def scanned(app) -> Attachment:
    return Attachment(keep(app.extensions["cabildo.files"], PDF), "acta-firmada.pdf")


def today(db, cohort_uid: UUID) -> date:
    """The day it is where the cohort is taught."""
    with db.reading() as session:
        found = session.scalars(select(Cohort).where(Cohort.uid == cohort_uid)).one()
        return found.day(db.clock())
