"""Keeps the processes of `lms serve` running. Imports only what it needs: it waits for months.

`python -m lms.supervisor '{"log": ["text", "INFO"], "commands": {"web": ["granian", …], …}}'`
"""

import ctypes
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from lms import logs

log = logging.getLogger("lms.supervisor")
PATIENCE_SECONDS = 10
PAUSE_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Starts each command; one that ends is started again, until it is told to stop."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._since: dict[str, float] = {}
        self._stop = threading.Event()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        for name in self._commands:
            # One after another, for all have much to load: who is first answers sooner.
            if self._running and self._stop.wait(PAUSE_SECONDS):
                break
            self._start(name)
        while not self._stop.wait(PAUSE_SECONDS):
            for name, process in list(self._running.items()):
                code = process.poll()
                if code is not None:
                    log.warning(
                        "%s (process %d) ended after %d s: %s; starting it again",
                        name,
                        process.pid,
                        time.monotonic() - self._since[name],
                        reason(code),
                    )
                    self._start(name)
        self._end()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _start(self, name: str) -> None:
        self._since[name] = time.monotonic()
        # Each in a group of its own, so that Ctrl-C reaches only the supervisor.
        self._running[name] = subprocess.Popen(  # noqa: S603 (our own command)
            self._commands[name], start_new_session=True, preexec_fn=end_with_parent
        )

    def _end(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                log.warning("process %d did not end when told; it is killed", process.pid)
                os.killpg(process.pid, signal.SIGKILL)  # with whatever it has started itself


def reason(code: int) -> str:
    """Why a process ended, as far as it tells: web server and worker end with 0 when told to."""
    if code == 0:
        return "somebody else told it to (exit code 0, as after SIGTERM or SIGINT)"
    if code > 0:
        return f"it failed (exit code {code}); its own lines above say why"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    hint = ", as the system does when memory runs out" if -code == signal.SIGKILL else ""
    return f"signal {name}{hint}"


def end_with_parent(told: signal.Signals = signal.SIGTERM) -> None:
    """Where the system can (Linux), this process is sent a signal when its parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, told)


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    logs.install(*told["log"])
    Supervisor(told["commands"]).run()
