"""The words for how far a learner is with one activity, as the course remembers it."""

from enum import StrEnum


class Mark(StrEnum):
    """What is on record of one activity. Nothing on record means nothing done."""

    SEEN = "seen"
    PASSED = "passed"
    WAITING = "waiting"
    """Handed in; somebody must still mark it."""
    FAILED = "failed"
    """Handed in below its pass mark; another try is left."""
    EXHAUSTED = "exhausted"
    """Below the pass mark, and no try is left."""


DONE = frozenset({Mark.SEEN, Mark.PASSED})
"""What lets a learner go on to the next activity."""
