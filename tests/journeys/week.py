"""What somebody brings along to a first week: two pictures, questions of a document, a bad list."""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw

from tests.journeys.people import Newcomer, newcomer

TITLE = "Atención en ventanilla"
COURSE = "Atención al público"
MODULES = ("Recibir", "Responder")
LESSONS = ("La persona que llega", "La constancia", "El plazo")
QUIZ = "Evaluación del curso"
COHORT = "Promoción de la semana"
TYPO, RIGHT = "solcitud", "solicitud"
TEXT = (
    "## La ventanilla\n\nQuien llega a la ventanilla no tiene que decir para qué quiere la"
    f" información. Quien atiende escribe la {TYPO} y entrega una constancia con la fecha.\n"
)
PEOPLE = 40
PASTED = "".join(
    f"{number}. En el caso {number}, ¿quién recibe?\r\na) El concejo {number}\r\n"
    f"*b) La ventanilla {number}\r\n\r\n"
    for number in range(1, 8)
) + "".join(
    f"{number}) La copia {number} es gratuita.\r\nRespuesta: Falso\r\n\r\n"
    for number in range(8, 15)
)
"""Fourteen questions as a word processor gives them."""
_HEADING = "No.\tApellidos y nombres \tD.P.I.\tCorreo electrónico\tCel.\tMunicipio\tPuesto"
_GIVEN = ("José Ángel", "Águeda", "Íñigo", "María de los Ángeles", "Ixchel")


def picture(folder: Path, name: str) -> Path:
    """A photograph as a telephone takes it: larger than any page shows it."""
    path = folder / name
    image = Image.linear_gradient("L").resize((2400, 1600)).convert("RGB")
    ImageDraw.Draw(image).rectangle((300, 300, 1500, 1100), fill="#0b5a66")
    image.save(path, quality=90)
    return path


@dataclass(frozen=True)
class List:
    """A list as it is pasted, its people, and what is written into each row that is wrong."""

    text: str
    people: list[Newcomer]
    mended: dict[int, dict[str, str]]


def bad_list(known: str, address: str) -> List:
    """Forty people, one of whom has an account already (``known``), and all that goes wrong."""
    people = [
        replace(newcomer(), given=_GIVEN[n % 5], first=f"Pérez{'ó' * (n % 2)}") for n in range(39)
    ]
    rows = [
        [
            str(at),
            f"{each.first} {each.second}, {each.given} ",
            each.dpi,
            each.email,
            "",
            "Cobán",
            " Oficial",
        ]
        for at, each in enumerate(people, 1)
    ]
    rows[2][3] = f"  {rows[2][3].upper()}  "  # not wrong
    rows[4][3] = rows[4][3].replace("@", ".")
    rows[8][3] = rows[8][3].replace("@", "@@")
    rows[14][2] = rows[14][2][:-1]
    rows[19][2:4] = rows[19][3:1:-1]  # in each other's column
    rows[30][2:4] = ["", ""]
    rows += [["40", known, "", address, "", "", ""], rows[6], [""] * 7]
    text = "\r\n".join([_HEADING, *("\t".join(row) for row in rows), ""])
    document, mail = "Número de documento", "Correo"
    return List(
        text,
        people,
        {
            5: {mail: people[4].email},
            9: {mail: people[8].email},
            15: {document: people[14].dpi},
            20: {document: people[19].dpi, mail: people[19].email},
            31: {mail: people[30].email},
        },
    )
