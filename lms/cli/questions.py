"""`lms questions`: questions from and to the files of other systems."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Entry, Item, Told, Verdict
from lms.assessment.formats.losses import LOST_KEYS, OTHER_KEY
from lms.assessment.rules import quiz as quiz_rules
from lms.assessment.rules.alike import alike
from lms.authoring.formats.brought_questions import Brought, brought_questions, shown_in
from lms.authoring.formats.decode import decode
from lms.authoring.formats.yaml_edit import Unreadable, read_map, with_items
from lms.authoring.rules import questions as rules
from lms.authoring.rules.arrange import slug
from lms.catalog.formats.yaml_write import plain, write_yaml
from lms.cli.running import NOT_SO
from lms.cli.speech import _, argument, command, group, ngettext, option
from lms.foundation.kernel.errors import N_, Refused

_QUESTIONS = "questions"
_MEDIA = "media"
_SUFFIX = ".quiz.yaml"
_format = option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="The format of the file.",
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@group()
def questions() -> None:
    """Questions of quizzes: check, import and export files of other systems.

    A quiz is a file of a course package; its pictures lie in the folder `media` of the course.
    """


@command()
@_format
@argument("file", type=_file)
def check(name: str, file: Path) -> None:
    """Say what would become of each question of FILE: its line, what is lost, why it is refused.

    Exit code 1 when a question is refused.
    """
    entries = FORMATS[name].read(file.read_bytes())
    if _report(file, brought_questions(entries, (), _Any(), _Any())):
        raise SystemExit(NOT_SO)


@command(name="import")
@_format
@option("--partly", is_flag=True, help="Bring in the others where some are refused.")
@argument("file", type=_file)
@argument("quiz", type=click.Path(dir_okay=False, path_type=Path))
def import_(name: str, partly: bool, file: Path, quiz: Path) -> None:
    """Put the questions of FILE at the end of QUIZ, or begin it with them.

    Questions that QUIZ asks already stay out. What has no room goes into further files beside it,
    200 questions in each. Where a question is refused nothing is written, unless you say --partly.
    """
    entries = FORMATS[name].read(file.read_bytes())
    text = _text(quiz)
    old = _asked(text, quiz)
    there = {alike(each) for each in old if isinstance(each, Mapping)}
    found = brought_questions(entries, there, _Any(), _Any())
    refused = _report(file, found)
    if refused and not partly:
        click.echo(_("Nothing was written. Mend the file, or add --partly."), err=True)
        raise SystemExit(NOT_SO)
    new = [each for each in found if each.is_offered]
    written = _write(quiz, text, old, new)
    done = ngettext("%(num)d question brought in", "%(num)d questions brought in", len(new))
    click.echo(f"{done}: {', '.join(map(str, written))}" if written else done)


@command()
@_format
@option(
    "--into",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; beside the quiz when left out.",
)
@argument("quiz", type=_file)
def export(name: str, target: Path | None, quiz: Path) -> None:
    """Write the questions of QUIZ as a file of another system, and say what it does not carry."""
    asked = [each for each in _asked(_text(quiz), quiz) if isinstance(each, Mapping)]
    items = [Item(plain(each), _files(quiz, each)) for each in asked]
    written = FORMATS[name].write(items)
    for at, keys in sorted(written.lost.items()):
        said = dict.fromkeys(_(LOST_KEYS.get(key, OTHER_KEY)) for key in keys if key != "key")
        if said:
            lost = _("not seen elsewhere: %(what)s", what=", ".join(said))
            click.echo(f"{quiz}: {_called(items[at])}: {lost}")
    for at in written.left_out:
        left = _("it has no place in this format")
        click.echo(f"{quiz}: {_called(items[at])}: {left}")
    if len(written.left_out) == len(items):
        raise Refused(N_("None of its questions has a place in that format."))
    stem = quiz.name.removesuffix(_SUFFIX)
    target = target or quiz.with_name(f"{stem}.{FORMATS[name].ending}")
    target.write_bytes(written.data)
    count = len(items) - len(written.left_out)
    done = ngettext("%(num)d question written", "%(num)d questions written", count)
    click.echo(f"{done}: {target}")


class _Any(frozenset[str]):
    """What a course has is not asked here: the check of courses does."""

    def __contains__(self, _key: object) -> bool:
        return True


def _report(file: Path, found: list[Brought]) -> int:
    """A line for each thing to know, and the count; returns how many are refused."""
    for each in found:
        entry = each.entry
        said = [_said(told) for told in entry.lost]
        if each.repeats is not None:
            said.append(_said(each.repeats))
        if entry.refused is not None:
            refused = _("refused")
            said = [f"{refused}: {_refusal(entry)}"]
        for line in said:
            click.echo(f"{file}:{entry.line}: {entry.name}: {line}")
    counts = [sum(each.entry.verdict is one for each in found) for one in Verdict]
    click.echo(
        _(
            "%(all)s questions: %(taken)s whole, %(loss)s with a loss, %(refused)s refused",
            all=len(found),
            taken=counts[0],
            loss=counts[1],
            refused=counts[2],
        )
    )
    return counts[2]


def _said(told: Told) -> str:
    return _(told.message, **told.params)


def _refusal(entry: Entry) -> str:
    assert entry.refused is not None
    told = entry.refused
    what = _said(told)
    return f"{what}: {_(told.remedy, **told.params)}" if told.remedy else what


def _called(item: Item) -> str:
    return str(item.source.get("key") or rules.called(item.source))


def _text(quiz: Path) -> str | None:
    """What stands in the quiz; None where there is none yet."""
    if not quiz.exists():
        return None
    text, problems = decode(quiz.read_bytes(), quiz.name)
    if text is None or problems:
        raise Refused(N_("%(path)s cannot be read as it is. Mend it as text first."), path=quiz)
    return text.replace("\r\n", "\n")


def _asked(text: str | None, quiz: Path) -> list[Any]:
    if text is None:
        return []
    try:
        found = read_map(text).get(_QUESTIONS)
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=quiz
        ) from None
    return list(found) if isinstance(found, list) else []


def _files(quiz: Path, question: Any) -> dict[str, bytes]:
    folder = _media(quiz)
    return {
        name: (folder / name).read_bytes()
        for name in shown_in(question)
        if (folder / name).is_file()
    }


def _media(quiz: Path) -> Path:
    """Where the pictures of the course lie: beside the folders of its modules."""
    return quiz.resolve().parent.parent / _MEDIA


def _write(quiz: Path, text: str | None, old: list[Any], new: list[Brought]) -> list[Path]:
    """The quiz with its new questions, and further ones where they have no room; then pictures."""
    if not new:
        return []
    sources = [each.entry.item.source for each in new if each.entry.item is not None]
    here, *further = rules.parted(sources, max(rules.MOST - len(old), 0))
    texts: dict[Path, str] = {}
    if here:
        taken = {str(each.get("key")) for each in old if isinstance(each, Mapping)}
        keyed = rules.with_keys(here, taken)
        begun = _begun(quiz, keyed) if text is None else None
        texts[quiz] = begun or with_items(str(text), _QUESTIONS, [*old, *keyed])
    stem = quiz.name.removesuffix(_SUFFIX)
    for number, part in enumerate(further, 2):
        beside = quiz.with_name(f"{stem}-{number}{_SUFFIX}")
        if beside.exists():
            raise Refused(N_("%(path)s is there already; nothing was written."), path=beside)
        texts[beside] = _begun(beside, rules.with_keys(part, ()))
    pictures = {_media(quiz) / name: file for each in new for name, file in each.files.items()}
    for path, file in pictures.items():
        if path.exists() and path.read_bytes() != file.data:
            raise Refused(N_("%(path)s is there already; nothing was written."), path=path)
    for path, file in pictures.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        if file.small is not None:
            path.with_name(file.small.name).write_bytes(file.small.data)
    for path, content in texts.items():
        path.write_text(content, encoding="utf-8")
    return list(texts)


def _begun(quiz: Path, keyed: list[Any]) -> str:
    name = quiz.name.removesuffix(_SUFFIX)
    key = slug(name.lstrip("0123456789-") or name)
    return write_yaml({**quiz_rules.begin(key, key), _QUESTIONS: keyed})


for each in (check, import_, export):
    questions.add_command(each)
