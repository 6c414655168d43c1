"""How commands run: inside the application, with errors as sentences and the right exit code."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from lms.cli.speech import _, said
from lms.foundation.db import migrate
from lms.foundation.kernel.errors import N_, DomainError, Refused
from lms.settings import BadSettings, NoInstallation, Settings, load

NOT_SO, MISUSE = 1, 2


@dataclass(frozen=True)
class Running:
    """How a command or the commands of a group run.

    ``bare`` ones build the application themselves; those named in ``apart`` need no installation;
    those in ``making`` make one where there is none. All others leave no trace where there is none
    and say so.
    """

    bare: bool = False
    apart: frozenset[str] = frozenset()
    making: frozenset[str] = frozenset()


def mount(command: click.Command, how: Running) -> click.Command:
    """The command as it runs: where it belongs, with errors as sentences."""
    for name, one in _leaves(command):
        if one.callback is not None:
            inside: Callable[[Callable[[], Any]], Any] | None
            if how.bare:
                inside = None
            elif name in how.apart:
                inside = _apart
            else:
                inside = functools.partial(_inside, make=name in how.making)
            one.callback = _saying(one.callback, inside)
    return command


def existing() -> Settings:
    """The settings of an installation that is there, with every problem in them told at once."""
    return load(make=False)


def refuse_outdated(engine: Engine) -> None:
    """Refuse to work on a database that this version does not fit."""
    if not migrate.is_current(engine):
        raise Refused(N_("The database is not up to date: run `lms db upgrade` first."))


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
            _end(
                MISUSE,
                *(f"{each.subject}: {_(each.message, **each.params)}." for each in error.problems),
            )
        except NoInstallation as error:
            _end(
                NOT_SO,
                _(
                    "There is no installation in %(folder)s. Set LMS_DATA_DIR to where one is, or "
                    "make one there with `lms db upgrade`.",
                    folder=error.folder,
                ),
            )
        except DomainError as error:
            _end(NOT_SO, said(error))
        except DBAPIError as error:
            _end(
                NOT_SO,
                _(
                    "The database cannot be used: %(error)s. `lms doctor` looks at everything.",
                    error=str(error.orig).strip(),
                ),
            )

    return run


def _end(code: int, *sentences: str) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)
    raise SystemExit(code) from None


def _inside(run: Callable[[], Any], *, make: bool) -> Any:
    from lms.app import create_app  # the whole house: not for those that only start others

    app = create_app(load(make=make, **_quiet()))
    with app.app_context():
        try:
            return run()
        except DBAPIError:
            if not make:
                refuse_outdated(app.extensions["cabildo.database"].engine)
            raise
        finally:
            app.extensions["cabildo.database"].close()


def _quiet() -> dict[str, Any]:
    """A command says what it has done itself; only warnings are worth a log line beside that."""
    return {} if os.environ.get("LMS_LOG_LEVEL") else {"log_level": "WARNING"}


def _apart(run: Callable[[], Any]) -> Any:
    from lms import wiring

    wiring.connect()
    return run()
