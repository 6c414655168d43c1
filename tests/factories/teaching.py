"""A small course taught to a running cohort: imported as text, as real courses are.

Course ``transparencia`` (sequential): module ``laip`` (lessons ``derecho``, ``plazos``, quiz
``evaluacion-laip``) and module ``abierto`` (lesson ``datos``, quiz ``evaluacion-datos``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.save import save_answer
from lms.assessment.actions.start import start
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.authoring.formats.tree import tree_of
from lms.authoring.tasks import load
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.actions.standing import keep_place
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.learning.actions.lessons import mark_seen
from lms.people.models import Grant
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import World
from tests.places import Place

COURSE = "transparencia"
LESSONS = ("derecho", "plazos", "datos")
QUIZZES = ("evaluacion-laip", "evaluacion-datos")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" viewBox="0 0 600 200">'
    '<rect width="600" height="200" fill="#0b5a66"/></svg>\n'
)
# The smallest beginning of a recording that its own sign tells; long enough to be asked in ranges.
SOUND = b"OggS" + b"\0" * 24 + b"OpusHead" + bytes(range(256)) * 5_000

_FILLING = "\n\n".join(
    f"Párrafo {n}. " + "Toda persona puede pedir información sin decir para qué la quiere. " * 6
    for n in range(1, 6)
)


def lesson(key: str, title: str, body: str = "", more: str = "") -> bytes:
    """The file of a lesson of the right length."""
    return (
        f"---\nkey: {key}\ntitle: {title}\naim: explicar {title.lower()} a una vecina\n"
        f"minutes: {{reading: 9, exercise: 21}}\noutcomes: [solicitud]\n{more}---\n"
        f"## La idea\n\n{_FILLING}\n\n{body}\n"
    ).encode()


def quiz(key: str, title: str, attempts: str = "2") -> bytes:
    """The file of a quiz of two questions, 61 % to pass: one right answer is not enough."""
    return (
        f"key: {key}\ntitle: {title}\nminutes: {{assessment: 20}}\nattempts: {attempts}\n"
        "pass: 61\nshuffle_options: false\nquestions:\n"
        "  - {key: uno, type: true_false, points: 1, stem: El acceso es gratuito., answer: true}\n"
        "  - {key: dos, type: true_false, points: 1, stem: Hay que dar motivos., answer: false}\n"
    ).encode()


def package(**replaced: bytes) -> dict[str, bytes]:
    """The files of the programme; ``replaced`` by path with ``__`` for ``/``."""
    folder = COURSE
    files = {
        "programme.yaml": (
            "format: 1\nkey: gestion-municipal\ntitle: Gestión Municipal y Transparencia\n"
            "kind: diploma\nlanguage: es\ncountry: GT\naudience: [staff]\ntopics: [transparency]\n"
            "modes: [online]\nhours: 4\nacademic_hour: 60\nsummary: Diploma práctico.\n"
            "outcomes:\n  - {key: a, text: Responde a tiempo.}\nentry: [Saber leer.]\n"
            "certificate: {kind: course_certificate, title: Constancia de aprobación}\n"
            f"courses: [{folder}]\ncover: {{hue: petrol, icon: landmark}}\n"
        ).encode(),
        f"{folder}/course.yaml": (
            f"format: 1\nkey: {folder}\ntitle: Transparencia\nhours: 4\nstate: written\n"
            "order: sequential\nsummary: Cómo cumplir la ley.\noutcomes:\n"
            "  - {key: solicitud, text: Tramita una solicitud.}\nlegal_review: {state: pending}\n"
            "grading: {pass: 61, weights: {evaluacion-laip: 50, evaluacion-datos: 50}}\n"
        ).encode(),
        f"{folder}/facts.yaml": (
            "facts:\n"
            '  - {key: plazo, text: "Diez días hábiles.", source: Decreto 57-2008, article: "42",'
            " verified_on: 2026-10-01}\n"
            '  - {key: cuota, text: "La copia cuesta Q0.50.", source: Acuerdo 3-2025,'
            " expires: 2026-11-01}\n"
            '  - {key: duda, text: "No se exige identificación.", source: Notas de prensa,'
            " doubtful: true}\n"
        ).encode(),
        f"{folder}/01-laip/module.yaml": (
            "key: laip\ntitle: Ley de Acceso\nhours: 2\noutcome: Responde una solicitud.\n"
            "practice:\n  title: Tres solicitudes\n  minutes: 30\n"
            "  text: 'Lea de nuevo [los plazos](lesson:plazos) y **responda**.'\n"
            "  model_answer: La primera se entrega entera.\n"
            "forum:\n  title: La pregunta incómoda\n  minutes: 10\n  question: ¿Cuál fue?\n"
        ).encode(),
        f"{folder}/01-laip/01-derecho.md": lesson(
            "derecho",
            "El derecho y sus principios",
            "Se responde en diez días [[plazo]] y la copia se paga [[cuota]]. Sobre la"
            " identificación hay dudas [[duda]]. Siga con [los plazos](lesson:plazos).\n\n"
            '![Una línea de tiempo](media/plazos.svg "Los plazos")\n\n'
            "Table: Los plazos\n\n| Paso | Días |\n|---|--:|\n| Responder | 10 |\n\n"
            "::: warning Cuidado con los asuetos\nNo cuentan.\n:::",
            'audio: {file: media/voz.opus, title: "La lección, leída", transcript: "Toda persona'
            ' puede pedir.\\n\\nSin decir para qué."}\n'
            'downloads: [{file: media/registro.csv, title: "Registro de solicitudes"}]\n',
        ),
        f"{folder}/01-laip/02-plazos.md": lesson("plazos", "Los plazos"),
        f"{folder}/01-laip/03-evaluacion.quiz.yaml": quiz(QUIZZES[0], "Evaluación del módulo 1"),
        f"{folder}/02-abierto/module.yaml": (
            "key: abierto\ntitle: Gobierno abierto\nhours: 2\noutcome: Publica datos.\n"
            "practice: {title: Un dato, minutes: 70, text: Publíquelo.}\n"
        ).encode(),
        f"{folder}/02-abierto/01-datos.md": lesson("datos", "Datos abiertos"),
        f"{folder}/02-abierto/02-evaluacion.quiz.yaml": quiz(QUIZZES[1], "Evaluación del módulo 2"),
        f"{folder}/media/plazos.svg": SVG.encode(),
        f"{folder}/media/voz.opus": SOUND,
        f"{folder}/media/registro.csv": "número,fecha\n1,2026-09-06\n".encode(),
        f"{folder}/media/tabla.csv": ("número,fecha\n" + "1,2026-09-06\n" * 200).encode(),
    }
    return files | {path.replace("__", "/"): data for path, data in replaced.items()}


@dataclass
class Classroom:
    """A running cohort of that course and whoever is in it, and what they can do there."""

    app: Flask
    db: Database
    world: World
    cohort: Cohort
    course: CourseVersion
    activities: dict[str, Activity]
    enrollments: dict[str, Enrollment] = field(default_factory=dict)

    def enrol(self, name: str, state: str = "enrolled", **given: Any) -> Enrollment:
        """Put a person of the world into the cohort."""

        def put(work: Work) -> Enrollment:
            return put_in(work, self.cohort.uid, self.world.people[name], state, **given)

        self.enrollments[name] = self.db.perform(put, SYSTEM)
        return self.enrollments[name]

    def actor(self, name: str) -> Actor:
        return Actor(self.world.people[name])

    def url(self, name: str, key: str = "") -> str:
        """The address of somebody's classroom, or of an activity in it."""
        base = f"/aula/{self.enrollments[name].uid}"
        return f"{base}/{COURSE}/{key}" if key else base

    def see(self, name: str, *keys: str) -> None:
        """Somebody marks lessons as seen."""
        for key in keys:
            self.db.perform(mark_seen, self.actor(name), self.enrollments[name].uid, COURSE, key)

    def take(self, name: str, key: str, *, right: bool = True) -> UUID:
        """Somebody takes a quiz: all right, or one of two."""
        actor, enrollment = self.actor(name), self.enrollments[name].uid
        attempt = self.db.perform(start, actor, enrollment, self.activities[key].uid)
        for slot, choice in ((1, "true"), (2, "false" if right else "true")):
            sent = Sent(slot, f"{attempt}-{slot}", 1, Given.from_json({"choice": choice}))
            self.db.perform_small(save_answer, actor, attempt, sent, self.db.clock())
        return self.db.perform(hand_in, actor, attempt)

    def stop_at(self, name: str, key: str, block: str | None = None) -> None:
        """Somebody stops reading somewhere."""
        self.db.perform(
            keep_place, self.actor(name), self.enrollments[name].uid, f"{COURSE}/{key}", block
        )

    def finish(self, name: str) -> None:
        """Somebody does everything, and passes."""
        self.see(name, "derecho", "plazos")
        self.take(name, QUIZZES[0])
        self.see(name, "datos")
        self.take(name, QUIZZES[1])

    def grant_of(self, name: str) -> UUID:
        """The role that somebody of the world holds."""
        with self.db.reading() as session:
            whose = Grant.person_id == self.world.people[name]
            return session.scalars(select(Grant.uid).where(whose).order_by(Grant.id)).first()

    def row(self, name: str) -> Enrollment:
        """Somebody's enrollment as it is now."""
        with self.db.reading() as session:
            return session.get_one(Enrollment, self.enrollments[name].id)

    def cohort_days(self, **moved: Any) -> None:
        """Change the cohort's dates or calendar."""

        def change(work: Work) -> None:
            row = work.session.get_one(Cohort, self.cohort.id)
            for attribute, value in moved.items():
                setattr(row, attribute, value)

        self.db.perform(change, SYSTEM)


def open_classroom(
    app: Flask,
    db: Database,
    world: World,
    *,
    institution: str = "igm",
    files: dict[str, bytes] | None = None,
    **given: Any,
) -> Classroom:
    """Import the course and open a cohort of it that began ten days ago and lasts two months."""
    institution_id = world.institutions[institution]
    store = app.extensions["cabildo.files"]
    tree = tree_of(files or package())
    load(db, store, tree, institution_id, date(2026, 11, 21), SYSTEM)

    def cohort(work: Work) -> Cohort:
        values: dict[str, Any] = {
            "starts_at": work.now - timedelta(days=10),
            "ends_at": work.now + timedelta(days=60),
        }
        slug = "gestion-municipal" if institution == "igm" else "gestion-municipal-2"
        return make_cohort(work, slug, **(values | given))

    opened = db.perform(cohort, SYSTEM)
    with db.reading() as session:
        course = session.scalars(
            select(CourseVersion).where(CourseVersion.institution_id == institution_id)
        ).one()
        rows = session.scalars(
            select(Activity).where(Activity.course_version_id == course.id)
        ).all()
    return Classroom(app, db, world, opened, course, {row.key: row for row in rows})


def kept_classroom(
    place: Place,
    app: Flask,
    db: Database,
    world: World,
    name: str,
    fill: Callable[[Classroom], None],
    **given: Any,
) -> Classroom:
    """A classroom as ``fill`` leaves it, built once in a test process and then taken back."""

    def build() -> dict[str, Any]:
        room = open_classroom(app, db, world, **given)
        fill(room)
        return {key: each for key, each in vars(room).items() if key not in ("app", "db", "world")}

    kept = place.begun(name, build)
    room = Classroom(app, db, world, kept["cohort"], kept["course"], kept["activities"])
    vars(room).update(kept)
    return room
