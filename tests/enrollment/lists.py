"""Lists of people as tests need them: numbers that fit, rows that paste."""

from lms.people.formats.documents import cui_check_digit


def cui(number: int) -> str:
    """A Guatemalan document number whose check digit fits; nobody was given it."""
    eight = 30_000_000 + number * 13
    while cui_check_digit(f"{eight:08}") > 9:
        eight += 1
    return f"{eight:08}{cui_check_digit(f'{eight:08}')}0199"


def pasted(many: int, *, first: int = 0, mark: str = "\t") -> str:
    """A list of so many people whom nobody knows yet, with a heading."""
    rows = [["Nombres", "Apellidos", "DPI", "Correo", "Municipio"]]
    for number in range(first, first + many):
        rows.append(
            [f"Ana {_letters(number)}", "Paz Tzoc", cui(number), f"n{number}@x.gt", "Nebaj"]
        )
    return "\n".join(mark.join(row) for row in rows)


def _letters(number: int) -> str:
    """A number as a name: names have no figures."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}").title()
