"""`lms courses`: course packages from and to text."""

import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.actions.load import Proposal, carry_out, propose
from lms.authoring.formats.json_schema import json_schema, shapes
from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.reference import reference
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import Tree, read_folder, read_zip
from lms.authoring.queries.packages import export_package
from lms.authoring.rules.difference import Change
from lms.catalog.activity import activity_kinds
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shape_values import fault_in
from lms.catalog.rules.shapes import Key
from lms.cli.running import NOT_SO
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.clock import utc_now
from lms.foundation.kernel.errors import N_
from lms.people.models import Institution
from lms.people.queries.site import site

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CHANGES = {
    Change.NEW: N_("new"),
    Change.CHANGED: N_("changed"),
    Change.REMOVED: N_("removed"),
    Change.KEPT: N_("edited here, kept"),
    Change.CONFLICT: N_("conflict"),
}

existing = click.Path(exists=True, path_type=Path)
institution_option = click.option(
    "--institution",
    "-i",
    metavar="KEY",
    help="Whose course it is; this site's institution when left out.",
)


@click.group()
def courses() -> None:
    """Courses as text: begin, check, import, export.

    A package is a folder (or a ZIP of it) with programme.yaml and a folder for each course.
    """


@courses.command()
@click.argument("key")
@click.option("--title", help="Title of the programme; the key when left out.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder in which to make it; here when left out.",
)
def new(key: str, title: str | None, into: Path) -> None:
    """Begin a package in a new folder KEY, small and whole.

    It passes the check as it is: change it step by step and check again.
    """
    fault = fault_in(key, Key())
    if fault is not None:
        said = _(fault.remedy) % {"key": "KEY", **fault.params}
        raise click.BadParameter(said, param_hint="KEY")
    folder = into / key
    if folder.exists():
        click.echo(_("%(folder)s is already there; nothing was written.", folder=folder), err=True)
        raise SystemExit(NOT_SO)
    _write(folder, scaffold(key, title or key).items())
    click.echo(_("Begun in %(folder)s. Check it with: lms courses check %(folder)s", folder=folder))


@courses.command()
@click.argument("paths", nargs=-1, required=True, type=existing, metavar="PATH…")
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
def check(paths: tuple[Path, ...], strict: bool) -> None:
    """Say everything that is wrong with the packages at PATH…: file, line, fault, remedy.

    PATH is a package (folder or ZIP), or a folder of packages. Exit code 1 when there are errors.
    """
    errors = warnings = packages = 0
    for root in _packages(paths):
        with ExitStack() as stack:
            tree = _tree(root, stack)
            prepared = prepare(tree, activity_kinds(), utc_now().date())
        packages += 1
        for each in prepared.problems:
            _say(root, each)
            errors += each.is_error
            warnings += not each.is_error
    found = ngettext("%(num)d package", "%(num)d packages", packages)
    wrong = ngettext("%(num)d error", "%(num)d errors", errors)
    doubts = ngettext("%(num)d warning", "%(num)d warnings", warnings)
    click.echo(f"{found}: {wrong}, {doubts}")
    if errors or (strict and warnings):
        raise SystemExit(NOT_SO)


@courses.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=existing, metavar="PATH…")
@institution_option
@click.option("--dry-run", is_flag=True, help="Show the difference and change nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--keep-edits", is_flag=True, help="In a conflict, keep what was edited here.")
def import_(
    paths: tuple[Path, ...], institution: str | None, dry_run: bool, yes: bool, keep_edits: bool
) -> None:
    """Show what would change, then publish new versions of what changed.

    Importing the same package again changes nothing. A package with errors, or with files that were
    also edited here, is not imported at all.
    """
    roots = list(_packages(paths))
    with _database().reading() as session:
        institution_id = _institution(session, institution)
    failed = False
    for root in roots:
        with ExitStack() as stack:
            tree = _tree(root, stack)
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
            _say(root, each)
        click.echo(_("%(package)s has errors; nothing of it was imported.", package=root))
        return False
    proposal = propose(_database(), store, tree, institution_id, today, keep_conflicts=keep_edits)
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
    if not yes and sys.stdin.isatty() and not click.confirm(_("Publish this?")):
        return True
    imported = carry_out(_database(), store, proposal, institution_id, COMMAND_LINE)
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


@courses.command()
@click.argument("programme", metavar="PROGRAMME")
@institution_option
@click.option("--number", "-n", type=int, help="The version; the latest when left out.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder in which to write it, or the name of a .zip.",
)
@click.option("--overwrite", is_flag=True, help="Write over the files that are there.")
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
    with _database().reading() as session:
        institution_id = _institution(session, institution)
        files = export_package(session, store, institution_id, programme, number)
        count = _zip(target, files) if target.suffix == ".zip" else _write(target, files)
    said = ngettext("%(num)d file written", "%(num)d files written", count)
    click.echo(f"{target}: {said}")


@courses.command()
@click.argument("name", required=False)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for one NAME.schema.json each.",
)
@click.option("--table", is_flag=True, help="Print the keys as Markdown tables instead.")
def schema(name: str | None, into: Path | None, table: bool) -> None:
    """Print the JSON Schema of a file (programme, course, facts, module, lesson, quiz), or of all.

    Editors that know JSON Schema complete and check keys while you write.
    """
    files = shapes(activity_kinds())
    if name is not None and name not in files:
        known = ", ".join(files)
        raise click.BadParameter(_("There are: %(known)s", known=known), param_hint="NAME")
    chosen = {each: shape for each, shape in files.items() if name in (None, each)}
    if table:
        click.echo(reference(chosen))
        return
    schemas = {each: json_schema(each, shape) for each, shape in chosen.items()}
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        for each, content in schemas.items():
            text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
            (into / f"{each}.schema.json").write_text(text, encoding="utf-8")
        click.echo(", ".join(f"{into / each}.schema.json" for each in schemas))
        return
    shown = schemas[name] if name is not None else schemas
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _packages(paths: Iterable[Path]) -> Iterator[Path]:
    """The packages at these paths: each itself, or those right inside a folder of packages."""
    for path in paths:
        inside = (
            sorted(each.parent for each in path.glob("*/programme.yaml")) if path.is_dir() else []
        )
        if inside and not (path / "programme.yaml").exists():
            yield from inside
        else:
            yield path


def _tree(root: Path, stack: ExitStack) -> Tree:
    if root.is_dir():
        return read_folder(root)
    return read_zip(stack.enter_context(root.open("rb")))


def _say(root: Path, each: Problem) -> None:
    """One problem as editors and people read it: file:line: what is wrong: what to do."""
    what = _(each.message) % each.params
    todo = _(each.remedy) % each.params
    kind = "" if each.is_error else _("warning") + ": "
    place = f"{root}/{each.path}" if each.path else str(root)
    click.echo(f"{place}:{max(each.line, 1)}: {kind}{what}: {todo}")


def _database() -> Database:
    found: Database = current_app.extensions["cabildo.database"]
    return found


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


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    for path, data in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        count += 1
    return count


def _zip(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files:
            # Without the hour of export, the same version is the same ZIP.
            archive.writestr(zipfile.ZipInfo(path, _ZIP_DAY), data, zipfile.ZIP_DEFLATED)
            count += 1
    return count
