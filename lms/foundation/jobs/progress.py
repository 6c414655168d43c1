"""How far a long task has come, for whoever waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Report = Callable[[int, int], None]

_report: ContextVar[Report | None] = ContextVar("report", default=None)


def report(done: int, total: int) -> None:
    """Say that so many of so many are done; outside a job nobody listens, and nothing happens.

    Call it between transactions, never inside one.
    """
    say = _report.get()
    if say is not None:
        say(done, total)


@contextmanager
def reporting(say: Report) -> Iterator[None]:
    """Whatever runs meanwhile reports here."""
    token = _report.set(say)
    try:
        yield
    finally:
        _report.reset(token)
