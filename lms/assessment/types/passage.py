"""A text with gaps: ``{{1}}`` stands where something is to be written or chosen."""

import re
from typing import Any

from lms.assessment.types.interface import Source
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, Markdown, need
from lms.foundation.kernel.errors import N_

GAP = re.compile(r"\{\{\s*([0-9]{1,3})\s*\}\}")
MOST_GAPS = 40
_UNSEEN = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|`[^`]*`")
"""Pictures, addresses and code: no gap can stand there."""

PASSAGE: Field = need(
    "passage", Markdown(longest=10_000), "The text, with `{{1}}`, `{{2}}` … for its gaps."
)


def gaps_of(source: Source) -> list[int]:
    """What stands in the gaps of the text, in its order, counted from 0."""
    return [int(found[1]) - 1 for found in GAP.finditer(source["passage"])]


def check_gaps(source: Source, count: int, name: str) -> list[Problem]:
    """Every gap names something that is there, and stands where a reader can fill it in."""
    gaps = gaps_of(source)

    def wrong(message: str, remedy: str, **params: Any) -> Problem:
        return problem(source, "passage", message, remedy, **params)

    problems = []
    if not 1 <= len(gaps) <= MOST_GAPS:
        problems.append(
            wrong(
                N_("the text has %(count)s gaps; from 1 to %(most)s may be"),
                N_("write {{1}} where the first gap stands"),
                count=len(gaps),
                most=MOST_GAPS,
            )
        )
    problems += [
        wrong(
            N_("gap {{%(number)s}} names nothing: `%(name)s` has %(count)s"),
            N_("correct its number, or add what is missing"),
            number=gap + 1,
            name=name,
            count=count,
        )
        for gap in dict.fromkeys(gaps)
        if not 0 <= gap < count
    ]
    if any(GAP.search(found[0]) for found in _UNSEEN.finditer(source["passage"])):
        problems.append(
            wrong(
                N_("a gap stands in a picture, an address or a piece of code"),
                N_("put it into the words of the text"),
            )
        )
    return problems
