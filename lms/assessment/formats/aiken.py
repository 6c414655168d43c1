"""Aiken: a line that asks, options with letters, and a line ANSWER."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.assessment.formats.decoding import decoded, writable
from lms.assessment.formats.interface import Entry, Item, Written
from lms.assessment.formats.judging import Rough, judged, whole
from lms.assessment.formats.texts import PLAIN, to_text
from lms.assessment.formats.writing import Book
from lms.foundation.kernel.errors import N_

_OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*(?:ANSWER|RESPUESTA)\s*:\s*([A-Z](?:\s*,\s*[A-Z])*)\s*", re.I)
_FEEDBACK = re.compile(r"\s*(?:FEEDBACK|RETROALIMENTACI[OÓ]N)\s*:\s*(.*)", re.I)
MOST_LETTERS = 26


class Aiken:
    """Only questions with one right option have a place in it."""

    name = "aiken"
    label = N_("Aiken (text)")
    ending = "txt"
    media_type = "text/plain"
    keeps_all = False

    def read(self, data: bytes) -> list[Entry]:
        """Every question ends with its line ANSWER."""
        return judged(_roughs(decoded(data)))

    def write(self, items: Sequence[Item]) -> Written:
        book = Book(_piece, _reads).fill(items, carries=False, categories=False)
        text = "\n".join(piece for _item, piece in book.pieces)
        return Written(text.encode("utf-8"), book.lost, book.left_out)


def _roughs(text: str) -> Iterator[Rough]:
    asked: list[str] = []
    options: list[tuple[str, str]] = []
    line, last = 0, None
    for at, each in enumerate(text.split("\n"), 1):
        answer, option, why = (
            _ANSWER.fullmatch(each),
            _OPTION.fullmatch(each),
            _FEEDBACK.match(each),
        )
        if answer and (asked or options):
            last = _rough(line, asked, options, re.findall("[A-Z]", answer[1].upper()))
            yield last
            asked, options = [], []
        elif why and last is not None and not asked:
            last.source["feedback"] = to_text(last, why[1], PLAIN)
        elif option and asked:
            options.append((option[1], option[2].strip()))
        elif options and each.strip():
            if not each[:1].isspace():
                yield _unanswered(line, asked, options)
                asked, options, line = [each.strip()], [], at
            else:
                options[-1] = (options[-1][0], f"{options[-1][1]} {each.strip()}")
        elif each.strip():
            line = line if asked else at
            asked.append(each.strip())
        elif asked and not options:
            asked.append("")
    if asked or options:
        yield _unanswered(line, asked, options)


def _rough(line: int, asked: list[str], options: list[tuple[str, str]], right: list[str]) -> Rough:
    rough = Rough(line)
    stem = "\n".join(asked).strip()
    many = len(right) > 1
    rough.of_kind("multiple_choice" if many else "single_choice")
    rough.source |= {"points": 1, "stem": to_text(rough, stem, PLAIN)}
    rough.source["options"] = [
        {"text": to_text(rough, text, PLAIN), **({"correct": True} if letter in right else {})}
        for letter, text in options
    ]
    for letter in right:
        if letter not in [each for each, _text in options]:
            rough.refuse(
                N_("there is no option %(letter)s)"), N_("correct the letter"), letter=letter
            )
    return rough


def _unanswered(line: int, asked: list[str], options: list[tuple[str, str]]) -> Rough:
    rough = _rough(line, asked, options, [])
    rough.refuse(N_("its line ANSWER is missing"), N_("write “ANSWER: A” below its options"))
    return rough


def _reads(text: str) -> Mapping[str, Any] | None:
    found = list(_roughs(text))
    return whole(found[0]) if len(found) == 1 and found[0].refused is None else None


def _piece(item: Item, _packed: str) -> str | None:
    source = item.source
    options = source.get("options") or []
    if source["type"] != "single_choice" or len(options) > MOST_LETTERS:
        return None
    letters = [chr(ord("A") + n) for n in range(len(options))]
    right = [letter for letter, each in zip(letters, options, strict=True) if each.get("correct")]
    lines = [_plain(source["stem"])]
    lines += [f"{letter}) {_plain(o['text'])}" for letter, o in zip(letters, options, strict=True)]
    return "\n".join([*lines, f"ANSWER: {', '.join(right)}", ""])


def _plain(markdown: str) -> str:
    """A text of one line, its escapes read."""
    return " ".join(re.sub(r"\\([\\`*_\[\]<#>+~|&.)-])", r"\1", writable(markdown)).split())


FORMAT = Aiken()
