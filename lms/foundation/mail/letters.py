"""Writing a letter out: subject, text and HTML from one template in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from flask import render_template

from lms.foundation.locale.formats import speaking
from lms.foundation.locale.words import gettext
from lms.foundation.mail.models import Letter, Notice


@dataclass(frozen=True)
class Written:
    """A template in somebody's language: its first line, its paragraphs, the words of its link."""

    subject: str
    paragraphs: list[str]
    action: str


def written(template: str, context: dict[str, Any]) -> Written:
    """Fill in ``mail/<template>.txt``: subject, blank line, paragraphs, ``-> words of link``."""
    text = render_template(f"mail/{template}.txt", **context)
    subject, *rest = [block.strip() for block in text.strip().split("\n\n") if block.strip()]
    action = gettext("Open the page")
    if rest and rest[-1].startswith("->"):
        action = rest.pop().removeprefix("->").strip()
    return Written(" ".join(subject.split()), [" ".join(p.split()) for p in rest], action)


def notice_text(notice: Notice) -> Written:
    """A notice as it stands under Avisos, in the language of the page."""
    return written(notice.template, notice.context)


def message_of(letter: Letter, *, public_url: str, mail_from: str, now: datetime) -> EmailMessage:
    """The finished message of a letter, as text and HTML."""
    with speaking(letter.locale, letter.zone):
        filled = written(letter.template, letter.context)
        link = public_url + letter.link if letter.link else None
        html = render_template(
            "mail/layout.html",
            language=letter.locale.split("_")[0],
            subject=filled.subject,
            paragraphs=filled.paragraphs,
            sender=letter.sender_name,
            link=link,
            action=filled.action,
        )
    lines = [*filled.paragraphs]
    if link:
        lines.append(f"{filled.action}:\n{link}")
    lines.append(f"{letter.sender_name}\n{public_url}")
    message = EmailMessage()
    message["Subject"] = filled.subject
    message["From"] = formataddr((letter.sender_name, mail_from))
    message["To"] = letter.address
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.uid}@{mail_from.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(lines) + "\n")
    message.add_alternative(html, subtype="html")
    # After the parts are made: making them moves every Content- header into the first part.
    message["Content-Language"] = letter.locale.split("_")[0]
    return message
