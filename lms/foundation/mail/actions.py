"""Telling people: on the site at once, by letter after the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.mail.models import Letter, LetterState, Notice

SEND = "mail.send"


@dataclass(frozen=True)
class Addressee:
    """Where and in which language somebody reads letters."""

    address: str
    locale: str
    zone: str
    sender_name: str


Directory = Callable[[Session, int], Addressee | None]
_directories: list[Directory] = []


def use_directory(directory: Directory) -> None:
    """Called once by the composition root: who knows the verified address of a person."""
    _directories[:] = [directory]


def tell(
    work: Work, person_id: int, template: str, *, link: str | None = None, **context: Any
) -> None:
    """Whoever a decision concerns is told on the site, and by mail if their address is verified.

    ``template`` names ``mail/<template>.txt``; ``context`` is plain JSON (moments as ISO text);
    ``link`` is a path on this site.
    """
    work.session.add(
        Notice(
            person_id=person_id,
            template=template,
            context=context,
            link=link,
            created_at=work.now,
        )
    )
    for directory in _directories:
        addressee = directory(work.session, person_id)
        if addressee is not None:
            write(work, addressee, template, person_id=person_id, link=link, **context)


def write(
    work: Work,
    addressee: Addressee,
    template: str,
    *,
    person_id: int | None = None,
    link: str | None = None,
    **context: Any,
) -> None:
    """Put one letter into the outbox; it leaves after the commit."""
    letter = Letter(
        person_id=person_id,
        address=addressee.address,
        template=template,
        context=context,
        link=link,
        locale=addressee.locale,
        zone=addressee.zone,
        sender_name=addressee.sender_name,
        created_at=work.now,
    )
    work.session.add(letter)
    work.session.flush()
    enqueue(work, SEND, key=str(letter.uid), payload={"letter": str(letter.uid)})


def mark_sent(work: Work, letter_id: int) -> None:
    """The letter has left; what was in it is not kept longer than needed."""
    letter = work.session.get_one(Letter, letter_id)
    letter.state = LetterState.SENT
    letter.sent_at = work.now
    letter.last_error = None
    letter.context = {}
    letter.link = None


def mark_failed(work: Work, letter_id: int, error: str) -> None:
    """The letter did not leave this time; the help desk can see why."""
    letter = work.session.get_one(Letter, letter_id)
    letter.state = LetterState.FAILED
    letter.last_error = error[:500]
