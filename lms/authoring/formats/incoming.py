"""A file that somebody sends for a course: its name here, and what becomes of its bytes."""

import io
from dataclasses import dataclass

from lms.authoring.formats.media import TYPES, read_media
from lms.authoring.formats.tree import LARGEST_MEDIA
from lms.authoring.rules.arrange import slug
from lms.catalog.rules.pictures import SMALL_WIDTH, small_of
from lms.foundation.files.kinds import PICTURES, clean_picture, shrunk
from lms.foundation.kernel.errors import N_, Invalid

WORTH = 0.75
"""A small size heavier than this part of its picture is not kept."""
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file fit to stand in a course: its plain name, its bytes, its kind."""

    name: str
    data: bytes
    media_type: str
    small: "Incoming | None" = None
    """The same picture for phones, where that is worth a file of its own."""


def incoming(filename: str, data: bytes) -> Incoming:
    """Take a file as it was sent. Pictures are drawn anew: nothing hidden in them survives.

    Raises Invalid with what is wrong about it, as the check would say.
    """
    stem, _dot, ending = filename.rpartition(".")
    ending = ending.lower()
    media_type = TYPES.get(ending)
    if media_type is None:
        raise Invalid(
            N_("Files of this kind are not taken. Save it as one of: %(known)s."),
            known=", ".join(TYPES),
        )
    if len(data) > LARGEST_MEDIA:
        raise Invalid(N_("The file is too large."))
    name = f"{slug(stem)}.{ending}"
    _file, problems = read_media(f"media/{name}", name, data)
    wrong = next((each for each in problems if each.is_error), None)
    if wrong is not None:
        raise Invalid(wrong.message, **wrong.params)
    if media_type in PICTURES:
        drawn, media_type = clean_picture(io.BytesIO(data))
        name = f"{slug(stem)}.{_ENDINGS[media_type]}"
        large = drawn.read()
        return Incoming(name, large, media_type, small_picture(name, large, media_type))
    return Incoming(name, data, media_type)


def small_picture(name: str, large: bytes, media_type: str) -> Incoming | None:
    """A picture as wide as a phone shows it; none where that would hardly be lighter."""
    drawn = shrunk(io.BytesIO(large), SMALL_WIDTH)
    if drawn is None or len(drawn) > len(large) * WORTH:
        return None
    return Incoming(small_of(name), drawn, media_type)
