"""`lms cohorts`: open cohorts, list them, make invitation keys, work out grades again."""

import functools
from datetime import date
from zoneinfo import ZoneInfo

import click

from lms.catalog.rules.words import MODES
from lms.cli.speech import Day, argument, group, ngettext, option
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.open import Choices, open_cohort
from lms.enrollment.queries import opening as queries
from lms.enrollment.queries.cohorts import summaries
from lms.enrollment.rules.opening import first_moment, last_moment
from lms.enrollment.rules.states import Door
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.web.reading import database
from lms.grading.actions.recompute import recompute_cohort

day = functools.partial(option, type=Day(), metavar="YYYY-MM-DD")


@group()
def cohorts() -> None:
    """Cohorts: groups that take a programme together, on their own dates."""


@cohorts.command("open")
@argument("programme")
@option("--key", required=True, help="Short name, such as 2027-1.")
@option("--title", required=True, help='What people read, such as "Promoción 1 de 2027".')
@option(
    "--course",
    "courses",
    multiple=True,
    help="A course by its key, as often as needed. Default: every course that is written.",
)
@day("--starts", required=True, help="First day.")
@day("--ends", required=True, help="Last day.")
@day("--enrol-from", help="First day to ask for a seat. Default: today.")
@day("--enrol-until", help="Last day to ask. Default: the first day, or the last once it is past.")
@option(
    "--mode",
    type=click.Choice(list(MODES)),
    default="online",
    show_default=True,
    help="How it is taught.",
)
@option(
    "--door",
    type=click.Choice([door.value for door in Door]),
    default="approval",
    show_default=True,
    help="How one gets in.",
)
@option("--capacity", type=click.IntRange(min=1), help="Seats. Default: without limit.")
@option("--institution", help="Key of the institution, to be sure whose cohort it is.")
def open_(
    programme: str,
    key: str,
    title: str,
    courses: tuple[str, ...],
    starts: date,
    ends: date,
    enrol_from: date | None,
    enrol_until: date | None,
    mode: str,
    door: str,
    capacity: int | None,
    institution: str | None,
) -> None:
    """Open a cohort of PROGRAMME (its address in the catalogue), pinned to what is published now.

    Days begin and end where the institution is.
    """
    with database().reading() as session:
        _version, owner = queries.programme_and_institution(session, programme)
    zone = owner.zone
    now = database().clock()
    opens_at = first_moment(enrol_from, zone) if enrol_from else now
    has_begun = last_moment(starts, zone) <= max(now, opens_at)
    last_to_ask = enrol_until or (ends if has_begun else starts)
    uid = database().perform(
        open_cohort,
        COMMAND_LINE,
        programme,
        key=key,
        title=title,
        starts_at=first_moment(starts, zone),
        ends_at=last_moment(ends, zone),
        enrollment_opens_at=opens_at,
        enrollment_closes_at=last_moment(last_to_ask, zone),
        mode=mode,
        door=door,
        capacity=capacity,
        institution=institution,
        chosen=Choices(courses=courses),
    )
    click.echo(f"{key}\t{uid}")


@cohorts.command("list")
@option("--programme", help="Only cohorts of this programme (its address in the catalogue).")
def list_(programme: str | None) -> None:
    """List cohorts, the latest to start first.

    Columns: key, programme, first day, last day, way in, seats taken of how many, uid.
    """
    with database().reading() as session:
        for cohort in summaries(session, programme):
            seats = "" if cohort.capacity is None else f"/{cohort.capacity}"
            first, last = (
                moment.astimezone(ZoneInfo(cohort.zone)).date()
                for moment in (cohort.starts_at, cohort.ends_at)
            )
            click.echo(
                f"{cohort.key}\t{cohort.programme}\t{first}\t{last}\t{cohort.door}\t"
                f"{cohort.seated}{seats}\t{cohort.uid}"
            )


@cohorts.command()
@argument("cohort")
@option(
    "--uses",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many people it lets in.",
)
@day("--until", help="Last day it works. Default: the last day to ask for a seat.")
def key(cohort: str, uses: int, until: date | None) -> None:
    """Make an invitation key to COHORT (its key or uid) and print its code."""
    with database().reading() as session:
        found = queries.cohort_named(session, cohort)
    if until is None and found.enrollment_closes_at <= database().clock():
        raise Refused(N_("Nobody can ask for a seat any more. Say with --until how long it works."))
    closes = found.enrollment_closes_at.astimezone(ZoneInfo(found.policy["zone"]))
    last = until or closes.date()
    click.echo(database().perform(make_key, COMMAND_LINE, found.uid, uses=uses, until=last))


@cohorts.command()
@argument("cohort")
def recompute(cohort: str) -> None:
    """Work out grades and completion of everybody in COHORT (its key or uid) again.

    The same answers and the same rules give the same grades, so it is safe to repeat. It is done in
    the background, by `lms serve` or `lms worker`.
    """
    with database().reading() as session:
        found = queries.cohort_named(session, cohort)
    many = database().perform(recompute_cohort, COMMAND_LINE, found.uid)
    click.echo(
        ngettext(
            "%(num)s person is being worked out again.",
            "%(num)s people are being worked out again.",
            many,
        )
    )
