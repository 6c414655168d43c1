"""What a file says otherwise than the document that was issued, field by field."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A field: what was issued, and what the file says; nothing where it does not say it."""

    name: str
    issued: str
    said: str


def differences(
    issued: Sequence[tuple[str, str]], said: Mapping[str, str] | None, words: str
) -> Sequence[Difference]:
    """The fields in which a file departs from what was issued.

    ``said`` are the fields of the record that the file carries, if it carries one; ``words`` are
    those on its page, where each value must stand, however its lines are broken.
    """
    page = _bare(words)
    found = []
    for name, value in issued:
        claimed = value if said is None else said.get(name, "")
        if claimed != value:
            found.append(Difference(name, value, claimed))
        elif _bare(value) not in page:
            found.append(Difference(name, value, ""))
    return found


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
