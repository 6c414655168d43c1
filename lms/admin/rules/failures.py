"""What failed, in words for an administrator: what it means, and what to do about it."""

import re
from dataclasses import dataclass

from lms.foundation.kernel.errors import N_


@dataclass(frozen=True)
class Failure:
    """A sentence, and another that says what helps; both are message ids."""

    said: str
    remedy: str


_AGAIN = N_("It is tried again by itself; repeat it when the cause is put right.")
UNKNOWN = Failure(
    N_("Something happened that the program did not foresee."),
    N_("Give the technical detail to whoever looks after the installation."),
)
_KNOWN: tuple[tuple[str, Failure], ...] = (
    (
        r"SMTPAuthenticationError",
        Failure(
            N_("The mail server did not accept the user or the password."),
            N_("Check LMS_MAIL_URL under Settings and send a test e-mail."),
        ),
    ),
    (
        r"SMTPRecipientsRefused|SMTPSenderRefused|SMTPDataError|^5\d\d ",
        Failure(
            N_("The mail server refused this e-mail."),
            N_("Read what it answered; often the address is wrong or its mailbox is full."),
        ),
    ),
    (
        r"SMTPConnectError|SMTPServerDisconnected|SMTPHeloError|SMTPNotSupportedError|SMTPException",
        Failure(
            N_("The mail server ended the conversation."),
            N_("Send a test e-mail under Settings; if it fails too, ask whoever runs that server."),
        ),
    ),
    (
        r"gaierror|Name or service not known|nodename nor servname",
        Failure(
            N_("The name of a server was not found."),
            N_("Check the address under Settings and the network of this machine."),
        ),
    ),
    (
        r"ConnectionRefused|Connection refused",
        Failure(
            N_("A server did not answer: it is switched off, or the address is another."),
            _AGAIN,
        ),
    ),
    (r"[Tt]imed? ?out", Failure(N_("A server took too long to answer."), _AGAIN)),
    (
        r"SSL|certificate verify",
        Failure(
            N_("The server's certificate is not valid."),
            N_("Its owner must renew it; until then nothing is sent, so that nobody reads along."),
        ),
    ),
    (
        r"No space left|disk is full|database or disk is full|Errno 28",
        Failure(N_("The disk is full."), N_("Make room, then repeat it.")),
    ),
    (
        r"PermissionError|Permission denied|Errno 13|readonly database",
        Failure(
            N_("The program may not write where it must."),
            N_("Give the data folder to the user that runs the site."),
        ),
    ),
    (
        r"FileNotFoundError|NoSuchKey",
        Failure(
            N_("A file that is on record is not in the store."),
            N_("Bring it back from a backup."),
        ),
    ),
    (
        r"OperationalError|database is locked|InterfaceError|server closed the connection",
        Failure(N_("The database could not be reached."), _AGAIN),
    ),
    (r"MemoryError", Failure(N_("The machine has too little memory."), _AGAIN)),
    (
        r"^KeyError: '[a-z_]+\.[a-z_]+'",
        Failure(
            N_("This version knows no task of that name: another version asked for it."),
            N_("Stop it, or install the version that knows it."),
        ),
    ),
    (
        r"NoResultFound|ObjectDeletedError|NotFound",
        Failure(
            N_("What it was about is not there any more."),
            N_("Nothing has to be done; stop it."),
        ),
    ),
)


def explain(error: str) -> Failure:
    """What an error means that a program wrote down."""
    for pattern, failure in _KNOWN:
        if re.search(pattern, error):
            return failure
    return UNKNOWN
