"""What is wrong with a backup, as a sentence for whoever wants to restore it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lms.admin.formats.archive import BadArchive
from lms.admin.formats.checked import NeedsPassphrase
from lms.admin.formats.sealed import WrongPassphrase
from lms.foundation.kernel.errors import N_, Invalid

log = logging.getLogger("lms.backups")


@contextmanager
def sound() -> Iterator[None]:
    """Read a backup inside; whatever cannot be read is refused."""
    try:
        yield
    except NeedsPassphrase:
        raise Invalid(N_("This backup is locked with a passphrase. Give it to open it.")) from None
    except WrongPassphrase:
        raise Invalid(N_("That passphrase does not open this backup.")) from None
    except BadArchive as error:
        # What exactly is wrong in it helps nobody who restores; it is told to the log.
        log.warning("backup refused: %s", error)
        raise Invalid(
            N_("This is no whole backup: it is another file, cut off or damaged. Take another one.")
        ) from error
