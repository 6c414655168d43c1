"""The command speaks one language, that of the installation: its help, its errors, click's own too.

click takes its words from the catalogue that Python's gettext is given; ours has them beside the
rest. Log lines and the values of options (`approval`, `registrar`) are the same in every language.
"""

import functools
import gettext as catalogue
import inspect
import os
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from lms.foundation.kernel.errors import DomainError
from lms.foundation.kernel.shipped import shipped
from lms.settings import LANGUAGES, Settings

Callback = Callable[..., Any]
_DOMAIN = "messages"
_FIRST_SENTENCE = re.compile(r"[^\n]*?\.(?=\s|$)|[^\n]*")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def speak() -> None:
    """From here on all words are in the language of `LMS_LANGUAGE`; no other can be meant here.

    The language of the terminal says little: most servers are installed in English, whoever
    uses them.
    """
    catalogue.bindtextdomain(_DOMAIN, str(shipped("translations")))
    catalogue.textdomain(_DOMAIN)
    named = os.environ.get("LMS_LANGUAGE", "")
    os.environ["LANGUAGE"] = named if named in LANGUAGES else Settings.language


def _(message: str, /, **params: Any) -> str:
    """A sentence in the language spoken, with its values filled in."""
    text = catalogue.gettext(message)
    return text % params if params else text


def ngettext(one: str, many: str, num: int) -> str:
    """The same for sentences with a number in them."""
    return catalogue.ngettext(one, many, num) % {"num": num}


def said(error: DomainError) -> str:
    """What a refusal says."""
    return _(error.message, **error.params)


def flowing(text: str) -> str:
    """A docstring as its paragraphs, however its lines were broken: so it stands in catalogues."""
    paragraphs = _PARAGRAPHS.split(inspect.cleandoc(text))
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def confirmed(question: str) -> bool:
    """Ask for a yes or no; nothing is a no. Who thinks in English may say so in any language."""
    choice = _("y/N")
    while True:
        answer = click.prompt(f"{question} [{choice}]", default="", show_default=False)
        match answer.strip().casefold():
            case "s" | "sí" | "si" | "y" | "yes":
                return True
            case "n" | "no" | "":
                return False
        click.echo(_("Answer yes or no."))


class _Words:
    """Words of a command that are read in the language spoken at the moment."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, thing: Any, owner: type | None = None) -> Any:
        text = thing.__dict__.get(self._name)
        return _(flowing(text)) if text else text

    def __set__(self, thing: Any, text: str | None) -> None:
        thing.__dict__[self._name] = text


class Option(click.Option):
    """An option whose help is translated, and the name of its value (TEXT) too."""

    help = _Words()

    def make_metavar(self, ctx: click.Context) -> str:
        return _(super().make_metavar(ctx))


class Argument(click.Argument):
    """An argument whose name in the help is translated."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(super().make_metavar(ctx))


class Command(click.Command):
    """A command whose docstring is its help in English and the key of it in other languages."""

    help = _Words()
    options_metavar = _Words()

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence, whole: lists break lines and leave no sentence unfinished."""
        return _FIRST_SENTENCE.match(self.help or "").group()  # type: ignore[union-attr]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this message and exit.")
        return found


class Group(Command, click.Group):
    """A group of such commands."""

    subcommand_metavar = _Words()
    command_class = Command
    group_class = type

    def main(self, *args: Any, **kwargs: Any) -> Any:
        speak()
        return super().main(*args, **kwargs)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, written as in every country's computers: 2027-01-31."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(_("%(text)s is no day: write it as YYYY-MM-DD.", text=value), param, ctx)


def command(name: str | None = None, **told: Any) -> Callable[[Callback], Command]:
    """Make a function a command, as click does."""
    return click.command(name, cls=Command, **told)


def group(name: str | None = None, **told: Any) -> Callable[[Callback], Group]:
    """Make a function a group of commands, as click does."""
    return click.group(name, **{"cls": Group} | told)


option = functools.partial(click.option, cls=Option)
argument = functools.partial(click.argument, cls=Argument)
