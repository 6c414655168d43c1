"""Why a file could not be made, in words for whoever is not to read a program's own."""

import re

from lms.foundation.kernel.errors import N_

NO_ROOM = N_("There is no room left on the disk.")
NO_STORE = N_("The place where files are kept could not be reached.")
UNKNOWN = N_("Something unexpected happened. The details are in the log of the site.")

_NO_ROOM = re.compile(r"no space left|disk quota exceeded|disk is full", re.I)
_STORE = re.compile(r"(?:\w+\.)*(?:\w*(?:OS|Permission|NotFound|Connection|Client|Timeout)Error)\b")


def said(error: str) -> str:
    """What a registrar can tell the administrator; what the program wrote stays in the log, for it
    may name paths, addresses or people."""
    if _NO_ROOM.search(error):
        return NO_ROOM
    return NO_STORE if _STORE.match(error) else UNKNOWN
