"""Spanish is complete: every message that the code can say has its sentence."""

import re
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from lms.cli import main
from lms.cli.speech import flowing

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
KEYWORDS = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "N_n": (1, 2),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def messages() -> set:
    found = set()
    for root in ("lms",):
        extracted = extract_from_dir(
            ROOT / root,
            method_map=[
                ("**.py", "python"),
                ("**/templates/**.html", "jinja2"),
                ("**/templates/**.txt", "jinja2"),
            ],
            keywords=KEYWORDS,
        )
        found |= {message for _file, _line, message, _comments, _context in extracted if message}
    return found | of_command(main) | of_click()


def of_command(command: click.Command) -> set[str]:
    """What the help of the command and of all below it says: docstrings, options, their values."""
    context = click.Context(command)
    found = {flowing(command.__dict__["help"]), command.__dict__["options_metavar"]}
    for each in command.params:
        if getattr(each, "is_flag", False):
            found.add(each.__dict__["help"])
            continue
        found |= {flowing(each.__dict__.get("help") or "")}
        shown = type(each).__bases__[0].make_metavar(each, context)
        found |= {shown} if re.fullmatch(r"\[?[A-Z][A-Z :…-]+\]?(\.\.\.)?", shown) else set()
    if isinstance(command, click.Group):
        found.add(command.__dict__["subcommand_metavar"])
        below = (command.get_command(context, each) for each in command.list_commands(context))
        found |= set().union(*map(of_command, below))
    return found - {""}


# What click says only to those who program with it, or on systems and paths we do not use.
NOT_SAID = re.compile(
    r"declaration|flag for|determine name|defined twice|No options defined|DeprecationWarning|"
    r"[Cc]ompletion|colour|standard stream|iterable|Windows|editor|day_label|^d$|^\(dynamic\)$|"
    r"deprecated|Press any key|Confirm the action|Repeat for|Do you want|two entered values|"
    r"version %|Choice\(|env var|UUID|boolean|Positional arguments|executable|unknown error"
)


def of_click() -> set:
    """What click itself says to whoever uses the command: a newer click may say more."""
    words = extract_from_dir(
        Path(click.__file__).parent, method_map=[("**.py", "python")], keywords=KEYWORDS
    )
    return {
        message
        for _file, _line, message, _comments, _context in words
        if message and not NOT_SAID.search(str(message))
    }


@pytest.fixture(scope="module")
def spanish():
    with (ROOT / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="es")


def test_every_message_is_translated(messages, spanish):
    missing = []
    for message in messages:
        found = spanish.get(message if isinstance(message, str) else message[0])
        strings = (
            [found.string]
            if found and isinstance(found.string, str)
            else list(found.string if found else [""])
        )
        if not all(strings):
            missing.append(message)
    assert missing == []


def test_none_is_doubtful_and_none_is_left_over(messages, spanish):
    assert [m.id for m in spanish if m.id and m.fuzzy] == []
    assert sorted(str(m.id) for m in spanish if m.id and m.id not in messages) == []


def test_each_translation_fills_in_the_same_values(spanish):
    for message in spanish:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        allowed = set().union(*(_PLACEHOLDER.findall(text) for text in ids))
        for text in strings:
            assert set(_PLACEHOLDER.findall(text)) <= allowed, message.id
        assert set(_PLACEHOLDER.findall(strings[-1])) == set(_PLACEHOLDER.findall(ids[-1])), (
            message.id
        )


AVOID = re.compile(
    r"\b(cohortes?|quiz|credencial(es)?|enrolar|matricular\w*|inscritos e inscritas|tú|tu|tus)\b|!",
    re.I,
)


def test_spanish_keeps_to_the_words_of_the_house(spanish):
    wrong = []
    for message in (each for each in spanish if each.id):  # the header is no sentence
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wrong += [text for text in strings if AVOID.search(text.replace("!r}", "}"))]
    assert wrong == []
