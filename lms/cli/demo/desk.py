"""What the team of the running cohort does from day to day, so that its pages show something."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.cli.demo import people
from lms.enrollment.actions.allow import allow
from lms.enrollment.models import Enrollment
from lms.enrollment.rules.allowances import Allowed
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor
from lms.learning.actions.announcements import publish
from lms.learning.actions.inquiries import answer, ask
from lms.learning.actions.messages import send
from lms.people.models import Identifier


def fill(database: Database, cohort_id: int, cohort: UUID, about: tuple[str, str]) -> None:
    """An announcement that waits, a message to some, an exception, questions of two people.

    ``about`` are a lesson and a quiz of the cohort, by course and key.
    """
    lesson, quiz = about
    with database.reading() as session:
        rows = session.execute(
            select(Enrollment.id, Enrollment.uid, Enrollment.person_id, Identifier.value)
            .join(Identifier, Identifier.person_id == Enrollment.person_id)
            .where(
                Enrollment.cohort_id == cohort_id,
                Enrollment.state == "enrolled",
                Identifier.kind == "email",
            )
            .order_by(Enrollment.id)
        ).all()
        staff = dict(
            session.execute(
                select(Identifier.value, Identifier.person_id).where(
                    Identifier.value.in_((people.INSTRUCTOR, people.TUTOR))
                )
            )
            .tuples()
            .all()
        )
    instructor, tutor = Actor(staff[people.INSTRUCTOR]), Actor(staff[people.TUTOR])
    rosa = next(row for row in rows if row.value == people.ROSA)
    others = [row for row in rows if row.value != people.ROSA]
    database.perform(
        publish, instructor, cohort, "Sesión de preguntas",
        "Nos vemos **el sábado a las ocho**. Traiga una solicitud real de su municipalidad.",
        database.clock() + timedelta(days=3),
    )  # fmt: skip
    database.perform(
        send, tutor, cohort, [row.id for row in others[-3:]], "Le esperamos en el curso",
        "Hace unos días que no ingresa. ¿Podemos ayudarle en algo?",
    )  # fmt: skip
    database.perform(
        allow, instructor, cohort, [others[0].id], Allowed(quiz, attempts=1),
        "Corte de luz durante el segundo intento",
    )  # fmt: skip
    asked = database.perform(
        ask, Actor(others[1].person_id), others[1].uid, quiz, "¿Se puede usar calculadora?",
        "Es para la evaluación del segundo módulo.",
    )  # fmt: skip
    database.perform(answer, tutor, cohort, asked, "Sí, también la del teléfono.")
    database.perform(
        ask, Actor(rosa.person_id), rosa.uid, lesson, "Los asuetos municipales",
        "El día de la feria de mi municipio, ¿cuenta como día hábil para responder?",
    )  # fmt: skip
