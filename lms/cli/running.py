"""How commands run: inside the application, with errors as sentences and the right exit code."""

import functools
import locale
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask, g
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError

from lms.app import create_app
from lms.foundation.kernel.errors import DomainError
from lms.foundation.web.locale import LANGUAGES
from lms.people.queries.site import Site
from lms.settings import BadSettings, load

NOT_SO, MISUSE = 1, 2


def mount(
    main: click.Group,
    command: click.Command,
    *,
    bare: bool = False,
    apart: frozenset[str] = frozenset(),
) -> None:
    """Put a command or group under ``lms``.

    ``bare`` commands build the application themselves; those named in ``apart`` touch no data of
    the installation and run in an application of their own that leaves nothing behind.
    """
    for name, one in _leaves(command):
        if one.callback is not None:
            inside = None if bare else (_apart if name in apart else _inside)
            one.callback = _saying(one.callback, inside)
    main.add_command(command)


def _leaves(command: click.Command) -> list[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        return [leaf for one in command.commands.values() for leaf in _leaves(one)]
    return [(command.name or "", command)]


def _saying(
    callback: Callable[..., Any], inside: Callable[[Callable[[], Any]], Any] | None
) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            if inside is None:
                return callback(*args, **kwargs)
            return inside(lambda: callback(*args, **kwargs))
        except BadSettings as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            raise SystemExit(MISUSE) from None
        except DomainError as error:
            sentence = _apart(functools.partial(gettext, error.message)) % error.params
            click.echo(sentence, err=True)
            raise SystemExit(NOT_SO) from None
        except DBAPIError as error:
            click.echo(f"database: {error.orig}. Try `lms doctor`.", err=True)
            raise SystemExit(NOT_SO) from None

    return run


def _inside(run: Callable[[], Any]) -> Any:
    return _speaking(create_app(load(**_quiet())), run)


def _quiet() -> dict[str, Any]:
    """A command says what it has done itself; only warnings are worth a log line beside that."""
    return {} if os.environ.get("LMS_LOG_LEVEL") else {"log_level": "WARNING"}


def _apart(run: Callable[[], Any]) -> Any:
    with tempfile.TemporaryDirectory(prefix="lms-") as folder:
        return _speaking(create_app(load(data_dir=Path(folder))), run, Site(version=0))


def _speaking(app: Flask, run: Callable[[], Any], site: Site | None = None) -> Any:
    with app.app_context():
        if site is not None:
            g.cabildo_site = site  # there is no database to read it from
        spoken = terminal_language()
        if spoken:
            g.language = spoken
        try:
            return run()
        finally:
            app.extensions["cabildo.database"].close()


def terminal_language() -> str | None:
    """The language of the terminal, if it is one of ours."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    code = (named or locale.getlocale()[0] or "").split("_")[0].split(".")[0]
    return code if code in LANGUAGES else None
