"""The supervisor says why a process ended, and leaves none behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lms.supervisor import reason

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "exit code 0, as after SIGTERM or SIGINT"),
        (3, "exit code 3"),
        (-signal.SIGTERM, "signal SIGTERM"),
        (-signal.SIGKILL, "memory runs out"),
        (-77, "signal 77"),
    ],
)
def test_the_reason_is_told(code, said):
    assert said in reason(code)


@pytest.fixture
def supervise(tmp_path):
    """A real supervisor over a small program, with its log lines as JSON."""
    running = []

    def start(program: str) -> subprocess.Popen:
        script = tmp_path / "program.py"
        script.write_text(program)
        told = {"log": ["json", "INFO"], "commands": {"web": [sys.executable, str(script)]}}
        one = subprocess.Popen(
            [sys.executable, "-m", "lms.supervisor", json.dumps(told)],
            stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        running.append(one)
        return one

    yield start
    for one in running:
        one.kill()
        one.wait()


def test_what_ends_is_started_again_and_the_log_says_why(supervise):
    one = supervise("import sys; print('begun', flush=True); sys.exit(3)")
    line = json.loads(one.stderr.readline())
    assert (line["level"], line["logger"]) == ("WARNING", "lms.supervisor")
    assert line["message"].startswith("web (process ")
    assert "exit code 3" in line["message"]
    assert [one.stdout.readline() for _ in range(2)] == ["begun\n", "begun\n"]


def test_what_does_not_end_when_told_is_killed_with_its_children(supervise, monkeypatch):
    """A web server that hangs must not leave workers behind which keep the port."""
    one = supervise(
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    child = int(one.stdout.readline())
    one.terminate()
    assert one.wait(60) == 0
    assert "it is killed" in one.stderr.read()
    assert not _is_running(child)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
