"""The questions of a quiz as files of other systems; what one cannot carry is told first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Format, Item, Written
from lms.assessment.formats.losses import LOST_KEYS, OTHER_KEY
from lms.assessment.formats.sheets import XLSX
from lms.assessment.formats.sheets.template import SAMPLES
from lms.authoring import scopes
from lms.authoring.formats.brought_questions import shown_in
from lms.authoring.views.places import store
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.catalog.formats.yaml_write import plain
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard

TEMPLATE = "plantilla"
"""The sheet to begin from, by its place in the address."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, what it does not carry, and how many questions have no place in it."""

    format: Format
    lost: list[tuple[str, int]]
    left_out: int
    total: int


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def show(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Each format, and what of these questions has no place in it."""
    quiz = quiz_at(programme, course, key)
    items = _items(quiz)
    offers = [_offer(each, items) for each in FORMATS.values()] if items else []
    return render_template(
        "authoring/question_downloads.html",
        quiz=quiz,
        offers=offers,
        unread=len(quiz.questions) - len(items),
        crumbs=quiz.crumbs(inside=True),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def fetch(programme: UUID, course: str, key: str, name: str) -> ResponseReturnValue:
    """The file; or a sheet to begin from, with a question of each kind."""
    quiz, format_ = quiz_at(programme, course, key), FORMATS.get(name)
    if name == TEMPLATE:
        return _sent(XLSX, XLSX.write(SAMPLES), _("question-template"))
    if format_ is None:
        raise NotFound()
    items = _items(quiz)
    written = format_.write(items)
    if len(written.left_out) == len(items):
        raise Refused(N_("None of its questions has a place in that format."))
    return _sent(format_, written, quiz.key)


def _sent(format_: Format, written: Written, name: str) -> ResponseReturnValue:
    return send_file(
        BytesIO(written.data),
        mimetype=format_.media_type,
        as_attachment=True,
        download_name=f"{name}.{format_.ending}",
    )


def _items(quiz: Quiz) -> list[Item]:
    """Its questions that are whole, with the files that they show."""
    return [
        Item(plain(each), _files(quiz, each))
        for each in quiz.source.data.get("questions") or ()
        if isinstance(each, Mapping)
    ]


def _files(quiz: Quiz, question: Any) -> dict[str, bytes]:
    found = {}
    for name in shown_in(question):
        file = quiz.found.standing.files.get(f"{quiz.course.folder}/media/{name}")
        if file is not None:
            with store().open(file.sha256) as stream:
                found[name] = stream.read()
    return found


def _offer(format_: Format, items: list[Item]) -> Offer:
    written: Written = format_.write(items)
    counted = Counter(key for keys in written.lost.values() for key in keys)
    said: Counter[str] = Counter()
    for key, count in counted.items():
        if key != "key":
            said[_(LOST_KEYS.get(key, OTHER_KEY))] += count
    return Offer(format_, sorted(said.items()), len(written.left_out), len(items))
