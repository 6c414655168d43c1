"""One question of a GIFT file."""

import re
from decimal import Decimal
from typing import Any

from lms.assessment.formats.accepting import accept, accepted_number
from lms.assessment.formats.gift.paragraphs import Paragraph
from lms.assessment.formats.gift.signs import show
from lms.assessment.formats.judging import Rough, is_key
from lms.assessment.formats.texts import AUTO, HTML, MARKDOWN, PLAIN, to_line, to_text
from lms.assessment.formats.weights import WHOLE, choose_many, choose_one, figure
from lms.foundation.kernel.errors import N_

_NAME = re.compile(r"\s*::(.*?)::\s*", re.S)
_KIND = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)
_KINDS = {"html": HTML, "moodle": AUTO, "plain": PLAIN, "markdown": MARKDOWN}
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}
_GENERAL = "####"
_GAP = "_____"


def read_paragraph(paragraph: Paragraph) -> Rough:
    """What a paragraph asks, in our words."""
    rough = Rough(paragraph.line, carried=paragraph.carried)
    if is_key(paragraph.key):
        rough.source["key"] = paragraph.key
    rough.source |= {"points": 1, "category": paragraph.category, "tags": paragraph.tags}
    text = paragraph.text.strip()
    named = _NAME.match(text)
    if named:
        rough.name = show(named[1]).strip()
        text = text[named.end() :]
    kind = AUTO
    written = _KIND.match(text)
    if written:
        kind, text = _KINDS[written[1].lower()], text[written.end() :]
    opened, closed = text.find("{"), text.find("}")
    if opened < 0 and closed < 0:
        rough.of_kind("description")
        rough.source |= {"stem": to_text(rough, show(_soft(text.strip(), kind)), kind), "points": 0}
        return rough
    before, answers, after = text[:opened], text[opened + 1 : closed], text[closed + 1 :]
    if opened < 0 or closed < opened:
        rough.refuse(N_("its braces do not close"), N_("write its answers between one { and one }"))
    elif "{" in after or "{" in answers:
        rough.refuse(
            N_("it has more than one pair of braces"), N_("ask for one thing in each question")
        )
    if rough.refused:
        rough.source["stem"] = show(text.strip())
        return rough
    rough.source["stem"] = to_text(rough, show(_soft(_around(before, after), kind)), kind)
    _Answers(rough, kind).read(answers)
    return rough


def _around(before: str, after: str) -> str:
    """What is asked, with a gap where its answers stood within it."""
    asked, rest = before.strip(), after.strip()
    if not rest or (rest in ".?!" and asked.endswith((".", "?", "!", ":"))):
        return asked
    space = " " if asked and before[-1:].isspace() else ""
    return f"{asked}{space}{_GAP}{after.rstrip()}"


def _soft(text: str, kind: str) -> str:
    """A line that ends within a paragraph only ends there; a new one is written as `\\n`."""
    if kind == MARKDOWN:
        return text
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))


class _Answers:
    """What stands between the braces."""

    def __init__(self, rough: Rough, kind: str) -> None:
        self.rough, self.kind = rough, kind

    def read(self, text: str) -> None:
        text, general, why = text.partition(_GENERAL)
        if general:
            self.rough.source["feedback"] = self._text(why)
        bare = text.strip()
        word = bare.partition("#")[0].strip().upper()
        if not bare:
            self.rough.of_kind("essay")
        elif bare.startswith("#"):
            self._numbers(bare[1:])
        elif word in _TRUE | _FALSE:
            self._truth(bare, word in _TRUE)
        elif "~" not in bare and "->" in bare:
            self._pairs(bare)
        elif "~" in bare:
            self._options(bare)
        elif "=" in bare:
            self._words(bare)
        else:
            self.rough.refuse(
                N_("what stands between its braces is no answer"),
                N_("begin the right one with = and the others with ~"),
            )

    def _text(self, text: str) -> str:
        kind, text = self._kind(text)
        return to_text(self.rough, show(_soft(text.strip(), kind)), kind)

    def _line(self, text: str) -> str:
        kind, text = self._kind(text)
        return to_line(self.rough, show(_soft(text.strip(), kind)), kind)

    def _kind(self, text: str) -> tuple[str, str]:
        written = _KIND.match(text)
        if written:
            return _KINDS[written[1].lower()], text[written.end() :]
        return self.kind, text

    def _parted(self, text: str) -> list[tuple[Decimal, str, str]]:
        """Each answer: its weight, its words, its explanation."""
        found = []
        for sign, each in re.findall(r"([=~])([^=~]*)", text):
            weight = WHOLE if sign == "=" else Decimal(0)
            written = _WEIGHT.match(each)
            if written:
                weight, each = Decimal(written[1]), each[written.end() :]
            words, _sign, why = each.partition("#")
            found.append((weight, words, why))
        if text[: max(text.find("="), text.find("~"), 0)].strip(" \n=~"):
            first = re.split("[=~]", text, maxsplit=1)[0].strip()
            if first:
                self.rough.lose(N_("words before the first answer: “%(text)s”"), text=show(first))
        return found

    def _truth(self, text: str, is_true: bool) -> None:
        self.rough.of_kind("true_false")
        _word, wrong, right = [*text.split("#"), "", ""][:3]
        named = {is_true: right, not is_true: wrong}
        self.rough.source |= {
            "answer": is_true,
            "feedback_true": self._text(named[True]),
            "feedback_false": self._text(named[False]),
        }

    def _pairs(self, text: str) -> None:
        self.rough.of_kind("matching")
        pairs, distractors = [], []
        for _weight, words, why in self._parted(text):
            left, _arrow, right = words.partition("->")
            if why.strip():
                self.rough.lose(N_("explanations of single pairs"))
            if left.strip():
                pairs.append({"left": self._line(left), "right": self._line(right)})
            else:
                distractors.append(self._line(right))
        self.rough.source |= {"pairs": pairs, "distractors": distractors}

    def _options(self, text: str) -> None:
        options: list[dict[str, Any]] = []
        weights: list[Decimal] = []
        for weight, words, why in self._parted(text):
            option = {"text": self._text(words)}
            if why.strip():
                option["feedback"] = self._text(why)
            options.append(option)
            weights.append(weight)
        is_one = "=" in text
        (choose_one if is_one else choose_many)(self.rough, options, weights)

    def _words(self, text: str) -> None:
        self.rough.of_kind("short_answer")
        accept(
            self.rough,
            [
                (weight, self._line(words), self._text(why))
                for weight, words, why in self._parted(text)
            ],
        )

    def _numbers(self, text: str) -> None:
        self.rough.of_kind("numerical")
        if re.match(r"\s*[=~]", text):
            given = self._parted(text)
        else:
            words, _sign, why = text.partition("#")
            given = [(WHOLE, words, why)]
        found = []
        for weight, words, why in given:
            number, tolerance = _number(show(words).strip())
            found.append((weight, number, tolerance, self._text(why)))
        accepted_number(self.rough, found)


def _number(words: str) -> tuple[Any, Any]:
    """A number and how far off one may be, as `5`, `5:1` or `4..6`; None where it is no number."""
    if ".." in words:
        least, most = map(figure, words.split("..", 1))
        if least is None or most is None:
            return None, None
        both = sorted((Decimal(least), Decimal(most)))
        middle, width = (both[0] + both[1]) / 2, (both[1] - both[0]) / 2
        return figure(str(middle)), figure(str(width))
    number, colon, tolerance = words.partition(":")
    return figure(number), figure(tolerance) if colon else None
