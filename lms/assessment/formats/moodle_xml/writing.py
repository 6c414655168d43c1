"""Questions as Moodle XML, with their pictures. Markdown stays Markdown: Moodle knows it."""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from lms.assessment.formats.accepting import said_plainly
from lms.assessment.formats.categories import category_path
from lms.assessment.formats.decoding import writable
from lms.assessment.formats.interface import Item, Written
from lms.assessment.formats.judging import Rough, whole
from lms.assessment.formats.moodle_xml.nodes import Node, each_question
from lms.assessment.formats.moodle_xml.pieces import CARRIED
from lms.assessment.formats.moodle_xml.reading import read_question
from lms.assessment.formats.texts import PLACE
from lms.assessment.formats.weights import short, written
from lms.assessment.formats.writing import Book
from lms.assessment.types.ordering import ALL_OR_NOTHING, NEIGHBOURS, PLACES

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_SHOWN = re.compile(r"\]\(media/([A-Za-z0-9][A-Za-z0-9._\-]*)")


def write_moodle(items: Sequence[Item]) -> Written:
    """The file, and what Moodle will not see of each item."""
    book = Book(_piece, _reads).fill(items, files=True)
    out, category = [_HEAD], ""
    for item, text in book.pieces:
        here = str(item.source.get("category") or "")
        if here != category:
            path = escape(category_path(here))
            out.append(
                f'<question type="category"><category><text>{path}</text></category></question>\n'
            )
            category = here
        out.append(text)
    out.append("</quiz>\n")
    return Written("".join(out).encode("utf-8"), book.lost, book.left_out)


def _reads(text: str) -> Mapping[str, Any] | None:
    found: list[Node] = []
    each_question(f"<quiz>{text}</quiz>".encode(), found.append)
    rough = Rough(0)
    read_question(rough, found[0])
    return whole(rough)


def _piece(item: Item, packed: str) -> str | None:
    source = item.source
    if source["type"] not in _KINDS:
        return None
    kind, body = _KINDS[source["type"]]
    key = str(source.get("key") or "")
    tags = "".join(f"<tag><text>{_plain(str(t))}</text></tag>" for t in source.get("tags") or ())
    parts = [
        f'<question type="{kind}">',
        f"<name><text>{_plain(key or _words(source))}</text></name>",
        _text("questiontext", source["stem"], item),
        _text("generalfeedback", source.get("feedback") or "", item),
        f"<defaultgrade>{short_of(source['points'])}</defaultgrade>",
        "<hidden>0</hidden>",
        f"<idnumber>{_plain(key)}</idnumber>" if key else "",
        *body(item),
        f"<tags>{tags}</tags>" if tags else "",
        f"<{CARRIED}>{escape(packed)}</{CARRIED}>" if packed else "",
        "</question>\n",
    ]
    return "\n".join(part for part in parts if part)


def _words(source: Mapping[str, Any]) -> str:
    return " ".join(str(source["stem"]).split())[:80]


def _plain(text: str) -> str:
    return escape(writable(text))


def short_of(number: Any) -> str:
    """A number as it is, without an exponent."""
    return str(number) if isinstance(number, int) else format(number, "f")


def _text(tag: str, text: str, item: Item, attributes: str = "", inner: str = "") -> str:
    """A text in Markdown, and the files that it shows."""
    names = [name for name in dict.fromkeys(_SHOWN.findall(text)) if name in item.files]
    for name in names:
        text = re.sub(rf"\]\(media/{re.escape(name)}(?![\w.\-])", f"]({PLACE}{name}", text)
    files = "".join(
        f'<file name="{name}" path="/" encoding="base64">'
        f"{base64.b64encode(item.files[name]).decode('ascii')}</file>"
        for name in names
    )
    return f'<{tag}{attributes} format="markdown"><text>{_plain(text)}</text>{files}{inner}</{tag}>'


def _why(text: str, item: Item) -> str:
    return _text("feedback", text, item) if text else ""


def _options(item: Item, weights: Iterable[str]) -> list[str]:
    return [
        _text(
            "answer",
            option["text"],
            item,
            f' fraction="{weight}"',
            _why(option.get("feedback") or "", item),
        )
        for option, weight in zip(item.source["options"], weights, strict=True)
    ]


def _one(item: Item) -> list[str]:
    weights = ["100" if each.get("correct") else "0" for each in item.source["options"]]
    return ["<single>true</single>", *_options(item, weights)]


def _many(item: Item) -> list[str]:
    weights = [short(each) for each in written(item.source["options"])]
    return ["<single>false</single>", *_options(item, weights)]


def _truth(item: Item) -> list[str]:
    source = item.source
    return [
        f'<answer fraction="{100 if bool(source["answer"]) is truth else 0}" format="plain_text">'
        f"<text>{word}</text>{_why(source.get(f'feedback_{word}') or '', item)}</answer>"
        for truth, word in ((True, "true"), (False, "false"))
    ]


def _accepted(item: Item) -> list[str]:
    is_strict = item.source.get("ignore_case") is False
    return [
        f"<usecase>{int(is_strict)}</usecase>",
        *(
            f'<answer fraction="100" format="plain_text"><text>{_plain(each)}</text></answer>'
            for each in said_plainly(item.source)
        ),
    ]


def _number(item: Item) -> list[str]:
    source = item.source
    tolerance = (
        f"<tolerance>{short_of(source['tolerance'])}</tolerance>" if "tolerance" in source else ""
    )
    unit = (
        f"<units><unit><multiplier>1</multiplier><unit_name>{_plain(source['unit'])}</unit_name>"
        "</unit></units>"
        if source.get("unit")
        else ""
    )
    answer = f"<text>{short_of(source['answer'])}</text>{tolerance}"
    return [f'<answer fraction="100" format="plain_text">{answer}</answer>', unit]


def _pairs(item: Item) -> list[str]:
    pairs = [(each["left"], each["right"]) for each in item.source["pairs"]]
    pairs += [("", each) for each in item.source.get("distractors") or ()]
    return [
        f'<subquestion format="plain_text"><text>{_plain(left)}</text>'
        f"<answer><text>{_plain(right)}</text></answer></subquestion>"
        for left, right in pairs
    ]


def _order(item: Item) -> list[str]:
    scoring = _GRADED[item.source.get("scoring") or ALL_OR_NOTHING]
    return [
        f"<gradingtype>{scoring}</gradingtype>",
        *(
            f'<answer fraction="{at}" format="plain_text"><text>{_plain(each)}</text></answer>'
            for at, each in enumerate(item.source["items"], 1)
        ),
    ]


def _essay(item: Item) -> list[str]:
    source = item.source
    limits = (("minwordlimit", "least"), ("maxwordlimit", "most"))
    return [
        "<responseformat>plain</responseformat>",
        "<responserequired>1</responserequired>",
        "<responsefieldlines>15</responsefieldlines>",
        *(f"<{tag}>{source[name]}</{tag}>" for tag, name in limits if source.get(name)),
        "<attachments>0</attachments>",
        _text("graderinfo", source["guidance"], item) if source.get("guidance") else "",
    ]


_GRADED = {
    ALL_OR_NOTHING: "ALL_OR_NOTHING",
    PLACES: "ABSOLUTE_POSITION",
    NEIGHBOURS: "RELATIVE_NEXT_EXCLUDE_LAST",
}

_KINDS = {
    "essay": ("essay", _essay),
    "ordering": ("ordering", _order),
    "single_choice": ("multichoice", _one),
    "multiple_choice": ("multichoice", _many),
    "true_false": ("truefalse", _truth),
    "short_answer": ("shortanswer", _accepted),
    "numerical": ("numerical", _number),
    "matching": ("matching", _pairs),
}
