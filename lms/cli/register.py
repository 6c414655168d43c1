"""`lms register`: the public register of documents, checked as a whole."""

import click

from lms.certificates.queries.audit import check as check_all
from lms.cli.running import NOT_SO
from lms.cli.speech import _, group
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.queries import published
from lms.foundation.web.reading import database


@group()
def register() -> None:
    """The register: every document and every act on one, as a log that anyone can follow."""


@register.command()
def check() -> None:
    """Prove the register against the database and everything that was ever published.

    Names the first row that disagrees, and then ends with 1.
    """
    with database().reading() as session:
        publics = [each.public for each in published(session, Purpose.LOG)]
        found = check_all(session, publics)
    if found.wrong is not None:
        click.echo(_(found.wrong.message, **found.wrong.params), err=True)
        raise SystemExit(NOT_SO)
    click.echo(
        _(
            "Marks: %(leaves)s. Checkpoints: %(checkpoints)s. All agree.",
            leaves=found.leaves,
            checkpoints=found.checkpoints,
        )
    )
