"""Whatever is written, nothing runs, nothing is fetched from elsewhere, nothing breaks out."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.foundation.web.markdown import FactView, MediaView, NothingAround, lint, render
from lms.foundation.web.markdown.sanitise import sanitise

pytestmark = pytest.mark.pure

VOID = {"br", "hr", "img"}
TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote"),
    *("a", "sup", "span", "h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "table", "caption", "thead", "tbody", "tr"),
    *("th", "td", "figure", "figcaption", "img", "div", "section"),
}
ATTRIBUTES = {
    *("id", "href", "aria-label", "aria-labelledby", "src", "alt", "width", "height"),
    *("start", "loading", "decoding", "role", "tabindex", "rel", "scope", "class"),
}


class Everything(NothingAround):
    """A course in which every name leads to something."""

    def media(self, path: str) -> MediaView:
        return MediaView(f"/archivos/{path}", width=1, height=1)

    def fact(self, key: str) -> FactView:
        return FactView(key)

    def lesson(self, key: str) -> str:
        return f"/aula/{key}"


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.addresses.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def is_safe(source: str) -> Page:
    page = Page(str(render(source, Everything()).html))
    for address in page.addresses:
        assert address.startswith(("/", "#", "http://", "https://", "mailto:", "tel:")), address
        assert not address.startswith("//"), address
    assert len(page.ids) == len(set(page.ids)), page.ids
    return page


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.org></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>1</script>'>",
    "<!-- --><script>1</script><!-- -->",
    "<math><mi//xlink:href='data:x,<script>1</script>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//x.org)",
    "[x](\\\\x.org)",
    "[x](/\\x.org)",
    "[x](https:x.org)",
    "[x](http://)",
    "[x](media/../../secreto)",
    "[x](media/%2e%2e/secreto)",
    "[x](media/a%00.svg)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://x.org/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x"onerror="alert(1)](media/a.svg)',
    '![x](media/a.svg "y\\" onerror=\\"alert(1)")',
    '![x](media/a.svg "</figcaption><script>1</script>")',
    '[[a"><script>1</script>]]',
    "[[a' onmouseover='x]]",
    '::: note "><script>1</script>\nx\n:::',
    '::: x"onload="alert(1)\nx\n:::',
    "::: note\n::: note\n::: note\nx",
    "Table: </caption><script>1</script>\n\n| a |\n|---|\n| x |",
    "| <script>1</script> |\n|---|\n| <img src=x onerror=1> |",
    '## <script>1</script>\n\n## "><img src=x>',
    "[x]: javascript:alert(1)\n\n[x]",
    "```<script>\n</code></pre><script>1</script>\n```",
    "`</code><script>1</script>`",
    "> <script>1</script>",
    "&lt;script&gt;1&lt;/script&gt;",
    '[x](lesson:"><script>1</script>)',
    '[a](https://x.org/"onmouseover="alert(1))',
    "1. <b\n2. onclick=x>",
    "## b1\n\nuno\n\n## fuente-1\n\n## cita-1-1\n\n[[a]]",
    "## t1\n\nTable: x\n\n| a |\n|---|\n| x |",
]


@pytest.mark.parametrize("source", ATTACKS)
def test_no_attack_we_know_gets_through(source: str) -> None:
    is_safe(source)
    lint(source)


MARKS = st.text("ab <>/\"'&;:#!|*_`~[]()\\\n\t-=+.1%{}$@", max_size=120)
PIECES = st.lists(
    st.sampled_from(
        [
            *ATTACKS,
            "\n",
            "\n\n",
            "::: note\n",
            ":::\n",
            "- ",
            "> ",
            "| a |\n|---|\n",
            "[[a]]",
            "**",
            "`",
        ]
    ),
    max_size=8,
).map("".join)


@given(st.text(max_size=300))
def test_no_text_whatever_is_unsafe(source: str) -> None:
    is_safe(source)


@given(MARKS)
@example("[](\x00")
@example("![\n](media/a)")
def test_no_marks_whatever_are_unsafe(source: str) -> None:
    is_safe(source)
    lines = source.count("\n") + 1
    assert all(1 <= finding.line <= lines for finding in lint(source).findings)


@given(PIECES)
def test_no_mixture_of_attacks_is_unsafe(source: str) -> None:
    is_safe(source)


@given(st.text("<>/abdivscriptonx=\"' ", max_size=80))
def test_the_second_wall_holds_alone(html: str) -> None:
    Page(str(sanitise(html)))


def test_a_text_made_to_be_slow_is_read_in_time_that_grows_with_its_length() -> None:
    for piece in ("[", "![", "**a ", "`", "<", "> ", "- ", "[[", "::: note\n", "|", "\\", "&"):
        is_safe(piece * 2_000)
