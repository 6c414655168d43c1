"""E-mail addresses: how they are compared, and when one cannot be right."""

import re

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line

LONGEST = 254
LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


def email(typed: str) -> str:
    """The address as it is kept and compared: small letters, no spaces around it."""
    text = one_line(typed)
    local, at, domain = text.rpartition("@")
    if not at or not local or " " in text:
        raise Invalid(N_("Write the whole address, for example rosa@example.org."))
    if not local.isascii():
        raise Invalid(N_("An e-mail address has no accents before the @. Check it."))
    try:
        domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Invalid(N_("Check what stands after the @.")) from error
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        raise Invalid(N_("Check what stands after the @."))
    if not _LOCAL.match(local) or len(local) > LONGEST_LOCAL or len(local) + len(domain) >= LONGEST:
        raise Invalid(N_("Write the whole address, for example rosa@example.org."))
    return f"{local.lower()}@{domain}"
