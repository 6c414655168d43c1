"""Numbers of the register: one series for each institution and kind of document, and each year
where they begin anew with it."""

import re
from urllib.parse import urlsplit

# What a kind of document is called in its book's name. CA: constancia de aprobación; AC: acta.
BOOKS = {"course_certificate": "CA", "grade_act": "AC"}
FIGURES = 6

# The year and the count at its end. Codes have neither 0 nor 2, so none is ever taken for one; nor
# have they a group of two letters, as a number that goes on through the years has.
_NUMBER = re.compile(rf"(20\d\d\W*\d{{1,9}}|-({'|'.join(BOOKS.values())})-\d{{6,9}})\W*\Z")


def book(institution: str, kind: str, year: int | None, *, demo: bool) -> str:
    """The series that gives the numbers; without a year they go on through the years.

    A demo writes into one of its own, so that no real number is ever spent on a sample.
    """
    whose = "MUESTRA" if demo else institution.upper()
    return f"{whose}-{BOOKS[kind]}" if year is None else f"{whose}-{BOOKS[kind]}-{year}"


def printed(series: str, number: int) -> str:
    """A number as it stands on the document: ``MUESTRA-CA-2026-000001``."""
    return f"{series}-{number:0{FIGURES}}"


def is_number(typed: str) -> bool:
    """Whether somebody wrote the number of a document where its code is asked for.

    Nothing is ever found by it: numbers follow one another, and whoever counts on would read
    through the documents of others.
    """
    return _NUMBER.search(typed) is not None


def origin(public_url: str) -> str:
    """The name of this installation's log, fixed on the day of its first document."""
    return f"{urlsplit(public_url).netloc}/registro"
