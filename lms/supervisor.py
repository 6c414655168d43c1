"""Keeps the processes of `lms serve` running. Imports only what it needs: it waits for months.

`python -m lms.supervisor '{"web": ["granian", …], "worker": […]}'`
"""

import ctypes
import json
import signal
import subprocess
import sys
import threading
from types import FrameType

PATIENCE_SECONDS = 10
PAUSE_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Starts each command; one that ends is started again, until it is told to stop."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        for name in self._commands:
            self._start(name)
        while not self._stop.wait(PAUSE_SECONDS):
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    said = f"{name} ended with {process.returncode}; starting it again\n"
                    sys.stderr.write(said)
                    self._start(name)
        self._end()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _start(self, name: str) -> None:
        # Each in a group of its own, so that Ctrl-C reaches only the supervisor.
        self._running[name] = subprocess.Popen(  # noqa: S603 (our own command)
            self._commands[name], start_new_session=True, preexec_fn=_end_with_parent
        )

    def _end(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _end_with_parent() -> None:
    """Where the system can (Linux), a child ends when its supervisor is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    Supervisor(json.loads(sys.argv[1])).run()
