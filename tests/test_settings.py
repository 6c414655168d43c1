"""Settings: typed, every problem at once, secrets made with the right modes, docs complete."""

import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from lms.settings import BadSettings, Settings, load

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
            }
        )
    assert [p.split("=")[0] for p in caught.value.problems] == [
        "PORT", "LMS_PUBLIC_URL", "LMS_DATABASE_URL", "LMS_LOG_FORMAT",
    ]  # fmt: skip
    assert all(problem.endswith(".") for problem in caught.value.problems)


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
    settings = load({"LMS_DATA_DIR": str(tmp_path), "PORT": "9001"})
    assert settings.public_url == "http://127.0.0.1:9001"
    assert settings.is_sqlite
    assert settings.places_in_use == 2
    assert not settings.https


def test_the_operators_guide_lists_every_setting_and_no_other():
    guide = (ROOT / "docs" / "operators.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", guide, flags=re.MULTILINE))
    assert listed == {f.metadata["name"] for f in fields(Settings) if f.metadata.get("name")}
