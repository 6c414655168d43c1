"""Publication with two persons: one asks, another looks at it and decides."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from lms.authoring.actions.publish_draft import checked_summary, publish_together, to_be_published
from lms.authoring.formats.prepared import Prepared, digest
from lms.authoring.models import PublicationRequest
from lms.authoring.queries import requests as queries
from lms.authoring.queries.drafts import locked_programme
from lms.authoring.rules.requests import LONGEST_REASON, RequestState, decide
from lms.catalog.models import Programme
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, Invalid, NotFound, Refused
from lms.foundation.mail.actions import tell


def ask_publication(
    work: Work,
    programme_uid: UUID,
    prepared: Prepared,
    parts: Collection[str],
    summary: str,
    link: str,
    title: str,
) -> UUID:
    """Ask that the drafts of some parts be published as they stand now.

    Whoever may publish here is told. One request of a programme waits at a time.
    """
    programme = locked_programme(work.session, programme_uid)
    summary = checked_summary(summary)
    wanted = to_be_published(work, programme, prepared, parts)
    if queries.waiting(work.session, programme.id) is not None:
        raise Refused(N_("A request of this programme is waiting already. Withdraw it first."))
    request = PublicationRequest(
        institution_id=programme.institution_id,
        programme_id=programme.id,
        parts=sorted(parts),
        summary=summary,
        wanted_sha256=digest(wanted),
        asked_at=work.now,
        asked_by_id=work.actor.person_id,
    )
    work.session.add(request)
    work.session.flush()
    record(work, "publication.asked", subject=request, detail={"programme": programme.key})
    for person_id in queries.other_publishers(
        work.session, programme.institution_id, work.actor.person_id, work.now
    ):
        tell(
            work,
            person_id,
            "authoring/asked",
            link=link.replace("REQUEST", str(request.uid)),
            institution_id=programme.institution_id,
            programme=title,
            summary=summary,
        )
    return request.uid


def approve(
    work: Work,
    programme_uid: UUID,
    request_uid: UUID,
    prepared: Prepared,
    media: Mapping[str, Stored],
    link: str,
    title: str,
) -> int:
    """Publish what was asked for, and nothing that was saved since. Returns the new version."""
    programme = locked_programme(work.session, programme_uid)
    request = _request(work, programme, request_uid)
    decide(request.state, request.asked_by_id, work.actor.person_id)
    wanted = to_be_published(work, programme, prepared, request.parts)
    if digest(wanted) != request.wanted_sha256:
        raise Conflict(
            N_("Something was saved since this was asked for. Ask for a new request instead.")
        )
    done = publish_together(work, programme, prepared, media, request.parts, request.summary)
    _decided(work, request, RequestState.APPROVED)
    request.number = done.number
    _tell(work, request, "authoring/approved", link, programme=title, number=done.number)
    return done.number


def decline(
    work: Work, programme_uid: UUID, request_uid: UUID, reason: str, link: str, title: str
) -> None:
    """Say why it is not published; the draft stays as it is, and whoever asked reads the reason."""
    programme = locked_programme(work.session, programme_uid)
    request = _request(work, programme, request_uid)
    decide(request.state, request.asked_by_id, work.actor.person_id)
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        wrong = N_("Write a reason: the person will read it.")
        raise Invalid(wrong, fields={"reason": wrong})
    _decided(work, request, RequestState.DECLINED)
    request.reason = reason
    _tell(work, request, "authoring/declined", link, programme=title, reason=reason)


def withdraw_request(work: Work, programme_uid: UUID, request_uid: UUID) -> None:
    """Take a request back that nobody has decided yet."""
    request = _request(work, locked_programme(work.session, programme_uid), request_uid)
    if request.state != RequestState.WAITING:
        raise Refused(N_("It was decided already. Look at it again."))
    _decided(work, request, RequestState.WITHDRAWN)


def _request(work: Work, programme: Programme, uid: UUID) -> PublicationRequest:
    found = work.session.scalar(
        select(PublicationRequest)
        .where(PublicationRequest.uid == uid, PublicationRequest.programme_id == programme.id)
        .with_for_update()
    )
    if found is None:
        raise NotFound()
    return found


def _decided(work: Work, request: PublicationRequest, state: RequestState) -> None:
    request.state = state
    request.decided_at, request.decided_by_id = work.now, work.actor.person_id
    record(work, f"publication.{state}", subject=request)


def _tell(
    work: Work, request: PublicationRequest, template: str, link: str, **said: object
) -> None:
    if request.asked_by_id is not None:
        tell(
            work,
            request.asked_by_id,
            template,
            link=link,
            institution_id=request.institution_id,
            **said,
        )
