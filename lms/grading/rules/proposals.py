"""What a list or a sheet would write: looked over cell by cell before anything is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.points import SCALE, Ratio

NONE = "-"
_WRONG = N_("What was looked over does not fit any more. Bring the list again.")


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would be another: for whom, in which column, over what."""

    enrollment: UUID
    name: str
    key: str
    ratio: Ratio | None
    now: Ratio | None
    since: bool = False
    """Somebody wrote another mark since the sheet was taken: it is asked whether to write over."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row or cell that cannot be taken: where, and why in words."""

    line: int
    who: str
    column: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LookedOver:
    """Everything a list would do. While something is refused nothing of it can be saved."""

    changes: Sequence[Change] = ()
    refusals: Sequence[Refusal] = ()
    same: int = 0

    @property
    def plain(self) -> list[Change]:
        return [each for each in self.changes if not each.since]

    @property
    def apart(self) -> list[Change]:
        return [each for each in self.changes if each.since]


def carried(changes: Iterable[Change]) -> str:
    """The changes as a form carries them to where they are saved."""
    return "\n".join(
        f"{each.enrollment} {each.key} {_plain(each.ratio)} {_plain(each.now)}" for each in changes
    )


def read_carried(text: str) -> list[tuple[UUID, str, Ratio | None, Ratio | None]]:
    """The same again: whose, in which column, what, over what. Raises Invalid."""
    found = []
    for line in text.splitlines():
        parts = line.split(" ")
        try:
            enrollment, key, ratio, now = parts
            found.append((UUID(enrollment), key, _ratio(ratio), _ratio(now)))
        except ValueError:
            raise Invalid(_WRONG) from None
    return found


def _plain(ratio: Ratio | None) -> str:
    return NONE if ratio is None else str(ratio)


def _ratio(text: str) -> Ratio | None:
    if text == NONE:
        return None
    ratio = int(text)
    if not 0 <= ratio <= SCALE:
        raise ValueError(text)
    return ratio
