"""Identity documents: one way of writing each, what of it may be shown, and when to doubt it."""

from dataclasses import dataclass
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.mx import curp
from stdnum.pe import cui as pe_dni

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import fold

HIDDEN = "•"
_CUI_LENGTH = 13
_CUI_CHECK = 8
_DNI_LENGTH = 8
_CURP_LENGTH = 18
_LONGEST = 30
_SHORTEST = 4


class DocumentKind(StrEnum):
    """The documents people identify themselves with."""

    DPI = "dpi"
    DNI = "dni"
    CURP = "curp"
    PASSPORT = "passport"
    OTHER = "other"


# National documents say their country; the others take the country of their holder.
COUNTRY_OF = {DocumentKind.DPI: "GT", DocumentKind.DNI: "PE", DocumentKind.CURP: "MX"}


@dataclass(frozen=True)
class Document:
    """A document as it is kept. ``doubtful`` means that its check digit does not fit.

    The authorities publish no binding rule, and wrong digits have been printed: a doubtful number
    is asked about once and never refused.
    """

    value: str
    shown: str
    doubtful: bool = False

    @property
    def number(self) -> str:
        return self.value.rpartition(":")[2]


def compact(number: str) -> str:
    """A number without spaces, hyphens and dots, in capital letters."""
    return "".join(ch for ch in fold(number).upper() if ch.isascii() and ch.isalnum())


def document(kind: str, number: str, country: str) -> Document:
    """A document from what was typed; only a number that cannot be one is refused."""
    bare = compact(number)
    match DocumentKind(kind):
        case DocumentKind.DPI:
            found = _dpi(bare)
        case DocumentKind.DNI:
            found = _dni(bare)
        case DocumentKind.CURP:
            found = _curp(bare)
        case _:
            found = _other(bare)
    where = COUNTRY_OF.get(DocumentKind(kind), country)
    return Document(f"{where}:{kind}:{found.value}", found.shown, found.doubtful)


def possible(number: str, countries: tuple[str, ...]) -> list[str]:
    """Every document that a bare number might be, for somebody who signs in with it."""
    bare = compact(number)
    if not _SHORTEST <= len(bare) <= _LONGEST:
        return []
    found = [f"{where}:{kind}:{bare}" for kind, where in COUNTRY_OF.items()]
    if len(bare) == _DNI_LENGTH + 1:
        found.append(f"PE:{DocumentKind.DNI}:{bare[:_DNI_LENGTH]}")
    kinds = (DocumentKind.PASSPORT, DocumentKind.OTHER)
    return found + [f"{where}:{kind}:{bare}" for where in countries for kind in kinds]


def cui_check_digit(first_eight: str) -> int:
    """The check digit that eight figures of a Guatemalan CUI ask for; 10 stands for none."""
    return sum(int(d) * weight for weight, d in enumerate(first_eight, start=2)) % 11


def _dpi(bare: str) -> Document:
    if len(bare) != _CUI_LENGTH or not bare.isdigit():
        raise Invalid(N_("The DPI number (CUI) has 13 figures."))
    doubtful = cui_check_digit(bare[:_CUI_CHECK]) != int(bare[_CUI_CHECK])
    # The last four figures say where somebody was born, so the middle ones are shown.
    return Document(bare, f"{HIDDEN * 4} {bare[4:8]} {HIDDEN * 5}", doubtful)


def _dni(bare: str) -> Document:
    if len(bare) not in (_DNI_LENGTH, _DNI_LENGTH + 1) or not bare[:_DNI_LENGTH].isdigit():
        raise Invalid(N_("The DNI number has 8 figures."))
    doubtful = False
    if len(bare) > _DNI_LENGTH:
        doubtful = bare[_DNI_LENGTH] not in pe_dni.calc_check_digits(bare[:_DNI_LENGTH])
    bare = bare[:_DNI_LENGTH]
    return Document(bare, f"{HIDDEN * 3}{bare[3:6]}{HIDDEN * 2}", doubtful)


def _curp(bare: str) -> Document:
    if len(bare) != _CURP_LENGTH:
        raise Invalid(N_("The CURP has 18 letters and figures."))
    try:
        curp.validate(bare)
        doubtful = False
    except (ValidationError, ValueError):
        doubtful = True
    # Birth date and sex stand from the fifth place on; the first four come from the name.
    return Document(bare, bare[:4] + HIDDEN * (_CURP_LENGTH - 4), doubtful)


def _other(bare: str) -> Document:
    if not _SHORTEST <= len(bare) <= _LONGEST:
        raise Invalid(N_("Write the number of your document, from 4 to 30 letters and figures."))
    third = max(1, len(bare) // 3)
    hidden = HIDDEN * third
    return Document(bare, hidden + bare[third : 2 * third] + HIDDEN * (len(bare) - 2 * third))
