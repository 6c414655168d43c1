"""What goes in and out of an installation: import, export."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.queries.packages import export_package
from lms.authoring.queries.proposal import Proposal, propose
from lms.authoring.rules.difference import Change
from lms.authoring.tasks import carry_out
from lms.catalog.activity import activity_kinds
from lms.cli.courses.places import existing, packages_at, say, tree_at, write_files, write_zip
from lms.cli.running import NOT_SO
from lms.cli.speech import _, argument, command, confirmed, ngettext, option
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.clock import utc_now
from lms.foundation.kernel.errors import N_
from lms.foundation.web.reading import database
from lms.people.models import Institution
from lms.people.queries.site import site

_CHANGES = {
    Change.NEW: N_("new"),
    Change.CHANGED: N_("changed"),
    Change.REMOVED: N_("removed"),
    Change.KEPT: N_("edited here, kept"),
    Change.CONFLICT: N_("conflict"),
}

institution_option = option(
    "--institution",
    "-i",
    metavar="KEY",
    help="Whose course it is; this site's institution when left out.",
)


@command(name="import")
@argument("paths", nargs=-1, required=True, type=existing, metavar="PATH…")
@institution_option
@option("--dry-run", is_flag=True, help="Show the difference and change nothing.")
@option("--yes", "-y", is_flag=True, help="Do not ask.")
@option("--keep-edits", is_flag=True, help="In a conflict, keep what was edited here.")
def import_(
    paths: tuple[Path, ...], institution: str | None, dry_run: bool, yes: bool, keep_edits: bool
) -> None:
    """Show what would change, then publish new versions of what changed.

    Importing the same package again changes nothing. A package with errors, or with files that were
    also edited here, is not imported at all.
    """
    roots = list(packages_at(paths))
    with database().reading() as session:
        institution_id = _institution(session, institution)
    failed = False
    for root in roots:
        with ExitStack() as stack:
            tree = tree_at(root, stack)
            failed |= not _import_one(root, tree, institution_id, dry_run, yes, keep_edits)
    if failed:
        raise SystemExit(NOT_SO)


def _import_one(
    root: Path, tree: Tree, institution_id: int, dry_run: bool, yes: bool, keep_edits: bool
) -> bool:
    store = current_app.extensions["cabildo.files"]
    today = utc_now().date()
    prepared = prepare(tree, activity_kinds(), today)
    if not prepared.sound:
        for each in prepared.problems:
            say(root, each)
        click.echo(_("%(package)s has errors; nothing of it was imported.", package=root))
        return False
    with database().reading() as session:
        proposal = propose(session, store, tree, institution_id, today, keep_conflicts=keep_edits)
    _show(root, proposal)
    undecided = set(proposal.plan.difference.conflicts) - set(proposal.kept)
    if undecided:
        click.echo(
            _(
                "The files in conflict were edited here and also changed in the package; nothing "
                "was imported. Export first and bring both together, or use --keep-edits."
            )
        )
        return False
    if dry_run or proposal.plan.difference.nothing:
        return True
    if not yes and not confirmed(_("Publish this?")):
        return True
    imported = carry_out(database(), store, proposal, institution_id, COMMAND_LINE)
    click.echo(
        _(
            "%(package)s: version %(number)s is published; new versions of: %(courses)s",
            package=proposal.plan.key,
            number=imported.number,
            courses=", ".join(imported.courses) or "—",
        )
    )
    return True


def _show(root: Path, proposal: Proposal) -> None:
    difference = proposal.plan.difference
    for each in difference.files:
        if each.change is not Change.SAME:
            click.echo(f"{_(_CHANGES[each.change])}: {each.path}")
    counts = Counter(each.change for each in difference.files)
    click.echo(
        _(
            "%(package)s: %(new)s new, %(changed)s changed, %(removed)s removed, %(same)s the same",
            package=proposal.plan.key,
            new=counts[Change.NEW],
            changed=counts[Change.CHANGED],
            removed=counts[Change.REMOVED],
            same=counts[Change.SAME],
        )
    )


@command()
@argument("programme", metavar="PROGRAMME")
@institution_option
@option("--number", "-n", type=int, help="The version; the latest when left out.")
@option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder in which to write it, or the name of a .zip.",
)
@option("--overwrite", is_flag=True, help="Write over the files that are there.")
def export(
    programme: str, institution: str | None, number: int | None, into: Path, overwrite: bool
) -> None:
    """Write the package of PROGRAMME (its key): the very files that were imported."""
    target = into if into.suffix == ".zip" else into / programme
    if target.exists() and not overwrite:
        click.echo(
            _("%(folder)s is already there; use --overwrite to write over it.", folder=target),
            err=True,
        )
        raise SystemExit(NOT_SO)
    store = current_app.extensions["cabildo.files"]
    with database().reading() as session:
        institution_id = _institution(session, institution)
        files = export_package(session, store, institution_id, programme, number)
        count = write_zip(target, files) if target.suffix == ".zip" else write_files(target, files)
    said = ngettext("%(num)d file written", "%(num)d files written", count)
    click.echo(f"{target}: {said}")


def _institution(session: Session, key: str | None) -> int:
    mine = site().institution_id
    if key is None and mine is not None:
        return mine
    rows = session.execute(
        select(Institution.key, Institution.id).order_by(Institution.id).limit(100)
    )
    known: dict[str, int] = {row.key: row.id for row in rows}
    if key is None or key not in known:
        hint = ", ".join(known) or _("none yet; `lms demo` makes one")
        raise click.BadParameter(
            _("Say whose course it is. There are: %(known)s", known=hint),
            param_hint="--institution",
        )
    return known[key]
