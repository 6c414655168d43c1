"""How hard a text is to read, by sentences and syllables."""

import pytest

from lms.catalog.rules.nodes import Map
from lms.catalog.rules.reading import check, ease, sentences, syllables
from lms.catalog.rules.sources import ActivitySource

pytestmark = pytest.mark.pure

PLAIN = "La vecina pide un papel. La oficina lo busca. Lo da el mismo día, con sello.\n\n" * 12
STIFF = (
    "La municipalidad instrumentará procedimientos administrativos interinstitucionales. "
    "Consecuentemente, la responsabilidad correspondiente permanecerá diferenciada.\n\n"
) * 20
ENDLESS = "Se pide y se da " + "y se anota y se guarda y se cuenta " * 9 + "al fin.\n"


def lesson(body: str) -> ActivitySource:
    return ActivitySource("lesson", "c/01-m/01-l.md", Map({}), body, body_line=9)


@pytest.mark.parametrize(
    ("word", "count"),
    [("ley", 1), ("agua", 2), ("día", 2), ("país", 2), ("Guatemala", 4), ("municipalidad", 6),
     ("ciudadanía", 5), ("aéreo", 4), ("queso", 2), ("y", 1), ("OEA", 3)],
)  # fmt: skip
def test_syllables_of_spanish_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_what_is_looked_at_is_not_read() -> None:
    """Tables, headings, pictures, fences and the ends of boxes are no sentences."""
    text = (
        "## Un título sin punto\n\n::: note Aviso\nUno dos. Tres cuatro.\n:::\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n![Un mapa](media/a.svg)\n\n"
        "```\nx = 1. Y = 2.\n```\n\n- Cinco [seis](lesson:otra) siete [[ley-1]].\n"
        "- Ocho\n  nueve.\n"
    )
    found = [(each.line, " ".join(each.words)) for each in sentences(text)]
    assert found == [
        (4, "Uno dos"),
        (4, "Tres cuatro"),
        (17, "Cinco seis siete"),
        (18, "Ocho nueve"),
    ]


def test_figures_and_short_forms_end_no_sentence() -> None:
    (only,) = sentences("Cuesta Q1,250.50 según el art. 12 y se paga el 3.\n")
    assert len(only.words) == 12


def test_plain_words_are_easier_than_stiff_ones() -> None:
    assert ease(list(sentences(PLAIN))) > 80 > 55 > ease(list(sentences(STIFF)))


@pytest.mark.parametrize(
    ("body", "language", "said"),
    [
        (PLAIN, "es", []),
        (STIFF, "es", ["legal text"]),
        (STIFF, "es_GT", ["legal text"]),
        (STIFF, "en", []),
        (ENDLESS, "en", ["a sentence has"]),
        ("Esto es una oración de veintiséis palabras " + "que sigue y sigue sin parar nunca " * 3
         + "hasta aquí.\n\n", "es", []),
        (("Una oración de más de veinte palabras cansa a quien lee en un teléfono pequeño después "
          "de trabajar todo el día en el campo con sol. ") * 40, "es", ["on average"]),
        (STIFF[: len(STIFF) // 20], "es", []),
    ],
    ids=["plain", "stiff", "country", "other-language", "endless", "one", "long", "too-little"],
)  # fmt: skip
def test_an_author_is_told_what_is_hard(body: str, language: str, said: list[str]) -> None:
    found = list(check(lesson(body), language))
    assert len(found) == len(said)
    assert all(part in each.message for part, each in zip(said, found, strict=True))
    assert not any(each.is_error for each in found)


def test_the_line_is_that_of_the_paragraph() -> None:
    (found,) = check(lesson(f"Uno.\n\n{ENDLESS}"), "es")
    assert found.line == 11
