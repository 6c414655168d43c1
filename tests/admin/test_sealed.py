"""The lock on a backup: what is changed, cut off or swapped is noticed; rows keep what they are."""

import io
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.admin.formats import sealed
from lms.admin.formats.rows import Kind, kind_of, line, row
from lms.wiring import METADATA

pytestmark = pytest.mark.pure


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(sealed, "_COST", 4)


def lock(content: bytes, passphrase: str = "llave") -> bytes:
    target = io.BytesIO()
    with sealed.Sealing(target, passphrase) as sealing:
        sealing.write(content)
    return target.getvalue()


def unlock(content: bytes, passphrase: str = "llave") -> bytes:
    return io.BufferedReader(sealed.Opening(io.BytesIO(content), passphrase)).read()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_what_was_locked_comes_out_as_it_was(size):
    content = bytes(i % 251 for i in range(size))
    locked = lock(content)
    assert sealed.is_sealed(io.BytesIO(locked))
    assert unlock(locked) == content
    with pytest.raises(sealed.WrongPassphrase):
        unlock(locked, "otra")


PIECE = 64 * 1024 + 16
HEAD = sealed._HEAD


def swapped(pieces: bytes) -> bytes:
    return pieces[PIECE : 2 * PIECE] + pieces[:PIECE] + pieces[2 * PIECE :]


@pytest.mark.parametrize(
    "harm",
    [
        lambda c: c[:-1],
        lambda c: c[: HEAD + PIECE],
        lambda c: c[: HEAD + 2 * PIECE],
        lambda c: c[:HEAD] + swapped(c[HEAD:]),
        lambda c: c[: HEAD + PIECE] + c[HEAD + 2 * PIECE :],
        lambda c: c + b"x",
        lambda c: c[:-40] + bytes([c[-40] ^ 1]) + c[-39:],
        lambda c: c[:20] + bytes([c[20] ^ 1]) + c[21:],
        lambda c: b"",
        lambda c: c[:10],
    ],
)  # fmt: skip
def test_whatever_is_not_as_it_was_is_noticed(harm):
    locked = lock(b"abcdefgh" * 20_000)
    with pytest.raises((sealed.Damaged, sealed.WrongPassphrase)):
        unlock(harm(locked))


def test_a_head_that_asks_for_too_much_work_is_refused():
    locked = bytearray(lock(b"x"))
    locked[len(sealed.MAGIC)] = 60
    with pytest.raises(sealed.Damaged):
        unlock(bytes(locked))


def test_every_column_of_ours_is_of_a_known_kind():
    """A new type of column would not be backed up: this says so before anybody loses something."""
    for table in METADATA.tables.values():
        for column in table.columns:
            found = column.type
            found = getattr(found, "impl_instance", getattr(found, "impl", found))
            assert kind_of(found) in Kind, f"{table.name}.{column.name}"


VALUES = {
    Kind.WHOLE: st.integers(-(2**63), 2**63 - 1),
    Kind.TRUTH: st.booleans(),
    Kind.TEXT: st.text(),
    Kind.MOMENT: st.datetimes(timezones=st.just(UTC)),
    Kind.DAY: st.dates(),
    Kind.UID: st.uuids(),
    Kind.BYTES: st.binary(),
}


@settings(deadline=None)
@given(st.data())
def test_a_row_comes_back_as_it_was(data):
    kinds = data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=6))
    values = [data.draw(st.none() | VALUES[kind]) for kind in kinds]
    text = line(kinds, values)
    assert text.count(b"\n") == 1
    assert row(kinds, text) == values


def test_json_keeps_its_null_apart_from_no_value():
    kinds = [Kind.JSON, Kind.JSON, Kind.JSON]
    text = line(kinds, [None, "null", '{"b": 1, "a": [1.5, "ñ"]}'])
    assert row(kinds, text) == [None, "null", '{"a":[1.5,"ñ"],"b":1}']


@pytest.mark.parametrize(("kept", "text"), [(0, "0"), (1.5, "1.50"), (-3, "-3")])
def test_a_lone_number_of_json_is_the_same_however_it_is_kept(kept, text):
    assert line([Kind.JSON], [kept]) == line([Kind.JSON], [text])


def test_the_same_row_is_the_same_line():
    kinds = [Kind.UID, Kind.MOMENT, Kind.DAY, Kind.JSON]
    uid = UUID("01a1fc63-ba3c-70fe-bed1-86403cbd786d")
    moment = datetime(2026, 11, 23, 16, 42, 3, 120000, tzinfo=UTC)
    first = line(kinds, [uid, moment, date(2026, 11, 23), '{"a": 1,"b":2}'])
    second = line(kinds, [uid, moment, date(2026, 11, 23), '{"b":2, "a":1}'])
    assert first == second
