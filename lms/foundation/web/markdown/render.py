"""From tokens to the HTML that the style sheet expects."""

from collections.abc import Callable, Sequence

from markdown_it.token import Token
from markupsafe import escape

from lms.foundation.kernel.errors import N_
from lms.foundation.locale.formats import kilobytes
from lms.foundation.locale.words import gettext as _gettext
from lms.foundation.web.markdown.lines import Lines, slug
from lms.foundation.web.markdown.parser import (
    CALLOUTS,
    TRANSCRIPT,
    callout,
    only_image,
    parse,
    plain,
    table_caption,
    words_of,
)
from lms.foundation.web.markdown.rendered import (
    Heading,
    NothingAround,
    Rendered,
    Resolver,
)
from lms.foundation.web.markdown.sanitise import sanitise

LABELS = {
    "note": N_("Note"),
    "warning": N_("Careful"),
    "example": N_("Example"),
    "exercise": N_("Exercise"),
    "remember": N_("Remember"),
}
TABLE = N_("Table")
READ_IT = N_("Read the transcript")
ALONE: Resolver = NothingAround()

# Blocks whose direct children are places one can come back to.
_COUNTED = {
    "paragraph_open",
    "list_item_open",
    "table_open",
    "blockquote_open",
    "container_callout_open",
    "fence",
    "code_block",
}
_DEEPEST_COUNTED = 2


def render(
    source: str,
    resolver: Resolver = ALONE,
    *,
    prefix: str = "",
    say: Callable[..., str] | None = None,
) -> Rendered:
    """The safe HTML of a text.

    `prefix` keeps ids apart when several texts stand on one page; `say` translates the labels into
    the language of the course when that is not the reader's.
    """
    tokens = parse(source)
    page = _Page(resolver, prefix, say or _gettext)
    html = page.blocks(tokens)
    return Rendered(
        html=sanitise(html),
        citations=page.lines.citations(),
        words=words_of(tokens),
        headings=tuple(page.headings),
        media=tuple(dict.fromkeys(page.lines.media)),
    )


class _Page:
    """One rendering under way."""

    def __init__(self, resolver: Resolver, prefix: str, say: Callable[..., str]) -> None:
        self.prefix = prefix
        self.say = say
        self.lines = Lines(resolver, prefix, say)
        self.headings: list[Heading] = []
        self._ids: set[str] = set()
        self._block = 0
        self._open_callouts: list[str] = []
        self._caption: str | None = None

    # Blocks

    def blocks(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        skip_to = -1
        for at, token in enumerate(tokens):
            if at < skip_to:
                continue
            figure = only_image(tokens, at)
            caption = table_caption(tokens, at) if figure is None else None
            if figure is not None:
                out.append(self._figure(figure, token))
                skip_to = at + 3
            elif caption is not None:
                self._caption = self.lines.html(_after_caption(tokens[at + 1], caption))
                skip_to = at + 3
            else:
                out.append(self._one(token, tokens, at))
        return "".join(out)

    def _one(self, token: Token, tokens: Sequence[Token], at: int) -> str:
        match token.type:
            case "inline":
                return self.lines.html(token.children or [])
            case "heading_open":
                return self._heading(token, tokens[at + 1])
            case "heading_close":
                return f"</{_level(token)}>\n"
            case "paragraph_open":
                return "" if token.hidden else f"<p{self._block_id(token)}>"
            case "paragraph_close":
                return "" if token.hidden else "</p>\n"
            case "list_item_open" | "blockquote_open":
                return f"<{token.tag}{self._block_id(token)}>"
            case "ordered_list_open":
                start = token.attrGet("start")
                return f'<ol start="{int(start)}">\n' if start is not None else "<ol>\n"
            case "container_callout_open":
                return self._callout(token)
            case "container_callout_close":
                return f"</{self._open_callouts.pop()}>\n"
            case "table_open":
                return self._table(token)
            case "table_close":
                return "</table></div>\n"
            case "th_open" | "td_open":
                return _cell(token)
            case "fence" | "code_block":
                return f"<pre{self._block_id(token)}><code>{escape(token.content)}</code></pre>\n"
            case "hr":
                return "<hr>\n"
        if token.nesting == 0:
            return str(escape(token.content))
        return f"</{token.tag}>\n" if token.nesting < 0 else f"<{token.tag}>"

    def _block_id(self, token: Token) -> str:
        if token.level > _DEEPEST_COUNTED or token.type not in _COUNTED:
            return ""
        self._block += 1
        return f' id="{self._unused(f"{self.prefix}b{self._block}")}"'

    def _unused(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self._ids:
            count += 1
            name = f"{wanted}-{count}"
        self._ids.add(name)
        return name

    def _heading(self, token: Token, inline: Token) -> str:
        text = plain(inline.children)
        name = self._unused(f"{self.prefix}{slug(text)}")
        level = int(_level(token)[1])
        self.headings.append(Heading(level, name, text))
        return f'<h{level} id="{name}">'

    def _callout(self, token: Token) -> str:
        kind, title = callout(token)
        if kind not in CALLOUTS:
            kind, title = "note", token.info.strip()
        if kind == TRANSCRIPT:
            summary = f"{self.say(READ_IT)}: {title}" if title else self.say(READ_IT)
            self._open_callouts.append("details")
            block = self._block_id(token)
            return f'<details class="sheet"{block}><summary>{escape(summary)}</summary>\n'
        label = escape(self.say(LABELS[kind]))
        said = f"{label}: {escape(title)}" if title else f"{label}"
        tag = "section" if kind == "exercise" else "div"
        role = "" if kind == "exercise" else ' role="note"'
        self._open_callouts.append(tag)
        return (
            f'<{tag} class="callout {kind}"{role}{self._block_id(token)}>'
            f'<p class="callout-title">{said}</p>\n'
        )

    def _table(self, token: Token) -> str:
        caption, self._caption = self._caption, None
        block = self._block_id(token)
        if caption is None:
            name = f'aria-label="{escape(self.say(TABLE))}"'
            return f'<div class="table-region" role="region" tabindex="0" {name}><table{block}>\n'
        title = self._unused(f"{self.prefix}t{self._block}")
        return (
            f'<div class="table-region" role="region" tabindex="0" aria-labelledby="{title}">'
            f'<table{block}><caption id="{title}">{caption}</caption>\n'
        )

    def _figure(self, image: Token, paragraph: Token) -> str:
        picture = self.lines.image(image)
        caption = str(image.attrGet("title") or "")
        if picture.startswith("<audio"):
            return self._recording(picture, caption or plain(image.children), paragraph)
        if not picture.startswith("<img"):
            return f"<p{self._block_id(paragraph)}>{picture}</p>\n"
        below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f"<figure{self._block_id(paragraph)}>{picture}{below}</figure>\n"

    def _recording(self, player: str, said: str, paragraph: Token) -> str:
        """What is heard and what it weighs stand above the player: nobody pays for it unasked."""
        file = self.lines.resolver.media(self.lines.media[-1])
        assert file is not None
        above = f'{escape(said)} <span class="muted">({escape(kilobytes(file.size))})</span>'
        return (
            f'<figure class="audio"{self._block_id(paragraph)}>'
            f"<figcaption>{above}</figcaption>{player}</figure>\n"
        )


def _level(token: Token) -> str:
    # The page has its own h1: a text never adds another.
    return "h2" if token.tag == "h1" else token.tag


def _cell(token: Token) -> str:
    right = "right" in str(token.attrGet("style") or "")
    number = ' class="num"' if right else ""
    scope = ' scope="col"' if token.tag == "th" else ""
    return f"<{token.tag}{scope}{number}>"


def _after_caption(inline: Token, caption: str) -> list[Token]:
    """The caption's own tokens: the paragraph's, without the word that marks it."""
    children = list(inline.children or [])
    first = children[0].copy()
    first.content = first.content[len(inline.content) - len(caption) :].lstrip()
    return [first, *children[1:]]
