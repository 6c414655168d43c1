"""A call of the demo that asks for documents, with somebody in each state of applying."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.cli.demo import people
from lms.cli.demo.cohorts import ZONE, Plan, learner_of, open_plan, person_of
from lms.enrollment.actions import review
from lms.enrollment.actions.apply import begin, hand_in, put_answer, put_file
from lms.enrollment.actions.call import ask_for, set_words
from lms.enrollment.actions.decide import admit, decline
from lms.enrollment.models import Application, Cohort, Enrollment, Paper, Requirement
from lms.enrollment.rules.calls import Asked
from lms.enrollment.rules.reviewing import Verdict
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Store
from lms.foundation.kernel.actor import Actor

WORDS = (
    "Esta promoción es para **secretarías municipales y oficinas de acceso a la información**.\n\n"
    "Se decide por el orden de entrega, entre quienes reúnen los documentos. Las fotografías del "
    "teléfono sirven si se leen bien."
)
ASKED = (
    Asked(
        "document", "Documento de identidad, ambos lados",
        "Para comprobar quién solicita; el nombre de la constancia se toma de su cuenta.",
        is_obligatory=True,
    ),
    Asked(
        "document", "Nombramiento o acta de toma de posesión",
        "Debe decir su cargo y la municipalidad.", is_obligatory=True,
    ),
    Asked("document", "Carta de su jefatura", "Si la tiene.", False, ("pdf",), 3),
    Asked("answer", "¿Qué hará con lo que aprenda?", "En dos o tres líneas.", is_obligatory=True),
)  # fmt: skip
ANSWER = "Ordenar el archivo de solicitudes y publicar la información de oficio cada mes."
OBSERVED = "La fotografía está cortada: no se lee la fecha ni el cargo. Tómela de cerca y con luz."

CALLED = Plan(
    "2027-convocatoria", "Promoción 2027, con documentos", 75, 170, -10, 52, "approval", 3
)
Moment = Callable[[int, int], None]


def fill(database: Database, today: date, store: Store) -> None:
    """A cohort whose call asks for documents, and what people have done with it; once."""
    clock = database.clock
    with database.reading() as session:
        if session.scalar(select(Cohort.id).where(Cohort.key == CALLED.key)) is not None:
            return

    def on(days: int, hour: int) -> None:
        moment = datetime.combine(today + timedelta(days=days), time(hour, 12), ZONE)
        database.clock = lambda: moment

    try:
        open_plan(database, CALLED, today)
        _live(Applying(database, store), on, datetime.combine(today, time(23, 59, 59), ZONE))
    finally:
        database.clock = clock


class Applying:
    """What the people of the demo do with the call of one cohort."""

    def __init__(self, database: Database, store: Store) -> None:
        self.database, self.store = database, store
        self.registrar = Actor(person_of(database, people.REGISTRAR))
        with database.reading() as session:
            found = session.scalars(select(Cohort.uid).where(Cohort.key == CALLED.key)).one()
        self.cohort: UUID = found

    def person(self, number: int) -> int:
        """One of the learners of the demo."""
        return learner_of(self.database, number)

    def announce(self) -> None:
        """The registrar writes the call."""
        self.database.perform(set_words, self.registrar, self.cohort, WORDS)
        for each in ASKED:
            self.database.perform(ask_for, self.registrar, self.cohort, each)

    def prepare(self, number: int, upto: int = len(ASKED)) -> UUID:
        """Somebody puts in the first of what is asked for, or everything."""
        actor = Actor(self.person(number))
        uid = self.database.perform(begin, actor, self.cohort)
        for each in self._asked()[:upto]:
            if each.sort == "answer":
                self.database.perform(put_answer, actor, uid, each.uid, ANSWER)
                continue
            stored = keep(self.store, paper(each.name, f"Persona {number}"))
            name = f"documento-{each.position}.pdf"
            self.database.perform(put_file, actor, uid, each.uid, stored, name)
        return uid

    def hand_in(self, number: int) -> UUID:
        """Somebody hands in everything; their place in the cohort."""
        uid = self.prepare(number)
        self.database.perform(hand_in, Actor(self.person(number)), uid)
        return uid

    def read(self, uid: UUID) -> list[Verdict]:
        """Everything is accepted but the second paper, which is observed."""
        with self.database.reading() as session:
            papers = session.execute(
                select(Paper.uid, Requirement.position)
                .join(Application, Application.id == Paper.application_id)
                .join(Requirement, Requirement.id == Paper.requirement_id)
                .where(Application.uid == uid)
                .order_by(Requirement.position)
            ).all()
        return [
            Verdict(row.uid, "observed", OBSERVED) if row.position == 2
            else Verdict(row.uid, "accepted")
            for row in papers
        ]  # fmt: skip

    def send_back(self, uid: UUID, until: datetime) -> None:
        """The registrar sends it back with the second paper observed."""
        verdicts = self.read(uid)
        self.database.perform(review.send_back, self.registrar, self.cohort, uid, verdicts, until)

    def correct(self, number: int, uid: UUID) -> None:
        """The second paper is sent again, and handed in."""
        actor, again = Actor(self.person(number)), self._asked()[1]
        stored = keep(self.store, paper(again.name, f"Persona {number}, completo"))
        self.database.perform(put_file, actor, uid, again.uid, stored, "nombramiento-completo.pdf")
        self.database.perform(hand_in, actor, uid)

    def accept(self, uid: UUID) -> None:
        """Everything is in order."""
        verdicts = [Verdict(each.paper, "accepted") for each in self.read(uid)]
        self.database.perform(review.review, self.registrar, self.cohort, uid, verdicts)

    def place(self, uid: UUID) -> UUID:
        """The request that an application became."""
        with self.database.reading() as session:
            return session.scalars(
                select(Enrollment.uid)
                .join(Application, Application.enrollment_id == Enrollment.id)
                .where(Application.uid == uid)
            ).one()

    def _asked(self) -> list[Requirement]:
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(Requirement)
                    .join(Cohort, Cohort.id == Requirement.cohort_id)
                    .where(Cohort.uid == self.cohort)
                    .order_by(Requirement.position)
                )
            )


def _live(applying: Applying, on: Moment, today: datetime) -> None:
    """Somebody in each state: preparing, handed in, sent back, late, corrected, decided."""
    database, registrar = applying.database, applying.registrar
    on(-9, 9)
    applying.announce()
    on(-8, 10)
    ready, late, mended, wrong = (applying.hand_in(number) for number in (30, 31, 32, 33))
    on(-6, 11)
    applying.accept(ready)
    database.perform(admit, registrar, applying.cohort, [applying.place(ready)])
    applying.send_back(late, today - timedelta(days=1))
    applying.send_back(mended, today + timedelta(days=3))
    on(-4, 15)
    applying.correct(32, mended)
    applying.send_back(applying.hand_in(34), today + timedelta(days=4))
    for number in (35, 36):
        applying.hand_in(number)
    database.perform(
        decline, registrar, applying.cohort, [applying.place(wrong)],
        "La convocatoria es para otras personas o cargos.", "audience",
    )  # fmt: skip
    on(-1, 16)
    applying.prepare(37, 2)


def paper(title: str, name: str) -> bytes:
    """A page of a PDF that says what it stands for, so that there is something to open."""
    lines = [f"MUESTRA: {title}", name]
    text = "".join(
        f"BT /F1 {20 - 4 * place} Tf 60 {760 - 40 * place} Td ({_escaped(line)}) Tj ET\n"
        for place, line in enumerate(lines)
    ).encode("cp1252", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%sendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(found))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
