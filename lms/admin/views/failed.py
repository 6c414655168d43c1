"""A failure as an administrator reads it: what it means, what helps, the technical detail apart."""

from dataclasses import dataclass

from lms.admin.rules.failures import explain
from lms.foundation.jobs.runner import said_in
from lms.foundation.locale.words import gettext as _


@dataclass(frozen=True)
class Shown:
    """What failed. ``technical`` is what the program wrote."""

    said: str
    remedy: str
    technical: str


def shown(error: str | None) -> Shown | None:
    """The words for an error that was written down; nothing where nothing failed."""
    if not error:
        return None
    ours = said_in(error)
    if ours is not None:
        message, params = ours
        sentence = _(message)
        return Shown(sentence % params if params else sentence, "", error)
    failure = explain(error)
    return Shown(_(failure.said), _(failure.remedy), error)
