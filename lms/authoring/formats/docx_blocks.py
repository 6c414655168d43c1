"""A .docx as blocks: headings, paragraphs, lists, tables, pictures; and what else was in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from lms.authoring.formats.docx_parts import Element, Parts, R, Relation, W, is_on, value
from lms.authoring.formats.docx_styles import styles_of
from lms.foundation.web.markdown.blocks import (
    BREAK,
    TITLE,
    Document,
    Heading,
    Item,
    Paragraph,
    Picture,
    Run,
    Table,
    Words,
    is_followed,
    words_of,
)

MOST_PICTURES = 100
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_THROUGH = {
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent")
}
_GONE = {f"{W}del", f"{W}moveFrom"}
_TITLE = ".//{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(
    r"(microsoft word\b.*|(word )?documento? ?\d*|untitled.*|sin t[íi]tulo.*"
    r"|.*\.(docx?|odt|rtf|pdf))",
    re.I,
)
"""Titles that a word processor wrote, not a person."""
_MADE_UP = re.compile(
    r"(imagen|image|picture|gr[áa]fico|dibujo)?\s*\d*|.*\.(png|jpe?g|gif|bmp)"
    r"|.*(generad[ao]s? (autom|por)|automatically generated).*",
    re.I,
)
"""Descriptions that no person wrote."""


def read_docx(file: IO[bytes]) -> Document:
    """The blocks of a .docx. Raises Invalid with a sentence when it cannot be read."""
    return _Reader(Parts(file)).read()


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.document = Document()
        self.styles = styles_of(parts)
        self.relations = parts.relations("word/document.xml")
        self.notes: list[str] = []
        self.caption: Words = ()
        self.boxes: list[Element] = []
        self.names: dict[str, str] = {}

    def read(self) -> Document:
        root = self.parts.xml("word/document.xml")
        body = root.find(f"{W}body") if root is not None else None
        for node in body if body is not None else ():
            self._block(node)
        self._flush_caption()
        self._write_notes()
        self.document.title = self._title()
        if any(self.parts.has(f"word/{name}1.xml") for name in ("header", "footer")):
            self.document.lost["headers"] = 1
        return self.document

    def _title(self) -> str:
        """The title among its properties; empty where a program made it up."""
        root = self.parts.xml("docProps/core.xml")
        said = " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
        return "" if _NO_TITLE.fullmatch(said) else said

    def _block(self, node: Element) -> None:
        if node.tag == f"{W}p":
            self._paragraph(node)
        elif node.tag == f"{W}tbl":
            self._table(node)
        elif node.tag in _THROUGH:
            for each in node:
                self._block(each)
        elif node.tag in _GONE:
            self.document.lost["deleted"] += 1
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            for each in box:
                self._block(each)

    # Paragraphs

    def _paragraph(self, node: Element) -> None:
        properties = node.find(f"{W}pPr")
        style, item = self.styles.of(properties), self.styles.item(properties)
        if style.name.startswith("toc "):  # a table of contents: the course makes its own
            return
        pictures: list[Picture] = []
        words = list(self._words(node, pictures))
        blocks = self.document.blocks
        if style.name == "caption" and words_of(words):
            last = blocks[-1] if blocks else None
            if isinstance(last, Picture) and not last.caption:
                blocks[-1] = replace(last, caption=words_of(words))
            else:
                self._flush_caption()
                self.caption = words
            return
        self._flush_caption()
        if words_of(words):
            if style.name == "title":
                blocks.append(Heading(TITLE, words))
            elif style.level:
                blocks.append(Heading(style.level, words))
            elif item is not None:
                blocks.append(Item(words, *item))
            else:
                blocks.append(Paragraph(words, "quote" in style.name))
        blocks += pictures

    def _flush_caption(self) -> None:
        """A caption that nothing follows is a paragraph."""
        words, self.caption = self.caption, ()
        if words:
            self.document.blocks.append(Paragraph(words))

    def _words(self, node: Element, pictures: list[Picture], href: str = "") -> Iterator[Run]:
        for each in node:
            if each.tag == f"{W}r":
                yield from self._run(each, pictures, href)
            elif each.tag == f"{W}hyperlink":
                yield from self._words(each, pictures, self._address(each))
            elif each.tag in _THROUGH:
                yield from self._words(each, pictures, href)
            elif each.tag in _GONE:
                self.document.lost["deleted"] += 1
            elif each.tag.startswith(_M):
                self.document.lost["objects"] += 1
                yield Run(" ".join(t.text or "" for t in each.iter(f"{_M}t")))

    def _address(self, node: Element) -> str:
        relation = self.relations.get(node.get(f"{R}id", ""))
        if relation is None or not relation.is_outside:
            return ""
        if not is_followed(relation.target):
            self.document.lost["links"] += 1
            return ""
        return relation.target

    def _run(self, node: Element, pictures: list[Picture], href: str) -> Iterator[Run]:
        dress = node.find(f"{W}rPr")
        bold = italic = False
        if dress is not None:
            if is_on(dress.find(f"{W}vanish")):
                return
            bold, italic = is_on(dress.find(f"{W}b")), is_on(dress.find(f"{W}i"))
            self._tell_colours(dress, href)
        for each in node:
            if each.tag == f"{W}t":
                yield Run(each.text or "", bold, italic, href)
            elif each.tag in (f"{W}tab", f"{W}ptab"):
                yield Run(" ", bold, italic, href)
            elif each.tag in (f"{W}br", f"{W}cr") and value(each, "type") in ("", "textWrapping"):
                yield BREAK
            elif each.tag == f"{W}noBreakHyphen":
                yield Run("-", bold, italic, href)
            elif each.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield Run(self._note(each))
            elif each.tag == f"{W}commentReference":
                self.document.lost["comments"] += 1
            else:
                self._drawn(each, pictures)

    def _tell_colours(self, dress: Element, href: str) -> None:
        colour = value(dress.find(f"{W}color")).lower()
        marked = any(is_on(dress.find(f"{W}{name}")) for name in ("u", "highlight", "strike"))
        if not href and (marked or colour not in ("", "auto", "000000")):
            self.document.lost["colours"] = 1

    # Pictures and boxes

    def _drawn(self, node: Element, pictures: list[Picture]) -> None:
        if node.tag == f"{_MC}AlternateContent":  # the same twice, for old and new
            chosen = node.find(f"{_MC}Choice")
            for each in chosen if chosen is not None else ():
                self._drawn(each, pictures)
            return
        if node.tag not in (f"{W}drawing", f"{W}pict", f"{W}object"):
            return
        boxes = list(node.iter(f"{W}txbxContent"))
        self.boxes += boxes
        inside = {each for box in boxes for each in box.iter()}
        ids = [each.get(f"{R}embed", "") for each in node.iter(f"{_A}blip") if each not in inside]
        ids += [each.get(f"{R}id", "") for each in node.iter(f"{_V}imagedata")]
        told = node.find(f".//{_WP}docPr")
        alt = (told.get("descr") or "") if told is not None else ""
        found = [name for name in map(self._picture, ids) if name]
        alt = "" if _MADE_UP.fullmatch(alt.strip()) else " ".join(alt.split())
        pictures += [Picture(name, alt) for name in found]
        if not found and not boxes:
            self.document.lost["objects"] += 1

    def _picture(self, id_: str) -> str:
        relation: Relation | None = self.relations.get(id_)
        if relation is None or relation.is_outside or not self.parts.has(relation.target):
            return ""
        target = relation.target
        if target not in self.names:
            if len(self.names) >= MOST_PICTURES:
                self.document.lost["pictures"] += 1
                return ""
            name = f"{len(self.names) + 1}.{target.rpartition('.')[2].lower()}"
            self.names[target] = name
            self.document.pictures[name] = self.parts.bytes_of(target)
        return self.names[target]

    # Tables

    def _table(self, node: Element) -> None:
        rows: list[list[Words]] = []
        pictures: list[Picture] = []
        for line in node.findall(f"{W}tr"):
            row: list[Words] = []
            for cell in line.iter(f"{W}tc") if line.find(f"{W}sdt") else line.findall(f"{W}tc"):
                row += self._cell(cell, pictures)
            rows.append(row)
        rows = [row for row in rows if any(words_of(cell) for cell in row)]
        caption, self.caption = self.caption, ()
        if rows and max(map(len, rows)) == 1:  # only a frame around words
            self.document.blocks += [Paragraph(row[0]) for row in rows]
        elif rows:
            self.document.blocks.append(Table(rows, words_of(caption)))
        self.document.blocks += pictures

    def _cell(self, cell: Element, pictures: list[Picture]) -> Iterator[Words]:
        properties = cell.find(f"{W}tcPr")
        spare = 0
        if properties is not None:
            span = value(properties.find(f"{W}gridSpan"))
            spare = min(int(span), 50) - 1 if span.isdigit() and int(span) > 1 else 0
            down = properties.find(f"{W}vMerge")
            if spare or (down is not None and value(down) == "restart"):
                self.document.lost["merged"] += 1
        words: list[Run] = []
        if cell.find(f".//{W}tbl") is not None:
            self.document.lost["nested"] += 1
        for paragraph in cell.iter(f"{W}p"):
            words += [*self._words(paragraph, pictures), Run(" ")]
        yield words
        yield from ((),) * spare

    # Notes

    def _note(self, node: Element) -> str:
        kind = "footnote" if node.tag.endswith("footnoteReference") else "endnote"
        mark = f"{kind}:{value(node, 'id')}"
        if mark not in self.notes:
            self.notes.append(mark)
        return f"[{self.notes.index(mark) + 1}]"

    def _write_notes(self) -> None:
        """Notes stand at the end, each with the number by which the text names it."""
        texts: dict[str, Element] = {}
        self.relations = {}  # the ids in the notes are others
        for kind in ("footnote", "endnote"):
            root = self.parts.xml(f"word/{kind}s.xml")
            for node in root if root is not None else ():
                texts[f"{kind}:{value(node, 'id')}"] = node
        for number, mark in enumerate(list(self.notes), 1):
            note = texts.get(mark)
            words = [
                run
                for paragraph in (note.iter(f"{W}p") if note is not None else ())
                for run in (*self._words(paragraph, []), Run(" "))
            ]
            if words_of(words):
                self.document.blocks.append(Paragraph([Run(f"[{number}] "), *words]))
