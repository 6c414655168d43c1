"""`lms backup` and `lms restore` as an operator types them, one machine to another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser  # real processes; once is enough


def lms(*arguments: object, data: Path, said: str = "", **environ: str):
    return subprocess.run(
        [sys.executable, "-m", "lms.cli", *map(str, arguments)],
        env=os.environ | {"LMS_DATA_DIR": str(data), "LMS_LANGUAGE": "en"} | environ,
        capture_output=True, text=True, timeout=300, input=said,
    )  # fmt: skip


@pytest.fixture
def here(tmp_path):
    data = tmp_path / "here"
    assert lms("db", "upgrade", data=data).returncode == 0
    add(data, "rosa@example.org")
    return data


def add(data: Path, email: str) -> None:
    made = lms(
        "users", "create", "--given-names", "Rosa", "--first-surname", "Xiloj", "--email", email,
        "--country", "GT", data=data,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr


def people(data: Path) -> str:
    return lms("users", "list", data=data).stdout


def test_a_backup_is_checked_and_restored_where_nothing_was(here, tmp_path):
    there, file = tmp_path / "there", tmp_path / "copia.tar"
    done = lms("backup", file, data=here)
    assert done.returncode == 0, done.stderr
    assert str(file) in done.stdout
    checked = lms("restore", file, "--check", data=tmp_path / "nowhere")
    assert checked.returncode == 0, checked.stderr
    assert "whole" in checked.stdout
    restored = lms("restore", file, data=there)
    assert restored.returncode == 0, restored.stderr
    assert people(there) == people(here)
    assert lms("db", "status", data=there).returncode == 0
    assert (there / "secret_key").read_text() != (here / "secret_key").read_text()


def test_where_the_keys_do_not_open_it_is_said_and_doctor_says_it_too(here, tmp_path):
    there, file = tmp_path / "there", tmp_path / "copia.tar"
    assert lms("keys", "rotate", "log", data=here).returncode == 0
    lms("backup", file, data=here)
    restored = lms("restore", file, data=there)
    assert restored.returncode == 0, restored.stderr
    assert "ATTENTION: the signing keys do not open" in restored.stderr
    looked = lms("doctor", data=there)
    assert looked.returncode == 1
    assert "BAD  the signing keys open with the secret" in looked.stdout
    (there / "secret_key").write_text((here / "secret_key").read_text())
    assert "BAD  the signing keys" not in lms("doctor", data=there).stdout


def test_what_is_there_is_replaced_only_with_force(here, tmp_path):
    file = tmp_path / "copia.tar"
    lms("backup", file, data=here)
    before = people(here)
    add(here, "ana@example.org")
    refused = lms("restore", file, data=here)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert "ana@example.org" in people(here)
    assert lms("restore", file, "--force", data=here).returncode == 0
    assert people(here) == before


def test_a_locked_one_brings_the_secrets_and_asks_for_its_passphrase(here, tmp_path):
    there = tmp_path / "there"
    done = lms("backup", data=here, LMS_BACKUP_PASSPHRASE="una frase larga")
    path = Path(done.stdout.splitlines()[0])
    assert path.parent == here / "backups"
    assert path.name.endswith(".tar.sealed")
    wrong = lms("restore", path, data=there, LMS_BACKUP_PASSPHRASE="otra")
    assert wrong.returncode == 1
    assert "passphrase" in wrong.stderr
    right = lms("restore", path, data=there, LMS_BACKUP_PASSPHRASE="una frase larga")
    assert right.returncode == 0, right.stderr
    assert (there / "secret_key").read_text() == (here / "secret_key").read_text()
    assert people(there) == people(here)


def test_only_the_last_ones_are_kept(here):
    for _ in range(3):
        assert lms("backup", data=here, LMS_BACKUP_KEEP="2").returncode == 0
    assert len(list((here / "backups").glob("cabildo-*.tar"))) == 2
    assert len(list((here / "backups").glob("cabildo-*.tar.json"))) == 2


def test_a_file_that_is_no_backup_is_a_sentence(here, tmp_path):
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8\xff" * 1000)
    for more in ((), ("--check",), ("--force",)):
        refused = lms("restore", tmp_path / "foto.jpg", *more, data=tmp_path / "there")
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert "no whole backup" in refused.stderr
