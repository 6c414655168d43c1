"""Invitation keys: for how many people, until when, and whether one still opens anything."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.foundation.kernel.errors import N_, Invalid

MOST_USES = 10_000
LONGEST_NOTE = 120


class KeyState(StrEnum):
    """What a key is good for today."""

    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used_up"


@dataclass(frozen=True)
class Key:
    """An invitation key of a cohort."""

    uses_left: int
    expires_on: date
    is_revoked: bool = False

    def state(self, today: date) -> KeyState:
        """A key holds to the end of its last day where the institution is."""
        if self.is_revoked:
            return KeyState.REVOKED
        if today > self.expires_on:
            return KeyState.EXPIRED
        return KeyState.GOOD if self.uses_left > 0 else KeyState.USED_UP


WORDS = {
    KeyState.GOOD: (N_("In use"), "good"),
    KeyState.REVOKED: (N_("Revoked"), ""),
    KeyState.EXPIRED: (N_("Expired"), ""),
    KeyState.USED_UP: (N_("Used up"), "info"),
}
_REFUSED = {
    KeyState.REVOKED: N_("That key was revoked. Ask for a new one."),
    KeyState.EXPIRED: N_("That key has expired. Ask for a new one."),
    KeyState.USED_UP: N_("That key has been used up. Ask for a new one."),
}


def check(uses: int, until: date, note: str, today: date) -> None:
    """A key is for somebody, and for some time."""
    if not 1 <= uses <= MOST_USES:
        said = N_("A key is for at least one person.")
        raise Invalid(said, fields={"uses": said})
    if until < today:
        said = N_("A key cannot expire before today.")
        raise Invalid(said, fields={"until": said})
    if len(note) > LONGEST_NOTE:
        said = N_("Write at most 120 characters.")
        raise Invalid(said, fields={"note": said})


def check_key(key: Key | None, today: date) -> None:
    """A key opens its own cohort, as often as it was made for, until its last day."""
    if key is None:
        said = N_("That key does not open this cohort. Check it letter by letter.")
    elif (state := key.state(today)) is not KeyState.GOOD:
        said = _REFUSED[state]
    else:
        return
    raise Invalid(said, fields={"key": said})
