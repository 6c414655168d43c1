"""Files in pieces, for telephones that lose the signal: begun, gone on with, put together."""

import io
import re
import tempfile
from hashlib import sha256
from typing import IO
from uuid import UUID

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue

from lms.assignments.actions import uploads
from lms.assignments.formats.documents import kept
from lms.assignments.forms import filename_of
from lms.assignments.queries.uploads import pieces_of, upload_of
from lms.assignments.views.blueprint import blueprint
from lms.assignments.views.work import ADDRESS, Mine, mine, store
from lms.foundation.access.permissions import Permission
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.store import PIECE, Stored, digest_of
from lms.foundation.kernel.errors import N_, Conflict, DomainError, Invalid
from lms.foundation.locale.formats import kilobytes
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import perform, say
from lms.foundation.web.reading import reading

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MEMORY = 2_000_000


@blueprint.post(ADDRESS + "/piezas")
@guard(Permission.COURSE_TAKE)
def begin_upload(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    """Begin a file, or learn how much of it has arrived already."""
    mine(enrollment, activity)
    digest, size = request.form.get("sha256", ""), request.form.get("size", "")
    if not _DIGEST.fullmatch(digest) or not (size.isascii() and size.isdigit() and len(size) < 12):
        return jsonify(said=say(Invalid(N_("This file cannot be sent.")))), 422
    name = filename_of(request.form.get("name"))
    try:
        way = perform(uploads.begin, enrollment, activity, digest, int(size), name)
    except DomainError as refusal:
        return jsonify(said=say(refusal)), refusal.status
    return jsonify(
        upload=str(way.uid),
        next=way.next,
        pieces=way.pieces,
        size=PIECE,
        url=url_for(
            "assignments.put_piece",
            enrollment=enrollment,
            activity=activity,
            upload=way.uid,
            number=0,
        ).removesuffix("0"),
    )


@blueprint.post(ADDRESS + "/piezas/<uuid:upload>/<int:number>")
@guard(Permission.COURSE_TAKE)
def put_piece(enrollment: UUID, activity: UUID, upload: UUID, number: int) -> ResponseReturnValue:
    """A piece has arrived; with the last one the file is put together and checked."""
    found = mine(enrollment, activity)
    sent = request.files.get("piece")
    data = sent.stream.read(PIECE + 1) if sent is not None else b""
    try:
        if not 0 < len(data) <= PIECE:
            raise Invalid(N_("This piece does not follow the last one."))
        digest = sha256(data).hexdigest()
        store().put(io.BytesIO(data), digest)
        stored = Stored(digest, len(data), "application/octet-stream")
        way = perform(uploads.put_piece, enrollment, activity, upload, number, stored)
        if way.next < way.pieces:
            return jsonify(next=way.next, pieces=way.pieces)
        return _whole(found, enrollment, activity, upload)
    except DomainError as refusal:
        return jsonify(said=say(refusal)), refusal.status


def _whole(found: Mine, enrollment: UUID, activity: UUID, upload: UUID) -> ResponseReturnValue:
    """All pieces are there: the file as the device has it, or it is sent once more."""
    row = upload_of(reading(), found.place.enrollment_id, found.place.activity_key, upload)
    pieces = pieces_of(reading(), row.id)
    with tempfile.SpooledTemporaryFile(_MEMORY) as whole:
        try:
            for digest in pieces:
                with store().open(digest) as piece:
                    whole.write(piece.read())
            whole.seek(0)
            sent, _size = digest_of(whole)
        except FileNotFoundError:  # swept: it lay there for more than a day
            sent = ""
        if sent != row.sha256:
            perform(uploads.restart, enrollment, activity, upload)
            raise Conflict(N_("The file did not arrive as it is on your device. Send it again."))
        try:
            stored = _kept(found, whole)
        except Invalid:
            perform(uploads.restart, enrollment, activity, upload)
            raise
    uid = perform(uploads.finish, enrollment, activity, upload, Attachment(stored, row.filename))
    return jsonify(
        file=str(uid),
        name=row.filename,
        size=kilobytes(stored.size),
        sha256=row.sha256,
        url=url_for("assignments.own_file", enrollment=enrollment, activity=activity, file=uid),
    )


def _kept(found: Mine, whole: IO[bytes]) -> Stored:
    whole.seek(0)
    settings = found.settings
    return kept(store(), whole, settings.media_types, settings.megabytes)
