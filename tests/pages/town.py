"""A town in full life: somebody in each state that a page can be in, served to a browser."""

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select, update

from lms.acts.actions.close import close
from lms.admin.tasks import backups
from lms.assessment.actions.adjust import Wanted, adjust
from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.mark import give
from lms.assessment.actions.save import save_answer
from lms.assessment.actions.start import start
from lms.assessment.models import Mark, QuestionVersion, QuizQuestion
from lms.assessment.rules.adjusting import Change
from lms.assessment.rules.by_hand import Given as Marking
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.authoring.formats.tree import read_folder
from lms.authoring.tasks import load
from lms.certificates.actions import checklists, printing, transcribe
from lms.certificates.actions.books import keep_book, spoil
from lms.certificates.actions.deliver import deliver
from lms.certificates.models import Credential, Series, SpoiledNumber, Transcribed
from lms.certificates.queries.prepare import prepare
from lms.certificates.rules.books import Kept, Layout, Place
from lms.certificates.rules.delivering import Handing, Way
from lms.certificates.rules.transcribing import COLUMNS, EXAMPLE
from lms.certificates.rules.withdrawing import Resolution
from lms.certificates.tasks import issue_all
from lms.cli.demo.administration import trouble
from lms.enrollment.actions.add import add_one
from lms.enrollment.actions.allow import allow
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.quotas import keep_seats
from lms.enrollment.actions.review import send_back
from lms.enrollment.actions.transfer import transfer
from lms.enrollment.actions.withdraw import Why, withdraw
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Application, Cohort, Enrollment, Paper, Quota
from lms.enrollment.rules.allowances import Allowed
from lms.enrollment.rules.quotas import Plan
from lms.enrollment.rules.reviewing import Verdict
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.points import points
from lms.foundation.kernel.shipped import shipped
from lms.foundation.mail.models import Letter
from lms.foundation.web.identity import SESSION_COOKIE
from lms.grading.actions.recognise import Passed, recognise
from lms.grading.models import CourseResult, Recognition
from lms.learning.actions.announcements import publish
from lms.learning.actions.inquiries import ask
from lms.learning.actions.messages import send
from lms.people.actions.help_desk import NewPerson, create
from lms.people.actions.invite import secret_for
from lms.people.actions.merge import By, merge
from lms.people.actions.merge import Why as WhyOne
from lms.people.actions.sessions import end_others
from lms.people.formats.documents import document
from lms.people.formats.hashes import hash_password
from lms.people.formats.phones import phone
from lms.people.models import Grant, Identifier, Institution, Person, Post, Signer
from lms.people.queries.reach import Reach
from lms.people.rules import names
from tests.browsing import Browsing
from tests.factories.calls import call_for, handed_in, prepared
from tests.factories.catalog import make_diploma
from tests.factories.certificates import fill, identify
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.teaching import COURSE, QUIZZES, Classroom, open_classroom, package
from tests.factories.world import World, add_operator, build_world, make_session
from tests.pages.drafts import changed_package, disputed, written
from tests.pages.graded import graded
from tests.pages.worked import worked

PASSWORD = "tortillas con frijol"

#: The second quiz: a question of each kind, and a time limit.
_EVERY_KIND = """\
key: evaluacion-datos
title: Evaluación del módulo 2
intro: "Tenga a mano la **ley** y un calendario."
minutes: {assessment: 20}
time_limit: 20
attempts: 3
pass: 61
shuffle_options: false
cases:
  - key: rastro
    title: "El contrato del rastro"
    text: "Un vecino pide verlo. En la ventanilla le preguntan *para qué* lo quiere."
questions:
  - key: una
    case: rastro
    type: single_choice
    points: 1
    stem: "Un vecino pide ver el contrato del rastro y le preguntan para qué. ¿Qué hace?"
    feedback: "El motivo no se exige."
    facts: [plazo]
    options:
      - {text: "Le dice que no hace falta motivo.", correct: true, feedback: "Así es."}
      - {text: "Le pide que vuelva con una carta firmada y sellada por la auxiliatura."}
  - key: varias
    type: multiple_choice
    points: 2
    stem: "¿Quiénes responden solicitudes?"
    scoring: partial
    options:
      - {text: "El concejo municipal", correct: true}
      - {text: "La empresa municipal de agua", correct: true}
      - {text: "La ferretería que vende cemento"}
  - key: parejas
    type: matching
    points: 2
    stem: "Una cada principio con su conducta."
    pairs:
      - {left: "Máxima publicidad", right: "Publicar sin que lo pidan"}
      - {left: "Sencillez", right: "No pedir sellos"}
    distractors: ["Cobrar por mirar"]
  - {key: cierta, type: true_false, points: 1, stem: "El acceso es gratuito.", answer: true}
  - key: dias
    type: numerical
    points: 1
    stem: "¿Cuántos días hábiles hay para responder?"
    answer: 10
    unit: días hábiles
  - key: nombre
    type: short_answer
    points: 1
    stem: "¿Qué unidad recibe las solicitudes?"
    accept: ["Unidad de Información Pública"]
  - key: pasos
    type: ordering
    points: 0.25
    stem: "Ponga en orden lo que pasa con una solicitud."
    scoring: places
    items: ["Se recibe y se sella", "Se traslada a quien tiene el dato", "Se responde"]
  - key: grupos
    type: classification
    points: 0.25
    stem: "¿A qué rubro pertenece cada uno?"
    groups:
      - {name: "Ingresos", items: ["Impuesto único sobre inmuebles"]}
      - {name: "Gastos", items: ["Planilla", "Combustible del camión"]}
  - key: palabras
    type: missing_words
    points: 0.25
    stem: "Complete la regla con las palabras de la ley."
    passage: "La unidad responde en {{1}} días **{{2}}**, contados desde el día siguiente."
    words: [{text: "diez"}, {text: "hábiles"}, {text: "treinta"}, {text: "naturales"}]
  - key: huecos
    type: cloze
    points: 0.25
    stem: "Complete el párrafo."
    passage: |
      El decreto {{1}} es de acceso {{2}}.

      La copia de 42 hojas a 50 centavos cuesta {{3}} quetzales.
    gaps:
      - {type: short_answer, accept: ["57-2008"]}
      - {type: single_choice, options: [{text: "público", correct: true}, {text: "reservado"}]}
      - {type: numerical, answer: 21}
  - key: agrado
    type: scale
    points: 0
    stem: "¿Le sirvió este módulo?"
    steps: ["Nada", "Poco", "Bastante", "Mucho"]
  - key: memoria
    type: essay
    points: 0.25
    stem: "Cuente una solicitud que su municipalidad respondió y qué haría distinto."
    least: 5
    most: 120
    guidance: |
      - Dice **quién** pidió y qué.
      - Cuenta los días hábiles.
"""
#: What is right in it, and some of what each attempt shows in an order of its own.
_RIGHT: dict[int, dict[str, Any]] = {
    1: {"choice": "0"},
    2: {"choices": ["0", "1"]},
    4: {"choice": "true"},
    5: {"text": "10"},
    6: {"text": "Unidad de Información Pública"},
    7: {"pairs": {"0": "2", "1": "0"}},
    8: {"pairs": {"0": "0", "1": "0", "2": "1"}},
    9: {"pairs": {"0": "0", "1": "1"}},
    10: {"pairs": {"1": "57-2008", "2": "0", "3": "2,1"}},
    11: {"choice": "2"},
    12: {"text": "Un vecino pidió el contrato del rastro.\n\nLo entregamos el día doce: tarde."},
}


@dataclass
class Town:
    """The doors of its people, and the places in it by the names that sights call them."""

    room: Classroom
    places: dict[str, object]
    rosa: int
    rosa_writes: str = "rosa@example.org"
    url: str = ""
    package: bytes = b""

    def cookies(self, name: str) -> list[dict[str, str]]:
        """The session of somebody; none for a visitor."""
        if name == "visitor":
            return []
        return self._cookie(self.room.world.token_of(name))

    def another_browser(self, name: str) -> list[dict[str, str]]:
        """A session of their own for whoever leaves theirs in another state."""
        token = f"browser-{uuid4()}"

        def sign_in(work: Work) -> None:
            make_session(work, work.session.get_one(Person, self.room.world.people[name]), token)

        self.room.db.perform(sign_in, SYSTEM)
        return self._cookie(token)

    def _cookie(self, token: str) -> list[dict[str, str]]:
        return [{"name": SESSION_COOKIE, "value": token, "url": self.url}]

    def end_sessions(self) -> None:
        """Rosa signs out everywhere."""
        self.room.db.perform(end_others, SYSTEM, self.rosa)


def build_town(app: Flask, db: Database) -> Town:
    """Everybody and everything; the clock of the application stands still."""
    world = db.perform(build_world, SYSTEM)
    files = {f"{COURSE}/02-abierto/02-evaluacion.quiz.yaml": _EVERY_KIND.encode()}
    room = open_classroom(app, db, world, files=package() | files)
    tree = read_folder(shipped("courses") / "pedir-informacion-publica")
    store = app.extensions["cabildo.files"]
    load(db, store, tree, world.institutions["igm"], date(2026, 11, 21), SYSTEM)
    for name in ("learner", "learner2", "otra-learner"):
        room.enrol(name, municipality="Santa María Visitación")
        room.see(name, "derecho", "plazos")
    places: dict[str, object] = {"passed": room.take("learner", QUIZZES[0])}
    room.see("learner", "datos")
    places["open"] = _answered(room, "learner", 4, 5)
    room.take("learner2", QUIZZES[0])
    room.see("learner2", "datos")
    places |= _marked_by_hand(room)
    places |= graded(room)
    places["failed"] = room.take("otra-learner", QUIZZES[0], right=False)
    room.stop_at("otra-learner", "plazos", "b2")
    for number in (1, 2):
        db.perform(
            publish, room.actor("instructor"), room.cohort.uid, f"Aviso {number}",
            "La **segunda** evaluación cierra con la promoción.\n\n- Lea\n- Responda",
        )  # fmt: skip
    places |= _said(room, app)
    for name, make in (("asking", _asked_for), ("ended", _ended), ("taught", _taught)):
        places[name] = db.perform(make, SYSTEM, world)
    places["acted"], places["act"] = db.perform(_acted, SYSTEM, world)
    places |= _relisted(db, world)
    places |= _called(app, db, world)
    rosa = db.perform(_rosa, SYSTEM)
    places["invitation"] = db.perform(_invited, SYSTEM, places["asking"])
    work_due = app.extensions["cabildo.work_due"]
    work_due()
    issue_all(db, room.actor("registrar"), room.cohort.uid, "http://localhost")
    work_due()
    db.perform(printing.ask_for, room.actor("registrar"), room.cohort.uid, 0)
    work_due()
    places |= _links(app, work_due)
    with db.reading() as session:
        made = session.scalars(select(Credential)).one()
        places["document"] = f"/v/{made.code}"
        places["document_desk"] = f"/gestion/promociones/{room.cohort.uid}/constancias/{made.uid}"
        places["post"] = session.scalars(
            select(Post.uid).where(Post.person_id == world.people["learner"])
        ).one()
    places |= _handed_over(db, world)
    places |= _house(db, world)
    places |= _people(db, room, rosa)
    places |= written(room) | disputed(room)
    places |= _looked_after(app, db, world)
    for name, person in (
        ("learner", "learner"), ("graduate", "learner2"), ("stuck", "otra-learner")
    ):  # fmt: skip
        places[name] = room.url(person)
        places[f"{name}_place"] = room.enrollments[person].uid
    places["cohort"] = room.cohort.uid
    places |= _left(room)
    places["first"], places["second"] = (room.activities[key].uid for key in QUIZZES)
    with db.reading() as session:
        asked = select(QuestionVersion.uid).join(QuizQuestion).order_by(QuizQuestion.position)
        first = asked.where(QuizQuestion.activity_id == room.activities[QUIZZES[0]].id)
        places["first_question"] = session.scalars(first).first()
    places["correction"] = _corrected(room, places["first_question"])
    places |= worked(room, store)
    return Town(room, places, rosa, package=changed_package())


def _corrected(room: Classroom, question: UUID) -> UUID:
    """A question whose answer was said once more to be the right one."""
    quiz = room.activities[QUIZZES[0]].uid
    with room.db.reading() as session:
        version = select(QuestionVersion.id).where(QuestionVersion.uid == question)
        wanted = Wanted(session.scalars(version).one(), Change.KEY, {"answer": True})
    teacher, reason = room.actor("instructor"), "Una duda de la sesión del sábado"
    return room.db.perform(adjust, teacher, room.cohort.uid, quiz, wanted, reason)


def _left(room: Classroom) -> dict[str, object]:
    """Somebody who withdrew, with the letter that shows it."""
    theirs = room.enrol("help_desk", municipality="San Pablo La Laguna").uid
    paper = keep(room.app.extensions["cabildo.files"], b"%PDF-1.4\n%%EOF")
    why = Why(
        room.db.clock().date(), "work", "Asumió turnos de noche y pidió retirarse.",
        Attachment(paper, "carta-de-retiro.pdf"),
    )  # fmt: skip
    room.db.perform(withdraw, room.actor("registrar"), room.cohort.uid, [theirs], why)
    moved = _moved(room)
    return {"gone": f"/aula/{theirs}", "gone_place": theirs} | moved


def _moved(room: Classroom) -> dict[str, object]:
    """Somebody who goes on in another cohort, and somebody who passed the course elsewhere."""
    registrar, here = room.actor("registrar"), room.cohort.uid
    today = room.db.clock().date()

    def open_another(work: Work) -> UUID:
        return make_cohort(work, key="2027-8", title="Promoción 8 de 2027").uid

    there = room.db.perform(open_another, SYSTEM)
    moved = room.enrol("otra-tutor").uid
    why = Why(today, "health", "Reposo médico hasta fin de mes.")
    room.db.perform(transfer, registrar, here, moved, there, why)
    recognised = room.enrol("signer").uid
    paper = keep(room.app.extensions["cabildo.files"], b"%PDF-1.4\n%%EOF")
    passed = Passed(
        "Instituto Nacional de Administración Pública", "Transparencia municipal", 24, "88/100",
        today, "Acta de convalidación 12-2026", Attachment(paper, "certificado.pdf"),
    )  # fmt: skip
    room.db.perform(recognise, registrar, here, recognised, COURSE, passed)
    with room.db.reading() as session:
        held = session.scalars(select(Recognition.uid)).one()
    return {
        "moved": f"/aula/{moved}",
        "moved_place": moved,
        "recognised": f"/aula/{recognised}",
        "recognised_place": recognised,
        "recognition": held,
    }


def _house(db: Database, world: World) -> dict[str, object]:
    """The institution as its administrator looks after it; the other's looks after all."""

    def widen(work: Work) -> None:
        theirs = select(Grant).where(Grant.person_id == world.people["otra-administrator"])
        work.session.scalars(theirs).one().kind = ScopeKind.INSTALLATION

    db.perform(widen, SYSTEM)
    with db.reading() as session:
        igm = session.get_one(Institution, world.institutions["igm"])
        first = select(Signer).where(Signer.institution_id == igm.id).order_by(Signer.id)
        signer = session.scalars(first).first()
    assert signer is not None
    spoilt = Resolution("RES-7-2026", "Consejo Directivo", db.clock().date(), "Se manchó la hoja.")
    registrar = Actor(world.people["registrar"])
    db.perform(spoil, registrar, igm.uid, "http://localhost", spoilt)
    with db.reading() as session:
        code = session.scalars(select(SpoiledNumber.code)).one()
    copied, sheet = _transcribed(db, registrar, igm.uid)
    return {
        "house": f"/gestion/institucion/{igm.uid}",
        "signer": signer.uid,
        "book": f"/gestion/registro/{igm.uid}",
        "spoiled": f"/v/{code}",
        "transcribed": copied.uid,
        "transcribed_code": copied.code,
        "transcript_sheet": sheet,
    }


def _transcribed(db: Database, registrar: Actor, igm: UUID) -> tuple[Transcribed, UUID]:
    """A diploma of before that is registered, and a sheet with rows that are right and wrong."""
    kept = Kept(True, Layout(20, 200), 1, Place(3, 1, 0))
    cells = dict(zip(COLUMNS, EXAMPLE, strict=True))
    first, more = [(2, cells)], [(2, cells), (3, cells | {"numero": "846"})]

    def now(work: Work) -> None:
        given = select(Series.last_number).where(Series.key.like("%-CA-%"))
        keep_book(work, igm, replace(kept, number=work.session.scalars(given).one()))

    db.perform(now, registrar)
    sheet = db.perform(transcribe.lay, registrar, igm, "antes.csv", first)
    db.perform(transcribe.confirm, registrar, igm, sheet, 1)
    db.perform(transcribe.carry_out, registrar, igm, sheet, "http://localhost")
    left = db.perform(transcribe.lay, registrar, igm, "diplomas-2019.xlsx", more)
    with db.reading() as session:
        return session.scalars(select(Transcribed)).one(), left


def _said(room: Classroom, app: Flask) -> dict[str, object]:
    """What is planned, allowed, written to some and asked in the cohort."""
    db, cohort, learner = room.db, room.cohort.uid, room.enrollments["learner"]
    author = room.actor("instructor")

    def teach(work: Work) -> None:
        whose = Grant.person_id == room.world.people["tutor"]
        grant = work.session.scalars(select(Grant).where(whose)).one()
        grant.kind, grant.cohort_id = ScopeKind.COHORT, room.cohort.id

    db.perform(teach, SYSTEM)
    soon = db.clock() + timedelta(days=3)
    found = db.perform(publish, author, cohort, "Sesión del sábado", "A las **ocho**.", soon)
    everybody = [each.id for each in room.enrollments.values()]
    db.perform(send, author, cohort, everybody, "Le falta poco", "Entre esta semana.")
    about = f"{COURSE}/{QUIZZES[1]}"
    given = Allowed(about, attempts=1, minutes=10, expires_at=soon)
    db.perform(allow, author, cohort, [learner.id], given, "Corte de luz en Sololá")
    asked = db.perform(
        ask, room.actor("learner"), learner.uid, about, "Los asuetos",
        "¿Cuentan los **asuetos**?\n\n- En el plazo\n- En la prórroga",
    )  # fmt: skip
    return {"announcement": found, "inquiry": asked}


def _people(db: Database, room: Classroom, rosa: int) -> dict[str, object]:
    """Those whom the help desk looks at."""
    with db.reading() as session:
        paper, helped = session.execute(
            select(Identifier.uid, Person.uid)
            .join(Person, Person.id == Identifier.person_id)
            .where(Person.id == rosa, Identifier.kind == "document")
        ).one()
        waiting = session.scalars(select(Person.uid).where(Person.first_surname == "Tzoc")).one()
    learner, learner2 = (room.world.uids[name] for name in ("learner", "learner2"))
    return _twice(db, room, helped) | {
        "unfit": f"/gestion/personas/{learner}/unir/{learner2}",
        "helped": helped,
        "helped_document": f"/gestion/personas/{helped}/identificadores/{paper}",
        "waiting_person": waiting,
        "tutor_person": room.world.uids["tutor"],
        "signer_grant": room.grant_of("signer"),
    }


def _twice(db: Database, room: Classroom, rosa: UUID) -> dict[str, object]:
    """Rosa's other account, and two accounts of somebody that are one already."""

    def make(work: Work) -> list[tuple[int, UUID]]:
        known = work.session.scalars(select(Person).where(Person.uid == rosa)).one()
        again = names.Name(known.given_names, known.first_surname, known.second_surname)
        other = names.written("Tomasa", "Ajpop", None)
        people = [
            create(
                work, NewPerson(name=name, country="GT", email=f"{box}@ejemplo.gt"), by="pruebas"
            )
            for name, box in ((again, "rosa"), (other, "tomasa"), (other, "t.ajpop"))
        ]
        return [(person.id, person.uid) for person in people]

    twin, whole, part = db.perform(make, SYSTEM)
    everywhere = By(Reach(everywhere=True))
    why = WhyOne("document", "Se registró dos veces")
    joined = db.perform(merge, room.actor("help_desk"), whole[0], part[0], why, everywhere)
    return {
        "twin_person": twin[1],
        "whole_person": whole[1],
        "joined": f"/gestion/personas/{whole[1]}/separar/{joined}",
    }


def _looked_after(app: Flask, db: Database, world: World) -> dict[str, object]:
    """What an administrator finds: a letter that came back, a task that failed, a backup."""
    db.perform(add_operator, SYSTEM, world)
    with app.app_context():
        made = backups.make()
    db.perform(trouble, SYSTEM)
    with db.reading() as session:
        letter = session.scalars(select(Letter.uid).where(Letter.state == "bounced")).one()
        failed = session.scalars(select(Job.uid).where(Job.state == "failed")).one()
    return {"letter": letter, "failed_job": failed, "backup": made.name}


def _answered(room: Classroom, name: str, *slots: int) -> UUID:
    """An attempt at the second quiz in which somebody has answered these questions."""
    actor = room.actor(name)
    attempt = room.db.perform(
        start, actor, room.enrollments[name].uid, room.activities[QUIZZES[1]].uid
    )
    for slot in slots:
        sent = Sent(slot, f"{attempt}-{slot}", 1, Given.from_json(_RIGHT[slot]))
        room.db.perform_small(save_answer, actor, attempt, sent, room.db.clock())
    return attempt


def _marked_by_hand(room: Classroom) -> dict[str, object]:
    """An essay that has its mark, and one that waits for it."""
    marked = _answered(room, "learner2", *_RIGHT)
    room.db.perform(hand_in, room.actor("learner2"), marked)
    given = Marking(points("0.25"), "Cuenta bien los días.")
    room.db.perform(give, room.actor("instructor"), marked, 12, given, 0)
    room.enrol("otra-signer", municipality="San Pablo La Laguna")
    room.see("otra-signer", "derecho", "plazos")
    room.take("otra-signer", QUIZZES[0])
    room.see("otra-signer", "datos")
    waiting = _answered(room, "otra-signer", *_RIGHT)
    room.db.perform(hand_in, room.actor("otra-signer"), waiting)
    with room.db.reading() as session:
        essay = select(QuestionVersion.uid).join(Mark).where(Mark.slot == 12)
        asked = session.scalars(essay.distinct()).one()
    return {"marked": marked, "waiting": waiting, "essay": asked}


def _asked_for(work: Work, world: World) -> UUID:
    """A cohort that takes requests, with some of every sort."""
    cohort = make_cohort(work, key="2027-2", title="Promoción 2 de 2027")
    for name, state in (
        ("learner", "applied"),
        ("otra-learner", "applied"),
        ("tutor", "applied"),
        ("learner2", "enrolled"),
        ("signer", "declined"),
    ):
        put_in(work, cohort, world.people[name], state)
    return cohort.uid


def _called(app: Flask, db: Database, world: World) -> dict[str, object]:
    """A call with somebody who prepares an application and somebody who has handed one in."""

    def announce(work: Work) -> UUID:
        # Of a programme of its own: the people of the town have seats in another.
        slug = make_diploma(work, world.institutions["igm"], "archivo-local").programme.slug
        return make_cohort(work, slug, key="2027-3", title="Promoción 3 de 2027", capacity=4).uid

    uid = db.perform(announce, SYSTEM)
    with db.reading() as session:
        cohort = session.scalars(select(Cohort).where(Cohort.uid == uid)).one()
    asked = call_for(db, cohort)
    without = (asked[0].name,)
    listed = db.perform(_listed, SYSTEM, world)
    doors = db.perform(_kept, SYSTEM, world)
    return {
        **doors,
        "listed": listed,
        "called": uid,
        "required": asked[0].uid,
        "preparing": prepared(app, db, cohort, world.people["learner"], without=without),
        "sent": handed_in(app, db, cohort, world.people["learner2"]),
        "correcting": _sent_back(app, db, cohort, world),
    }


def _listed(work: Work, world: World) -> UUID:
    """A cohort with one seat that is free, and two who wait for it."""
    cohort = make_cohort(work, key="2027-4", title="Promoción 4 de 2027", capacity=1)
    for name in ("learner", "learner2"):
        put_in(work, cohort, world.people[name], "waitlisted")
    return cohort.uid


def _kept(work: Work, world: World) -> dict[str, object]:
    """A cohort with seats that are kept for an agreement."""
    slug = make_diploma(work, world.institutions["igm"], "agua-local").programme.slug
    cohort = make_cohort(work, slug, key="2027-5", title="Promoción 5 de 2027", capacity=9)
    until = work.now + timedelta(days=20)
    plan = Plan("Convenio con la asociación de municipalidades", 4, until)
    keep_seats(work, cohort.uid, plan)
    kept = work.session.scalars(select(Quota.uid).where(Quota.cohort_id == cohort.id)).one()
    day = until.date()
    make_key(work, cohort.uid, uses=4, until=day, note="Sololá", quota=kept)
    return {"doors": cohort.uid, "kept": kept}


def _sent_back(app: Flask, db: Database, cohort: Cohort, world: World) -> UUID:
    """Somebody's application with something to correct."""
    uid = handed_in(app, db, cohort, world.people["otra-learner"])
    with db.reading() as session:
        papers = session.scalars(
            select(Paper.uid)
            .join(Application, Application.id == Paper.application_id)
            .where(Application.uid == uid)
            .order_by(Paper.id)
        ).all()
    verdicts = [
        Verdict(papers[0], "observed", "Falta el reverso: se ve solo un lado.", "w"),
        Verdict(papers[1], "accepted"),
    ]
    until = db.clock() + timedelta(days=7)
    db.perform(send_back, SYSTEM, cohort.uid, uid, verdicts, until)
    return uid


def _ended(work: Work, world: World) -> UUID:
    """A cohort that is over."""
    cohort = make_cohort(work, key="2026-1", title="Promoción 1 de 2026", **_over(work))
    put_in(work, cohort, world.people["signer"], "enrolled")
    return cohort.uid


def _taught(work: Work, world: World) -> UUID:
    """A cohort of another programme whose people wait for their documents."""
    slug = make_diploma(work, world.institutions["igm"], "hacienda-local").programme.slug
    cohort = make_cohort(work, slug, key="2026-2", **_over(work))
    fill(work, cohort, 3)
    return cohort.uid


def _relisted(db: Database, world: World) -> dict[str, object]:
    """A cohort with a check list that was returned and one that is approved; a name differs now."""

    def lay(work: Work) -> tuple[UUID, Sequence[int]]:
        cohort = make_cohort(
            work, "hacienda-local", key="2025-7", title="Promoción 7 de 2025", **_over(work)
        )
        people = fill(work, cohort, 4, given="Nicolasa")
        for place, person in enumerate(people, 1):
            identify(work, person, f"25000000{place:02}101")
        return cohort.uid, people

    cohort, people = db.perform(lay, SYSTEM)
    registrar, other = Actor(world.people["registrar"]), Actor(world.people["administrator"])
    uids = []
    for _time in range(2):
        with db.reading() as session:
            ready = prepare(session, cohort, "http://localhost", db.clock())
        uids.append(db.perform(checklists.lay, registrar, ready, confirmed=4))
        if len(uids) == 1:
            said = "Falta el segundo apellido de la segunda persona."
            db.perform(checklists.give_back, other, cohort, uids[0], said)
    db.perform(checklists.approve, other, cohort, uids[1])

    def rename(work: Work) -> None:
        work.session.get_one(Person, people[1]).second_surname = "Pérez"

    db.perform(rename, SYSTEM)
    return {"relisted": cohort, "returned_list": uids[0], "approved_list": uids[1]}


def _handed_over(db: Database, world: World) -> dict[str, object]:
    """A cohort of three documents, the paper of one of which was sent."""

    def make(work: Work) -> UUID:
        cohort = make_cohort(
            work, "hacienda-local", key="2025-6", title="Promoción 6 de 2025", **_over(work)
        )
        fill(work, cohort, 3, given="Candelaria")
        return cohort.uid

    cohort, registrar = db.perform(make, SYSTEM), Actor(world.people["registrar"])
    issue_all(db, registrar, cohort, "http://localhost")
    with db.reading() as session:
        first = session.scalars(
            select(Credential.uid)
            .join(Cohort, Cohort.id == Credential.cohort_id)
            .where(Cohort.uid == cohort)
            .order_by(Credential.id)
        ).first()
    assert first is not None
    sent = Handing(Way.SENT, "Cargo Expreso, guía 1187", "", "Marcela Ochoa", db.clock().date())
    db.perform(deliver, registrar, cohort, [first], sent, shown=1)
    desk = f"/gestion/promociones/{cohort}/constancias/{first}"
    return {"papers": cohort, "handed_over": desk}


def _acted(work: Work, world: World) -> tuple[UUID, UUID]:
    """A cohort whose act is closed and waits for its signatures; a grade was changed since."""
    cohort = make_cohort(
        work, "hacienda-local", key="2025-9", title="Promoción 2025", **_over(work)
    )
    for place, person in enumerate(fill(work, cohort, 3, given="Ixchel"), 1):
        identify(work, person, f"24000000{place:02}101")
    house = Signer.institution_id == cohort.institution_id
    director = work.session.scalars(select(Signer).where(house).order_by(Signer.id)).first()
    assert director is not None
    director.account_id = world.people["signer"]
    closed = close(work, cohort.uid, "transparencia", 3)
    theirs = select(Enrollment.id).where(Enrollment.cohort_id == cohort.id).order_by(Enrollment.id)
    first = work.session.scalars(theirs).first()
    later = update(CourseResult).where(CourseResult.enrollment_id == first)
    work.session.execute(later.values(ratio=950_000))
    return cohort.uid, closed.uid


def _over(work: Work) -> dict[str, datetime]:
    """The days of what is over."""
    days = {
        "enrollment_opens_at": -200, "enrollment_closes_at": -180, "starts_at": -170, "ends_at": -20
    }  # fmt: skip
    return {name: work.now + timedelta(days=number) for name, number in days.items()}


def _rosa(work: Work) -> int:
    """Somebody who signs in with a password."""
    rosa = NewPerson(
        name=names.written("Rosa María", "Q’eqchi’", "Ñáñez"),
        country="GT",
        password_hash=hash_password(PASSWORD),
        language="es",
        email="rosa@example.org",
        phone=phone("5512 3456", "GT"),
        document=document("dpi", "2345 67899 0101", "GT"),
    )
    return create(work, rosa, "test").id


def _invited(work: Work, cohort: UUID) -> str:
    """Somebody enrolled who has not come in yet; where their letter leads."""
    entry = Entry(given_names="Ana", first_surname="Paz", email="ana.paz@example.org")
    added = add_one(work, cohort, entry)
    assert added.enrollment is not None
    person = work.session.get_one(Person, added.enrollment.person_id)
    return f"/invitacion/{secret_for(work, person)}"


def _links(app: Flask, work_due: Any) -> dict[str, str]:
    """What letters led to: confirming an account, a new password."""
    visitor = app.test_client()
    assert isinstance(visitor, Browsing)
    answer = visitor.send(
        "/registro",
        {
            "given_names": "Juana", "first_surname": "Tzoc", "email": "juana@example.org",
            "document_kind": "passport", "document_number": "A1234567", "country": "GT",
            "region": "Sololá", "municipality": "Panajachel", "position": "Concejala",
            "password": PASSWORD, "consent": "y",
        },
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    visitor.send("/recuperar", {"identifier": "rosa@example.org"})
    work_due()
    letters = "\n".join(
        str(part.get_content())
        for path in (Path(app.extensions["cabildo.settings"].data_dir) / "mail").glob("*.eml")
        if (part := _letter(path).get_body(("plain",)))
    )
    found = {}
    for name, address in (("confirm", "confirmar"), ("reset", "recuperar")):
        link = re.search(rf"http://localhost(/{address}/\S+)", letters)
        assert link, letters
        found[name] = link.group(1)
    return found


def _letter(path: Path) -> Any:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
