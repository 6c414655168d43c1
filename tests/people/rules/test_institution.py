"""What an institution may say of itself, what is usual in its country, the code of a new site."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import points
from lms.people.rules import institution as rules
from lms.people.rules.agreement import VERSION, version_of
from lms.people.rules.institution import Description
from lms.people.rules.places import COUNTRIES, ZONES

pytestmark = pytest.mark.pure
GOOD = Description(
    name="Instituto de Gobierno Municipal", short_name="IGM", place="Guatemala", country="GT",
    zone="America/Guatemala", locale="es_GT", scale="0-100", pass_mark=points("0.61"),
    academic_hour_minutes=45, hue="plum", contact="2232 0000",
)  # fmt: skip


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_its_usual_clock_and_writing(country):
    assert rules.usual_zone(country) in ZONES
    ZoneInfo(rules.usual_zone(country))
    Locale.parse(rules.usual_locale(country))
    rules.check(replace(GOOD, country=country, locale=rules.usual_locale(country)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("short_name", ""), ("country", "XX"), ("zone", "Mars/Olympus"),
        ("locale", "es"), ("scale", "0-7"), ("pass_mark", 0), ("pass_mark", points(1) + 1),
        ("academic_hour_minutes", 29), ("academic_hour_minutes", 91), ("hue", "pink"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(field, value):
    with pytest.raises(Invalid) as refused:
        rules.check(replace(GOOD, **{field: value}))
    assert set(refused.value.fields) == {field}


def test_everything_wrong_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        rules.check(replace(GOOD, name="", zone="", hue=""))
    assert set(refused.value.fields) == {"name", "zone", "hue"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Instituto de Gobierno Municipal", "igm"), ("Escuela", "escuela"),
        ("Red de Profesionalización y Ética", "rpe"), ("INICAM", "inicam"),
        ("IDM Loreto", "idm"), ("Red CINDE", "cinde"),
        ("Municipalidad de San José (Petén)", "msjp"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_the_name(name, key):
    assert rules.key_of(name) == key
    rules.check_key(key)


@pytest.mark.parametrize("key", ["", "a", "1a", "ñandu", "con espacio", "IGM", "a" * 13, "a-b"])
def test_a_key_that_could_not_begin_a_number_is_refused(key):
    with pytest.raises(Invalid):
        rules.check_key(key)


def test_the_code_of_a_new_site_follows_from_its_secret():
    assert rules.setup_code("secret") == rules.setup_code("secret")
    assert rules.setup_code("secret") != rules.setup_code("another")
    assert len(rules.setup_code("secret").split("-")) == 3


def test_an_own_notice_has_a_name_of_its_own():
    assert version_of("igm", 3, has_own_text=True) == "igm-3"
    assert version_of("igm", 3, has_own_text=False) == VERSION
