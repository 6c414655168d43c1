"""What stands in the settings that somebody may regret."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.foundation.kernel.errors import N_


@dataclass(frozen=True)
class Chosen:
    """The settings that advice is about, as plain values."""

    public_url: str
    mail_url: str
    mail_from: str
    proxies: int
    backup_hour: int
    has_passphrase: bool
    same_disk: bool


LOCAL = N_(
    "People cannot open this address from elsewhere, and it is printed in every document. Set the "
    "address under which the site is reached before the first document is issued."
)
PLAIN = N_("Passwords travel unprotected. Use an https address.")
NO_MAIL = N_("E-mails leave the site for nobody: they are only written to files.")
FROM_NOWHERE = N_("Mail servers refuse letters from such an address. Set one of your own domain.")
NO_BACKUPS = N_("No backup is made by itself.")
NOT_LOCKED = N_("Backups hold everybody's data and are not locked. Set a passphrase.")
SAME_DISK = N_("Backups lie on the same disk as the data: if it dies, so do they.")


def advice(chosen: Chosen) -> Iterator[tuple[str, str]]:
    """Each setting that deserves a second look, with the reason as a message id."""
    host = chosen.public_url.partition("://")[2].partition("/")[0].partition(":")[0]
    local = host in {"localhost", "127.0.0.1", "0.0.0.0", "[", "::1"}  # noqa: S104 (a name)
    if local:
        yield "LMS_PUBLIC_URL", LOCAL
    elif not chosen.public_url.startswith("https://"):
        yield "LMS_PUBLIC_URL", PLAIN
    if not chosen.mail_url.startswith(("smtp:", "smtps:")):
        yield "LMS_MAIL_URL", NO_MAIL
    elif chosen.mail_from.endswith("@localhost"):
        yield "LMS_MAIL_FROM", FROM_NOWHERE
    if chosen.backup_hour < 0:
        yield "LMS_BACKUP_HOUR", NO_BACKUPS
    if chosen.same_disk:
        yield "LMS_BACKUP_DIR", SAME_DISK
    if not chosen.has_passphrase:
        yield "LMS_BACKUP_PASSPHRASE", NOT_LOCKED
