"""Documents of a word processor, written part by part."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STYLES = f"""<w:styles {_NAMES}>
<w:style w:styleId="Ttulo"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="MiTitulo"><w:name w:val="Mío"/><w:basedOn w:val="Ttulo2"/></w:style>
<w:style w:styleId="Descripcin"><w:name w:val="caption"/></w:style>
<w:style w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {_NAMES}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
NOTES = f"""<w:footnotes {_NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>La nota.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
RELATIONS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="media/image1.png" Type="{_R}/image"/>
<Relationship Id="rId2" Target="https://example.org/ley" TargetMode="External" Type="{_R}/x"/>
<Relationship Id="rId3" Target="media/image2.emf" Type="{_R}/image"/>
</Relationships>"""


def p(words: str, style: str = "", *, deep: int | None = None) -> str:
    """A paragraph; words that begin with < are runs already."""
    inside = words if words.startswith("<") else run(words)
    points = (
        f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="1"/></w:numPr>'
        if deep is not None
        else ""
    )
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{look}{points}</w:pPr>{inside}</w:p>"


def run(words: str, dress: str = "") -> str:
    return f'<w:r><w:rPr>{dress}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def picture(id_: str = "rId1", alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/>'
        f'<a:blip r:embed="{id_}"/></wp:inline></w:drawing></w:r>'
    )


def table(*rows: str) -> str:
    lines = (
        "".join(
            f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row.split("|")
        )
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def png(colour: str = "navy") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue()


def docx(body: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """A .docx of these paragraphs."""
    parts = {
        "[Content_Types].xml": TYPES.encode(),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>".encode(),
        "word/styles.xml": STYLES.encode(),
        "word/numbering.xml": NUMBERING.encode(),
        "word/footnotes.xml": NOTES.encode(),
        "word/_rels/document.xml.rels": RELATIONS.encode(),
        "word/media/image1.png": png(),
        "word/media/image2.emf": b"no picture",
        **(more or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


LETTER = docx(
    p("Guía de ventanilla", "Ttulo")
    + p("Índice", "TDC1")
    + p("Recibir", "Ttulo1")
    + p(run("La ley da ") + run("diez días", "<w:b/>") + run(" y ") + run("no más", "<w:i/>"))
    + p("Escuchar", deep=0)
    + p("sin prisa", deep=1)
    + p("Registrar", deep=0)
    + p("Así se ve la ventanilla:")
    + p(picture(alt="Una ventanilla"))
    + p("La de San Juan", "Descripcin")
    + p("Responder", "Ttulo1")
    + p("Plazos", "MiTitulo")
    + p("Días de cada paso", "Descripcin")
    + table("Paso|Días", "Recibir|1")
    + p(
        '<w:hyperlink r:id="rId2">' + run("La ley") + "</w:hyperlink>" + run(" lo dice.")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    + p(picture("rId3"))
    + p("<w:del>" + run("quitado") + "</w:del>" + run("rojo", '<w:color w:val="C00000"/>'))
)  # fmt: skip
