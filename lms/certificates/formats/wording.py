"""What a document says, in each language it can be written in.

A document keeps the language it was issued in, whoever looks at it, so these sentences do not go
through the translations of the site. Whoever compares it on a page reads the same figures in a
language of their own, if documents can be written in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale

from lms.certificates.formats.record import Record


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; ``{…}`` are filled in from the record."""

    certifies: str
    passed: str
    recognised: str
    of_programme: str
    duration: str
    period: str
    mode: str
    modes: Mapping[str, str]
    hour: str
    hours: str
    academic_hour: str
    academic_hours: str
    grade: str
    grade_by_country: Mapping[str, str]
    grade_shown: str
    number: str
    folio: str
    register: str
    code: str
    verify: str
    edition: str
    sample: str
    sample_note: str
    qr: str
    attached: str
    credential: str
    proof: str
    signature: str
    holder: str
    document: str
    course: str
    programme: str
    issued: str
    back: str
    pocket_says: str
    pocket_steps: tuple[str, ...]
    pocket_note: str
    pocket_qr: str
    pocket_room: str
    months: tuple[str, ...]
    day: str
    same_month: str
    same_year: str
    years: str


SPANISH = Wording(
    certifies="Se hace constar que",
    passed="aprobó el curso",
    recognised="tiene por convalidado, por haberlo aprobado en otra institución, el curso",
    of_programme="del programa",
    duration="Duración",
    period="Periodo",
    mode="Modalidad",
    modes={"online": "En línea", "blended": "Semipresencial", "in_person": "Presencial"},
    hour="1 hora",
    hours="{hours} horas",
    academic_hour="1 hora académica de {minutes} minutos",
    academic_hours="{hours} horas académicas de {minutes} minutos",
    grade="Nota",
    grade_by_country={"MX": "Calificación"},
    grade_shown="{grade} de {scale} (mínima: {least})",
    number="Registro n.º",
    folio="Libro {book}, folio {folio}",
    register="Libro de registro",
    code="Código",
    verify="Compruebe este documento con el código QR o en",
    edition="Edición {edition}: sustituye a la anterior.",
    sample="Muestra",
    sample_note="Sin validez oficial",
    qr="Código QR para comprobar este documento en {url}",
    attached="Los datos de este documento, tal como constan en el registro",
    credential="El documento para programas (Open Badges 3.0), firmado",
    proof="La prueba de que este documento está en el registro público",
    signature="Firma electrónica de {institution}",
    holder="Titular",
    document="Documento",
    course="Curso",
    programme="Programa",
    issued="Lugar y fecha",
    back="Para comprobarlo sin conexión",
    pocket_says="Este código lleva estos datos, firmados. Un teléfono los comprueba sin red.",
    pocket_steps=(
        "Con conexión, abra una vez {address}: el teléfono guarda llaves y lista de estados.",
        "Sin conexión, abra esa página y apunte la cámara al código, o elija una foto de él.",
        "Compare lo que muestre con los dos lados del papel. Si algo no coincide, no lo acepte.",
    ),
    pocket_note="La lista de estados dice qué documentos ya no valían el día en que se guardó. Con "
    "conexión se comprueba el estado de hoy.",
    pocket_qr="Código QR firmado, con los datos de este documento",
    pocket_room="Anotaciones y sellos",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
        "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    day="{day} de {month} de {year}",
    same_month="del {first} al {day} de {month} de {year}",
    same_year="del {first} de {first_month} al {day} de {month} de {year}",
    years="del {first} de {first_month} de {first_year} al {day} de {month} de {year}",
)  # fmt: skip

ENGLISH = Wording(
    certifies="This is to certify that",
    passed="passed the course",
    recognised="is recognised, having passed it at another institution, for the course",
    of_programme="of the programme",
    duration="Duration",
    period="Period",
    mode="Mode",
    modes={"online": "Online", "blended": "Blended", "in_person": "In person"},
    hour="1 hour",
    hours="{hours} hours",
    academic_hour="1 academic hour of {minutes} minutes",
    academic_hours="{hours} academic hours of {minutes} minutes",
    grade="Grade",
    grade_by_country={},
    grade_shown="{grade} of {scale} (pass mark: {least})",
    number="Register no.",
    folio="Book {book}, folio {folio}",
    register="Register book",
    code="Code",
    verify="Verify this document with the QR code or at",
    edition="Edition {edition}: replaces the one before.",
    sample="Sample",
    sample_note="Not officially valid",
    qr="QR code to verify this document at {url}",
    attached="The data of this document as it stands in the register",
    credential="The document as a verifiable credential (Open Badges 3.0), signed",
    proof="The proof that this document is in the public register",
    signature="Electronic signature of {institution}",
    holder="Holder",
    document="Document",
    course="Course",
    programme="Programme",
    issued="Place and date",
    back="To verify it without a network",
    pocket_says="This code holds these data, signed. A telephone verifies them without a network.",
    pocket_steps=(
        "With a connection, open {address} once: your phone keeps keys and list of states.",
        "Without one, open that page and point its camera at the code, or choose a photo of it.",
        "Compare what it shows with both sides of the paper. If something differs, refuse it.",
    ),
    pocket_note="The list of states says which documents no longer held on the day it was kept. "
    "With a connection you see the state of today.",
    pocket_qr="Signed QR code with the data of this document",
    pocket_room="Remarks and stamps",
    months=(
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
    day="{month} {day}, {year}",
    same_month="{month} {first} to {day}, {year}",
    same_year="{first_month} {first} to {month} {day}, {year}",
    years="{first_month} {first}, {first_year} to {month} {day}, {year}",
)  # fmt: skip

WORDINGS = {"es": SPANISH, "en": ENGLISH}


def wording(record: Record) -> Wording:
    """The sentences of the language the document is issued in."""
    return WORDINGS[record.language]


def wording_for(record: Record, language: str) -> Wording:
    """The sentences for a reader of this language; the document's own where it has none."""
    return WORDINGS.get(language) or wording(record)


def place(record: Record) -> str:
    """The institution's place with its country, which is not said twice."""
    territories: Mapping[str, str] = Locale.parse(record.language).territories
    country = territories.get(record.institution.country, "")
    where = record.institution.place
    return f"{where}, {country}" if country and not where.endswith(country) else where


def facts(record: Record, words: Wording) -> list[tuple[str, str]]:
    """The figures of the course, each under its heading."""
    shown = [(words.duration, _hours(record, words))]
    if record.kind == "course_recognition":
        return shown  # when and how it was taught is for the other institution to say
    shown += [
        (words.period, span(words, record.starts_on, record.ends_on)),
        (words.mode, words.modes[record.mode]),
    ]
    if record.grade is not None:
        heading = words.grade_by_country.get(record.institution.country, words.grade)
        grade = words.grade_shown.format(
            grade=record.grade.shown, scale=record.grade.scale, least=record.pass_mark
        )
        shown.append((heading, grade))
    return shown


def deed(record: Record, words: Wording) -> str:
    """What the holder has done: passed the course here, or had it recognised."""
    return words.recognised if record.kind == "course_recognition" else words.passed


def dated(record: Record, words: Wording) -> str:
    """Where and when it was issued."""
    return f"{record.issued_place}, {_day(words, record.issued_on)}"


def on_folio(record: Record, words: Wording) -> str:
    """The book and the folio it is written on; nothing for one that is older than the folios."""
    return words.folio.format(book=record.book, folio=record.folio) if record.book else ""


def span(words: Wording, first: date, last: date) -> str:
    """From one day to another, saying month and year once where they are the same."""
    if first == last:
        return _day(words, last)
    if first.year != last.year:
        form = words.years
    elif first.month != last.month:
        form = words.same_year
    else:
        form = words.same_month
    return form.format(
        first=first.day,
        first_month=words.months[first.month - 1],
        first_year=first.year,
        day=last.day,
        month=words.months[last.month - 1],
        year=last.year,
    )


def _day(words: Wording, day: date) -> str:
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def _hours(record: Record, words: Wording) -> str:
    one = record.hours == 1
    if record.hour_minutes == 60:
        return words.hour if one else words.hours.format(hours=record.hours)
    form = words.academic_hour if one else words.academic_hours
    return form.format(hours=record.hours, minutes=record.hour_minutes)
