"""Documents to be written out, in the order of the register."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.models import Credential
from lms.certificates.rules.numbers import FIGURES, printed

PIECE = 500


@dataclass(frozen=True, slots=True)
class ToExport:
    """One edition with its files; ``newest`` is the one that stands for its number."""

    number: str
    edition: int
    newest: bool
    sealed_sha256: str | None
    vc_sha256: str | None


def documents(session: Session, number: str | None = None) -> Iterator[ToExport]:
    """All editions of one number, or of every number there is, read a piece at a time."""
    wanted = select(
        Credential.id,
        Credential.series,
        Credential.number,
        Credential.edition,
        Credential.status,
        Credential.sealed_sha256,
        Credential.vc_sha256,
    ).order_by(Credential.id)
    if number is not None:
        series, _, count = number.rpartition("-")
        if not count.isascii() or not count.isdigit() or len(count) < FIGURES:
            return
        wanted = wanted.where(Credential.series == series, Credential.number == int(count))
    after = 0
    while rows := session.execute(wanted.where(Credential.id > after).limit(PIECE)).all():
        for row in rows:
            yield ToExport(
                printed(row.series, row.number),
                row.edition,
                row.status != "superseded",
                row.sealed_sha256,
                row.vc_sha256,
            )
        after = rows[-1].id
