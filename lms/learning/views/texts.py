"""Lessons as HTML: rendered once in each process, for the frozen thing is the source.

What is rendered is the same for every learner: links to other lessons are relative, and sources
are listed outside, with what is known of them today.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any

from flask import url_for
from flask_babel import force_locale

from lms.catalog.queries.structure import ActivityStructure, CourseStructure, FactStructure
from lms.catalog.rules.pictures import small_of
from lms.foundation.web.locale import FALLBACK
from lms.foundation.web.markdown import FactView, MediaView, Rendered, render
from lms.learning.queries.places import Reader
from lms.learning.queries.texts import source_text
from lms.learning.rules.lesson_text import body_of

RENDERER = "3"
"""Goes up when the same text becomes other HTML, so that pages kept by browsers are read anew."""

MOST_KEPT = 500


class InCourse:
    """What stands around a text of a course; ``up`` leads from its page to the lessons' folder."""

    def __init__(self, course: CourseStructure, up: str = "") -> None:
        self._course = course
        self._up = up

    def media(self, path: str) -> MediaView | None:
        return media_view(self._course, path)

    def fact(self, key: str) -> FactView | None:
        fact = self._course.facts.get(key)
        return None if fact is None else FactView(fact.source, fact.article)

    def lesson(self, key: str) -> str | None:
        return f"{self._up}{key}" if key in self._course.by_key else None


def media_view(course: CourseStructure, path: str) -> MediaView | None:
    """A media file of a course version as pages show it."""
    files: dict[str, Any] = course.detail.get("media") or {}
    found = files.get(path)
    if found is None:
        return None
    name = path.rpartition("/")[2]
    return MediaView(
        url=url_for("learning.media", digest=found["sha256"], name=name),
        size=found["size"],
        media_type=found["media_type"],
        width=found.get("width"),
        height=found.get("height"),
        small=media_view(course, small_of(path)) if small_of(path) in files else None,
    )


class _Kept:
    """The texts rendered last. A version never changes, so nothing in here grows old."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: OrderedDict[tuple[str, ...], Rendered] = OrderedDict()

    def get(self, key: tuple[str, ...], make: Callable[[], Rendered]) -> Rendered:
        with self._lock:
            found = self._texts.get(key)
            if found is not None:
                self._texts.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._texts[key] = made
            while len(self._texts) > MOST_KEPT:
                self._texts.popitem(last=False)
        return made


_kept = _Kept()


def lesson_text(
    reader: Reader, course: CourseStructure, activity: ActivityStructure, language: str
) -> Rendered:
    """A lesson's text in the language of its course."""
    key = (str(course.uid), activity.content_sha256, RENDERER, language)

    def make() -> Rendered:
        body = body_of(source_text(reader, activity.content_sha256))
        return _rendered(body, InCourse(course), "", language)

    return _kept.get(key, make)


def module_text(
    course: CourseStructure, module_key: str, part: str, text: str, language: str
) -> Rendered:
    """A text that stands in the module's own file, such as its practice."""
    key = (str(course.uid), module_key, part, RENDERER, language)
    return _kept.get(key, lambda: _rendered(text, InCourse(course, "../"), f"{part}-", language))


def note_text(text: str, number: int) -> Rendered:
    """A short text that stands alone, such as an announcement, the n-th of its page."""
    return render(text, prefix=f"n{number}-")


def is_expired(fact: FactStructure, today: date) -> bool:
    """Whether what a fact says may no longer hold."""
    return fact.expires is not None and fact.expires < today


def _rendered(text: str, around: InCourse, prefix: str, language: str) -> Rendered:
    # Labels belong to the text: a Spanish lesson says Nota, whatever the reader's menus say.
    with force_locale(FALLBACK.get(language, language)):
        return render(text, around, prefix=prefix)
