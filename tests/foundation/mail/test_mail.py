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
from lms.foundation.mail.actions import tell
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
    assert letter.context == {}


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
