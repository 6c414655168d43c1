"""Somebody who is not known here yet, with all that the form to register asks for."""

from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Page, expect

from lms.people.formats.documents import cui_check_digit
from tests.journeys.house import House, address_of
from tests.journeys.walking import press, sign_in

PASSWORD = "tortillas con frijol"
_numbers = count(1)


@dataclass(frozen=True)
class Newcomer:
    """A person of Alta Verapaz; no two have an address, a telephone or a document alike."""

    number: int
    email: str
    phone: str
    dpi: str
    given: str = "María Fernanda"
    first: str = "Q’eqchi’"
    second: str = "Ñáñez"

    @property
    def name(self) -> str:
        return f"{self.given} {self.first} {self.second}"

    def fields(self) -> dict[str, str]:
        """The form to register, by label."""
        return {
            "Nombres": self.given,
            "Primer apellido": self.first,
            "Segundo apellido (opcional)": self.second,
            "Correo": self.email,
            "Teléfono": self.phone,
            "Número de documento": self.dpi,
            "Departamento, región o estado": "Alta Verapaz",
            "Municipio o distrito": "Cobán",
            "Cargo u ocupación": "Secretaria municipal",
            "Contraseña": PASSWORD,
        }


def newcomer() -> Newcomer:
    """Somebody new."""
    number = next(_numbers)
    # Ten stands for no check digit: that number is not given to anybody.
    root = next(
        r for r in (f"{n:08}" for n in count(41000000 + number * 20)) if cui_check_digit(r) < 10
    )
    dpi = f"{root[:4]} {root[4:]}{cui_check_digit(root)} 1601"
    return Newcomer(number, f"mafer{number}@example.org", f"5512 {3000 + number}", dpi)


def fill(page: Page, fields: dict[str, str]) -> None:
    """Write into the fields of a form, by label."""
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)


def settle(house: House, who: Newcomer) -> str:
    """Give somebody an account by the command, their name confirmed; returns the password."""
    said = house.lms(
        "users", "create", "--given-names", who.given, "--first-surname", who.first,
        "--second-surname", who.second, "--email", who.email, "--by", "prueba",
    )  # fmt: skip
    return said.strip().rpartition("\t")[2]


def confirm_name(page: Page) -> None:
    """Agree with one's name as it will stand on the diploma."""
    page.goto("/cuenta/nombre")
    press(page, "Sí, mi nombre es correcto")


def take_seat(page: Page, programme: str, cohort: str) -> str:
    """Take a seat in a cohort whose door is open; returns the address of the classroom."""
    confirm_name(page)
    page.goto(f"/cursos/{programme}")
    offer = page.get_by_role("article").filter(has_text=cohort)
    offer.get_by_role("link", name="Solicitar inscripción").click()
    press(page, "Inscribirse")
    expect(page.get_by_text(f"Tiene un cupo en {cohort}").first).to_be_visible()
    page.goto(f"/cursos/{programme}")
    offer.get_by_role("link", name="Ir al aula").click()
    return page.url


def learner(page: Page, house: House, programme: str, cohort: str) -> tuple[Newcomer, str, str]:
    """Somebody with an account and a seat, signed in here: who, password, classroom."""
    who = newcomer()
    password = settle(house, who)
    sign_in(page, house, who.email, password)
    return who, password, take_seat(page, programme, cohort)


def enter_with_code(page: Page, house: House, who: str) -> Page:
    """Enter as somebody of the demo by a code of the help desk."""
    code = house.lms("users", "code", address_of(who), "--by", "mesa").strip()
    page.goto("/ingresar/codigo")
    fill(page, {"Código de la mesa de ayuda": code, "Contraseña nueva": PASSWORD})
    press(page, "Ingresar")
    expect(page.get_by_text("Ya ingresó.")).to_be_visible()
    return page
