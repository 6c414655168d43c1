"""What a printed act says, in the language of its programme, whoever prints it."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.acts.rules.outcomes import Outcome
from lms.foundation.kernel.points import Rounding


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; ``{…}`` are filled in from the record."""

    act: str
    programme_act: str
    amending_act: str
    amends: str
    reason: str
    authority: str
    number: str
    programme: str
    course: str
    cohort: str
    period: str
    hours: str
    closed_on: str
    scale: str
    rounding: Mapping[str, str]
    people: str
    columns: tuple[str, str, str, str, str]
    before: str
    new: str
    outcomes: Mapping[Outcome, str]
    total: str
    signatures: str
    site: str
    paper: str
    waiting: str
    seal: str
    hash: str
    page: str
    sample: str
    attached: str


SPANISH = Wording(
    act="Acta de notas",
    programme_act="Acta final del programa",
    amending_act="Acta rectificativa",
    amends="Rectifica el acta",
    reason="Motivo",
    authority="Por decisión de",
    number="N.º",
    programme="Programa",
    course="Curso",
    cohort="Promoción",
    period="Periodo",
    hours="Horas",
    closed_on="Cerrada el",
    scale="Escala de 0 a {top}; nota mínima {least}; {rounding}",
    rounding={
        Rounding.INTEGER_HALF_UP: "redondeo al entero, el medio punto sube",
        Rounding.ONE_DECIMAL_HALF_UP: "redondeo a un decimal, el medio sube",
    },
    people="Personas",
    columns=("N.º", "Apellidos y nombres", "Documento", "Resultado", "Nota"),
    before="Antes",
    new="No constaba",
    outcomes={
        Outcome.PASSED: "Aprobó",
        Outcome.RECOGNISED: "Convalidado",
        Outcome.FAILED: "No aprobó",
        Outcome.ABSENT: "No se presentó",
        Outcome.WITHDRAWN: "Retiro",
    },
    total="Total",
    signatures="Firmas",
    site="Firmada en el sitio, con su cuenta, el {day}",
    paper="Firmada en papel el {day}",
    waiting="Pendiente de firma",
    seal="Sello",
    hash="Huella de los datos (SHA-256)",
    page="Página {page} de {pages}",
    sample="Muestra sin validez oficial",
    attached="Los datos de esta acta",
)
ENGLISH = Wording(
    act="Grade act",
    programme_act="Final act of the programme",
    amending_act="Amending act",
    amends="Amends act",
    reason="Reason",
    authority="By decision of",
    number="No.",
    programme="Programme",
    course="Course",
    cohort="Cohort",
    period="Period",
    hours="Hours",
    closed_on="Closed on",
    scale="Scale 0 to {top}; pass mark {least}; {rounding}",
    rounding={
        Rounding.INTEGER_HALF_UP: "rounded to a whole number, half up",
        Rounding.ONE_DECIMAL_HALF_UP: "rounded to one decimal, half up",
    },
    people="People",
    columns=("No.", "Surnames and given names", "Document", "Outcome", "Grade"),
    before="Before",
    new="Not listed",
    outcomes={
        Outcome.PASSED: "Passed",
        Outcome.RECOGNISED: "Recognised",
        Outcome.FAILED: "Did not pass",
        Outcome.ABSENT: "Did not attend",
        Outcome.WITHDRAWN: "Withdrew",
    },
    total="Total",
    signatures="Signatures",
    site="Signed on the site, by their account, on {day}",
    paper="Signed on paper on {day}",
    waiting="To be signed",
    seal="Seal",
    hash="Fingerprint of the data (SHA-256)",
    page="Page {page} of {pages}",
    sample="Sample, not officially valid",
    attached="The data of this act",
)
WORDINGS = {"es": SPANISH, "en": ENGLISH}


def wording(language: str) -> Wording:
    """The sentences of a language; Spanish where acts are not written in it."""
    return WORDINGS.get(language, SPANISH)
