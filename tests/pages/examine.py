"""What holds for every page that any test opens."""

from collections import Counter
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from lms.foundation.web.headers import CONTENT_SECURITY_POLICY

_NEEDS_LABEL = {"input", "select", "textarea"}
_SELF_NAMED = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """The parts of a page that can be wrong without anybody noticing."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.headings = Counter[str]()
        self.language = ""
        self.title = ""
        self.problems: list[str] = []
        self._in_title = False
        self._label_depth = 0

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in given}
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "html":
            self.language = attrs.get("lang", "")
        elif tag == "title":
            self._in_title = True
        elif tag == "label":
            self._label_depth += 1
            if "for" in attrs:
                self.labelled.add(attrs["for"])
        elif tag in {"h1", "h2", "h3"}:
            self.headings[tag] += 1
        elif tag in _NEEDS_LABEL and attrs.get("type") not in _SELF_NAMED:
            self.fields.append(attrs | {"inside": "yes" if self._label_depth else ""})
        elif tag == "img" and "alt" not in attrs:
            self.problems.append(f"picture without alt: {attrs.get('src')}")
        for name in attrs:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"<{tag} {name}> is blocked by our own policy")
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.problems.append(f"inline <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "label":
            self._label_depth -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def examine(response: TestResponse) -> None:
    """Fail on a page without title, language or h1, with repeated ids, unnamed fields, raw text."""
    text = response.get_data(as_text=True)
    page = Page()
    page.feed(text)
    problems = page.problems
    if response.status_code in range(300, 400):
        return
    if not page.title.strip():
        problems.append("no title")
    if not page.language:
        problems.append("no language")
    if page.headings["h1"] != 1:
        problems.append(f"{page.headings['h1']} h1")
    repeated = [name for name, times in Counter(page.ids).items() if times > 1]
    if repeated:
        problems.append(f"repeated ids {repeated}")
    for attrs in page.fields:
        named = attrs.get("id") in page.labelled or attrs["inside"]
        if not (named or attrs.get("aria-label") or attrs.get("aria-labelledby")):
            problems.append(f"field without a label: {attrs.get('name')}")
    for raw in ("{{", "%(", "&lt;p&gt;", ">None<"):
        if raw in text:
            problems.append(f"raw text on the page: {raw}")
    if response.headers.get("Content-Security-Policy") != CONTENT_SECURITY_POLICY:
        problems.append("content security policy missing")
    assert not problems, f"{response.request.path}: {problems}"
