"""What has to be settled before an act may be closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.acts.rules.outcomes import REACHED, Outcome
from lms.foundation.kernel.errors import N_

MOST_NAMES = 5


class Block(StrEnum):
    """The kinds of thing that keep an act open, the most general first."""

    NOT_OVER = "not_over"
    NOBODY = "nobody"
    NO_SIGNERS = "no_signers"
    OUT_OF_OFFICE = "out_of_office"
    NO_ACT = "no_act"
    UNDECIDED = "undecided"
    MORE_TIME = "more_time"
    OPEN_ATTEMPT = "open_attempt"
    UNMARKED = "unmarked"
    UNCOMPUTED = "uncomputed"
    UNNAMED = "unnamed"
    UNIDENTIFIED = "unidentified"


SAID = {
    Block.NOT_OVER: N_("The cohort has not ended yet."),
    Block.NOBODY: N_("Nobody holds or held a seat in this cohort."),
    Block.NO_SIGNERS: N_("Nobody is named to sign for this cohort."),
    Block.OUT_OF_OFFICE: N_("Who should sign is not in office and has no substitute: %(names)s."),
    Block.NO_ACT: N_("Courses whose act is not closed: %(names)s."),
    Block.UNDECIDED: N_("Requests that nobody has decided: %(many)s."),
    Block.MORE_TIME: N_("People who were given more time: %(names)s."),
    Block.OPEN_ATTEMPT: N_("Attempts that are still open: %(names)s."),
    Block.UNMARKED: N_("Work that waits to be marked: %(names)s."),
    Block.UNCOMPUTED: N_("Grades that were not worked out yet: %(names)s."),
    Block.UNNAMED: N_("Who passed and has not confirmed the name for the diploma: %(names)s."),
    Block.UNIDENTIFIED: N_("Who passed and has no identity document on record: %(names)s."),
}


@dataclass(frozen=True, slots=True)
class Blocker:
    """One kind of thing that is open: how often, and about whom, the first of them."""

    block: Block
    many: int = 1
    names: tuple[str, ...] = ()

    @property
    def others(self) -> int:
        """How many are not named."""
        return max(0, self.many - len(self.names))


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be open about one person of the act."""

    name: str
    outcome: Outcome
    has_seat: bool = True
    has_more_time: bool = False
    has_open_attempt: bool = False
    waits_for_marks: bool = False
    is_computed: bool = True
    name_confirmed: bool = True
    has_identity: bool = True


_OF_PERSON: tuple[tuple[Block, Callable[[Checked], bool]], ...] = (
    (Block.MORE_TIME, lambda each: each.has_seat and each.has_more_time),
    (Block.OPEN_ATTEMPT, lambda each: each.has_seat and each.has_open_attempt),
    (Block.UNMARKED, lambda each: each.has_seat and each.waits_for_marks),
    (Block.UNCOMPUTED, lambda each: each.has_seat and not each.is_computed),
    (Block.UNNAMED, lambda each: each.outcome in REACHED and not each.name_confirmed),
    (Block.UNIDENTIFIED, lambda each: each.outcome in REACHED and not each.has_identity),
)


def blockers(
    people: Sequence[Checked],
    *,
    is_over: bool,
    undecided: int = 0,
    signers: int = 1,
    out_of_office: Sequence[str] = (),
    without_act: Sequence[str] = (),
) -> list[Blocker]:
    """Everything that keeps an act open; an act may be closed when there is nothing.

    Name and document are asked only of who passed: what nobody will print keeps nobody waiting.
    """
    found = []
    if not is_over:
        found.append(Blocker(Block.NOT_OVER))
    if not people:
        found.append(Blocker(Block.NOBODY))
    if not signers:
        found.append(Blocker(Block.NO_SIGNERS))
    if out_of_office:
        found.append(_named(Block.OUT_OF_OFFICE, out_of_office))
    if without_act:
        found.append(_named(Block.NO_ACT, without_act))
    if undecided:
        found.append(Blocker(Block.UNDECIDED, undecided))
    for block, concerns in _OF_PERSON:
        names = [each.name for each in people if concerns(each)]
        if names:
            found.append(_named(block, names))
    return found


def _named(block: Block, names: Sequence[str]) -> Blocker:
    return Blocker(block, len(names), tuple(names[:MOST_NAMES]))
