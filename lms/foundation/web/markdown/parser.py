"""The one reading of Markdown, shared by what renders it and what checks it."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

TRANSCRIPT = "transcript"
"""A box that stays shut until somebody wants to read what a recording says."""
CALLOUTS = ("note", "warning", "example", "exercise", "remember", TRANSCRIPT)

CITATION = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TABLE_CAPTION = re.compile(r"(?:Table|Tabla):\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-][^\W_]+)*")


def _cite(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("cite", "sup", 0)
        token.content = found.group(1).strip()
    state.pos = found.end()
    return True


def _parser(*, html: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": html, "maxNesting": 20})
    md.enable("table")
    md.inline.ruler.before("link", "cite", _cite)
    container_plugin(md, "callout", validate=lambda params, markup: bool(params.strip()))
    # Every address is read as written; what it may point to is decided where it is shown.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    return md


_STRICT = _parser(html=False)
_WITH_HTML = _parser(html=True)


def parse(source: str, *, html: bool = False) -> list[Token]:
    """The tokens of a text; with `html`, raw HTML is recognised, so that it can be pointed at."""
    return (_WITH_HTML if html else _STRICT).parse(source)


def callout(token: Token) -> tuple[str, str]:
    """The kind of a callout as written, and its title."""
    kind, _, title = token.info.strip().partition(" ")
    return kind, title.strip()


def only_image(tokens: Sequence[Token], at: int) -> Token | None:
    """The image of a paragraph that holds nothing else: a figure."""
    if tokens[at].type != "paragraph_open":
        return None
    inside = [
        child
        for child in tokens[at + 1].children or ()
        if not (child.type == "text" and not child.content.strip())
    ]
    return inside[0] if len(inside) == 1 and inside[0].type == "image" else None


def table_caption(tokens: Sequence[Token], at: int) -> str | None:
    """The caption that a paragraph `Table: …` gives to the table right below it."""
    if tokens[at].type != "paragraph_open" or at + 3 >= len(tokens):
        return None
    if tokens[at + 3].type != "table_open":
        return None
    found = TABLE_CAPTION.match(tokens[at + 1].content)
    return None if found is None else found.string[found.end() :].strip()


def plain(children: Sequence[Token] | None) -> str:
    """The words of an inline text, without its marks."""
    return "".join(_plain(children or ())).strip()


def _plain(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "image":
            yield child.content


def count_words(text: str) -> int:
    """How many words a reader reads."""
    return sum(1 for _ in _WORD.finditer(text))


def words_of(tokens: Sequence[Token]) -> int:
    """The words of a whole text; code counts, the alternative text of images does not."""
    total = 0
    for token in tokens:
        if token.type == "inline":
            shown = [child for child in token.children or () if child.type != "image"]
            total += count_words(plain(shown))
        elif token.type in ("fence", "code_block"):
            total += count_words(token.content)
        elif token.type == "container_callout_open":
            total += count_words(callout(token)[1])
    return total
