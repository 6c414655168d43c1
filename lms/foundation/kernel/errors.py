"""What can go wrong in the domain, as sentences for the reader.

Messages are message ids in English with named parameters; the edge (web, command line) translates
them into the reader's language, so that rules stay free of locale.
"""

from collections.abc import Mapping
from typing import Any


def N_(message: str) -> str:
    """Mark a message id for translation where it is only stored, not shown."""
    return message


class DomainError(Exception):
    """A refusal with a sentence that says what to do; ``status`` is the HTTP answer it becomes."""

    status = 409

    def __init__(self, message: str, /, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotFound(DomainError):
    """The thing does not exist for this reader (another institution's things included)."""

    status = 404

    def __init__(self, message: str = N_("We could not find that page."), /, **params: Any) -> None:
        super().__init__(message, **params)


class Forbidden(DomainError):
    """The reader belongs here but was not granted this."""

    status = 403

    def __init__(
        self,
        message: str = N_("Your account does not have permission for this."),
        /,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)


class Refused(DomainError):
    """A rule says no, or not now: closed, full, already done."""

    status = 409


class Conflict(DomainError):
    """Somebody else changed the same thing, or the same key came with other content."""

    status = 409


class Invalid(DomainError):
    """The input cannot be taken as it is; ``fields`` names what to mend, field by field."""

    status = 422

    def __init__(
        self, message: str, /, *, fields: Mapping[str, str] | None = None, **params: Any
    ) -> None:
        super().__init__(message, **params)
        self.fields = dict(fields or {})


class Unavailable(DomainError):
    """Something outside our rules failed for now (database, disk); trying again later helps."""

    status = 503


class TooMany(DomainError):
    """Asked too often; ``retry_after`` is in seconds."""

    status = 429

    def __init__(self, message: str, /, *, retry_after: int, **params: Any) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after
