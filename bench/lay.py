"""Lay the course and its people in an empty installation of the product (a process of its own).

`python -m bench.lay PEOPLE GRADUATES` in the environment of the installation; prints where things
are as JSON.
"""

import json
import sys
from datetime import date, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import insert, select

from bench import material
from lms.app import create_app
from lms.authoring.formats.tree import tree_of
from lms.authoring.tasks import load
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.text import fold
from lms.grading.actions.recompute import recompute
from lms.learning.models import Progress
from lms.learning.rules.marks import Mark
from lms.people.models import Installation, Person, Signer
from tests.factories.certificates import complete
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import make_institution, make_person, make_session

AT_ONCE = 50


def main(people: int, graduates: int) -> None:
    """Everything is laid by the product's own actions, or as its rows where there are thousands."""
    app = create_app()
    with app.app_context():
        database: Database = app.extensions["cabildo.database"]
        migrate.upgrade(database.engine)
        institution = database.perform(_institution, SYSTEM)
        store = current_app.extensions["cabildo.files"]
        today = database.clock().date()
        load(database, store, tree_of(material.package()), institution, today, SYSTEM)
        running = database.perform(_cohort, SYSTEM, "2026-1")
        finished = database.perform(_cohort, SYSTEM, "2026-0")
        enrollments: list[str] = []
        for some in _pieces(0, people):
            enrollments += database.perform(_learners, SYSTEM, running, some)
        for some in _pieces(people, people + graduates):
            database.perform(_graduates, SYSTEM, finished, some)
        if not database.is_sqlite:
            # What the server does by itself some minutes later, not in the middle of a round.
            with database.engine.connect() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        with database.reading() as session:
            quiz = session.scalars(select(Activity.uid).where(Activity.key == material.QUIZ)).one()
        database.close()
    print(
        json.dumps(
            {
                "enrollments": enrollments,
                "quiz": str(quiz),
                "cohort": str(running),
                "graduates": str(finished),
            }
        )
    )


def _pieces(first: int, end: int) -> list[range]:
    return [range(at, min(at + AT_ONCE, end)) for at in range(first, end, AT_ONCE)]


def _institution(work: Work) -> int:
    found = make_institution(work, "medida", "Instituto de Medida", demo=True)
    work.session.add(Installation(id=1, version=1, institution_id=found.id))
    _signers(work, found.id)
    return found.id


def _signers(work: Work, institution_id: int) -> None:
    for order, name in enumerate(("Mtra. Verónica Ibáñez", "Lic. Joaquín Núñez"), 1):
        work.session.add(
            Signer(
                institution_id=institution_id,
                name=name,
                position="Directora general" if order == 1 else "Coordinador",
                order=order,
                starts_on=date(2020, 1, 1),
            )
        )


def _cohort(work: Work, key: str) -> UUID:
    cohort = make_cohort(
        work,
        material.PROGRAMME,
        key=key,
        title=f"Promoción {key}",
        capacity=None,
        enrollment_opens_at=work.now - timedelta(days=40),
        enrollment_closes_at=work.now + timedelta(days=10),
        starts_at=work.now - timedelta(days=30),
        ends_at=work.now + timedelta(days=60),
    )
    return cohort.uid


def _person(work: Work, number: int) -> Person:
    given, first, second = material.name(number)
    person = make_person(work, f"person-{number}", given=given)
    person.first_surname, person.second_surname = first, second
    person.search = fold(f"{first} {second} {given}")
    return person


def _learners(work: Work, cohort: UUID, numbers: range) -> list[str]:
    """People who have seen every second lesson."""
    course = work.session.scalars(
        select(CourseVersion.course_id)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .where(Activity.key == material.QUIZ)
    ).one()
    seen = [
        material.lesson_key(*divmod(n, material.LESSONS))
        for n in range(0, material.MODULES * material.LESSONS, 2)
    ]
    found = [_enrolled(work, cohort, number) for number in numbers]
    work.session.execute(
        insert(Progress),
        [
            {
                "institution_id": each.institution_id,
                "enrollment_id": each.id,
                "course_id": course,
                "activity_key": key,
                "state": Mark.SEEN,
                "at": work.now,
            }
            for each in found
            for key in seen
        ],
    )
    for each in found:
        recompute(work, each.id)
    return [str(each.uid) for each in found]


def _graduates(work: Work, cohort: UUID, numbers: range) -> None:
    """People who have completed the course."""
    for number in numbers:
        complete(work, _enrolled(work, cohort, number))


def _enrolled(work: Work, cohort: UUID, number: int) -> Enrollment:
    person = _person(work, number)
    make_session(work, person, material.token(number))
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).one()
    return put_in(work, found, person.id)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
