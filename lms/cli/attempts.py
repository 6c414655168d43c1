"""`lms attempts`: what happened in an attempt, and whether its chain is whole."""

from datetime import UTC, datetime
from uuid import UUID

import click

from lms.assessment.queries.replay import replay as replayed
from lms.assessment.rules.chain import Kind, Link
from lms.assessment.rules.marking import Slot
from lms.assessment.rules.replay import NOT_KEPT
from lms.assessment.rules.telling import told
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Word
from lms.cli.running import NOT_SO
from lms.cli.speech import _, argument, group
from lms.foundation.web.reading import database


@group()
def attempts() -> None:
    """Attempts at quizzes: replayed and checked."""


@attempts.command()
@argument("attempt", type=click.UUID)
def replay(attempt: UUID) -> None:
    """Tell what happened in an attempt in its order, and check its chain.

    ATTEMPT is the long key in the address of its page. Each line has the number of the link, the
    moment on the server's clock, what happened and the seal. Names the first link that disagrees,
    and then ends with 1.
    """
    with database().reading() as session:
        found = replayed(session.connection(), attempt)
    row = found.attempt
    click.echo(_("%(title)s, attempt %(number)s", title=row.title, number=row.number))
    click.echo(row.cohort_title)
    if not found.links and found.wrong is None:
        click.echo(_(NOT_KEPT))
        return
    slots = found.quiz.slots(row.slots)
    for link in found.links:
        said = told(link, _answer(link, slots), _when)
        click.echo(
            f"{link.position:>4}  {_when(link.at)}  {link.digest[:16]}  "
            + _(said.message, **said.params)
        )
    if found.wrong is not None:
        click.echo(_(found.wrong.message, **found.wrong.params), err=True)
        raise SystemExit(NOT_SO)
    click.echo(_("The chain is whole: %(links)s links.", links=len(found.links)))
    click.echo(found.links[-1].digest)


def _when(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3] + "Z"


def _answer(link: Link, slots: list[Slot]) -> str:
    """The answer of a save or check in plain words; what is no answer of these questions, as is."""
    if link.kind not in (Kind.SAVED, Kind.CHECKED) or link.what["value"] is None:
        return ""
    value = link.what["value"]
    try:
        slot = slots[link.what["slot"] - 1]
        lines = TYPES[slot.source["type"]].describe(slot.source, slot.shown, value)
    except (IndexError, KeyError, TypeError, ValueError, ArithmeticError):
        return str(value)
    return " · ".join(_(line) if isinstance(line, Word) else line for line in lines)
