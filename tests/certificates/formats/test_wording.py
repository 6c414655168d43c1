"""The sentences of a document, in the language it is issued in."""

from dataclasses import replace
from datetime import date

import pytest

from lms.certificates.formats.printed import grouped, page
from lms.certificates.formats.record import Institution
from lms.certificates.formats.wording import ENGLISH, SPANISH, dated, facts, place, span, wording
from tests.certificates.formats.samples import LONG, SHORT

pytestmark = pytest.mark.pure
MARCH = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("words", "first", "last", "said"),
    [
        (SPANISH, MARCH, MARCH, "3 de marzo de 2026"),
        (SPANISH, MARCH, date(2026, 3, 18), "del 3 al 18 de marzo de 2026"),
        (SPANISH, MARCH, date(2026, 4, 18), "del 3 de marzo al 18 de abril de 2026"),
        (SPANISH, MARCH, date(2027, 3, 3), "del 3 de marzo de 2026 al 3 de marzo de 2027"),
        (ENGLISH, MARCH, MARCH, "March 3, 2026"),
        (ENGLISH, MARCH, date(2026, 3, 18), "March 3 to 18, 2026"),
        (ENGLISH, MARCH, date(2026, 4, 18), "March 3 to April 18, 2026"),
        (ENGLISH, MARCH, date(2027, 3, 3), "March 3, 2026 to March 3, 2027"),
    ],
)
def test_a_span_says_month_and_year_once(words, first, last, said):
    assert span(words, first, last) == said


def test_hours_say_how_long_one_is_unless_it_is_an_hour():
    def hours(record):
        return facts(record, wording(record))[0][1]

    assert hours(SHORT) == "24 horas"
    assert hours(replace(SHORT, hours=1)) == "1 hora"
    assert hours(replace(SHORT, hour_minutes=45)) == "24 horas académicas de 45 minutos"
    assert hours(replace(SHORT, hours=1, hour_minutes=50)) == "1 hora académica de 50 minutos"
    assert hours(replace(SHORT, language="en")) == "24 hours"


def test_the_grade_is_said_in_the_word_of_the_country_or_not_at_all():
    assert facts(SHORT, SPANISH)[-1] == ("Nota", "87.5 de 100 (mínima: 61)")
    mexico = replace(SHORT, institution=Institution("Instituto", "Cholula", "MX"))
    assert facts(mexico, SPANISH)[-1][0] == "Calificación"
    assert [name for name, _ in facts(LONG, SPANISH)] == ["Duración", "Periodo", "Modalidad"]


def test_the_country_is_not_said_twice():
    assert place(SHORT) == "Ciudad de Guatemala"
    assert place(LONG) == "Cobán, Alta Verapaz, Guatemala"
    assert dated(SHORT, SPANISH) == "Ciudad de Guatemala, 24 de abril de 2026"


def test_both_languages_fill_every_place():
    for language in ("es", "en"):
        record = replace(LONG, language=language, edition=3)
        said = str(page(record))
        assert "{" not in str(facts(record, wording(record)))
        assert "{url}" not in said
        assert "{edition}" not in said
        assert set(SPANISH.modes) == set(ENGLISH.modes)


def test_the_programme_is_not_said_when_it_is_the_course():
    assert page(SHORT)["of_programme"] == "del programa"
    assert page(replace(SHORT, programme=SHORT.course))["of_programme"] is None


def test_codes_are_printed_in_groups():
    assert grouped("K7QX9M3P4RTD") == "K7QX-9M3P-4RTD"
    assert grouped("K7QX-9M3P-4RTD") == "K7QX-9M3P-4RTD"
