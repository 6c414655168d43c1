"""What an author should mend in a text, with lines; and what the text refers to."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.token import Token

from lms.foundation.kernel.text import fold
from lms.foundation.web.markdown.lines import slug
from lms.foundation.web.markdown.links import PICTURES, RECORDINGS, Target, ending, target
from lms.foundation.web.markdown.parser import (
    CALLOUTS,
    KEY,
    callout,
    parse,
    plain,
    table_caption,
    words_of,
)

_FENCE = re.compile(r":{3,}\s*\S*")
_EMPTY_LINKS = {"aqui", "haga clic aqui", "clic aqui", "ver aqui", "ver mas", "este enlace", "here"}
_LONGEST_SNIPPET = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: a stable code, the line within the text, and the words it is about."""

    code: str
    line: int
    what: str = ""
    near: str = ""


@dataclass(slots=True)
class Lint:
    """A text read with an author's eyes. Lines count from 1 at the beginning of the text."""

    findings: list[Finding] = field(default_factory=list)
    media: list[tuple[str, int]] = field(default_factory=list)
    citations: list[tuple[str, int]] = field(default_factory=list)
    lessons: list[tuple[str, int]] = field(default_factory=list)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    within: list[tuple[str, int]] = field(default_factory=list)
    """Links to a heading of the same text, as they were written."""
    words: int = 0


def lint(source: str, *, highest: int = 2) -> Lint:
    """Everything to mend in a text whose headings may begin at level `highest`."""
    found = Lint()
    lines = source.split("\n")
    tokens = parse(source, html=True)
    found.words = words_of(tokens)
    here = [0]
    for at, token in enumerate(tokens):
        if token.map:
            here = token.map
        _block(found, token, tokens, at, lines, here[0] + 1, highest)
        if token.type == "inline":
            for child, line in _with_lines(token.children or [], here[0] + 1):
                _inline(found, child, line)
            _link_texts(found, token.children or [], here[0] + 1)
    _within(found)
    found.findings.sort(key=lambda finding: finding.line)
    return found


def _block(
    found: Lint,
    token: Token,
    tokens: Sequence[Token],
    at: int,
    lines: list[str],
    line: int,
    highest: int,
) -> None:
    if token.type == "html_block":
        found.findings.append(Finding("html", line, _snippet(token.content)))
    elif token.type == "heading_open":
        _heading(found, token, tokens[at + 1], line, highest)
    elif token.type == "container_callout_open":
        kind, _ = callout(token)
        if kind not in CALLOUTS:
            found.findings.append(Finding("callout-unknown", line, kind))
        end = (token.map or [0, 0])[1]
        closes = end < len(lines) and _FENCE.fullmatch(lines[end].strip())
        if not closes:
            found.findings.append(Finding("callout-open", line, kind))
    elif token.type == "paragraph_open":
        for offset, text in enumerate(tokens[at + 1].content.split("\n")):
            if text.startswith(":::"):
                found.findings.append(Finding("callout-stray", line + offset, _snippet(text)))
            elif text.startswith(("Table:", "Tabla:")) and table_caption(tokens, at) is None:
                found.findings.append(Finding("caption-alone", line + offset, _snippet(text)))


def _heading(found: Lint, token: Token, inline: Token, line: int, highest: int) -> None:
    level = int(token.tag[1])
    text = plain(inline.children)
    before = found.headings[-1][0] if found.headings else highest - 1
    if not text:
        found.findings.append(Finding("heading-empty", line))
    if level < highest:
        found.findings.append(Finding("heading-high", line, text, "#" * highest))
    elif level > before + 1:
        found.findings.append(Finding("heading-jump", line, text, "#" * (before + 1)))
    found.headings.append((max(level, highest), text, line))


def _within(found: Lint) -> None:
    """Each link to a place of the same text has its heading; of two alike the second ends in -2."""
    names: dict[str, int] = {}
    for _level, text, _line in found.headings:
        names[slug(text)] = names.get(slug(text), 0) + 1
    known = {name if n == 0 else f"{name}-{n + 1}" for name in names for n in range(names[name])}
    for written, line in found.within:
        wanted = slug(unquote(written[1:]))
        if wanted not in known:
            near = difflib.get_close_matches(wanted, sorted(known), n=1)
            code = "anchor-near" if near else "anchor-unknown"
            shown = near[0].removeprefix("h-") if near else ""
            found.findings.append(Finding(code, line, _snippet(written), shown))


def _with_lines(children: Sequence[Token], first: int) -> Iterator[tuple[Token, int]]:
    line = first
    for child in children:
        yield child, line
        if child.type in ("softbreak", "hardbreak"):
            line += 1


def _inline(found: Lint, child: Token, line: int) -> None:
    if child.type == "html_inline":
        if not child.content.startswith("</"):
            found.findings.append(Finding("html", line, _snippet(child.content)))
    elif child.type == "cite":
        if KEY.fullmatch(child.content):
            found.citations.append((child.content, line))
        else:
            found.findings.append(Finding("citation-key", line, _snippet(child.content)))
    elif child.type == "image":
        _image(found, child, line)
    elif child.type == "link_open":
        kind, name = target(str(child.attrGet("href") or ""))
        if kind is Target.LESSON:
            found.lessons.append((name, line))
        elif kind is Target.MEDIA:
            found.media.append((name, line))
        elif kind is Target.HERE:
            found.within.append((name, line))
        elif kind is Target.NOWHERE:
            found.findings.append(Finding("link-refused", line, _snippet(name)))


def _image(found: Lint, child: Token, line: int) -> None:
    kind, name = target(str(child.attrGet("src") or ""))
    if not plain(child.children):
        code = "name-missing" if ending(name) in RECORDINGS else "alt-missing"
        found.findings.append(Finding(code, line, str(child.attrGet("src") or "")))
    if kind is Target.MEDIA:
        found.media.append((name, line))
        if ending(name) not in PICTURES | RECORDINGS:
            found.findings.append(Finding("image-kind", line, name))
    else:
        found.findings.append(Finding("image-elsewhere", line, _snippet(name)))


def _link_texts(found: Lint, children: Sequence[Token], first: int) -> None:
    opened: int | None = None
    for at, (child, line) in enumerate(_with_lines(children, first)):
        if child.type == "link_open":
            opened = at
        elif child.type == "link_close" and opened is not None:
            text = plain(children[opened + 1 : at])
            if not text:
                found.findings.append(Finding("link-empty", line))
            elif fold(text) in _EMPTY_LINKS:
                found.findings.append(Finding("link-vague", line, text))
            opened = None


def _snippet(text: str) -> str:
    first = text.strip().split("\n")[0]
    return first if len(first) <= _LONGEST_SNIPPET else first[: _LONGEST_SNIPPET - 1] + "…"
