"""The record is a promise: its bytes and its leaf may never come out otherwise."""

import json
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.formats.record import (
    LEAF_PREFIX,
    Grade,
    Holder,
    Institution,
    Record,
    Signer,
    canonical,
    from_json,
    leaf,
    plain,
)
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.hues import HUES
from tests.certificates.formats.samples import SHORT

pytestmark = pytest.mark.pure
SALT = bytes(range(32))

letters = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=40
)
words = letters.map(lambda text: unicodedata.normalize("NFC", f"x{text}x"))
figures = st.integers(1, 1_000_000)
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
spans = st.tuples(days, days).map(sorted)
records = st.builds(
    lambda span, **others: Record(starts_on=span[0], ends_on=span[1], **others),
    span=spans,
    title=words,
    language=st.sampled_from(["es", "en"]),
    paper=st.sampled_from(["a4", "letter"]),
    holder=st.builds(Holder, words, words, st.just("") | words),
    institution=st.builds(Institution, words, words, words, st.sampled_from(sorted(HUES))),
    programme=words,
    course=words,
    hours=figures,
    hour_minutes=figures,
    mode=st.sampled_from(["online", "blended", "in_person"]),
    grade=st.none() | st.builds(Grade, words, words),
    pass_mark=words,
    issued_on=days,
    issued_place=words,
    signers=st.lists(st.builds(Signer, words, words), min_size=1, max_size=3).map(tuple),
    number=words,
    series=words,
    code=words,
    verify_url=words.map(lambda text: f"https://{text}"),
    edition=figures,
    demo=st.booleans(),
)


@given(records)
def test_what_is_written_is_read_back_and_written_alike(record):
    written = canonical(record)
    assert from_json(written) == record
    assert canonical(from_json(written)) == written


@given(records)
def test_it_is_written_with_sorted_keys_without_spaces_or_fractions(record):
    written = canonical(record).decode()
    again = json.dumps(
        json.loads(written, parse_float=pytest.fail),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert again == written
    assert unicodedata.normalize("NFC", written) == written


def test_version_1_stays_as_it_was_on_its_first_day():
    assert canonical(SHORT).decode() == (
        '{"code":"K7QX-9M3P-4RTD","course":"Transparencia","demo":true,"edition":1,'
        '"grade":{"scale":"100","shown":"87.5"},'
        '"holder":{"first_surname":"Xol","given_names":"Rosa Elvira","second_surname":"Caal"},'
        '"hour_minutes":60,"hours":24,'
        '"institution":{"country":"GT","hue":"petrol","name":"Escuela de Gobierno Local",'
        '"place":"Ciudad de Guatemala"},'
        '"issued":{"on":"2026-04-24","place":"Ciudad de Guatemala"},'
        '"kind":"course_certificate","language":"es","mode":"online",'
        '"number":"MUESTRA-2026-000001","paper":"a4","pass_mark":"61",'
        '"period":{"from":"2026-02-03","to":"2026-04-18"},'
        '"programme":"Gestión Municipal y Transparencia","series":"MUESTRA-CA-2026",'
        '"signers":[{"name":"Mtra. Verónica Ibáñez Güitrón","position":"Directora General"},'
        '{"name":"Lic. Joaquín Núñez Cañas","position":"Coordinador Académico"}],'
        '"title":"Constancia de aprobación","v":1,'
        '"verify_url":"https://aula.muni.example/v/K7QX-9M3P-4RTD"}'
    )
    assert leaf(SALT, canonical(SHORT)) == LEAF_OF_SHORT


LEAF_OF_SHORT = "5d3546875e3d5fc22d80cd72d884095913244d43bc68da4574e7b8ef4e6102ca"


def test_the_leaf_needs_the_whole_salt_and_hangs_on_every_byte():
    written = canonical(SHORT)
    assert leaf(SALT, written) != leaf(SALT[::-1], written)
    assert leaf(SALT, written) != leaf(SALT, canonical(replace(SHORT, hours=25)))
    assert LEAF_PREFIX[0] not in {0, 1}
    with pytest.raises(ValueError, match="32 bytes"):
        leaf(SALT[:31], written)


def test_names_are_kept_as_written_in_composed_form():
    holder = Holder("  Jose\u0301   Ángel ", "Q'eqchi'", "n\u0308uj")
    assert holder.given_names == "José Ángel"
    assert holder.full_name == "José Ángel Q'eqchi' n\u0308uj"
    assert Holder("Ana", "Tzoy").full_name == "Ana Tzoy"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "  "},
        {"title": "x" * 201},
        {"title": "Constancia\u202eaic"},
        {"title": "a\x00b"},
        {"language": "qu"},
        {"paper": "a3"},
        {"mode": "by post"},
        {"kind": "diploma"},
        {"hours": 0},
        {"hour_minutes": -45},
        {"edition": 0},
        {"ends_on": date(2026, 2, 2)},
        {"signers": ()},
        {"signers": (Signer("A", "B"),) * 4},
        {"verify_url": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_record_that_cannot_be_right_is_refused(change):
    with pytest.raises(Invalid):
        replace(SHORT, **change)


def test_an_unknown_hue_is_refused():
    with pytest.raises(Invalid):
        Institution("A", "B", "GT", hue="#ffff00")


def changed(**change):
    data = plain(SHORT)
    for key, value in change.items():
        if value is KeyError:
            del data[key]
        else:
            data[key] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        b"\xff{}",
        "[" * 100_000,
        '{"v":1,"v":1}',
        changed(v=2),
        changed(v=True),
        changed(hours=24.0),
        changed(hours="24"),
        changed(hours=True),
        changed(demo=0),
        changed(grade=KeyError),
        changed(grade=[]),
        changed(holder="Rosa"),
        changed(holder={"given_names": "Rosa", "first_surname": "Xol"}),
        changed(signers=["Rosa"]),
        changed(period={"from": "2026-02-03", "to": "20260418"}),
        changed(period={"from": "2026-02-03", "to": "2026-04-18", "until": "x"}),
        changed(issued={"on": "yesterday", "place": "x"}),
        changed(reason="private"),
        changed(course="\ud800"),
    ],
    ids=lambda text: str(text)[-40:],
)
def test_what_is_no_record_of_ours_is_refused(text):
    with pytest.raises(Invalid):
        from_json(text)
