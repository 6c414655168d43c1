"""Letters: written in the transaction, sent after it, through a real mail server on loopback."""

import email
import email.policy
import socket
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Refused
from lms.foundation.mail.actions import Addressee, forget_some, send_again, tell, write
from lms.foundation.mail.models import Letter, LetterState, Notice
from lms.foundation.mail.transports import Console, Files, Smtp, transport_for

TEMPLATE = """\
{{ _("Test") }}: {{ title }}

Hola, {{ name }}.

Su lugar está reservado hasta el {{ until|datetime(zone=true) }}.

-> Abrir la promoción
"""


@pytest.fixture
def template(app, monkeypatch):
    """One more letter; afterwards templates and transport are those of all tests again."""
    mine = DictLoader({"mail/test/hello.txt": TEMPLATE})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([app.jinja_env.loader, mine]))
    monkeypatch.setitem(app.extensions, "cabildo.mail", app.extensions["cabildo.mail"])


class Inbox:
    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append(message)
        return "250 OK"


@pytest.fixture
def inbox():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.port = port
    yield handler
    controller.stop()


def letters(db) -> list[Letter]:
    with db.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def hello(work, world, fail=False):
    tell(
        work,
        world.people["learner"],
        "test/hello",
        link="/promociones/x",
        title="Transparencia 2026",
        name="Rosa",
        until="2026-11-30T05:59:00+00:00",
    )
    if fail:
        raise Refused("No.")


def test_a_letter_leaves_after_the_commit_in_spanish_as_text_and_html(
    app, db, world, inbox, do_jobs, template
):
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    db.perform(hello, SYSTEM, world)
    assert inbox.messages == []
    do_jobs()
    (message,) = inbox.messages
    assert message["To"] == "learner@example.org"
    assert message["Subject"].endswith(": Transparencia 2026")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "es"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "domingo 29 de noviembre, 23:59" in text
    assert "Guatemala" in text
    assert "Abrir la promoción:\nhttp://localhost/promociones/x" in text
    html = message.get_body(("html",)).get_content()
    assert '<a href="http://localhost/promociones/x">' in html
    (letter,) = letters(db)
    assert letter.state == LetterState.SENT
    assert letter.kept


def test_a_refused_action_sends_nothing(app, db, world, inbox, do_jobs, template):
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    with pytest.raises(Refused):
        db.perform(hello, SYSTEM, world, fail=True)
    do_jobs()
    assert inbox.messages == []
    with db.reading() as session:
        assert session.scalars(select(Notice)).all() == []


def test_a_mail_server_that_is_down_loses_no_letter(
    app, db, world, inbox, do_jobs, clock, template
):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{closed}")
    db.perform(hello, SYSTEM, world)
    do_jobs()
    (letter,) = letters(db)
    assert letter.state == LetterState.FAILED
    assert "refused" in letter.last_error
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    clock.advance(minutes=1)
    do_jobs()
    assert len(inbox.messages) == 1
    do_jobs()
    assert len(inbox.messages) == 1


def test_a_link_that_opens_an_account_is_forgotten_when_its_letter_has_left(
    app, db, world, inbox, do_jobs, template
):
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    to = Addressee("rosa@example.org", "es_GT", "America/Guatemala", "Instituto")
    db.perform(
        lambda work: write(
            work, to, "test/hello", link="/recuperar/secreto", secret=True,
            title="x", name="Rosa", until="2026-11-30T05:59:00+00:00",
        ),
        SYSTEM,
    )  # fmt: skip
    (letter,) = letters(db)
    assert letter.link == "/recuperar/secreto"  # a server that is down must not lose it
    do_jobs()
    assert "/recuperar/secreto" in inbox.messages[0].get_body(("plain",)).get_content()
    (letter,) = letters(db)
    assert (letter.link, letter.context, letter.kept) == (None, {}, False)
    with pytest.raises(Refused):
        db.perform(lambda work: send_again(work, work.session.get_one(Letter, letter.id)), SYSTEM)


def test_a_letter_is_sent_again_as_it_was(app, db, world, inbox, do_jobs, template):
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    db.perform(hello, SYSTEM, world)
    do_jobs()
    (letter,) = letters(db)
    db.perform(lambda work: send_again(work, work.session.get_one(Letter, letter.id)), SYSTEM)
    do_jobs()
    first, second = (each.get_body(("plain",)).get_content() for each in inbox.messages)
    assert first == second
    assert [each.state for each in letters(db)] == [LetterState.SENT]


@pytest.mark.parametrize(
    ("answer", "state", "tries"),
    [
        ("550 5.1.1 no such user", LetterState.BOUNCED, 1),
        ("451 4.3.2 come back later", LetterState.FAILED, 2),
    ],
)
def test_a_reader_that_does_not_exist_is_not_written_to_again(
    app, db, world, inbox, do_jobs, clock, template, answer, state, tries
):
    asked = []

    async def refuse(server, session, envelope, address, options):
        asked.append(address)
        return answer

    inbox.handle_RCPT = refuse
    app.extensions["cabildo.mail"] = Smtp(f"smtp://127.0.0.1:{inbox.port}")
    db.perform(hello, SYSTEM, world)
    do_jobs()
    clock.advance(minutes=5)
    do_jobs()
    (letter,) = letters(db)
    assert letter.state == state
    assert answer[:3] in letter.last_error
    assert asked == ["learner@example.org"] * tries
    assert (letter.bounced_at is not None) is (state == LetterState.BOUNCED)


def test_what_letters_said_is_kept_ninety_days_and_that_they_were_written_stays(
    app, db, world, do_jobs, clock, template, tmp_path
):
    app.extensions["cabildo.mail"] = Files(tmp_path)
    db.perform(hello, SYSTEM, world)
    do_jobs()
    clock.advance(days=89)
    db.perform(hello, SYSTEM, world)
    clock.advance(days=2)
    assert not db.perform(forget_some, SYSTEM)
    old, new = letters(db)
    assert (old.context, old.link, old.kept, old.address) == (
        {},
        None,
        False,
        "learner@example.org",
    )
    assert new.kept
    assert new.context["title"] == "Transparencia 2026"


def test_what_a_person_wrote_cannot_become_markup_in_a_letter(
    app, db, world, do_jobs, template, tmp_path
):
    app.extensions["cabildo.mail"] = Files(tmp_path)
    db.perform(
        lambda work: tell(
            work, world.people["learner"], "test/hello", title="x\nBcc: all@example.org",
            name="<script>alert(1)</script>", until="2026-11-30T05:59:00+00:00",
        ),
        SYSTEM,
    )  # fmt: skip
    do_jobs()
    (path,) = tmp_path.glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["Bcc"] is None
    assert "<script>" not in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("smtp://u:p@mail.example.org:587?starttls=yes", Smtp),
        ("smtps://mail.example.org", Smtp),
        ("file:/tmp/x", Files),
        ("console:", Console),
    ],
)
def test_the_setting_names_the_transport(address, kind):
    assert isinstance(transport_for(address), kind)
