"""Weights of options in per cent, as other systems have them, in our ways of scoring."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.assessment.formats.judging import Rough
from lms.assessment.types.multiple_choice import PARTIAL, RIGHT_ONLY
from lms.foundation.kernel.errors import N_

WHOLE = Decimal(100)
_NEAR = Decimal("0.02")


def choose_one(rough: Rough, options: Sequence[dict[str, Any]], weights: Sequence[Decimal]) -> None:
    """One option is right; those that were right in part count as wrong, and that is told."""
    rough.of_kind("single_choice")
    best = max(weights, default=WHOLE)
    for option, weight in zip(options, weights, strict=True):
        if weight >= WHOLE - _NEAR or (weight == best and best > 0):
            option["correct"] = True
        elif weight > 0:
            rough.lose(
                N_("an option was right in part (%(share)s %%): it counts as wrong"),
                share=short(weight),
            )
        elif weight < 0:
            rough.lose(N_("a wrong option took points away: here it earns none"))
    if best < WHOLE - _NEAR:
        rough.lose(
            N_("its best option earned %(share)s %%: here it earns everything"), share=short(best)
        )
    rough.source["options"] = list(options)


def choose_many(
    rough: Rough, options: Sequence[dict[str, Any]], weights: Sequence[Decimal]
) -> None:
    """Several options may be right, each with its share of the points."""
    rough.of_kind("multiple_choice")
    right = [each for each in weights if each > 0]
    wrong = [each for each in weights if each <= 0]
    for option, weight in zip(options, weights, strict=True):
        if weight > 0:
            option["correct"] = True
    rough.source |= {"options": list(options), "scoring": PARTIAL}
    if not right:
        return
    share = WHOLE / len(right)
    if any(abs(each - share) > _NEAR for each in right):
        rough.lose(N_("right options had different weights: here all have the same share"))
    if wrong and not any(wrong):
        rough.source["scoring"] = RIGHT_ONLY
        rough.lose(N_("here whoever marks more options than are right earns nothing"))
    elif any(abs(each + share) > _NEAR for each in wrong):
        rough.lose(
            N_("wrong options took away another share: here each takes away that of a right one")
        )


def written(options: Sequence[Mapping[str, Any]]) -> list[Decimal]:
    """The weights of options of which several may be right."""
    count = sum(bool(each.get("correct")) for each in options) or 1
    share = (WHOLE / count).quantize(Decimal("0.00001"))
    return [share if each.get("correct") else -share for each in options]


def short(number: Decimal) -> str:
    """A number as people write it, without zeros that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(text: str) -> int | Decimal | None:
    """A number of a file: with a point, or a comma where that can be nothing else."""
    bare = text.strip().replace("\u2212", "-")
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        found = Decimal(bare)
    except ArithmeticError:
        return None
    if not found.is_finite() or abs(found.adjusted()) > 17:
        return None
    return int(found) if found == found.to_integral_value() else Decimal(short(found))
