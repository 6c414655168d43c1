"""A cohort whose course has an assignment with a rubric and a marking guide."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.assignments.kind import AssignmentKind
from lms.catalog.models import Activity, CourseVersion, Module
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from tests.assessment.school import School, build_school
from tests.factories.world import World

CRITERIA: list[dict[str, Any]] = [
    {
        "key": "diagnostico",
        "title": "Diagnóstico",
        "description": "Parte de datos del municipio.",
        "levels": [
            {"points": 0, "title": "Ausente"},
            {"points": 30, "title": "Suficiente", "description": "Cita al menos un dato."},
            {"points": 60, "title": "Completo"},
        ],
    },
    {"key": "redaccion", "title": "Redacción", "points": 40},
]


def source(**given: Any) -> dict[str, Any]:
    """An assignment as its author would write it."""
    written = {
        "key": "trabajo",
        "title": "Trabajo final",
        "instructions": "Escriba un plan **breve** para su municipio.",
        "minutes": {"assessment": 120},
        "pass": 61,
        "accepts": "both",
        "words": {"least": 3, "most": 50},
        "files": {"count": 2, "megabytes": 1, "kinds": ["pdf", "picture"]},
        "late": {"grace_hours": 2, "days": 5, "percent_per_day": 5, "most_percent": 12},
        "criteria": CRITERIA,
    } | given
    return {name: value for name, value in written.items() if value is not None}


def build(work: Work, world: World, **given: Any) -> School:
    """The school of assessment with an assignment beside its quiz; the school names that one."""
    school = build_school(work, world)
    version = work.session.scalars(
        select(CourseVersion).where(CourseVersion.course_id == school.course_id)
    ).one()
    activity = add(work, version, source(**given))
    school.activity, school.activity_id = activity.uid, activity.id
    return school


def add(work: Work, version: CourseVersion, written: dict[str, Any], position: int = 2) -> Activity:
    """An assignment as the import of a course package makes it."""
    own = {"institution_id": version.institution_id}
    module = Module(
        **own, course_version_id=version.id, key=f"m-{written['key']}", title="Cierre", outcome="",
        hours=2, position=position, detail={},
    )  # fmt: skip
    work.session.add(module)
    work.session.flush()
    activity = Activity(
        **own, course_version_id=version.id, module_id=module.id, key=written["key"],
        kind="assignment", title=written["title"], position=position, minutes=120, bytes=2_000,
        weight=points(1), path="02-cierre/01-trabajo.assignment.yaml", content_sha256="0" * 64,
        settings={},
    )  # fmt: skip
    work.session.add(activity)
    work.session.flush()
    kind = AssignmentKind()
    activity.settings = kind.import_(work, activity, ActivitySource(kind.name, "", Map(written)))
    work.session.flush()
    return activity


def here(school: School, name: str = "learner") -> str:
    """The learner's page of the assignment."""
    return f"/aula/{school.enrollments[name]}/trabajos/{school.activity}"


def handed(
    browser: Any, school: School, text: str = "Un plan breve.", name: str = "learner"
) -> str:
    """A work handed in; the address of the version."""
    page = here(school, name)
    browser.send(page, {"text": text, "go": "review", "seen": seen(browser, page)})
    review = browser.get(f"{page}/revisar")
    draft = review.text.partition('name="draft"')[2].partition('value="')[2].partition('"')[0]
    answer = browser.send(f"{page}/entregar", {"draft": draft})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def seen(browser: Any, page: str) -> str:
    """What names the text that a page was written over."""
    form = browser.get(page).text.partition('name="seen"')[2]
    return str(form.partition('value="')[2].partition('"')[0])


def uid_of(location: str) -> UUID:
    """The uid at the end of an address."""
    return UUID(location.rpartition("/")[2])
