"""Announcements: written by staff, shown at once, told to everybody once whatever happens."""

import pytest
from sqlalchemy import func, select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound
from lms.foundation.mail.letters import message_of
from lms.foundation.mail.models import Letter, Notice
from lms.learning.actions import announcements
from lms.learning.actions.announcements import publish, tell_some, withdraw
from lms.learning.models import Announcement
from lms.learning.rules.letters import paragraphs
from lms.learning.tasks import fan_out
from tests.factories.world import make_person

BODY = "Este **jueves** hay tutoría.\n\n- Traiga su registro.\n- Venga.\n\n[Guía](https://e.org/x)"


def told(classroom) -> list[int]:
    with classroom.db.reading() as session:
        statement = select(Notice.person_id).where(Notice.template == "learning/announcement")
        return sorted(session.scalars(statement))


def crowd(classroom, count: int) -> None:
    """More people in the cohort."""

    def add(work):
        for number in range(count):
            name = f"vecina{number}"
            person = make_person(work, name, given="Ana")
            classroom.world.people[name] = person.id

    classroom.db.perform(add, SYSTEM)
    for number in range(count):
        classroom.enrol(f"vecina{number}")


def announce(classroom, title="Tutoría", body=BODY):
    return classroom.db.perform(
        publish, classroom.actor("instructor"), classroom.cohort.uid, title, body
    )


def test_everybody_with_a_seat_is_told_by_the_worker(classroom, do_jobs):
    classroom.enrol("learner2", "withdrawn")
    announce(classroom)
    assert told(classroom) == []
    do_jobs()
    assert told(classroom) == [classroom.world.people["learner"]]
    with classroom.db.reading() as session:
        found = session.scalars(select(Announcement)).one()
        assert found.told_at is not None
        assert session.scalar(select(func.count()).select_from(Letter)) == 1


def test_interrupted_between_batches_nobody_is_left_out_or_told_twice(classroom, monkeypatch):
    crowd(classroom, 7)
    monkeypatch.setattr(announcements, "BATCH", 3)
    uid = announce(classroom)
    assert classroom.db.perform(tell_some, SYSTEM, uid) is True
    assert len(told(classroom)) == 3
    with classroom.app.app_context():  # the worker was killed here; another one takes the job
        fan_out({"announcement": str(uid)})
        fan_out({"announcement": str(uid)})
    assert told(classroom) == sorted(set(told(classroom)))
    assert len(told(classroom)) == 8


def test_one_withdrawn_meanwhile_is_told_to_nobody_else(classroom, monkeypatch):
    crowd(classroom, 4)
    monkeypatch.setattr(announcements, "BATCH", 2)
    uid = announce(classroom)
    classroom.db.perform(tell_some, SYSTEM, uid)
    classroom.db.perform(withdraw, classroom.actor("instructor"), classroom.cohort.uid, uid)
    assert classroom.db.perform(tell_some, SYSTEM, uid) is False
    assert len(told(classroom)) == 2


def test_the_letter_is_plain_and_leads_to_the_site(classroom):
    uid = announce(classroom, "Aviso de O'Neil")
    classroom.db.perform(tell_some, SYSTEM, uid)
    with classroom.db.reading() as session, classroom.app.app_context():
        letter = session.scalars(select(Letter)).one()
        message = message_of(
            letter,
            public_url="https://aula.example.org",
            mail_from="a@b.org",
            now=letter.created_at,
        )
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Aviso de O'Neil"
    assert "Este jueves hay tutoría." in text
    assert "– Traiga su registro." in text
    assert "Guía (https://e.org/x)" in text
    assert f"https://aula.example.org{classroom.url('learner')}/anuncios" in text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Uno\ndos\n\nTres", ["Uno dos", "Tres"]),
        ("## Título\n\n1. a\n2. *b*", ["Título", "1. a", "2. b"]),
        ("::: note Ojo\nTexto\n:::", ["Texto"]),
        ("un_nombre_así y **negrita**", ["un_nombre_así y negrita"]),
        ("<b>no</b> & sí", ["<b>no</b> & sí"]),
        ("", []),
    ],
)
@pytest.mark.pure
def test_markdown_becomes_paragraphs(markdown, expected):
    assert paragraphs(markdown) == expected


def test_only_the_cohorts_own_is_withdrawn(classroom, world, app, db):
    uid = announce(classroom)
    with pytest.raises(NotFound):
        db.perform(withdraw, classroom.actor("instructor"), classroom.course.uid, uid)
