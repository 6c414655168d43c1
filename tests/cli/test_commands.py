"""The command: what it says, how it ends, and that repeating it does no harm."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser  # real processes; once is enough
PATIENCE = 240  # seconds until a test gives up: of a machine that does much else, not of ours


def lms(*arguments: str, data: Path, **environ: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "lms.cli", *arguments],
        env=os.environ | {"LMS_DATA_DIR": str(data), "LC_ALL": "C.UTF-8"} | environ,
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip


def test_help_names_every_command_with_a_sentence(tmp_path):
    said = lms("--help", data=tmp_path).stdout
    for name in (
        "serve",
        "demo",
        "db",
        "users",
        "courses",
        "cohorts",
        "doctor",
        "backup",
        "restore",
        "worker",
    ):
        line = next(line for line in said.splitlines() if line.strip().startswith(name + " "))
        assert len(line.split()) > 3, line


def test_misuse_ends_with_two_and_says_what_was_meant(tmp_path):
    assert lms("tramsparencia", data=tmp_path).returncode == 2
    wrong = lms("doctor", data=tmp_path, PORT="eighty", LMS_LOG_FORMAT="xml")
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 2
    assert "Traceback" not in wrong.stderr
    assert not list(tmp_path.iterdir())


def test_a_database_that_is_not_up_to_date_is_said_and_mended(tmp_path):
    assert lms("db", "status", data=tmp_path).returncode == 1
    refused = lms("serve", data=tmp_path)
    assert refused.returncode == 1
    assert "lms db upgrade" in refused.stderr
    assert lms("db", "upgrade", data=tmp_path).returncode == 0
    assert lms("db", "status", data=tmp_path).returncode == 0
    assert lms("db", "upgrade", data=tmp_path).returncode == 0
    nowhere = lms("db", "downgrade", "zzz", data=tmp_path)
    assert nowhere.returncode == 1
    assert len(nowhere.stderr.splitlines()) == 1
    assert "0001" in nowhere.stderr
    assert lms("db", "downgrade", "base", data=tmp_path).returncode == 0
    for command in (("users", "list"), ("cohorts", "list"), ("serve",), ("worker",)):
        outdated = lms(*command, data=tmp_path)
        assert (outdated.returncode, outdated.stdout) == (1, ""), command
        assert "lms db upgrade" in outdated.stderr
        assert len(outdated.stderr.splitlines()) == 1


def test_a_database_that_is_gone_is_a_sentence(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    lms("db", "upgrade", data=tmp_path)
    gone = lms(
        "db", "status", data=tmp_path,
        LMS_DATABASE_URL=f"postgresql://cabildo@127.0.0.1:{closed}/cabildo",
    )  # fmt: skip
    assert gone.returncode == 1
    assert "Traceback" not in gone.stderr
    assert "lms doctor" in gone.stderr


def test_the_doctor_lists_settings_without_passwords(tmp_path):
    lms("db", "upgrade", data=tmp_path)
    said = lms(
        "doctor", "--settings", data=tmp_path,
        LMS_MAIL_URL="smtp://aula:secreta@mail.example.org:587",
    )  # fmt: skip
    assert said.returncode == 0, said.stdout
    assert "secreta" not in said.stdout
    assert "LMS_MAIL_URL=smtp://aula:***@mail.example.org:587" in said.stdout


def test_serve_keeps_web_and_worker_running_and_ends_when_told(tmp_path):
    """The worker is killed: another takes its place. SIGTERM ends everything with 0.

    All that is logged meanwhile, by whichever process, is JSON when it was asked for, and the
    number that a visitor is told with an error is among it.
    """
    lms("db", "upgrade", data=tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {
        "LMS_DATA_DIR": str(tmp_path), "PORT": str(port), "LMS_LOG_FORMAT": "json",
    }  # fmt: skip
    written = tmp_path / "log"
    with written.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "lms.cli", "serve"], env=environ, stderr=file
        )
    try:
        _until(lambda: _answers(port), server)
        _until(lambda: _children(server.pid, "lms.cli worker"), server)
        (worker,) = _children(server.pid, "lms.cli worker")
        os.kill(worker, signal.SIGKILL)
        _until(lambda: _children(server.pid, "lms.cli worker") not in ([], [worker]), server)
        assert _answers(port)
        number = _number_of_error(port)
    finally:
        server.terminate()
        assert server.wait(30) == 0
    assert not _answers(port)
    lines = [json.loads(line) for line in written.read_text().splitlines()]
    [told] = [line for line in lines if line["logger"] == "lms.supervisor"]
    assert f"worker (process {worker}) ended" in told["message"]
    assert "SIGKILL" in told["message"]
    [shown] = [line for line in lines if line.get("request") == number]
    assert (shown["path"], shown["status"]) == ("/nada", 404)


def test_a_port_that_is_taken_is_a_sentence(tmp_path):
    lms("db", "upgrade", data=tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = lms("serve", data=tmp_path, PORT=str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "PORT" in refused.stderr


def test_a_killed_supervisor_leaves_nothing_running(tmp_path):
    lms("db", "upgrade", data=tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"LMS_DATA_DIR": str(tmp_path), "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "lms.cli", "serve"], env=environ)
    try:
        _until(lambda: _answers(port), server)  # one worker does; another may still be loading
        groups = _children(server.pid, "")
    finally:
        server.kill()
        server.wait()
    end = time.monotonic() + PATIENCE
    while _answers(port) or any(_members(group) for group in groups):
        assert time.monotonic() < end, "something is still there"


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return answer.read() == b"ok\n"
    except OSError:
        return False


def _number_of_error(port: int) -> str:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/nada", timeout=30)
    except urllib.error.HTTPError as error:
        found = re.search(r'class="code">([0-9a-f]{12})<', error.read().decode())
        assert found
        return found.group(1)
    raise AssertionError("there is no such page")


def _children(parent: int, words: str) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        if int(stat[1]) == parent and words in command and stat[0] != "Z":
            found.append(int(entry.name))
    return found


def _members(group: int) -> list[str]:
    """What still runs in a process group."""
    return [
        stat[2]
        for stat in map(_stat, Path("/proc").iterdir())
        if stat and int(stat[2]) == group and stat[0] not in "ZX"
    ]


def _stat(entry: Path) -> list[str] | None:
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _until(true, server: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited for minutes"
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError("the server ended by itself")
