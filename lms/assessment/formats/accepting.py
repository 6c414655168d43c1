"""Answers that are written by whoever is asked: what other systems accept, in our words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.assessment.formats.judging import Rough
from lms.assessment.formats.weights import WHOLE, short
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import nfc

ANYTHING = "*"
_PART_LOST = N_("an answer was right in part (%(share)s %%): it is not accepted: “%(text)s”")
_WHY_LOST = N_("explanations of single answers")


def accept(rough: Rough, answers: Sequence[tuple[Decimal, str, str]]) -> None:
    """Words that are right; what the explanation of a right one says goes to whoever is right."""
    right: list[str] = []
    whys: list[str] = []
    for weight, words, why in answers:
        if weight < WHOLE:
            if words.strip() != ANYTHING and weight > 0:
                rough.lose(_PART_LOST, share=short(weight), text=words[:60])
            if why:
                rough.lose(_WHY_LOST)
            continue
        if "*" in words.replace("\\*", ""):
            rough.source["wildcards"] = True
        words = words.replace("\\*", "*")
        if words not in right:
            right.append(words)
        whys += [why] if why else []
    rough.source["accept"] = right
    if any(not nfc(each).isascii() for each in right):
        rough.source["ignore_accents"] = False
    _explain(rough, whys)


def said_plainly(source: Mapping[str, Any]) -> list[str]:
    """What is accepted, as it is written where an asterisk always stands for any letters."""
    if source.get("wildcards"):
        return list(source["accept"])
    return [each.replace("*", "\\*") for each in source["accept"]]


def accepted_number(rough: Rough, answers: Sequence[tuple[Decimal, Any, Any, str]]) -> None:
    """The number that is right, and how far off one may be."""
    right = [each for each in answers if each[0] >= WHOLE]
    for weight, number, _tolerance, why in answers:
        if weight < WHOLE:
            if weight > 0 and number is not None:
                rough.lose(_PART_LOST, share=short(weight), text=short(Decimal(number)))
            if why:
                rough.lose(_WHY_LOST)
    if not right:
        return
    if right[0][1] is None:
        rough.refuse(N_("its answer is no number"), N_("write figures with a point for decimals"))
        return
    for _weight, number, _tolerance, _why in right[1:]:
        rough.lose(N_("another number that was right: %(number)s"), number=str(number))
    rough.source["answer"] = right[0][1]
    if right[0][2] is not None:
        rough.source["tolerance"] = abs(right[0][2])
    _explain(rough, [right[0][3]] if right[0][3] else [])


def _explain(rough: Rough, whys: Sequence[str]) -> None:
    """Whoever is right reads the one explanation, unless the question has one of its own."""
    if not whys:
        return
    if not rough.source.get("feedback") and len(set(whys)) == 1:
        rough.source["feedback"] = whys[0]
    elif set(whys) != {rough.source.get("feedback")}:
        rough.lose(_WHY_LOST)
