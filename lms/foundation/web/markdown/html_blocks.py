"""A web page, or what a word processor puts on the clipboard, as blocks.

`nh3` builds the tree as browsers do and takes out whatever runs; what is left is read in order.
Word writes lists as paragraphs with a style, and Google Docs wraps a page in a bold that is none:
both are meant here.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import nh3

from lms.foundation.web.markdown.blocks import (
    BREAK,
    Document,
    Heading,
    Item,
    Paragraph,
    Run,
    Table,
    Words,
    is_followed,
    words_of,
)

LARGEST = 4_000_000
_DROPPED = {"script", "style", "title", "head", "noscript", "template", "select", "button"}
_OBJECTS = {"video", "audio", "object", "embed", "iframe", "svg", "math", "canvas"}
_TAGS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th",
    "blockquote", "pre", "br", "hr", "img", "b", "strong", "i", "em", "a", "span", "font", "u", "s",
    "del", "ins", "sub", "sup", "section", "article", "main", "header", "footer", "aside", "nav",
    "figure", "figcaption", "caption", "dl", "dt", "dd", "cite", "code", *_OBJECTS,
}  # fmt: skip
_ATTRIBUTES = {"style", "class", "colspan", "rowspan", "alt", "id", "name"}
_PARTS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure",
    "figcaption", "caption", "dl", "dt", "dd", "pre", "hr",
}  # fmt: skip
_VOID = {"br", "hr", "img", "embed"}
_WORD_LIST = re.compile(r"mso-list:\s*\S+\s+level(\d)")
_NUMBERED = re.compile(r"\(?(\d+|[a-z]|[ivxlc]+)[.)]", re.I)
_BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.I)
_NOT_BOLD = re.compile(r"font-weight:\s*(normal|[1-5]00)", re.I)
_ITALIC = re.compile(r"font-style:\s*(italic|oblique)", re.I)
_COLOURED = re.compile(r"(?<![-\w])(color|background(-color)?|text-decoration):\s*(?!windowtext|#?0{3,6}\b|black|white|none|transparent|inherit|initial)", re.I)  # fmt: skip  # noqa: E501
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.I)


def read_html(html: str, files: Mapping[str, str] | None = None) -> Document:
    """The blocks of a page, and what of it has no place in a lesson.

    ``files`` says where the files that come along will stand, by their addresses in the page.
    """
    comments = len(re.findall(r"mso-comment-reference", html))
    plain = nh3.clean(
        html[:LARGEST],
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes={"*": _ATTRIBUTES, "a": {*_ATTRIBUTES, "href"}, "img": {*_ATTRIBUTES, "src"}},
        url_schemes={"http", "https", "mailto", "tel", "data", "file"},
        link_rel=None,
        strip_comments=True,
    )
    reader = _Reader(files or {})
    reader.feed(plain)
    reader.close()
    reader.end_block()
    if comments:
        reader.document.lost["comments"] = comments
    return reader.document


class _Reader(HTMLParser):
    def __init__(self, files: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.files = files
        self.document = Document()
        self.words: list[Run] = []
        self.dress: list[tuple[str, bool, bool, str]] = []
        self.skipping = 0
        self.bullet: str | None = None
        self.lists: list[bool] = []
        self.heading = 0
        self.quotes = 0
        self.item: tuple[int, bool] | None = None
        self.rows: list[list[Words]] = []
        self.tables = 0
        self.pre = 0

    # What the parser says

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        style = given.get("style", "")
        if self.skipping:
            self.skipping += tag not in _VOID
            return
        if tag in _OBJECTS:
            self.document.lost["objects"] += 1
            self.skipping = int(tag not in _VOID)
            return
        if "mso-list:ignore" in style.replace(" ", "").lower():
            self.bullet, self.skipping = "", 1
            return
        if _HIDDEN.search(style) or "mso-element:comment" in style:
            self.skipping = int(tag not in _VOID)
            return
        if tag in ("u", "s", "del", "ins") or _COLOURED.search(style):
            self.document.lost["colours"] = 1
        self._open(tag, given, style)

    def _open(self, tag: str, given: dict[str, str], style: str) -> None:
        if tag == "br":
            self.words.append(BREAK if not self.tables else Run(" "))
        elif tag == "img":
            self._picture(given)
        elif tag == "table":
            self._table()
        elif self.tables and tag in ("tr", "td", "th"):
            self._row_or_cell(tag, given)
        elif self.tables:
            if tag in _PARTS or tag == "li":
                self.words.append(Run(" "))
            self._dress(tag, given, style)
        elif tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(tag == "ol")
        elif tag == "li":
            self.end_block()
            self.item = (max(len(self.lists) - 1, 0), bool(self.lists and self.lists[-1]))
        elif tag == "blockquote":
            self.end_block()
            self.quotes += 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self.end_block()
            self.heading = int(tag[1:])
        elif tag in _PARTS:
            self._part(tag, given, style)
        else:
            self._dress(tag, given, style)

    def _picture(self, given: dict[str, str]) -> None:
        place = self.files.get(given.get("src", ""))
        if place is None:
            self.document.lost["pictures"] += 1
            return
        named = place.rpartition("/")[2].rpartition(".")[0].replace("-", " ").replace("_", " ")
        alt = " ".join(given.get("alt", "").split())
        self.words.append(Run(alt or named or place, picture=place))

    def _part(self, tag: str, given: dict[str, str], style: str) -> None:
        if not (self.item and not words_of(self.words)):  # a paragraph in a point is the point
            self.end_block()
        word = _WORD_LIST.search(style)
        if word:
            self.item = (int(word[1]) - 1, False)
        elif "MsoTitle" in given.get("class", ""):
            self.heading = 1
        self.pre += tag == "pre"

    def _dress(self, tag: str, given: dict[str, str], style: str) -> None:
        bold = (tag in ("b", "strong") or bool(_BOLD.search(style))) and not _NOT_BOLD.search(style)
        italic = tag in ("i", "em", "cite") or bool(_ITALIC.search(style))
        href = given.get("href", "") if tag == "a" else ""
        if href in self.files:
            href = self.files[href]
        elif href and not is_followed(href):
            if not href.startswith("#"):  # a place in the same document: of a footnote mostly
                self.document.lost["links"] += 1
            href = ""
        self.dress.append((tag, bold, italic, href))

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= tag not in _VOID
            if not self.skipping and self.bullet is not None and self.item:
                self.item = (self.item[0], bool(_NUMBERED.match(self.bullet.strip())))
            return
        if tag == "table":
            self._end_table()
        elif self.tables and tag in ("td", "th") and self.tables == 1:
            self._end_cell()
        elif self.dress and self.dress[-1][0] == tag:
            self.dress.pop()
        elif self.tables:
            return
        elif tag in ("ul", "ol"):
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag == "blockquote":
            self.end_block()
            self.quotes = max(self.quotes - 1, 0)
        elif tag == "li" or tag in _PARTS or (tag[0] == "h" and tag[1:].isdigit()):
            self.end_block()
            self.pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.skipping:
            if self.bullet is not None:
                self.bullet += data
            return
        bold = any(each[1] for each in self.dress)
        italic = any(each[2] for each in self.dress)
        href = next((each[3] for each in reversed(self.dress) if each[3]), "")
        if self.pre and not self.tables:
            for n, line in enumerate(data.split("\n")):
                self.words += [BREAK] * bool(n) + [Run(line, bold, italic, href)]
            return
        self.words.append(Run(re.sub(r"\s+", " ", data), bold, italic, href))

    # Blocks

    def end_block(self) -> None:
        """What was gathered is a block, if it says anything."""
        if self.tables:
            return
        words, self.words = self.words, []
        heading, self.heading = self.heading, 0
        item, self.item = self.item, None
        self.bullet = None
        if not words_of(words):
            return
        if heading:
            self.document.blocks.append(Heading(heading, words))
        elif item:
            self.document.blocks.append(Item(words, *item))
        else:
            self.document.blocks.append(Paragraph(words, bool(self.quotes)))

    # Tables

    def _table(self) -> None:
        self.end_block()
        self.tables += 1
        if self.tables > 1:
            self.document.lost["nested"] += 1
        else:
            self.rows = []

    def _row_or_cell(self, tag: str, given: dict[str, str]) -> None:
        if self.tables > 1:
            self.words.append(Run(" "))
            return
        if tag == "tr":
            self.rows.append([])
            return
        self.words = []
        over = [given.get(name, "") for name in ("colspan", "rowspan")]
        if any(each.isdigit() and int(each) > 1 for each in over):
            self.document.lost["merged"] += 1
        self.spare = min(int(over[0]), 50) - 1 if over[0].isdigit() and int(over[0]) > 1 else 0

    def _end_cell(self) -> None:
        if not self.rows:
            self.rows.append([])
        self.rows[-1] += [self.words, *([()] * self.spare)]
        self.words = []

    spare = 0

    def _end_table(self) -> None:
        self.tables = max(self.tables - 1, 0)
        if self.tables:
            return
        rows = [row for row in self.rows if any(words_of(cell) for cell in row)]
        self.rows, self.words = [], []
        if rows and max(len(row) for row in rows) == 1:  # only a frame around words
            self.document.blocks += [Paragraph(row[0]) for row in rows]
        elif rows:
            self.document.blocks.append(Table(rows))
