"""The HTML that readers get of what authors write."""

import pytest

from lms.foundation.web.markdown import (
    FactView,
    MediaView,
    NothingAround,
    Rendered,
    lint,
    render,
)

pytestmark = pytest.mark.pure


class Course(NothingAround):
    def media(self, path: str) -> MediaView | None:
        if path.endswith("lost.svg"):
            return None
        return MediaView(f"/archivos/{path[6:]}", 1200, width=640, height=160)

    def fact(self, key: str) -> FactView | None:
        return None if key == "lost" else FactView(f"Decreto {key}", "10")

    def lesson(self, key: str) -> str | None:
        return None if key == "lost" else f"/aula/{key}"


def shown(source: str) -> str:
    return str(rendered(source).html)


def rendered(source: str) -> Rendered:
    return render(source, Course(), say=lambda message, **params: message % params)


def test_a_figure_has_its_caption_and_its_measures() -> None:
    assert shown('![Tres pasos](media/pasos.svg "Los *pasos*")') == (
        '<figure id="b1"><img src="/archivos/pasos.svg" alt="Tres pasos" width="640" height="160"'
        ' loading="lazy" decoding="async"><figcaption>Los *pasos*</figcaption></figure>\n'
    )
    assert "<figcaption>" not in shown("![Tres pasos](media/pasos.svg)")
    assert shown("Vea ![x](media/a.png) aquí").startswith('<p id="b1">Vea <img src')
    assert shown("![Tres pasos](media/lost.svg)") == '<p id="b1">Tres pasos</p>\n'


class Photographs(NothingAround):
    def media(self, path: str) -> MediaView | None:
        small = MediaView("/archivos/a.640.jpg", 40, "image/jpeg", 640, 320)
        return MediaView("/archivos/a.jpg", 200, "image/jpeg", 1600, 800, small)


def test_a_picture_with_a_small_size_lets_the_browser_choose() -> None:
    html = str(render("![La plaza](media/a.jpg)", Photographs()).html)
    assert (
        'src="/archivos/a.jpg" srcset="/archivos/a.640.jpg 640w, /archivos/a.jpg 1600w"'
        ' sizes="(max-width: 33em) 85vw, 30rem" alt="La plaza" width="1600" height="800"'
    ) in html
    assert "srcset" not in shown("![Tres pasos](media/pasos.svg)")


class Radio(NothingAround):
    def media(self, path: str) -> MediaView | None:
        return MediaView(f"/archivos/{path[6:]}", 138_333, "audio/ogg")


def test_a_recording_says_what_is_heard_and_what_it_weighs_and_costs_nothing_unasked() -> None:
    html = str(render('![Aviso de <radio>](media/aviso.opus "El aviso")', Radio()).html)
    player = (
        '<audio controls="" preload="none" src="/archivos/aviso.opus" '
        'aria-label="Aviso de &lt;radio&gt;"></audio>'
    )
    assert html == (
        '<figure class="audio" id="b1"><figcaption>El aviso <span class="muted">(138 kB)</span>'
        f"</figcaption>{player}</figure>\n"
    )
    assert str(render("Oiga ![Aviso](media/a.mp3) y diga", Radio()).html).startswith(
        '<p id="b1">Oiga <audio controls'
    )
    assert "<figcaption>Aviso <span" in render("![Aviso](media/a.mp3)", Radio()).html
    assert render("![Aviso](media/a.mp3)", Radio()).media == ("media/a.mp3",)


def test_what_is_no_picture_and_no_recording_cannot_be_shown() -> None:
    found = lint(
        "![Plano](media/plano.pdf) ![Foto](media/f.JPG) ![](media/a.opus) ![a](media/a.mp3)"
    )
    assert [(each.code, each.what) for each in found.findings] == [
        ("image-kind", "media/plano.pdf"),
        ("name-missing", "media/a.opus"),
    ]
    assert [path for path, _ in found.media] == [
        *("media/plano.pdf", "media/f.JPG", "media/a.opus", "media/a.mp3")
    ]


def test_a_table_scrolls_alone_and_is_named_by_its_caption() -> None:
    html = shown("Table: Plazos de **ley**\n\n| a | b |\n|---|--:|\n| x | 10 |\n")
    assert html.startswith(
        '<div class="table-region" role="region" tabindex="0" aria-labelledby="t1">'
        '<table id="b1"><caption id="t1">Plazos de <strong>ley</strong></caption>'
    )
    assert '<th scope="col">a</th>' in html
    assert '<th scope="col" class="num">b</th>' in html
    assert '<td class="num">10</td>' in html
    assert 'aria-label="Table"' in shown("| a |\n|---|\n| x |\n")
    assert shown("Table: sola\n\ntexto").startswith('<p id="b1">Table: sola</p>')


@pytest.mark.parametrize(
    ("kind", "label", "tag"),
    [
        ("note", "Note", "div"),
        ("warning", "Careful", "div"),
        ("example", "Example", "div"),
        ("exercise", "Exercise", "section"),
        ("remember", "Remember", "div"),
    ],
)
def test_boxes_say_what_they_are(kind: str, label: str, tag: str) -> None:
    html = shown(f"::: {kind}\nUno\n:::")
    assert html.startswith(f'<{tag} class="callout {kind}"')
    assert f'<p class="callout-title">{label}</p>' in html
    assert f">{label}: De <i>María</i></p>".replace("<i>", "&lt;i&gt;").replace(
        "</i>", "&lt;/i&gt;"
    ) in shown(f"::: {kind} De <i>María</i>\nUno\n:::")
    assert html.rstrip().endswith(f"</{tag}>")


def test_a_transcript_is_shut_until_somebody_reads_it() -> None:
    html = render(
        "![Aviso](media/a.mp3)\n\n::: transcript\nHoy no hay agua.\n\nMañana sí.\n:::\n\nFin",
        Radio(),
    ).html
    assert '<details class="sheet" id="b2"><summary>Read the transcript</summary>' in html
    assert html.index("<audio") < html.index("Hoy no hay agua.") < html.index("</details>")
    assert html.index("</details>") < html.index("Fin")
    named = shown("::: transcript El <i>aviso</i>\nUno\n:::")
    assert "<summary>Read the transcript: El &lt;i&gt;aviso&lt;/i&gt;</summary>" in named
    assert not lint("::: transcript\nUno\n:::").findings


def test_boxes_nest_and_close_in_order() -> None:
    html = shown(":::: exercise\n\n::: note\nUno\n:::\n\nDos\n::::\n\nTres")
    assert html.count("<div") == html.count("</div>") == 1
    assert html.count("<section") == html.count("</section>") == 1
    assert html.index("</div>") < html.index("Dos") < html.index("</section>") < html.index("Tres")


def test_citations_are_numbered_by_first_use_and_know_their_places() -> None:
    found = rendered("Uno [[b]], dos [[a]], tres [[b]] y [[lost]].")
    assert [(each.number, each.key, each.mark_ids) for each in found.citations] == [
        (1, "b", ("cita-1-1", "cita-1-2")),
        (2, "a", ("cita-2-1",)),
    ]
    assert (
        '<sup class="cite"><a href="#fuente-2" id="cita-2-1" aria-label="Source 2">[2]</a></sup>'
    ) in found.html
    assert found.html.count('href="#fuente-1"') == 2
    assert "[[" not in found.html
    assert "lost" not in found.html


def test_the_mark_of_a_source_hangs_on_its_word() -> None:
    assert "Uno<sup" in shown("Uno [[b]].")
    assert "Uno<sup" in shown("Uno\n[[b]].")
    assert "Uno ." in shown("Uno [[lost]].")


def test_links_lead_to_lessons_files_and_the_web_or_are_plain_text() -> None:
    assert '<a href="/aula/otra">x</a>' in shown("[x](lesson:otra)")
    assert '<a href="/archivos/a.csv">x</a>' in shown("[x](media/a.csv)")
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="external">x</a>' in shown(
        "[x](https://example.org/?a=1&b=2)"
    )
    assert '<a href="mailto:a@example.org">x</a>' in shown("[x](mailto:a@example.org)")
    for lost in ("lesson:lost", "media/lost.svg", "javascript:x", "../a", "//example.org", "x.md"):
        assert shown(f"[**x** y]({lost})") == '<p id="b1"><strong>x</strong> y</p>\n'


def test_headings_have_names_and_never_rise_above_the_page() -> None:
    found = rendered("# Uno\n\n## Qué *es* esto\n\n## Qué es esto\n\n## B1\n\n## ¿?\n")
    assert [(each.level, each.id) for each in found.headings] == [
        (2, "h-uno"),
        (2, "h-que-es-esto"),
        (2, "h-que-es-esto-2"),
        (2, "h-b1"),
        (2, "h"),
    ]
    assert "<h1" not in found.html
    assert found.headings[1].text == "Qué es esto"


def test_blocks_are_numbered_so_that_one_can_come_back() -> None:
    html = shown("Uno\n\n- a\n- b\n\n> c\n\n::: note\nd\n:::\n\n```\ne\n```\n")
    for number in range(1, 9):
        assert html.count(f'id="b{number}"') == 1, number
    again = shown("Uno\n\n- a\n- b\n\n> c\n\n::: note\nd\n:::\n\n```\ne\n```\n")
    assert again == html


def test_two_texts_on_a_page_keep_apart() -> None:
    first, second = (
        str(render("## Uno dos\n\nx [[a]] [y](#Uno%20dos)", Course(), prefix=prefix).html)
        for prefix in ("q1-", "q2-")
    )
    assert 'id="q1-h-uno-dos"' in first
    assert 'href="#q1-h-uno-dos"' in first
    assert 'href="#q2-fuente-1" id="q2-cita-1-1"' in second


def test_words_and_media_are_counted() -> None:
    found = rendered("Él vio *dos* [cosas](media/a.csv) [[a]].\n\n![no cuenta](media/a.csv)")
    assert found.words == 4
    assert found.media == ("media/a.csv",)


def test_a_list_may_begin_anywhere_and_code_stays_as_it_is() -> None:
    assert '<ol start="3">' in shown("3. c\n4. d")
    assert '<pre id="b1"><code>&lt;b&gt; &amp;\n</code></pre>' in shown("```html\n<b> &\n```")


def test_labels_are_said_in_the_language_asked_for() -> None:
    html = str(render("::: note\nx\n:::", say=lambda message, **_: {"Note": "Nota"}[message]).html)
    assert "Nota" in html


def test_a_text_that_stands_alone_loses_only_what_it_refers_to() -> None:
    html = str(render("![a](media/x.svg) [[f]] [l](lesson:x) [w](https://example.org)").html)
    assert html == '<p id="b1">a  l <a href="https://example.org" rel="external">w</a></p>\n'


def test_lint_names_lines_within_paragraphs_lists_and_tables() -> None:
    source = (
        "## Uno\n\nuna\n<b>dos</b>\n\n- a\n- ![](media/x.svg)\n\n"
        "| a |\n|---|\n| [aquí](lesson:x) |\n\n::: note\nx\n\n[[F]]\n:::\n"
    )
    assert [(each.code, each.line) for each in lint(source).findings] == [
        ("html", 4),
        ("alt-missing", 7),
        ("link-vague", 11),
        ("citation-key", 16),
    ]


def test_lint_lets_good_text_pass() -> None:
    source = "## Uno\n\nSi 3 < 5 y a & b, `<b>`.\n\n### Dos\n\n## Tres\n\n<https://example.org>\n"
    assert lint(source).findings == []
    assert lint("").findings == []
    assert [(level, text) for level, text, _ in lint(source).headings] == [
        (2, "Uno"),
        (3, "Dos"),
        (2, "Tres"),
    ]
