"""The texts of questions as HTML, made once in each process and language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from lms.assessment.queries.quizzes import Asked
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Row, Source
from lms.assessment.types.passage import GAP
from lms.catalog.rules.shapes import Object, markdown_in
from lms.foundation.web.locale import language
from lms.foundation.web.markdown import Resolver, render

MOST_KEPT = 5_000

# A legend and a label hold the words of a paragraph, not the paragraph. A picture that stands
# before the first paragraph goes below it: the words are the question's name.
_FIRST = re.compile(
    r'\A((?:<figure[^>]*>.*?</figure>\s*)*)<p(?: id="[^"]*")?>(.*?)</p>\s*', re.DOTALL
)
_FRAMES = re.compile(r"<(p|figure|figcaption)\b[^>]*>(.*?)</\1>\s*", re.DOTALL)
_BLOCKS = re.compile(r"<(?:p|div|section|ul|ol|dl|table|pre|blockquote|h\d)\b")


_GAPS_AND_TAGS = re.compile(rf"<[^>]*>|{GAP.pattern}")


@dataclass(frozen=True)
class Texts:
    """A question's own words: what stands in its legend, what below, and the explanation."""

    legend: Markup
    below: Markup
    feedback: Markup
    case: Markup
    """What is told above it and the other questions of its case."""
    parts: Mapping[str, Markup]
    """Options and feedback of options, by what the author wrote."""


# By the uid of the question: two databases in one process must never answer for each other.
_kept: dict[tuple[int, UUID, str], Texts] = {}


def texts_of(course_version_id: int, asked: Asked, resolver: Resolver) -> Texts:
    """The question's texts with the pictures and links of its course version."""
    key = (course_version_id, asked.version_uid, language())
    found = _kept.get(key)
    if found is None:
        found = _rendered(asked, resolver)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def paragraphs(text: str, resolver: Resolver, prefix: str = "") -> Markup:
    """A text of its own, such as the introduction of a quiz."""
    return render(text, resolver, prefix=prefix).html if text else Markup()


def _rendered(asked: Asked, resolver: Resolver) -> Texts:
    prefix = f"v{asked.version_uid.hex[-8:]}-"
    legend, below = _split(render(asked.source["stem"], resolver, prefix=prefix).html)
    return Texts(
        legend=legend,
        below=below,
        feedback=paragraphs(asked.source.get("feedback") or "", resolver, prefix + "f"),
        case=paragraphs((asked.source.get("case") or {}).get("text", ""), resolver, prefix + "c"),
        parts={
            text: _within(text, render(text, resolver, prefix=f"{prefix}o{n}").html)
            for n, text in enumerate(_parts(asked.source))
        },
    )


def _parts(source: Source) -> Iterator[str]:
    """Every Markdown text of a question beside its stem and feedback, as its type declares them."""
    return markdown_in(source, Object(TYPES[source["type"]].FIELDS))


def _split(html: Markup) -> tuple[Markup, Markup]:
    """The first paragraph, and everything else."""
    found = _FIRST.match(html)
    if found is None:
        return Markup(), html
    below = found.group(1) + str(html)[found.end() :]
    return Markup(found.group(2)), Markup(below)  # noqa: S704 - was safe before


def _within(text: str, html: Markup) -> Markup:
    """A text as a label or an option holds it; one with gaps stands by itself."""
    return html if GAP.search(text) else _joined(html)


def with_gaps(html: Markup, rows: Sequence[Row]) -> list[tuple[Markup, Row | None]]:
    """A text in pieces, each with what stands in the gap behind it. No gap is lost: one that the
    text does not show stands at its end."""
    left, pieces, at = list(rows), [], 0
    for found in _GAPS_AND_TAGS.finditer(html):
        row = next((each for each in left if each.text == found[1]), None) if found[1] else None
        if row is not None:
            left.remove(row)
            pieces.append((Markup(html[at : found.start()]), row))  # noqa: S704 - was safe before
            at = found.end()
    pieces += [(Markup(), row) for row in left]
    return [*pieces, (Markup(html[at:]), None)]  # noqa: S704 - was safe before


def _joined(html: Markup) -> Markup:
    """Paragraphs and pictures as lines that may stand within a label; lists and tables stay as
    they are."""
    lines, before = str(html), ""
    while before != lines:  # a caption stands within its figure
        before, lines = lines, _FRAMES.sub(lambda frame: f"{frame[2].strip()}<br>", lines)
    if _BLOCKS.search(lines):
        return html
    return Markup(lines.strip().removesuffix("<br>").replace("<br><br>", "<br>"))  # noqa: S704
