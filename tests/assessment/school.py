"""A cohort that takes one quiz with a question of every type, for the tests of assessment."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from lms.assessment.kind import QuizKind
from lms.catalog.models import (
    Activity,
    Course,
    CourseVersion,
    Module,
    Programme,
    ProgrammeVersion,
)
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.sources import ActivitySource
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from tests.factories.world import World

QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "plazo",
        "type": "single_choice",
        "points": 1,
        "stem": "¿En cuántos días hábiles se responde una *solicitud*?",
        "feedback": "Son diez, **prorrogables** una vez.",
        "options": [
            {"text": "Diez", "correct": True, "feedback": "Así es."},
            {"text": "Veinte", "feedback": "Es el plazo con prórroga."},
            {"text": "Treinta"},
        ],
    },
    {
        "key": "oficio",
        "type": "multiple_choice",
        "points": 2,
        "scoring": "partial",
        "stem": "¿Qué se publica de oficio?\n\nRecuerde el artículo 10.",
        "options": [
            {"text": "El presupuesto", "correct": True},
            {"text": "Las contrataciones", "correct": True},
            {"text": "Los expedientes médicos"},
        ],
    },
    {
        "key": "gratuidad",
        "type": "true_false",
        "points": 1,
        "stem": "Consultar la información es gratuito.",
        "answer": True,
        "feedback_false": "Solo se paga la reproducción.",
    },
    {
        "key": "quien",
        "type": "matching",
        "points": 3,
        "stem": "Relacione cada persona con su tarea.",
        "pairs": [
            {"left": "Secretaría", "right": "Levanta las actas"},
            {"left": "Tesorería", "right": "Paga"},
            {"left": "Unidad de información", "right": "Responde solicitudes"},
        ],
        "distractors": ["Dicta sentencia"],
    },
    {
        "key": "reparto",
        "type": "numerical",
        "points": 2,
        "stem": "El fondo es de 120,000. La zona norte recibe el 35 %. ¿Cuánto recibe?",
        "answer": 42_000,
        "unit": "quetzales",
    },
    {
        "key": "recurso",
        "type": "short_answer",
        "points": 1,
        "stem": "¿Cómo se llama el recurso contra una negativa?",
        "accept": ["Recurso de revisión", "revisión"],
    },
]

RIGHT: dict[int, Any] = {
    1: {"choice": "0"},
    2: {"choices": ["0", "1"]},
    3: {"choice": "true"},
    5: {"text": "42,000"},
    6: {"text": "recurso de revision"},
}
"""What answers everything right while nothing is shuffled, except the pairs: see `right_pairs`."""


def quiz_source(**given: Any) -> dict[str, Any]:
    """A quiz as its author would write it."""
    return {
        "key": "evaluacion",
        "title": "Evaluación del módulo 3",
        "intro": "Responda con calma.",
        "minutes": {"assessment": 40},
        "time_limit": 40,
        "attempts": 3,
        "counts": "best",
        "pass": 61,
        "questions": QUESTIONS,
    } | given


@dataclass
class School:
    """What a test needs to know of it."""

    activity: UUID = field(default_factory=UUID)
    activity_id: int = 0
    course_id: int = 0
    cohort: UUID = field(default_factory=UUID)
    cohort_id: int = 0
    enrollments: dict[str, UUID] = field(default_factory=dict)
    enrollment_ids: dict[str, int] = field(default_factory=dict)


def build_school(
    work: Work,
    world: World,
    source: dict[str, Any] | None = None,
    learners: tuple[str, ...] = ("learner", "learner2"),
    institution: str = "igm",
    key: str = "2026-1",
) -> School:
    """A course with one quiz, a cohort that began ten days ago, and its learners."""
    own = {"institution_id": world.institutions[institution]}
    source = source or quiz_source()
    course = _add(work, Course(**own, key=f"{institution}/transparencia", created_at=work.now))
    version = _add(
        work,
        CourseVersion(
            **own, course_id=course.id, number=1, published_at=work.now, source_sha256="0" * 64,
            key="transparencia", title="Transparencia", summary="", state="written", order="free",
            hours=24, minutes=1440, kilobytes=100, pass_mark=points("0.61"), outcomes=[], detail={},
        ),
    )  # fmt: skip
    activity = add_quiz(work, version, source)
    cohort = _cohort(work, own, key)
    work.session.add(
        CohortCourse(**own, cohort_id=cohort.id, course_version_id=version.id, position=1)
    )
    school = School(activity.uid, activity.id, course.id, cohort.uid, cohort.id)
    for name in learners:
        enrollment = _add(
            work,
            Enrollment(
                **own, cohort_id=cohort.id, person_id=world.people[name], sort_name=name,
                municipality="San Marcos La Laguna", state=EnrollmentState.ENROLLED,
                applied_at=work.now,
            ),
        )  # fmt: skip
        school.enrollments[name] = enrollment.uid
        school.enrollment_ids[name] = enrollment.id
    return school


def add_quiz(work: Work, version: CourseVersion, source: dict[str, Any]) -> Activity:
    """A quiz activity as the import of a course package makes it."""
    own = {"institution_id": version.institution_id}
    module = _add(
        work,
        Module(
            **own, course_version_id=version.id, key=f"m-{source['key']}", title="Módulo",
            outcome="", hours=12, position=1, detail={},
        ),
    )  # fmt: skip
    activity = _add(
        work,
        Activity(
            **own, course_version_id=version.id, module_id=module.id, key=source["key"],
            kind="quiz", title=source["title"], position=1, minutes=40, bytes=2_000,
            weight=points(1), path="01-laip/05-evaluacion.quiz.yaml", content_sha256="0" * 64,
            settings={},
        ),
    )  # fmt: skip
    activity.settings = QuizKind().import_(work, activity, ActivitySource("quiz", "", Map(source)))
    work.session.flush()
    return activity


def _cohort(work: Work, own: dict[str, int], key: str) -> Cohort:
    programme = _add(
        work, Programme(**own, key="gestion", slug=f"gestion-{own['institution_id']}",
                        created_at=work.now)
    )  # fmt: skip
    version = _add(
        work,
        ProgrammeVersion(
            **own, programme_id=programme.id, number=1, published_at=work.now,
            source_sha256="0" * 64, title="Gestión", title_folded="gestion", search="gestion",
            kind="diploma", language="es", country="GT", hours=120, academic_hour_minutes=60,
            summary="", audience=" ", topics=" ", modes=" ", hue="petrol", icon="landmark",
            kilobytes=100, detail={},
        ),
    )  # fmt: skip
    return _add(
        work,
        Cohort(
            **own, key=key, title="Promoción 2026-1", title_folded="promocion 2026-1",
            programme_id=programme.id, programme_version_id=version.id, mode="online", door="open",
            enrollment_opens_at=work.now - timedelta(days=30),
            enrollment_closes_at=work.now - timedelta(days=11),
            starts_at=work.now - timedelta(days=10), ends_at=work.now + timedelta(days=60),
            policy={"scale": "0-100"}, calendar={}, created_at=work.now,
        ),
    )  # fmt: skip


def _add(work: Work, row: Any) -> Any:
    work.session.add(row)
    work.session.flush()
    return row
