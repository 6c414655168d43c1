"""Settings: typed, every problem at once, secrets made with the right modes, docs complete."""

import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from lms import settings
from lms.foundation.web import locale
from lms.settings import BadSettings, NoInstallation, Settings, load, shown

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[1]


def test_every_problem_is_told_at_once(tmp_path):
    with pytest.raises(BadSettings) as caught:
        load(
            {
                "LMS_DATA_DIR": str(tmp_path),
                "PORT": "eighty",
                "LMS_LOG_FORMAT": "xml",
                "LMS_PUBLIC_URL": "aula.example.org",
                "LMS_DATABASE_URL": "mysql://x",
                "LMS_WEB_PROCESSES": "x",
            }
        )
    assert str(caught.value).splitlines() == [
        "PORT=eighty: must be a whole number from 1 to 65535.",
        "LMS_PUBLIC_URL=aula.example.org: must be an address such as https://aula.example.org.",
        "LMS_DATABASE_URL: must begin with sqlite:///, postgresql://, postgresql+psycopg://.",
        "LMS_WEB_PROCESSES=x: must be a whole number from 1 to 64.",
        "LMS_LOG_FORMAT=xml: must be one of text, json.",
    ]


@pytest.mark.parametrize(
    "name", ["LMS_DATABASE_URL", "LMS_FILES_URL", "LMS_JOBS_URL", "LMS_MAIL_URL"]
)
@pytest.mark.parametrize(
    "wrong",
    [
        "mysql://aula:s3cr3t@host/x",
        "s3cr3t",
        "postgresql://aula:s3/cr3t@host:x/y",
        "smtp://aula:s3cr3t@host:port",
        "redis://:s3cr3t@[host",
    ],
)
def test_no_complaint_shows_a_password(tmp_path, name, wrong):
    with pytest.raises(BadSettings) as caught:
        load({"LMS_DATA_DIR": str(tmp_path), name: wrong})
    assert name in str(caught.value)
    assert "s3cr3t" not in str(caught.value)
    assert "cr3t" not in repr(caught.value.problems)


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("smtp://aula:s3cr3t@mail.example.org:587", "smtp://aula:***@mail.example.org:587"),
        ("smtp://aula:s3@cr3t@mail.example.org", "smtp://aula:***@mail.example.org"),
        ("redis://:s3cr3t@host:6379/0", "redis://:***@host:6379/0"),
        ("postgresql://host/x?user=a&password=s3cr3t", "postgresql://host/x?user=a&password=***"),
        ("s3://b/p?endpoint=https://s3.example.org", "s3://b/p?endpoint=https://s3.example.org"),
        ("sqlite:////srv/aula/cabildo.db", "sqlite:////srv/aula/cabildo.db"),
        ("file:/srv/aula/mail", "file:/srv/aula/mail"),
    ],
)
def test_addresses_are_shown_without_their_passwords(value, seen):
    assert shown(value) == seen


def test_a_site_may_speak_every_language_that_there_is():
    assert list(settings.LANGUAGES) == list(locale.LANGUAGES)


@pytest.mark.parametrize(
    ("name", "value", "extra"),
    [
        ("LMS_FILES_URL", "s3://b", "s3"),
        ("LMS_JOBS_URL", "redis://host", "redis"),
        ("LMS_JOBS_URL", "rediss://host", "redis"),
    ],
)
def test_an_extra_that_is_not_installed_is_named(tmp_path, monkeypatch, name, value, extra):
    environ = {"LMS_DATA_DIR": str(tmp_path), name: value}
    load(environ)
    monkeypatch.setattr(settings, "find_spec", lambda library: None)
    load({"LMS_DATA_DIR": str(tmp_path), "LMS_FILES_URL": "folder:/srv/files"})
    with pytest.raises(BadSettings, match=rf"pip install 'cabildo\[{extra}\]'"):
        load(environ)


def test_who_only_looks_makes_nothing(tmp_path):
    """Where nothing was installed, a command that reads says so and leaves nothing behind."""
    environ = {"LMS_DATA_DIR": str(tmp_path / "var")}
    with pytest.raises(NoInstallation):
        load(environ, make=False)
    assert not (tmp_path / "var").exists()
    load(environ)
    with pytest.raises(NoInstallation):  # a secret alone is no installation
        load(environ, make=False)
    (tmp_path / "var" / "cabildo.db").touch()
    assert load(environ, make=False) == load(environ)
    elsewhere = environ | {"LMS_DATABASE_URL": "postgresql://host/cabildo"}
    assert load(elsewhere, make=False).secret_key


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = load({"LMS_DATA_DIR": str(tmp_path / "new")})
    second = load({"LMS_DATA_DIR": str(tmp_path / "new")})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 64
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    assert first.secret_key not in repr(first)


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSettings, match="cannot be used"):
        load({"LMS_DATA_DIR": str(tmp_path / "file" / "data")})


def test_what_follows_from_other_settings(tmp_path):
    found = load({"LMS_DATA_DIR": str(tmp_path), "PORT": "9001"})
    assert found.public_url == "http://127.0.0.1:9001"
    assert found.is_sqlite
    assert found.places_in_use == 2
    assert not found.https


def test_the_operators_guide_lists_every_setting_and_no_other():
    guide = (ROOT / "docs" / "operators.md").read_text("utf-8")
    listed = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", guide, flags=re.MULTILINE)
    assert listed == [
        (
            each.metadata["name"],
            _written(each.default, each.metadata["about"]),
            each.metadata["about"],
        )
        for each in fields(Settings)
        if each.metadata.get("name")
    ]


def _written(default: object, about: str) -> str:
    """A default as the guide shows it; one that follows from others is told in words beside it."""
    shown_as = str(default).lower() if isinstance(default, bool) else default
    return "—" if "Default: " in about or shown_as == "" else f"`{shown_as}`"


def test_a_value_may_stand_in_a_file_of_its_own(tmp_path):
    (tmp_path / "secret").write_text("smtp://aula:secreta@mail.example.org\n")
    settings = load(
        {
            "LMS_DATA_DIR": str(tmp_path / "data"),
            "LMS_MAIL_URL_FILE": str(tmp_path / "secret"),
            "LMS_BACKUP_PASSPHRASE": "una frase larga",
            "PORT": "9000",
        }
    )
    assert settings.mail_url == "smtp://aula:secreta@mail.example.org"
    listed = {each.name: each for each in settings.listed()}
    assert listed["LMS_MAIL_URL"].value == "smtp://aula:***@mail.example.org"
    assert listed["LMS_MAIL_URL"].source == str(tmp_path / "secret")
    assert (listed["PORT"].value, listed["PORT"].source) == ("9000", "environment")
    assert (listed["HOST"].value, listed["HOST"].source) == ("127.0.0.1", "")
    assert listed["LMS_BACKUP_PASSPHRASE"].value == "***"
    assert "secreta" not in repr(settings) + repr(listed)
    assert "una frase" not in repr(settings) + repr(listed)


@pytest.mark.parametrize(
    "environ",
    [
        {"LMS_MAIL_FROM_FILE": "/no/hay"},
        {"LMS_MAIL_FROM_FILE": "/etc/hostname", "LMS_MAIL_FROM": "a@example.org"},
    ],
)
def test_a_file_that_cannot_be_read_or_says_it_twice_is_a_problem(tmp_path, environ):
    with pytest.raises(BadSettings) as caught:
        load({"LMS_DATA_DIR": str(tmp_path)} | environ)
    (problem,) = caught.value.problems
    assert "LMS_MAIL_FROM" in str(problem)


@pytest.mark.parametrize(("text", "hour"), [("0", 0), ("23", 23), ("never", -1)])
def test_the_hour_of_the_backup(tmp_path, text, hour):
    assert load({"LMS_DATA_DIR": str(tmp_path), "LMS_BACKUP_HOUR": text}).backup_hour == hour
