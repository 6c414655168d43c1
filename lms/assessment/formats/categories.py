"""Paths of categories: Moodle begins them with the place they belong to, which is none here."""

import re

from lms.assessment.formats.decoding import writable

_PLACE = re.compile(r"\s*\$\w+\$/*")
LONGEST = 400


def category_of(path: str) -> str:
    """The path without where it hung in Moodle; empty at its top."""
    parts = [each.strip() for each in re.split(r"(?<!/)/(?!/)", _PLACE.sub("", path, count=1))]
    if parts and parts[0] == "top":
        parts = parts[1:]
    return "/".join(" ".join(each.split()) for each in parts if each)[:LONGEST]


def category_path(category: str) -> str:
    """The same as Moodle writes it."""
    bare = " ".join(writable(category).split())
    return f"$course$/top/{bare}" if bare else "$course$/top"
