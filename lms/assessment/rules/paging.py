"""The pages that an attempt is answered on, and whether one may go back to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.assessment.rules.cases import together
from lms.assessment.rules.marking import Slot


@dataclass(frozen=True)
class Page:
    """One page of an attempt: which of how many, and its first and last question."""

    number: int
    of: int
    first: int
    last: int
    sequential: bool = False

    @property
    def is_last(self) -> bool:
        return self.number == self.of

    @property
    def may_go_back(self) -> bool:
        return self.number > 1 and not self.sequential

    def has(self, slot: int) -> bool:
        """Whether a question stands on it."""
        return self.first <= slot <= self.last


def pages_of(settings: Mapping[str, Any], slots: Sequence[Slot]) -> list[Page]:
    """All pages of an attempt. Questions of one case stay together; one by one, where nobody says
    how many and one may not go back."""
    sequential = bool(settings.get("sequential"))
    size = settings.get("per_page") or (1 if sequential else len(slots))
    ends: list[int] = []
    begun = 0
    for lot in together([slot.source for slot in slots]):
        if begun and begun + len(lot) > size:
            ends.append(lot[0])
            begun = 0
        begun += len(lot)
    ends.append(len(slots))
    firsts = [1, *(end + 1 for end in ends[:-1])]
    return [
        Page(number, len(ends), first, last, sequential)
        for number, (first, last) in enumerate(zip(firsts, ends, strict=True), 1)
    ]


def page_at(pages: Sequence[Page], wanted: int, open_from: int) -> Page:
    """The page that somebody sees: the one they ask for, or where one may not go back the one they
    have reached."""
    if pages[0].sequential:
        return next(page for page in pages if page.has(open_from))
    return pages[min(max(wanted, 1), len(pages)) - 1]


def open_from(frozen: Sequence[Mapping[str, Any]]) -> int:
    """The first question of an attempt that may still be answered: those before it were left."""
    return 1 + sum(bool(slot.get("left")) for slot in frozen)


def left_before(frozen: Sequence[Mapping[str, Any]], first: int) -> list[dict[str, Any]]:
    """The questions of an attempt once those before one are left for good, and no others are."""
    plain = [{name: each for name, each in slot.items() if name != "left"} for slot in frozen]
    return [
        slot | {"left": True} if number < first else slot for number, slot in enumerate(plain, 1)
    ]


def as_given(frozen: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The questions of an attempt as it was given them, whatever became of them since."""
    return [
        {name: each for name, each in slot.items() if name not in ("left", "settled")}
        for slot in frozen
    ]
