"""Addresses that letters and documents carry. A test compares them with the pages themselves."""

from uuid import UUID


def own(credential: UUID) -> str:
    """The document, for its holder."""
    return f"/constancias/{credential}.pdf"


def verification(code: str) -> str:
    """The page that says whether the document holds, within the site."""
    return f"/v/{code}"


def public(public_url: str, code: str) -> str:
    """Where anyone can verify the document: printed on it, promised for ever."""
    return f"{public_url}/v/{code}"
