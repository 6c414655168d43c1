"""Programmes and courses laid as rows, for tests that do not care how they were imported."""

from collections.abc import Sequence
from typing import Any

from lms.catalog.models import (
    Activity,
    Course,
    CourseVersion,
    Module,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
)
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from lms.foundation.kernel.text import fold

NO_HASH = "0" * 64
LESSONS = ("El derecho y sus principios", "Información de oficio")


def make_course(
    work: Work,
    institution_id: int,
    key: str = "transparencia",
    *,
    programme: str = "gestion-municipal",
    modules: Sequence[str] = ("Ley de acceso", "Gobierno abierto"),
    lessons: Sequence[str] = LESSONS,
    **given: Any,
) -> CourseVersion:
    """A published course: each module has the lessons; an outline only promises them."""
    outline = given.get("state") == "outline"
    course = Course(institution_id=institution_id, key=f"{programme}/{key}", created_at=work.now)
    work.session.add(course)
    work.session.flush()
    values: dict[str, Any] = {
        "institution_id": institution_id, "course_id": course.id, "number": 1,
        "published_at": work.now, "source_sha256": NO_HASH, "key": key, "title": key.title(),
        "summary": f"De qué trata {key}.", "state": "written", "order": "sequential", "hours": 24,
        "minutes": 1440, "kilobytes": 0 if outline else 320, "pass_mark": points("0.61"),
        "outcomes": [{"key": "solicitud", "text": "Tramita una solicitud en plazo."}],
        "detail": {"legal_review": {"state": "accepted"}},
    }  # fmt: skip
    version = CourseVersion(**(values | given))
    work.session.add(version)
    work.session.flush()
    position = 0
    for number, title in enumerate(modules, 1):
        module = Module(
            institution_id=institution_id, course_version_id=version.id, key=f"modulo-{number}",
            title=title, outcome=f"Resuelve un caso de {title}.", hours=12, position=number,
            detail={"lessons": list(lessons)} if outline else {},
        )  # fmt: skip
        work.session.add(module)
        work.session.flush()
        for lesson in () if outline else lessons:
            position += 1
            work.session.add(
                Activity(
                    institution_id=institution_id, course_version_id=version.id,
                    module_id=module.id, key=f"leccion-{position}", kind="lesson", title=lesson,
                    position=position, minutes=120, bytes=40_000, weight=0,
                    path=f"{number:02}-modulo/{position:02}.md", content_sha256=NO_HASH,
                    settings={},
                )
            )  # fmt: skip
    work.session.flush()
    return version


def make_programme(
    work: Work,
    institution_id: int,
    key: str = "gestion-municipal",
    title: str = "Gestión Municipal y Transparencia",
    *,
    courses: Sequence[CourseVersion] = (),
    words: str = "",
    **given: Any,
) -> ProgrammeVersion:
    """A published programme; ``words`` are what a search finds besides its title."""
    programme = Programme(institution_id=institution_id, key=key, slug=key, created_at=work.now)
    work.session.add(programme)
    work.session.flush()
    values: dict[str, Any] = {
        "institution_id": institution_id, "programme_id": programme.id, "number": 1,
        "published_at": work.now, "source_sha256": NO_HASH, "title": title,
        "title_folded": fold(title), "search": fold(f"{title} {words}"), "kind": "diploma",
        "language": "es", "country": "GT", "hours": 120, "academic_hour_minutes": 60,
        "summary": f"{title}: diploma práctico para quienes trabajan en una municipalidad.",
        "audience": " official staff ", "topics": " transparency finance ", "modes": " online ",
        "hue": "petrol", "icon": "landmark", "kilobytes": sum(c.kilobytes for c in courses),
        "detail": {
            "outcomes": [{"key": "a", "text": "Responde solicitudes de información a tiempo."}],
            "entry": ["Saber leer y escribir en español."],
            "certificate": {"kind": "course_certificate", "title": "Constancia de aprobación"},
        },
    }  # fmt: skip
    version = ProgrammeVersion(**(values | given))
    work.session.add(version)
    work.session.flush()
    programme.current_version_id = version.id
    for position, course in enumerate(courses, 1):
        work.session.add(
            ProgrammeCourse(
                institution_id=institution_id, programme_version_id=version.id,
                course_version_id=course.id, position=position,
            )
        )  # fmt: skip
    work.session.flush()
    return version


def make_diploma(
    work: Work, institution_id: int, key: str = "gestion-municipal"
) -> ProgrammeVersion:
    """The usual one: a course that is written and one that is still an outline."""
    written = make_course(work, institution_id, "transparencia", programme=key)
    outline = make_course(work, institution_id, "finanzas", programme=key, state="outline")
    return make_programme(work, institution_id, key, courses=[written, outline])
