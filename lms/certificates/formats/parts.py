"""The pieces of a document's record: names, institution, grade, signers."""

import unicodedata
from dataclasses import dataclass, fields
from typing import ClassVar

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.hues import HUES
from lms.foundation.kernel.text import one_line
from lms.people.rules.names import name_of

LONGEST = 200
# Control, format, surrogate, private and unassigned characters: none can be printed, and a format
# character can turn a name around so that eyes and machines read two different ones.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def wrong(name: str) -> Invalid:
    """The refusal of one field of a record."""
    return Invalid(N_("The record of this document is not right: %(field)s."), field=name)


@dataclass(frozen=True)
class Part:
    """A piece of a record. Its texts are kept composed, trimmed and on one line."""

    optional: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, str):
                continue
            text = one_line(value)
            if not text and field.name not in self.optional:
                raise wrong(field.name)
            if len(text) > LONGEST or any(unicodedata.category(ch) in _UNSEEN for ch in text):
                raise wrong(field.name)
            object.__setattr__(self, field.name, text)


@dataclass(frozen=True)
class Holder(Part):
    """Whom it is about: the names exactly as the person writes them, never title-cased."""

    given_names: str
    first_surname: str
    second_surname: str = ""

    optional = ("second_surname",)

    @property
    def surnames(self) -> str:
        return name_of(self).surnames

    @property
    def full_name(self) -> str:
        return name_of(self).full


@dataclass(frozen=True)
class Institution(Part):
    """Who attests it. ``country`` is its ISO 3166 code, ``hue`` the name of its colour."""

    name: str
    place: str
    country: str
    hue: str = "petrol"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.hue not in HUES:
            raise wrong("hue")


@dataclass(frozen=True)
class Grade(Part):
    """The grade as it is printed, already rounded by rule: ``87.5`` on a scale to ``100``."""

    shown: str
    scale: str


@dataclass(frozen=True)
class Signer(Part):
    """Who answers for it, with the post held on the day of issue."""

    name: str
    position: str
