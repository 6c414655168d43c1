"""How hard a text is to read: the length of its sentences and, in Spanish, of its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.catalog.rules.problems import Problem, Severity
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.kernel.errors import N_

MOST_ON_AVERAGE = 20
"""Words of a sentence that are still read at one go."""
LONGEST = 55
EASY_ENOUGH = 55
"""On the scale of Flesch as Szigriszt fitted it to Spanish; 55 to 65 is a newspaper's."""
FEWEST = 30
"""Sentences below which an average says nothing of a text."""
SPANISH = "es"

_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.M | re.S)
_NO_PROSE = re.compile(r"^[ \t]*(?:\||:::|#|!\[|Table: |</?[a-z])")
_MARK = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:[-*+]|\d+[.)])?[ \t]+|^[ \t]*>[ \t]*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_CITED = re.compile(r"\[\[[^\]]*\]\]")
_END = re.compile(r"(?<=[.!?…:;])[»”\"'*_)\]]*\s+(?=[¿¡«“\"(*_]*[A-ZÁÉÍÓÚÑÜ0-9])")
_SHORT = re.compile(r"\b(arts?|núm|lic|licda|ing|sra?|dra?|mtr[ao]|mg|págs?|inc)\.", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_STRONG = re.compile(r"[aeoáéíóú]", re.I)
_WEAK_ALONE = re.compile(r"(?<![aeoáéíóúiuü])[iuüy]+(?![aeoáéíóúiuü])", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: the line on which its paragraph begins, and its words."""

    line: int
    words: Sequence[str]


def sentences(text: str) -> Iterator[Sentence]:
    """What is read as running text; tables, headings and pictures are looked at, not read."""
    kept = _FENCE.sub(lambda found: "\n" * found.group().count("\n"), text)
    begun, held = 0, ""
    for at, line in enumerate([*kept.split("\n"), ""], 1):
        starts = bool(re.match(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]", line))
        if not line.strip() or _NO_PROSE.match(line) or starts:
            yield from _of_paragraph(begun, held)
            begun, held = at, _MARK.sub("", line) if starts else ""
        else:
            begun = begun if held else at
            held = f"{held} {_MARK.sub('', line)}".strip()
    yield from _of_paragraph(begun, held)


def _of_paragraph(line: int, text: str) -> Iterator[Sentence]:
    plain = _SHORT.sub(r"\1", _LINK.sub(r"\1", _CITED.sub("", text)))
    for each in _END.split(plain):
        words = _WORD.findall(each)
        if words:
            yield Sentence(line, words)


def syllables(word: str) -> int:
    """Syllables of a Spanish word: each strong or accented vowel, and weak ones on their own."""
    return max(1, len(_STRONG.findall(word)) + len(_WEAK_ALONE.findall(word)))


def ease(read: Sequence[Sentence]) -> float:
    """How easily a Spanish text is read: about 0 for a ruling, about 100 for a comic strip."""
    words = [word for each in read for word in each.words if not word[0].isdigit()]
    if not words:
        return 100.0
    spoken = sum(map(syllables, words))
    return 206.835 - 62.3 * spoken / len(words) - len(words) / len(read)


def check(source: ActivitySource, language: str) -> Iterator[Problem]:
    """A text is written for somebody who reads it on a phone, after work."""
    read = list(sentences(source.body))
    for each in read:
        if len(each.words) > LONGEST:
            yield _warning(
                source,
                each.line,
                N_("a sentence has %(count)s words"),
                N_("split it: nobody keeps the beginning of so long a sentence in mind"),
                count=len(each.words),
            )
    if len(read) < FEWEST:
        return
    average = sum(len(each.words) for each in read) / len(read)
    if average > MOST_ON_AVERAGE:
        yield _warning(
            source,
            0,
            N_("its sentences have %(count)s words on average, hard to read on a phone"),
            N_("split the long ones, down to %(most)s on average"),
            count=round(average),
            most=MOST_ON_AVERAGE,
        )
    elif language.startswith(SPANISH) and ease(read) < EASY_ENOUGH:
        yield _warning(
            source,
            0,
            N_("it reads like a legal text: ease %(count)s, where a newspaper has %(most)s"),
            N_("write shorter words and sentences, as you would tell it to a neighbour"),
            count=round(ease(read)),
            most=EASY_ENOUGH,
        )


def _warning(source: ActivitySource, line: int, what: str, todo: str, **given: int) -> Problem:
    at = source.body_line + max(line - 1, 0)
    return Problem(source.path, at, what, todo, given, Severity.WARNING)
