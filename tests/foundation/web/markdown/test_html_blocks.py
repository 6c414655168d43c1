"""What Word or a web page puts on the clipboard becomes our Markdown; the rest is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.foundation.web.markdown.blocks import Paragraph, Run
from lms.foundation.web.markdown.blocks_markdown import to_markdown
from lms.foundation.web.markdown.html_blocks import read_html
from lms.foundation.web.markdown.lint import lint
from lms.foundation.web.markdown.parser import count_words, parse, words_of

pytestmark = pytest.mark.pure

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color: red}</style>
<meta name=Generator content="Microsoft Word 15"></head><body lang=ES-GT><!--StartFragment-->
<h1>Atención a la <b>persona</b><o:p></o:p></h1>
<p class=MsoNormal>La ley dice “<b>diez
días</b>” y <i>no más</i>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Escuchar<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>sin prisa</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Registrar</p>
<h3>Plazos</h3>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Paso</b></p></td><td><p>Días</p></td></tr>
<tr><td><p>Recibir | anotar</p></td><td><p>1</p><p>hábil</p></td></tr>
<tr><td colspan=2><p>Todo junto</p></td></tr></table>
<p class=MsoNormal>Véase <a href="https://example.org/ley (1)">la ley</a> y<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> <a href="file:///C:/x.doc">esto</a>.</p>
<p><img width=10 src="file:///C:/a.png"><span style='color:#C00000'>rojo</span></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"><span>[1]</span></a> Una nota.</p></div></div>
<!--EndFragment--></body></html>"""  # noqa: E501

AS_MARKDOWN = """\
## Atención a la persona

La ley dice “**diez días**” y *no más*.

- Escuchar
  - sin prisa
1. Registrar

### Plazos

| **Paso** | Días |
| --- | --- |
| Recibir \\| anotar | 1 hábil |
| Todo junto |  |

Véase [la ley](https://example.org/ley%20%281%29) y\\[1\\] esto.

rojo

\\[1\\] Una nota.
"""


def markdown(html):
    return to_markdown(read_html(html).blocks)


def test_what_word_pastes():
    read = read_html(WORD)
    assert to_markdown(read.blocks) == AS_MARKDOWN
    assert dict(read.lost) == {"merged": 1, "links": 1, "pictures": 1, "colours": 1}
    assert lint(AS_MARKDOWN).findings == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p>Uno <span style="font-weight:'
         '700">dos</span></p></b>', "Uno **dos**\n"),
        ("<ul><li>Uno<ol><li>Dos</li><li>Tres</li></ol></li><li><p>Cuatro</p></li></ul>",
         "- Uno\n  1. Dos\n  2. Tres\n- Cuatro\n"),
        ("<p>Uno<br>dos</p>", "Uno\\\ndos\n"),
        ("<h2>A</h2><h4>B</h4><h6>C</h6>", "## A\n\n### B\n\n#### C\n"),
        ("<div>Suelto<p>Dentro</p>detrás</div>", "Suelto\n\nDentro\n\ndetrás\n"),
        ("<blockquote><p>Cita</p></blockquote>", "> Cita\n"),
        ("<p>1. No es lista</p><p># ni título</p><p>- ni guion</p><p>a*b_c [x](y) &lt;b&gt;</p>",
         "1\\. No es lista\n\n\\# ni título\n\n\\- ni guion\n\na\\*b\\_c \\[x\\](y) \\<b>\n"),
        ("<table><tr><td>Solo un marco</td></tr></table>", "Solo un marco\n"),
        ("<p>sin <b>cerrar<p>otra", "sin **cerrar**\n\n**otra**\n"),
        ("<script>alert(1)</script><p onclick=x>Sí</p>", "Sí\n"),
        ("<p>un <b> espacio </b>fuera</p>", "un **espacio** fuera\n"),
        ("<p>ca<b>(s)</b>a</p>", "ca(s)a\n"),
        ("texto solo", "texto solo\n"),
        ("<p>[[clave]]</p>", "\\[\\[clave\\]\\]\n"),
        ("<p>::: note</p>", "\\::: note\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_pages_of_other_makers(html, said):
    assert markdown(html) == said


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (
            "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>",
            "nested",
        ),
        ("<p>a<video></video></p>", "objects"),
        ("<p>a<u>b</u></p>", "colours"),
        ("<p>a<a href='javascript:x'>b</a></p>", ""),
    ],
)
def test_what_has_no_place_is_told_and_its_words_stay(html, code):
    read = read_html(html)
    assert set(read.lost) <= {code}
    assert bool(code) == bool(read.lost)
    assert "a" in to_markdown(read.blocks)


def test_a_page_nested_without_end_is_read_in_time():
    assert "x" in markdown("<div><b>" * 20_000 + "x")
    assert "x" in markdown("<table><tr><td>" * 2_000 + "x")


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.builds(
            Run,
            st.text("ab ñ*_[](){}<>&;#-+.:|\\`~!1=\n", max_size=8),
            st.booleans(),
            st.booleans(),
            st.sampled_from(["", "https://example.org/a"]),
        ),
        max_size=6,
    )
)
def test_no_word_is_ever_lost(runs):
    text = "".join(run.text for run in runs)
    tokens = parse(to_markdown([Paragraph(runs)]))
    assert words_of(tokens) == count_words(text.replace("\n", " "))
