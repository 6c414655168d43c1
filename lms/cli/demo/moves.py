"""Who left the running cohort, went on in another or had a course recognised."""

from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.cli.demo import people
from lms.enrollment.actions.transfer import transfer
from lms.enrollment.actions.withdraw import Why, withdraw
from lms.enrollment.models import Enrollment
from lms.enrollment.rules.departures import Cause
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.actor import Actor
from lms.grading.actions.recognise import Passed, recognise
from lms.people.models import Identifier


def fill(database: Database, cohort_id: int, cohort: UUID, course: str, coming: UUID) -> None:
    """One withdrew, one goes on in the cohort that comes next, one passed the course elsewhere."""
    with database.reading() as session:
        places = session.scalars(
            select(Enrollment.uid)
            .join(Identifier, Identifier.person_id == Enrollment.person_id)
            .where(
                Enrollment.cohort_id == cohort_id,
                Enrollment.state == "enrolled",
                Identifier.value != people.ROSA,
                Identifier.kind == "email",
            )
            .order_by(Enrollment.id)
        ).all()
        registrar = Actor(
            session.scalars(
                select(Identifier.person_id).where(Identifier.value == people.REGISTRAR)
            ).one()
        )
    today = database.clock().date()
    store = current_app.extensions["cabildo.files"]
    letter = Attachment(keep(store, _paper("Carta de retiro")), "carta-de-retiro.pdf")
    database.perform(
        withdraw, registrar, cohort, [places[-1]],
        Why(
            today, Cause.WORK,
            "Cambió de puesto y sus turnos no le dejan tiempo; pidió retirarse por escrito.",
            letter,
        ),
    )  # fmt: skip
    database.perform(
        transfer, registrar, cohort, places[-2], coming,
        Why(today, Cause.HEALTH, "Reposo médico hasta fin de mes; sigue en la próxima promoción."),
    )  # fmt: skip
    certificate = Attachment(keep(store, _paper("Certificado")), "certificado.pdf")
    database.perform(
        recognise, registrar, cohort, places[2], course,
        Passed(
            "Instituto Nacional de Administración Pública", "Transparencia municipal", 24,
            "88/100", today - timedelta(days=400), "Acta de convalidación 12-2026", certificate,
        ),
    )  # fmt: skip


def _paper(text: str) -> bytes:
    """A page that says what it stands for, as a PDF."""
    said = f"BT /F1 24 Tf 72 700 Td ({text}: MUESTRA) Tj ET".encode("latin-1")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(said), said),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, part)
    begins = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, begins)
    return made
