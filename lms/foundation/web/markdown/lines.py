"""What stands within a line: words, links, images, citations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.token import Token
from markupsafe import escape

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold
from lms.foundation.web.markdown.links import Target, target
from lms.foundation.web.markdown.parser import plain
from lms.foundation.web.markdown.rendered import Citation, FactView, MediaView, Resolver

SHOWN = "(max-width: 33em) 85vw, 30rem"
"""How wide a figure stands on a page, for browsers to choose a size by."""
SOURCE = N_("Source %(number)s")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass
class _Cited:
    number: int
    fact: FactView
    marks: list[str] = field(default_factory=list)


class Lines:
    """The lines of one text: they share its citations and its media."""

    def __init__(self, resolver: Resolver, prefix: str, say: Callable[..., str]) -> None:
        self.resolver = resolver
        self.prefix = prefix
        self.say = say
        self.media: list[str] = []
        self._cited: dict[str, _Cited] = {}
        self._open_links: list[str] = []

    def citations(self) -> tuple[Citation, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(
            Citation(
                cited.number, key, cited.fact, self._source_id(cited.number), tuple(cited.marks)
            )
            for key, cited in self._cited.items()
        )

    def html(self, children: Sequence[Token]) -> str:
        """The tokens of a line as HTML, not yet sanitised."""
        out = ""
        for child in children:
            # The mark of a source hangs on the word before it, whatever space the author left.
            mark = self._within(child)
            out = (out.rstrip() if child.type == "cite" and mark else out) + mark
        return out

    def _within(self, child: Token) -> str:
        match child.type:
            case "text" | "text_special" | "html_inline":
                return str(escape(child.content))
            case "code_inline":
                return f"<code>{escape(child.content)}</code>"
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>\n"
            case "image":
                return self.image(child)
            case "cite":
                return self._cite(child.content)
            case "link_open":
                return self._link(str(child.attrGet("href") or ""))
            case "link_close":
                return self._open_links.pop()
        return f"</{child.tag}>" if child.nesting < 0 else f"<{child.tag}>"

    def _link(self, written: str) -> str:
        kind, name = target(written)
        address: str | None = None
        outside = ""
        if kind is Target.LESSON:
            address = self.resolver.lesson(name)
        elif kind is Target.MEDIA:
            file = self.resolver.media(name)
            if file is not None:
                self.media.append(name)
                address = file.url
        elif kind is Target.HERE:
            address = f"#{self.prefix}{slug(unquote(name[1:]))}"
        elif kind is not Target.NOWHERE:
            address = name
            outside = ' rel="external"' if kind is Target.WEB else ""
        if address is None:
            self._open_links.append("")
            return ""
        self._open_links.append("</a>")
        return f'<a href="{escape(address)}"{outside}>'

    def image(self, token: Token) -> str:
        """A picture or recording of the course; of any other file only its description."""
        alt = escape(plain(token.children) or token.content)
        kind, name = target(str(token.attrGet("src") or ""))
        file = self.resolver.media(name) if kind is Target.MEDIA else None
        if file is None:
            return str(alt)
        self.media.append(name)
        if file.media_type.startswith("audio/"):
            return (
                f'<audio controls preload="none" src="{escape(file.url)}" aria-label="{alt}">'
                "</audio>"
            )
        size = ""
        if file.width and file.height:
            size = f' width="{file.width}" height="{file.height}"'
        return (
            f'<img src="{escape(file.url)}"{_sizes(file)} alt="{alt}"{size} loading="lazy" '
            f'decoding="async">'
        )

    def _cite(self, key: str) -> str:
        fact = self.resolver.fact(key)
        if fact is None:
            return ""
        cited = self._cited.setdefault(key, _Cited(len(self._cited) + 1, fact))
        mark = f"{self.prefix}cita-{cited.number}-{len(cited.marks) + 1}"
        cited.marks.append(mark)
        label = escape(self.say(SOURCE, number=cited.number))
        return (
            f'<sup class="cite"><a href="#{self._source_id(cited.number)}" id="{mark}" '
            f'aria-label="{label}">[{cited.number}]</a></sup>'
        )

    def _source_id(self, number: int) -> str:
        return f"{self.prefix}fuente-{number}"


def _sizes(file: MediaView) -> str:
    """The small size for whoever needs no more, as wide as style sheets show a figure."""
    small = file.small
    if small is None or not small.width or not file.width:
        return ""
    both = f"{escape(small.url)} {small.width}w, {escape(file.url)} {file.width}w"
    return f' srcset="{both}" sizes="{SHOWN}"'


def slug(text: str) -> str:
    """The name of a heading: begun with h-, so that it never takes a name of the page around it."""
    return f"h-{_NOT_SLUG.sub('-', fold(text)).strip('-')}"[:60].rstrip("-")
