"""What needs no installation: begin a package, check it, describe its files."""

import json
from contextlib import ExitStack
from pathlib import Path

import click

from lms.authoring.formats.json_schema import json_schema, shapes
from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.reference import reference
from lms.authoring.formats.scaffold import scaffold
from lms.catalog.activity import activity_kinds
from lms.catalog.rules.shape_values import fault_in
from lms.catalog.rules.shapes import Key
from lms.cli.courses.places import existing, packages_at, say, tree_at, write_files
from lms.cli.running import NOT_SO
from lms.cli.speech import _, argument, command, ngettext, option
from lms.foundation.kernel.clock import utc_now


@command()
@argument("key")
@option("--title", help="Title of the programme; the key when left out.")
@option(
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
        raise click.BadParameter(said, param_hint=_("KEY"))
    folder = into / key
    if folder.exists():
        click.echo(_("%(folder)s is already there; nothing was written.", folder=folder), err=True)
        raise SystemExit(NOT_SO)
    write_files(folder, scaffold(key, title or key).items())
    click.echo(_("Begun in %(folder)s. Check it with: lms courses check %(folder)s", folder=folder))


@command()
@argument("paths", nargs=-1, required=True, type=existing, metavar="PATH…")
@option("--strict", is_flag=True, help="Warnings fail the check too.")
def check(paths: tuple[Path, ...], strict: bool) -> None:
    """Say everything that is wrong with the packages at PATH…: file, line, fault, remedy.

    PATH is a package (folder or ZIP), or a folder of packages. Exit code 1 when there are errors.
    """
    errors = warnings = packages = 0
    for root in packages_at(paths):
        with ExitStack() as stack:
            tree = tree_at(root, stack)
            prepared = prepare(tree, activity_kinds(), utc_now().date())
        packages += 1
        for each in prepared.problems:
            say(root, each)
            errors += each.is_error
            warnings += not each.is_error
    found = ngettext("%(num)d package", "%(num)d packages", packages)
    wrong = ngettext("%(num)d error", "%(num)d errors", errors)
    doubts = ngettext("%(num)d warning", "%(num)d warnings", warnings)
    click.echo(f"{found}: {wrong}, {doubts}")
    if errors or (strict and warnings):
        raise SystemExit(NOT_SO)


@command()
@argument("name", required=False)
@option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for one NAME.schema.json each.",
)
@option("--table", is_flag=True, help="Print the keys as Markdown tables instead.")
def schema(name: str | None, into: Path | None, table: bool) -> None:
    """Print the JSON Schema of the files called NAME (such as course or lesson), or of all.

    Editors that know JSON Schema complete and check keys while you write.
    """
    files = shapes(activity_kinds())
    if name is not None and name not in files:
        known = ", ".join(files)
        raise click.BadParameter(_("There are: %(known)s", known=known), param_hint=_("[NAME]"))
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
