"""What needs a person, what is odd in the settings, errors and deeds in words: pure."""

import ast
import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.admin.rules import backups, deeds, health, told, words
from lms.admin.rules.advice import Chosen, advice
from lms.admin.rules.failures import UNKNOWN, explain
from lms.admin.rules.health import Figures, Need
from lms.enrollment.rules.states import EnrollmentState
from lms.settings import Settings
from lms.wiring import TASKS

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
LMS = Path(__file__).parents[3] / "lms"
FINE = Figures(
    now=NOW, latest_backup=NOW - timedelta(hours=14), free_bytes=50_000_000_000,
    disk_bytes=100_000_000_000,
)  # fmt: skip


def test_nothing_needs_anybody_when_all_is_in_order():
    assert health.needs(FINE) == []


@pytest.mark.parametrize(
    ("given", "need"),
    [
        ({"is_current": False}, Need.OUTDATED),
        ({"files_answer": False}, Need.FILES_GONE),
        ({"free_bytes": 100_000_000}, Need.NO_ROOM),
        ({"free_bytes": 900_000_000}, Need.LITTLE_ROOM),
        ({"free_bytes": 400_000_000, "disk_bytes": 3_000_000_000}, None),
        ({"oldest_due": NOW - timedelta(minutes=6)}, Need.SILENT),
        ({"oldest_due": NOW - timedelta(minutes=4)}, None),
        ({"failed_jobs": 1}, Need.FAILED_JOBS),
        ({"failed_letters": 3}, Need.FAILED_LETTERS),
        ({"bounced_letters": 1}, Need.BOUNCED),
        ({"latest_backup": None}, Need.NO_BACKUP),
        ({"latest_backup": NOW - timedelta(hours=49)}, Need.OLD_BACKUP),
        ({"latest_backup": NOW - timedelta(hours=47)}, None),
        ({"latest_backup": NOW - timedelta(days=90), "backs_up": False}, None),
        ({"backup_missing": 2}, Need.INCOMPLETE_BACKUP),
        ({"secret_is_private": False}, Need.OPEN_KEY),
        ({"keys_open": False}, Need.KEYS_CLOSED),
    ],
)
def test_each_thing_that_needs_a_person(given, need):
    assert health.needs(replace(FINE, **given)) == ([need] if need else [])


def test_the_most_pressing_comes_first():
    everything = replace(
        FINE, failed_jobs=1, bounced_letters=1, is_current=False, latest_backup=None
    )
    assert health.needs(everything) == [
        Need.OUTDATED, Need.FAILED_JOBS, Need.NO_BACKUP, Need.BOUNCED,
    ]  # fmt: skip


CHOSEN = Chosen(
    "https://aula.example.org", "smtps://mail.example.org", "aula@example.org", 1, 3, True, False
)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"public_url": "http://127.0.0.1:8000"}, ["LMS_PUBLIC_URL"]),
        ({"public_url": "http://aula.example.org"}, ["LMS_PUBLIC_URL"]),
        ({"mail_url": "file:/var/mail"}, ["LMS_MAIL_URL"]),
        ({"mail_from": "aula@localhost"}, ["LMS_MAIL_FROM"]),
        ({"backup_hour": -1}, ["LMS_BACKUP_HOUR"]),
        ({"has_passphrase": False}, ["LMS_BACKUP_PASSPHRASE"]),
        ({"same_disk": True}, ["LMS_BACKUP_DIR"]),
    ],
)
def test_what_somebody_may_regret(changed, named):
    assert [name for name, _why in advice(replace(CHOSEN, **changed))] == named


def test_advice_names_settings_that_exist():
    names = {each.metadata.get("name") for each in fields(Settings)}
    worst = Chosen("http://localhost", "file:x", "a@localhost", 0, -1, False, True)
    told = {name for name, _why in advice(worst)} | {"LMS_MAIL_FROM"}
    assert told <= names
    assert len(told) >= 5


@pytest.mark.parametrize(
    ("error", "word"),
    [
        ("ConnectionRefusedError: [Errno 111] Connection refused", "did not answer"),
        ("gaierror: [Errno -2] Name or service not known", "not found"),
        ("TimeoutError: timed out", "too long"),
        ("SMTPAuthenticationError: (535, b'no')", "password"),
        ("550 5.1.1 User unknown", "refused this e-mail"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "may not write"),
        ("FileNotFoundError: [Errno 2] No such file", "not in the store"),
        ("KeyError: 'mail.telepathy'", "no task of that name"),
        ("SSLCertVerificationError: certificate verify failed", "certificate"),
        ("ZeroDivisionError: division by zero", None),
    ],
)
def test_errors_are_told_in_words(error, word):
    found = explain(error)
    assert (found is UNKNOWN) if word is None else (word in found.said)
    assert found.remedy


def test_every_task_has_words():
    assert {name for name in TASKS if words.task(name) == name} == set()


def literal_deeds() -> set[str]:
    """Every deed that some action writes into the log."""
    found = set()
    for path in LMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in {"record", "note", "_change"}:
                found |= {
                    each.value
                    for each in node.args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return {deed for deed in found if re.fullmatch(r"[a-z_]+\.[a-z_]+", deed)}


def test_every_deed_has_words_and_an_area():
    known = literal_deeds()
    assert len(known) > 30
    assert {deed for deed in known if deed not in deeds.DEEDS} == set()
    assert {deed.partition(".")[0] for deed in known} <= set(deeds.AREAS)


def test_every_state_of_an_enrollment_is_a_deed_with_words():
    assert {f"enrollment.{state}" for state in EnrollmentState} <= set(deeds.DEEDS)


@pytest.mark.parametrize(
    ("detail", "personal", "expected"),
    [
        ({"before": {"a": 1}, "after": {"a": 2}}, {}, [(("a",), 1, 2)]),
        ({}, {"before": "Rosa", "after": "Ana"}, [((), "Rosa", "Ana")]),
        ({"after": {"b": None, "c": ["x", "y"]}}, {}, [(("c",), None, ["x", "y"])]),
        (
            {"before": {"p": {"q": 1, "r": 2}}, "after": {"p": {"q": 1, "r": 3, "s": 4}}},
            {},
            [(("p", "r"), 2, 3), (("p", "s"), None, 4)],
        ),
        ({"number": 3}, {}, []),
    ],
)  # fmt: skip
def test_before_and_after_however_it_was_written(detail, personal, expected):
    found = told.changes(detail, personal)
    assert [(c.path, c.before, c.after) for c in found] == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from(["before", "after", "by"]), JSON))
def test_whatever_was_written_can_be_shown(detail):
    for each in told.changes(detail):
        assert isinstance(told.plain(each.before), str)
        assert isinstance(told.plain(each.after), str)
        assert deeds.field(each.path) is not None
    assert all(isinstance(told.plain(value), str) for _name, value in told.others(detail))


def test_names_of_backups_sort_by_their_moment_and_nothing_else_is_one():
    first = backups.name_of(NOW, sealed=False)
    second = backups.name_of(NOW + timedelta(seconds=1), sealed=True)
    assert first == "cabildo-20261123-164200.tar"
    assert first < second
    assert all(map(backups.is_name, (first, second, backups.name_of(NOW, sealed=True, mark="a-b"))))
    for other in ("../secret_key", "cabildo.db", ".new-" + first, first + ".json", "x" + first, ""):
        assert not backups.is_name(other)


def test_the_oldest_go_and_those_with_a_mark_stay():
    days = [NOW + timedelta(days=n) for n in range(5)]
    names = [backups.name_of(day, sealed=False) for day in days]
    marked = backups.name_of(NOW - timedelta(days=9), sealed=False, mark="antes-de-restaurar")
    assert backups.to_delete([*reversed(names), marked, "nota.txt"], 3) == names[:2]
    assert backups.to_delete(names, 5) == []


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), "America/Guatemala", "2026-11-23T09:00"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "America/Guatemala", "2026-11-24T09:00"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "America/Lima", "2026-11-24T08:00"),
    ],
)
def test_the_next_backup_is_due_at_that_hour_where_the_institution_is(now, zone, expected):
    assert backups.next_due(now, 3, zone).isoformat().startswith(expected)
