"""A document that somebody sends, as lessons: their titles, their Markdown, their pictures.

Pictures are drawn anew like any that is uploaded, and named after their content, so that none takes
the place of another file of the course.
"""

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import IO

from lms.authoring.formats.docx_blocks import read_docx
from lms.authoring.formats.docx_parts import NO_DOCX
from lms.authoring.rules.arrange import slug
from lms.authoring.rules.meter import minutes_for
from lms.foundation.files.kinds import clean_picture
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import fold
from lms.foundation.web.markdown.blocks import (
    TITLE,
    Block,
    Document,
    Heading,
    Picture,
    words_of,
)
from lms.foundation.web.markdown.blocks_markdown import to_markdown
from lms.foundation.web.markdown.html_blocks import LARGEST, read_html
from lms.foundation.web.markdown.parser import parse
from lms.foundation.web.markdown.parser import words_of as count

MOST_LESSONS = 40
LONGEST_TITLE = 200
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the document, drawn anew: its name in the course, its bytes, its kind."""

    name: str
    data: bytes
    media_type: str
    alt: str
    near: str
    """The words before it, by which its author knows it again."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it would begin."""

    title: str
    blocks: tuple[Block, ...]

    def markdown(self, alts: Mapping[str, str]) -> str:
        """Its text, pictures with what they show."""
        told = (
            replace(each, alt=alts.get(each.name, each.alt)) if isinstance(each, Picture) else each
            for each in self.blocks
        )
        return to_markdown(told)

    @property
    def words(self) -> int:
        return count(parse(to_markdown(self.blocks)))

    @property
    def minutes(self) -> int:
        """Minutes of reading, at the pace of somebody who takes it in."""
        return minutes_for(self.words)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a document would become."""

    lessons: tuple[Lesson, ...]
    pictures: tuple[Drawn, ...]
    lost: Mapping[str, int] = field(default_factory=dict)


def read_document(filename: str, file: IO[bytes]) -> Document:
    """A .docx, or a page saved by a word processor. Raises Invalid with a sentence."""
    ending = filename.rpartition(".")[2].lower()
    if ending in ("htm", "html"):
        data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Invalid(N_("The file is too large."))
        return read_html(_decoded(data))
    if ending == "docx":
        return read_docx(file)
    raise Invalid(NO_DOCX)


def _decoded(data: bytes) -> str:
    """Word saves pages in the encoding of its country, and says so or not."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def brought(filename: str, document: Document, *, split: bool) -> Brought:
    """One lesson of a document, or one for each heading of level 1. Raises Invalid."""
    stem = filename.rpartition(".")[0] or filename
    lost = Counter(document.lost)
    drawn, names = {}, {}
    for number, (name, data) in enumerate(document.pictures.items(), 1):
        found = _drawn(stem, number, data)
        if found is None:
            lost["pictures-kind"] += 1
        else:
            drawn[found.name], names[name] = found, found.name
    blocks = [
        replace(each, name=names[each.name]) if isinstance(each, Picture) else each
        for each in document.blocks
        if not isinstance(each, Picture) or each.name in names
    ]
    lessons = _lessons(blocks, document.title, _called(stem), split=split)
    if not lessons:
        raise Invalid(N_("There are no words in this document."))
    if len(lessons) > MOST_LESSONS:
        raise Invalid(
            N_("It would become more than %(most)s lessons. Split the document."), most=MOST_LESSONS
        )
    return Brought(tuple(lessons), tuple(_told(blocks, drawn)), lost)


def _drawn(stem: str, number: int, data: bytes) -> Drawn | None:
    try:
        stream, kind = clean_picture(io.BytesIO(data))
    except Invalid:
        return None
    drawn = stream.read()
    mark = sha256(drawn).hexdigest()[:6]
    name = f"{slug(stem)[:30].strip('-')}-{number}-{mark}.{_ENDINGS[kind]}"
    return Drawn(name, drawn, kind, "", "")


def _told(blocks: list[Block], drawn: Mapping[str, Drawn]) -> list[Drawn]:
    """Every picture once, with what its document says of it and the words before it."""
    told: dict[str, Drawn] = {}
    near = ""
    for each in blocks:
        if isinstance(each, Picture):
            told.setdefault(each.name, replace(drawn[each.name], alt=each.alt, near=near))
        elif words := getattr(each, "words", None):
            near = words_of(words)[-120:]
    return list(told.values())


def _called(stem: str) -> str:
    return " ".join(stem.replace("_", " ").replace("-", " ").split()) or "—"


def _lessons(blocks: list[Block], own: str, called: str, *, split: bool) -> list[Lesson]:
    """One lesson, or one for each heading of level 1 and one for the words before the first.

    It is called as its author called it: by a title in the text, among the properties of the
    document, or by its first heading of level 1; else like its file. No lesson begins by saying its
    own title again.
    """
    title = next((_title(e) for e in blocks if isinstance(e, Heading) and e.level == TITLE), "")
    title = title or own[:LONGEST_TITLE].strip()
    body = [e for e in blocks if not (isinstance(e, Heading) and e.level == TITLE)]
    tops = [each for each in body if isinstance(each, Heading) and each.level == 1]
    if not split:
        is_first = bool(tops) and body[0] is tops[0]
        if (
            tops
            and (fold(_title(tops[0])) == fold(title) or not title)
            and (is_first or len(tops) == 1)
        ):
            title = title or _title(tops[0])
            body = [each for each in body if each is not tops[0]]
        return [Lesson(title or called, tuple(body))] if _says(body) else []
    parts: list[tuple[str, list[Block]]] = [(title or called, [])]
    for each in body:
        if isinstance(each, Heading) and each.level == 1:
            parts.append((_title(each), []))
        else:
            parts[-1][1].append(each)
    return [Lesson(name, tuple(inside)) for name, inside in parts if _says(inside)]


def _title(heading: Heading) -> str:
    return words_of(heading.words)[:LONGEST_TITLE].strip()


def _says(blocks: list[Block]) -> bool:
    return bool(to_markdown(blocks).strip())
