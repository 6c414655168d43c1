"""When a draft needs a second pair of eyes, and who may be that second person."""

from enum import StrEnum

from lms.foundation.kernel.errors import N_, Refused

LONGEST_REASON = 500


class RequestState(StrEnum):
    """What became of a request to publish."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


WORDS = {
    RequestState.WAITING: N_("waiting for an answer"),
    RequestState.APPROVED: N_("approved and published"),
    RequestState.DECLINED: N_("declined"),
    RequestState.WITHDRAWN: N_("withdrawn"),
}


def decide(state: str, asked_by: int | None, decides: int | None) -> None:
    """A request is decided once, and never by whoever made it. Raises Refused."""
    if state != RequestState.WAITING:
        raise Refused(N_("It was decided already. Look at it again."))
    if decides is None or asked_by == decides:
        raise Refused(N_("Another person has to look at it: nobody approves their own."))


def publish_alone(two_persons: bool) -> None:
    """Where the institution asks for two persons, nobody publishes alone. Raises Refused."""
    if two_persons:
        raise Refused(
            N_("The institution asks that another person approve it. Ask for its publication.")
        )
