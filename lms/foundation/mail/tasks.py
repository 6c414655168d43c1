"""Sending what is in the outbox."""

import smtplib
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import mark_failed, mark_sent
from lms.foundation.mail.letters import message_of
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.mail.transports import Transport


def send(payload: dict[str, Any]) -> None:
    """Send one letter; a failure is remembered and tried again by the job's own rule."""
    database: Database = current_app.extensions["cabildo.database"]
    transport: Transport = current_app.extensions["cabildo.mail"]
    with database.reading() as session:
        letter = session.scalar(select(Letter).where(Letter.uid == UUID(payload["letter"])))
    if letter is None or letter.state == LetterState.SENT:
        return
    message = message_of(
        letter,
        public_url=current_app.config["PUBLIC_URL"],
        mail_from=current_app.config["MAIL_FROM"],
        now=database.clock(),
    )
    try:
        transport.send(message)
    except (OSError, smtplib.SMTPException) as error:
        database.perform(mark_failed, SYSTEM, letter.id, f"{type(error).__name__}: {error}")
        raise
    database.perform(mark_sent, SYSTEM, letter.id)
