"""A lesson as it is being written: how learners will see it, what it weighs, what is wrong in it.

Nothing is kept: what is typed is read in the place of what is saved, by the same rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import force_locale
from markupsafe import Markup

from lms.authoring.queries.checked import Checked, checked_course
from lms.authoring.queries.drafts import WorkingFile
from lms.authoring.rules.meter import minutes_for, page_size
from lms.authoring.rules.package import CourseText
from lms.authoring.views.editors import Places, Told
from lms.authoring.views.places import store, today
from lms.authoring.views.writing import Writing
from lms.catalog.queries.structure import FactStructure
from lms.catalog.rules.lesson import MOST_WORDS
from lms.catalog.rules.pictures import small_of
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import kilobytes
from lms.foundation.web.locale import FALLBACK, language
from lms.foundation.web.markdown import FactView, MediaView, Rendered, render
from lms.foundation.web.reading import reading
from lms.learning.views.sources import Sources, sources_of

FIELDS = {
    "title": "title",
    "aim": "aim",
    "minutes": "reading",
    "outcomes": "outcomes-0",
    "audio": "audio_file",
    "downloads": "downloads-0-file",
}
"""By the key at the head of a lesson's file: the field of the form that holds it."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to mend, with the way to it: a line of the text, or a field above it."""

    told: Told
    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Meter:
    """How long a lesson is, for eyes and for a telephone."""

    words: int
    most_words: int
    minutes: int
    said_minutes: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A lesson as it would be if it were published now."""

    text: Rendered
    aim: str
    audio: Mapping[str, Any] | None
    downloads: Sequence[tuple[str, str, str, str]]
    sources: Sources
    meter: Meter
    wrongs: Sequence[Wrong]


class InDraft:
    """What stands around a text of a course that is being written."""

    def __init__(self, programme: UUID, read: Checked, course: CourseText) -> None:
        self._programme, self._read, self._course = programme, read, course
        self._keys = {each.data.get("key") for each in course.activities()}

    def media(self, path: str) -> MediaView | None:
        file = self._course.media.get(path)
        stored = self._read.standing.files.get(f"{self._course.folder}/{path}")
        if file is None or stored is None:
            return None
        url = url_for(
            "authoring.rehearsal_media",
            programme=self._programme,
            digest=stored.sha256,
            name=path.rpartition("/")[2],
        )
        small = self.media(small_of(path)) if small_of(path) in self._course.media else None
        return MediaView(url, file.size, file.media_type, file.width, file.height, small)

    def fact(self, key: str) -> FactView | None:
        fact = self._course.facts.get(key)
        return None if fact is None else FactView(fact.source, fact.article)

    def lesson(self, key: str) -> str | None:
        if key not in self._keys:
            return None
        return url_for(
            "authoring.activity", programme=self._programme, course=self._course.folder, key=key
        )


def glance(writing: Writing, typed: str) -> Glance:
    """The lesson, as its form has it now. Raises NotFound where a file of its name is none."""
    read = _read(writing, typed)
    course = read.course(writing.path.partition("/")[0])
    source = next((each for each in course.activities() if each.path == writing.path), None)
    if source is None:
        raise NotFound()
    around = InDraft(writing.found.programme.uid, read, course)
    data = read.package.data
    spoken = str(data["language"]) if data is not None and "language" in data else language()
    with force_locale(FALLBACK.get(spoken, spoken)):
        text = render(source.body, around, prefix="p-")
    return Glance(
        text=text,
        aim=str(source.data.get("aim") or ""),
        audio=_audio(around, source),
        downloads=_downloads(around, source),
        sources=sources_of(text.citations, _facts(course), today()),
        meter=_meter(course, source, len(typed.encode("utf-8"))),
        wrongs=_wrongs(writing, read, course, source),
    )


def _facts(course: CourseText) -> dict[str, FactStructure]:
    """The facts of the course, as a published version has them."""
    names = [each.name for each in fields(FactStructure)]
    return {
        key: FactStructure(**{name: getattr(fact, name) for name in names})
        for key, fact in course.facts.items()
    }


def _read(writing: Writing, typed: str) -> Checked:
    """The course with what is typed in the place of what is saved."""
    data = typed.encode("utf-8")
    file = WorkingFile(writing.path, sha256(data).hexdigest(), len(data), typed, True, True)
    standing = writing.found.standing
    standing = replace(standing, files={**standing.files, writing.path: file})
    folder = writing.path.partition("/")[0]
    return checked_course(reading(), store(), standing, folder, today())


def _meter(course: CourseText, source: ActivitySource, size: int) -> Meter:
    minutes = source.data.get("minutes") or {}
    return Meter(
        words=source.words,
        most_words=MOST_WORDS,
        minutes=minutes_for(source.words),
        said_minutes=minutes.get("reading") or 0,
        bytes=page_size(course, source, size),
    )


def _wrongs(
    writing: Writing, read: Checked, course: CourseText, source: ActivitySource
) -> list[Wrong]:
    ours = [each for each in read.problems if each.path == writing.path]
    told = Places(writing.found.programme.uid, [course]).tell(ours)
    first = source.body_line or 1
    lines = getattr(source.data, "lines", {})
    found = []
    for each in told:
        key = max((k for k in lines if lines[k] <= each.line), key=lines.__getitem__, default="")
        inside = each.line >= first
        field = "text" if inside else FIELDS.get(key, "title")
        found.append(Wrong(each, each.line - first + 1 if inside else 0, field))
    return found


def _audio(around: InDraft, source: ActivitySource) -> dict[str, Any] | None:
    found = source.data.get("audio")
    file = around.media(found["file"]) if found and "file" in found else None
    if not found or file is None:
        return None
    return {
        "url": file.url,
        "title": found.get("title", ""),
        "size": kilobytes(file.size),
        "transcript": Markup().join(
            Markup("<p>{}</p>").format(part.strip())
            for part in (found.get("transcript") or "").split("\n\n")
            if part.strip()
        ),
    }


def _downloads(around: InDraft, source: ActivitySource) -> list[tuple[str, str, str, str]]:
    found = []
    for each in source.data.get("downloads") or ():
        file = around.media(each.get("file", ""))
        if file is not None:
            kind = each["file"].rpartition(".")[2].upper()
            found.append((each.get("title", ""), file.url, kind, kilobytes(file.size)))
    return found
