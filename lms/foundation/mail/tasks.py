"""Sending what is in the outbox."""

import smtplib
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import mark_bounced, mark_failed, mark_sent
from lms.foundation.mail.letters import message_of
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.mail.transports import Transport


def send(payload: dict[str, Any]) -> None:
    """Send one letter; a failure is remembered and tried again by the job's own rule."""
    database: Database = current_app.extensions["cabildo.database"]
    transport: Transport = current_app.extensions["cabildo.mail"]
    with database.reading() as session:
        letter = session.scalar(select(Letter).where(Letter.uid == UUID(payload["letter"])))
    if letter is None or letter.state in (LetterState.SENT, LetterState.BOUNCED):
        return
    message = message_of(
        letter,
        public_url=current_app.config["PUBLIC_URL"],
        mail_from=current_app.config["MAIL_FROM"],
        now=database.clock(),
    )
    try:
        transport.send(message)
    except smtplib.SMTPRecipientsRefused as error:
        refused = _for_good(error)
        if refused is None:
            _failed(database, letter, error)
            raise
        database.perform(_bounced, SYSTEM, letter.id, refused)
    except (OSError, smtplib.SMTPException) as error:
        _failed(database, letter, error)
        raise
    else:
        database.perform(mark_sent, SYSTEM, letter.id)


def _failed(database: Database, letter: Letter, error: Exception) -> None:
    database.perform(mark_failed, SYSTEM, letter.id, f"{type(error).__name__}: {error}")


def _for_good(error: smtplib.SMTPRecipientsRefused) -> str | None:
    """What the mail server said, if it says that there is no such reader: trying again is vain."""
    for code, said in error.recipients.values():
        if 500 <= code < 600:
            words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
            return f"{code} {words}"
    return None


def _bounced(work: Work, letter_id: int, why: str) -> None:
    mark_bounced(work, work.session.get_one(Letter, letter_id), why)
