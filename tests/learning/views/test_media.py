"""A course's files: by their hash, for ever, in pieces, and none that is not a course's."""

import io

import pytest

from lms.foundation.files.actions import keep, refer
from lms.foundation.kernel.actor import SYSTEM
from lms.learning.views.media import DRAWING_POLICY
from tests.factories.teaching import SOUND, SVG

IMMUTABLE = "public, max-age=31536000, immutable"


def address(classroom, path: str) -> str:
    media = classroom.course.detail["media"][path]
    return f"/medios/{media['sha256']}/{path.rpartition('/')[2]}"


def test_a_drawing_can_do_nothing_but_be_looked_at(classroom, visitor):
    answer = visitor.get(address(classroom, "media/plazos.svg"))
    assert answer.data == SVG.encode()
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == DRAWING_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == IMMUTABLE


def test_a_table_is_saved_and_not_shown(classroom, visitor):
    answer = visitor.get(address(classroom, "media/registro.csv"))
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="registro.csv"'


def test_who_has_it_is_told_so(classroom, visitor):
    url = address(classroom, "media/plazos.svg")
    tag = visitor.get(url).headers["ETag"]
    answer = visitor.get(url, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Cache-Control"] == IMMUTABLE


def test_a_small_text_leaves_compressed(classroom, visitor):
    answer = visitor.get(address(classroom, "media/tabla.csv"), headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.content_length < 300


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=-100", len(SOUND) - 100, len(SOUND) - 1),
        (f"bytes={len(SOUND) - 10}-", len(SOUND) - 10, len(SOUND) - 1),
        ("bytes=0-", 0, min(len(SOUND), 1024 * 1024) - 1),
    ],
)
def test_a_recording_is_given_piece_by_piece(classroom, visitor, asked, first, last):
    answer = visitor.get(address(classroom, "media/voz.opus"), headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(SOUND)}"
    assert answer.data == SOUND[first : last + 1]
    assert answer.mimetype == "audio/ogg"


def test_a_piece_that_is_not_there_is_refused(classroom, visitor):
    answer = visitor.get(
        address(classroom, "media/voz.opus"), headers={"Range": f"bytes={len(SOUND)}-"}
    )
    assert answer.status_code == 416


def test_the_whole_recording_says_that_pieces_can_be_had(classroom, visitor):
    answer = visitor.get(address(classroom, "media/voz.opus"))
    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.content_length == len(SOUND)
    assert answer.data == SOUND


def test_an_old_piece_is_not_joined_to_a_new_file(classroom, visitor):
    answer = visitor.get(
        address(classroom, "media/voz.opus"),
        headers={"Range": "bytes=0-9", "If-Range": '"otro"'},
    )
    assert answer.status_code == 200


def test_what_is_no_course_file_is_not_given_out(classroom, visitor, app, db):
    """The same store holds documents of people."""
    stored = keep(app.extensions["cabildo.files"], io.BytesIO(b"%PDF-1.7 de una persona"))
    db.perform(refer, SYSTEM, stored)
    assert visitor.get(f"/medios/{stored.sha256}/constancia.pdf").status_code == 404


@pytest.mark.parametrize("path", ["0" * 64 + "/x.svg", "abc/x.svg", "g" * 64 + "/x.svg"])
def test_other_hashes_are_no_pages(classroom, visitor, path):
    assert visitor.get(f"/medios/{path}").status_code == 404


def test_a_name_cannot_carry_headers(classroom, visitor):
    url = address(classroom, "media/plazos.svg").rpartition("/")[0]
    assert visitor.get(f"{url}/%0d%0aX-Y:1").status_code == 404
    assert visitor.get(f'{url}/a"b').status_code == 404
