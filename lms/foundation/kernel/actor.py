"""Who does something: a person through some channel, or the system itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The one an action is done by, as the audit log will name them."""

    person_id: int | None
    channel: str = "web"
    acting_as: int | None = None


SYSTEM = Actor(None, "system")
COMMAND_LINE = Actor(None, "cli")
