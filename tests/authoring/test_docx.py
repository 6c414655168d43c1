"""A .docx becomes lessons; what is broken, huge or meant to hurt is refused with a sentence."""

import io

import pytest

from lms.authoring.formats import docx_parts
from lms.authoring.formats.brought import brought, read_document
from lms.authoring.formats.docx_parts import DEEPEST
from lms.foundation.kernel.errors import Invalid
from lms.foundation.web.markdown.lint import lint
from tests.authoring.letters import LETTER, docx, p, picture, run, table

pytestmark = pytest.mark.pure
TWO = p("Uno", "Ttulo1") + p("a") + p("Dos", "Ttulo1") + p("b")


def becomes(data, name="Guía de ventanilla.docx", *, split=False):
    return brought(name, read_document(name, io.BytesIO(data)), split=split)


def text_of(body, **more):
    return becomes(docx(body, **more)).lessons[0].markdown({})


def test_a_document_becomes_one_lesson():
    found = becomes(LETTER)
    (drawn,) = found.pictures
    assert (drawn.alt, drawn.near) == ("Una ventanilla", "Así se ve la ventanilla:")
    assert drawn.media_type == "image/jpeg"
    (lesson,) = found.lessons
    assert lesson.title == "Guía de ventanilla"
    assert lesson.markdown({}) == (
        "## Recibir\n\nLa ley da **diez días** y *no más*\n\n1. Escuchar\n   - sin prisa\n"
        "2. Registrar\n\nAsí se ve la ventanilla:\n\n"
        f'![Una ventanilla](media/{drawn.name} "La de San Juan")\n\n'
        "## Responder\n\n### Plazos\n\nTabla: Días de cada paso\n\n"
        "| Paso | Días |\n| --- | --- |\n| Recibir | 1 |\n\n"
        "[La ley](https://example.org/ley) lo dice.\\[1\\]\n\nrojo\n\n\\[1\\] La nota.\n"
    )
    assert lint(lesson.markdown({})).findings == []
    assert dict(found.lost) == {"pictures-kind": 1, "deleted": 1, "colours": 1}


def test_a_document_becomes_a_lesson_for_each_of_its_parts():
    found = becomes(LETTER, split=True)
    assert [each.title for each in found.lessons] == ["Recibir", "Responder"]
    assert found.lessons[1].markdown({}).startswith("## Plazos\n")


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        (p("Uno", "Ttulo1") + p("Dos"), "Uno", "Dos\n"),
        (p("Dos"), "mi carta", "Dos\n"),
        (p("Uno") + p("Dos", "Ttulo1") + p("Tres"), "Dos", "Uno\n\nTres\n"),
        (TWO, "Uno", "a\n\n## Dos\n\nb\n"),
        (p("Antes") + TWO, "mi carta", "Antes\n\n## Uno\n\na\n\n## Dos\n\nb\n"),
    ],
)
def test_its_title_is_what_its_author_called_it(body, title, text):
    found = becomes(docx(body), "mi_carta.docx")
    assert (found.lessons[0].title, found.lessons[0].markdown({})) == (title, text)


@pytest.mark.parametrize(
    ("said", "body", "title", "text"),
    [
        ("La guía", p("Dos"), "La guía", "Dos\n"),
        ("La guía", TWO, "La guía", "## Uno\n\na\n\n## Dos\n\nb\n"),
        (" UNO ", TWO, "UNO", "a\n\n## Dos\n\nb\n"),
        ("La guía", p("El título", "Ttulo") + p("Dos"), "El título", "Dos\n"),
        ("Microsoft Word - carta.doc", p("Dos"), "mi carta", "Dos\n"),
        ("Documento1", TWO, "Uno", "a\n\n## Dos\n\nb\n"),
        ("", p("Dos"), "mi carta", "Dos\n"),
    ],
)
def test_the_title_among_its_properties_counts_unless_a_program_wrote_it(said, body, title, text):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{said}</dc:title></cp:coreProperties>"
    )
    found = becomes(docx(body, {"docProps/core.xml": core.encode()}), "mi_carta.docx")
    assert (found.lessons[0].title, found.lessons[0].markdown({})) == (title, text)


@pytest.mark.parametrize(
    ("body", "text", "lost"),
    [
        (p("<w:ins>" + run("puesto") + "</w:ins>"), "puesto\n", {}),
        (p(run("oculto", "<w:vanish/>") + run("visto")), "visto\n", {}),
        (p(run("uno", '<w:b w:val="0"/>')), "uno\n", {}),
        (table("Solo un marco"), "Solo un marco\n", {}),
        (table("a|<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + p("b")),
         "| a | b |  |\n| --- | --- | --- |\n", {"merged": 1}),
        (table("a|" + table("b|c"), "d|e"), None, {"nested": 1}),
        (p("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>" + run(" vale")), "x+y vale\n",
         {"objects": 1}),
        (p(run("uno") + '<w:r><w:commentReference w:id="1"/></w:r>'), "uno\n", {"comments": 1}),
        (p(run("uno") + "<w:r><w:br/></w:r>" + run("dos")), "uno\\\ndos\n", {}),
        (p("<w:sdt><w:sdtContent>" + run("campo") + "</w:sdtContent></w:sdt>"), "campo\n", {}),
        (p("1. no es lista") + p("# ni título"), "1\\. no es lista\n\n\\# ni título\n", {}),
    ],
)  # fmt: skip
def test_what_word_writes_is_read(body, text, lost):
    found = becomes(docx(body))
    if text is not None:
        assert found.lessons[0].markdown({}) == text
    assert dict(found.lost) == lost


def test_a_picture_that_nobody_described_asks_for_words():
    body = p("Antes") + p(picture(alt="Imagen 3")) + p(picture(alt="foto.png"))
    found = becomes(docx(body))
    assert [each.alt for each in found.pictures] == [""]
    assert "alt-missing" in {each.code for each in lint(found.lessons[0].markdown({})).findings}
    said = found.lessons[0].markdown({found.pictures[0].name: "El mapa [nuevo]"})
    assert "![El mapa \\[nuevo\\]](media/" in said


BOMB = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no .docx"),
        (b"nada", "no .docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .doc"),
        (LETTER[:-40], "no .docx"),
        (docx(p("x"), {"word/document.xml": b"<w:document>"}), "damaged"),
        (docx(p("x"), {"word/document.xml": BOMB}), "damaged"),
        (docx(p("x"), {"word/styles.xml": BOMB}), "damaged"),
        (docx("<w:x>" * (DEEPEST + 1) + "</w:x>" * (DEEPEST + 1)), "damaged"),
        (docx(p("x"), {"word/document.xml": b" " * 20_000_001}), "unpacks"),
        (docx(p("")), "no words"),
        (docx("".join(p(f"n{n}", "Ttulo1") + p("x") for n in range(41))), "lessons"),
    ],
    ids=range(11),
)
def test_what_is_no_document_is_refused_with_a_sentence(data, said):
    with pytest.raises(Invalid) as refused:
        becomes(data, split=True)
    assert said in refused.value.message


def test_a_saved_web_page_becomes_a_lesson_too():
    page = "<h1>Plazos</h1><p>Son diez días, según la «Ley».</p>".encode("windows-1252")
    found = becomes(page, "plazos.htm")
    assert found.lessons[0].title == "Plazos"
    assert "«Ley»" in found.lessons[0].markdown({})


def test_parts_that_together_unpack_to_too_much_are_refused(monkeypatch):
    monkeypatch.setattr(docx_parts, "LARGEST_WHOLE", 3_000)
    with pytest.raises(Invalid, match="unpacks"):
        becomes(LETTER)
