"""Questions as GIFT. Markdown stays Markdown: Moodle reads it when it is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.assessment.formats.accepting import said_plainly
from lms.assessment.formats.categories import category_path
from lms.assessment.formats.decoding import writable
from lms.assessment.formats.gift.paragraphs import CARRIED, paragraphs
from lms.assessment.formats.gift.reading import read_paragraph
from lms.assessment.formats.gift.signs import escape
from lms.assessment.formats.interface import Item, Written
from lms.assessment.formats.judging import whole
from lms.assessment.formats.weights import short, written
from lms.assessment.formats.writing import Book


def write_gift(items: Sequence[Item]) -> Written:
    """The file, and what other readers of it will not see."""
    book = Book(_piece, _reads).fill(items)
    out, category = [], ""
    for item, text in book.pieces:
        here = str(item.source.get("category") or "")
        if here != category:
            out.append(f"$CATEGORY: {category_path(here)}\n")
            category = here
        out.append(text)
    return Written("\n".join(out).encode("utf-8"), book.lost, book.left_out)


def _reads(text: str) -> Mapping[str, Any] | None:
    found = list(paragraphs(text))
    return whole(read_paragraph(found[0])) if len(found) == 1 else None


def _piece(item: Item, packed: str) -> str | None:
    source = item.source
    answers = _ANSWERS.get(source["type"], lambda _source: None)(source)
    if answers is None:
        return None
    key = str(source.get("key") or "")
    tags = "".join(
        f" [tag:{' '.join(writable(str(each)).split())}]" for each in source.get("tags") or ()
    )
    lines = []
    if key or tags:
        lines.append(f"// [id:{key}]{tags}" if key else f"//{tags}")
    if packed:
        lines.append(f"// {CARRIED} {packed}")
    title = f"::{escape(key)}::" if key else ""
    why = f"####{escape(source['feedback'])}" if source.get("feedback") else ""
    lines.append(f"{title}[markdown]{escape(source['stem'])} {{{answers}{why}}}\n")
    return "\n".join(lines)


def _options(source: Mapping[str, Any]) -> str:
    return (
        "".join(
            f"\n\t{'=' if each.get('correct') else '~'}{_said(each)}" for each in source["options"]
        )
        + "\n"
    )


def _weighted(source: Mapping[str, Any]) -> str:
    weights = written(source["options"])
    return (
        "".join(
            f"\n\t~%{short(weight)}%{_said(each, weighted=True)}"
            for each, weight in zip(source["options"], weights, strict=True)
        )
        + "\n"
    )


def _said(option: Mapping[str, Any], *, weighted: bool = False) -> str:
    text = escape(option["text"])
    if text.lstrip().startswith("%") and not weighted:
        text = f"%{100 if option.get('correct') else 0}%{text}"
    return text + (f"#{escape(option['feedback'])}" if option.get("feedback") else "")


def _truth(source: Mapping[str, Any]) -> str:
    answer = bool(source["answer"])
    right = escape(source.get(f"feedback_{str(answer).lower()}") or "")
    wrong = escape(source.get(f"feedback_{str(not answer).lower()}") or "")
    behind = f"#{wrong}#{right}" if right else f"#{wrong}" if wrong else ""
    return ("TRUE" if answer else "FALSE") + behind


def _pairs(source: Mapping[str, Any]) -> str:
    pairs = [f"\n\t={escape(p['left'])} -> {escape(p['right'])}" for p in source["pairs"]]
    spare = [f"\n\t= -> {escape(each)}" for each in source.get("distractors") or ()]
    return "".join([*pairs, *spare]) + "\n"


def _number(source: Mapping[str, Any]) -> str:
    tolerance = f":{source['tolerance']}" if "tolerance" in source else ""
    return f"#{source['answer']}{tolerance}"


def _words(source: Mapping[str, Any]) -> str:
    return "".join(f"\n\t={_accepted(each)}" for each in said_plainly(source)) + "\n"


def _accepted(text: str) -> str:
    return f"%100%{escape(text)}" if text.startswith("%") else escape(text)


_ANSWERS = {
    "single_choice": _options,
    "multiple_choice": _weighted,
    "true_false": _truth,
    "matching": _pairs,
    "numerical": _number,
    "short_answer": _words,
    "essay": lambda _source: "",
}
