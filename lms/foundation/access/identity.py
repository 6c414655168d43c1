"""Who is asking: an identity frozen for one request."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant
from lms.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Looker:
    """Somebody of the staff who sees the site as another person sees it, and changes nothing.

    ``whom`` is the other's name; ``until`` is when the look is over by itself.
    """

    person_id: int
    whom: str
    until: datetime


@dataclass(frozen=True)
class Identity:
    """A signed-in person with everything that decides what they may do and how it is shown.

    ``ties`` are the institutions the person stands in some relation to (a grant, an enrollment):
    there a refusal is "you may not"; elsewhere the thing does not exist for them. ``seen_by`` is
    the one who really looks, when somebody of the staff sees the site as this person.
    """

    person_id: int
    person_uid: str
    session_id: int
    short_name: str
    grants: tuple[Grant, ...] = ()
    ties: frozenset[int] = frozenset()
    language: str = "es"
    zone: str | None = None
    channel: str = "web"
    seen_by: Looker | None = None
    unread: int = 0

    signed_in = True

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants) | {Role.PARTICIPANT}

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)

    @property
    def actor(self) -> Actor:
        if self.seen_by is not None:
            return Actor(self.seen_by.person_id, self.channel, self.person_id)
        return Actor(self.person_id, self.channel)


@dataclass(frozen=True)
class Visitor:
    """Somebody who has not signed in."""

    language: str | None = None
    zone: str | None = None

    signed_in = False
    is_staff = False
    short_name = ""
    grants: tuple[Grant, ...] = ()
    roles: frozenset[str] = frozenset()
    seen_by: Looker | None = None
    unread = 0

    @property
    def actor(self) -> Actor:
        return Actor(None)
