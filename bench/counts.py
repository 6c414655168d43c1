"""Statements per page and per attempt, counted within the application (a process of its own).

`python -m bench.counts` in the environment of a laid installation, with what was laid on standard
input; prints the counts as JSON. BEGIN, COMMIT and SAVEPOINT are no statements.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from bench import material
from bench.client import csrf_token
from bench.scenarios import Laid
from lms.app import create_app
from lms.foundation.web.identity import SESSION_COOKIE

_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SHOW")
_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Counted:
    """What reached the database."""

    statements: int = 0
    writing: int = 0


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    """Count statements, and transactions that wrote, while the block runs."""
    found, wrote = Counted(), set()

    def statement(connection, _cursor, text: str, *_rest) -> None:
        word = text.lstrip().upper()
        if word.startswith(_FRAME):
            return
        found.statements += 1
        if word.startswith(_WRITES):
            wrote.add(connection)

    def committed(connection) -> None:
        if connection in wrote:
            found.writing += 1
            wrote.discard(connection)

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", committed)


def main(laid: Laid) -> None:
    """Count with the person whom the load leaves alone."""
    app = create_app()
    database = app.extensions["cabildo.database"]
    person = len(laid.enrollments) - 1
    browser = app.test_client()
    browser.set_cookie(SESSION_COOKIE, material.token(person))
    classroom = f"/aula/{laid.enrollments[person]}"
    pages = {
        "home": "/inicio",
        "course": classroom,
        "lesson": f"{classroom}/{material.COURSE}/{material.lesson_key(2, 1)}",
        "quiz": f"{classroom}/evaluaciones/{laid.quiz}",
        "catalogue": "/cursos",
    }
    found: dict[str, int] = {}
    for name, path in pages.items():
        _opened(browser, path)
        with counting(database.engine) as counted:
            _opened(browser, path)
        found[name] = counted.statements
    _attempt(browser, pages["quiz"])
    with counting(database.engine) as counted:
        attempt = _attempt(browser, pages["quiz"])
    found["attempt"], found["writing"] = counted.statements, counted.writing
    with counting(database.engine) as counted:
        _opened(browser, f"{attempt}/resultado")
    found["result"] = counted.statements
    database.close()
    print(json.dumps(found))


def _opened(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path} answered {answer.status_code}: {answer.text[:400]}")
    return answer.text


def _attempt(browser: FlaskClient, intro: str) -> str:
    """A whole attempt, with every request that a real browser makes."""
    token = csrf_token(_opened(browser, intro))
    attempt = browser.post(intro, data={"csrf_token": token}).location
    token = csrf_token(_opened(browser, attempt))
    browser.get("/token")
    slots = range(1, material.QUESTIONS + 1)
    for slot in slots:
        answer = browser.post(
            f"{attempt}/respuestas",
            json={
                "slot": slot, "key": f"{attempt[-12:]}-{slot:04}", "seq": 1,
                "value": {"choice": "0"},
            },
            headers={"X-CSRFToken": token, "Accept": "application/json"},
        )  # fmt: skip
        if answer.status_code != 200:
            raise RuntimeError(f"a save answered {answer.status_code}: {answer.text[:400]}")
    fields = {f"q{slot}": "0" for slot in slots}
    seen = " ".join(f"{slot}:0" for slot in slots)
    browser.post(attempt, data={"csrf_token": token, "seen": seen, "go": "review"} | fields)
    token = csrf_token(_opened(browser, f"{attempt}/revisar"))
    browser.post(f"{attempt}/entregar", data={"csrf_token": token})
    _opened(browser, f"{attempt}/resultado")
    return attempt


if __name__ == "__main__":
    main(Laid(**json.load(sys.stdin)))
