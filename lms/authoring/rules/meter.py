"""How long a lesson is: minutes of reading, and what opening it downloads."""

from collections.abc import Iterable
from math import ceil

from lms.authoring.rules.package import CourseText
from lms.catalog.rules.pictures import small_of
from lms.catalog.rules.sources import ActivitySource

WORDS_A_MINUTE = 80
"""As the check counts them: slow, because one reads to learn."""


def minutes_for(words: int) -> int:
    """How many minutes of reading so many words are."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def page_size(course: CourseText, source: ActivitySource, size: int) -> int:
    """The bytes of a text of this size with everything it shows.

    What is fetched by a tap of its own (its audio, its downloads) is not in it.
    """
    named = [each.get("file") for each in source.data.get("downloads") or ()]
    audio = source.data.get("audio") or {}
    tapped = {*named, audio.get("file")}
    used = {each.key for each in course.references[source.path] if each.to == "media"}
    return size + media_size(course, used - tapped)


def media_size(course: CourseText, paths: Iterable[str]) -> int:
    """What these files weigh on a phone, which fetches the small size of a picture."""
    phone = (small_of(path) if small_of(path) in course.media else path for path in paths)
    return sum(course.media[path].size for path in phone if path in course.media)
