"""`lms cohorts`: open cohorts, list them, make invitation keys."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from lms.catalog.rules.words import MODES
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.open import Choices, open_cohort
from lms.enrollment.queries import opening as queries
from lms.enrollment.queries.cohorts import summaries
from lms.enrollment.rules.opening import first_moment, last_moment
from lms.enrollment.rules.states import Door
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.web.reading import database

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def cohorts() -> None:
    """Cohorts: groups that take a programme together, on their own dates."""


@cohorts.command("open")
@click.argument("programme")
@click.option("--key", required=True, help="Short name, such as 2027-1.")
@click.option("--title", required=True, help='What people read, such as "Promoción 1 de 2027".')
@click.option(
    "--course",
    "courses",
    multiple=True,
    help="A course by its key, as often as needed. Default: every course that is written.",
)
@click.option("--starts", type=DAY, required=True, help="First day (YYYY-MM-DD).")
@click.option("--ends", type=DAY, required=True, help="Last day.")
@click.option("--enrol-from", type=DAY, help="First day to ask for a seat. Default: today.")
@click.option("--enrol-until", type=DAY, help="Last day to ask for a seat. Default: the start.")
@click.option("--mode", type=click.Choice(list(MODES)), default="online", show_default=True)
@click.option(
    "--door",
    type=click.Choice([door.value for door in Door]),
    default="approval",
    show_default=True,
    help="How one gets in.",
)
@click.option("--capacity", type=click.IntRange(min=1), help="Seats. Default: without limit.")
@click.option("--institution", help="Key of the institution, to be sure whose cohort it is.")
def open_(
    programme: str,
    key: str,
    title: str,
    courses: tuple[str, ...],
    starts: datetime,
    ends: datetime,
    enrol_from: datetime | None,
    enrol_until: datetime | None,
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
    opens_at = first_moment(enrol_from.date(), zone) if enrol_from else database().clock()
    uid = database().perform(
        open_cohort,
        COMMAND_LINE,
        programme,
        key=key,
        title=title,
        starts_at=first_moment(starts.date(), zone),
        ends_at=last_moment(ends.date(), zone),
        enrollment_opens_at=opens_at,
        enrollment_closes_at=last_moment((enrol_until or starts).date(), zone),
        mode=mode,
        door=door,
        capacity=capacity,
        institution=institution,
        chosen=Choices(courses=courses),
    )
    click.echo(f"{key}\t{uid}")


@cohorts.command("list")
@click.option("--programme", help="Only cohorts of this programme (its address in the catalogue).")
def list_(programme: str | None) -> None:
    """List cohorts, the latest to start first."""
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
@click.argument("cohort")
@click.option("--uses", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--until", type=DAY, required=True, help="Last day it works (YYYY-MM-DD).")
def key(cohort: str, uses: int, until: datetime) -> None:
    """Make an invitation key to COHORT (its key or uid) and print its code."""
    with database().reading() as session:
        uid = queries.cohort_named(session, cohort).uid
    day: date = until.date()
    click.echo(database().perform(make_key, COMMAND_LINE, uid, uses=uses, until=day))
