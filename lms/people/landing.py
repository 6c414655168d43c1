"""Where somebody arrives who asks for no page: staff where their work is, others at home."""

from collections.abc import Iterable

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import held
from lms.foundation.access.scopes import Grant


def landing(grants: Iterable[Grant]) -> str:
    """The endpoint of the first page of whoever holds these grants."""
    return "desk.staff" if held(grants, Permission.STAFF_ROOM) else "desk.home"
