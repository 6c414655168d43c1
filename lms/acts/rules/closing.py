"""Closing an act: once, when nothing is open, by somebody who has read how many it is about."""

from collections.abc import Sequence

from lms.acts.rules.blockers import Blocker
from lms.foundation.kernel.errors import N_, Invalid, Refused


def check_closing(
    open_things: Sequence[Blocker], *, is_closed: bool, people: int, confirmed: int
) -> None:
    """An act is closed once, when nothing blocks it and the number of people was written rightly.

    Raises Refused, or Invalid beside the number.
    """
    if is_closed:
        raise Refused(N_("This act is closed already."))
    if open_things:
        raise Refused(N_("The act cannot be closed yet: see below what has to be settled first."))
    if confirmed != people:
        said = N_("The act has %(people)s people. Look at the list again and write that number.")
        raise Invalid(said, fields={"confirmed": said}, people=people)
