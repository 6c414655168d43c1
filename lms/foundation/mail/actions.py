"""Telling people: on the site at once, by letter after the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.foundation.db.pieces import AT_ONCE
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.mail.models import Letter, LetterState, Notice

SEND = "mail.send"
KEPT = timedelta(days=90)


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
    work: Work,
    person_id: int,
    template: str,
    *,
    link: str | None = None,
    institution_id: int | None = None,
    **context: Any,
) -> None:
    """Whoever a decision concerns is told on the site, and by mail if their address is verified.

    ``template`` names ``mail/<template>.txt``; ``context`` is plain JSON (moments as ISO text);
    ``link`` is a path on this site; ``institution_id`` is whose decision it is, if anybody's.
    """
    notify(work, person_id, template, link=link, **context)
    for directory in _directories:
        addressee = directory(work.session, person_id)
        if addressee is not None:
            write(
                work, addressee, template, person_id=person_id, link=link,
                institution_id=institution_id, **context,
            )  # fmt: skip


def notify(
    work: Work, person_id: int, template: str, *, link: str | None = None, **context: Any
) -> None:
    """Say it on the site only: what is said by mail is another letter, or none."""
    work.session.add(
        Notice(
            person_id=person_id,
            template=template,
            context=context,
            link=link,
            created_at=work.now,
        )
    )


def write(
    work: Work,
    addressee: Addressee,
    template: str,
    *,
    person_id: int | None = None,
    link: str | None = None,
    institution_id: int | None = None,
    secret: bool = False,
    **context: Any,
) -> None:
    """Put one letter into the outbox; it leaves after the commit.

    ``secret`` says that whoever holds its link may enter: then only its reader sees it.
    """
    letter = Letter(
        person_id=person_id,
        institution_id=institution_id,
        secret=secret,
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
    _post(work, letter)


def _post(work: Work, letter: Letter) -> None:
    enqueue(work, SEND, key=str(letter.uid), payload={"letter": str(letter.uid)})


def send_again(work: Work, letter: Letter) -> None:
    """The same letter once more, to the same address; what is forgotten cannot be said again."""
    if not letter.kept:
        raise Refused(
            N_("What this letter said is not kept any more. Have its reader ask for another.")
        )
    letter.state = LetterState.PENDING
    letter.sent_at = letter.bounced_at = letter.last_error = None
    _post(work, letter)


def mark_sent(work: Work, letter_id: int) -> None:
    """The letter has left; a link that opens an account is forgotten at once."""
    letter = work.session.get_one(Letter, letter_id)
    letter.state = LetterState.SENT
    letter.sent_at = work.now
    letter.last_error = None
    if letter.secret:
        _forget(letter)


def mark_failed(work: Work, letter_id: int, error: str) -> None:
    """The letter did not leave this time; the help desk can see why."""
    letter = work.session.get_one(Letter, letter_id)
    letter.state = LetterState.FAILED
    letter.last_error = error[:500]


def mark_bounced(work: Work, letter: Letter, why: str) -> None:
    """The letter came back: nobody reads that address, so it is not tried again."""
    letter.state = LetterState.BOUNCED
    letter.bounced_at = work.now
    letter.last_error = why[:500]


def forget_some(work: Work) -> bool:
    """What letters said is kept 90 days, so that it can be looked up and sent again; that they
    were written stays. Says whether there may be more."""
    old = work.session.scalars(
        select(Letter)
        .where(Letter.kept, Letter.created_at < work.now - KEPT)
        .order_by(Letter.id)
        .limit(AT_ONCE)
    ).all()
    for letter in old:
        _forget(letter)
    return len(old) == AT_ONCE


def _forget(letter: Letter) -> None:
    letter.context = {}
    letter.link = None
    letter.kept = False
