"""The bare floor: Flask and sqlite3."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, abort, g, redirect, render_template, request
from jinja2 import DictLoader

from bench.floor.pages import TEMPLATES
from bench.floor.turn import PATH, turn
from bench.material import LESSONS, MODULES, QUESTIONS

app = Flask(__name__)
app.jinja_loader = DictLoader(TEMPLATES)


def connection() -> sqlite3.Connection:
    if "connection" not in g:
        g.connection = sqlite3.connect(PATH, isolation_level=None, timeout=10)
        g.connection.execute("PRAGMA synchronous=FULL")
        g.connection.row_factory = sqlite3.Row
    return g.connection


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    with turn():
        connection().execute("BEGIN IMMEDIATE")
        yield connection()
        connection().execute("COMMIT")


@app.teardown_appcontext
def close(_error: BaseException | None) -> None:
    found = g.pop("connection", None)
    if found is not None:
        found.close()


def person() -> sqlite3.Row:
    row = (
        connection()
        .execute(
            "SELECT p.* FROM session s JOIN person p ON p.id = s.person WHERE s.token = ?",
            (request.cookies.get("token", ""),),
        )
        .fetchone()
    )
    if row is None:
        abort(401)
    return row


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.get("/home")
def home() -> str:
    who = person()
    done = (
        connection()
        .execute("SELECT count(*) FROM progress WHERE person = ?", (who["id"],))
        .fetchone()[0]
    )
    return render_template(
        "home.html", title="Inicio", name=who["name"], done=done, total=MODULES * LESSONS
    )


@app.get("/course")
def course() -> str:
    who = person()
    rows = (
        connection()
        .execute(
            "SELECT m.title AS module, i.* FROM module m "
            "JOIN item i ON i.module = m.id ORDER BY i.id"
        )
        .fetchall()
    )
    seen = {
        r["item"]
        for r in connection().execute("SELECT item FROM progress WHERE person = ?", (who["id"],))
    }
    modules: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        modules.setdefault(row["module"], []).append(row)
    shown = [{"title": title, "lessons": lessons} for title, lessons in modules.items()]
    return render_template("course.html", title="Curso", name=who["name"], modules=shown, seen=seen)


@app.get("/quiz")
def quiz() -> str:
    who = person()
    attempts = (
        connection()
        .execute("SELECT score FROM attempt WHERE person = ? ORDER BY id", (who["id"],))
        .fetchall()
    )
    return render_template("quiz.html", title="Examen", attempts=attempts)


@app.post("/attempt")
def start():
    who = person()
    with writing() as c:
        found = c.execute("INSERT INTO attempt (person) VALUES (?)", (who["id"],)).lastrowid
    return redirect(f"/attempt/{found}")


@app.get("/attempt/<int:attempt>")
def attempt(attempt: int) -> str:
    person()
    questions = connection().execute("SELECT * FROM question ORDER BY id").fetchall()
    answers = {
        r["question"]: r["value"]
        for r in connection().execute("SELECT * FROM answer WHERE attempt = ?", (attempt,))
    }
    return render_template(
        "attempt.html", title="Examen", attempt=attempt, questions=questions, answers=answers
    )


@app.post("/attempt/<int:attempt>/save")
def save(attempt: int) -> dict[str, str]:
    person()
    body = request.get_json()
    with writing() as c:
        c.execute(
            "INSERT INTO answer (attempt, question, value) VALUES (?, ?, ?) "
            "ON CONFLICT (attempt, question) DO UPDATE SET value = excluded.value",
            (attempt, body["slot"], body["value"]),
        )
    return {"at": "now"}


@app.post("/attempt/<int:attempt>/finish")
def finish(attempt: int):
    person()
    with writing() as c:
        right = c.execute(
            "SELECT count(*) FROM answer a JOIN question q ON q.id = a.question "
            "WHERE a.attempt = ? AND a.value = q.answer",
            (attempt,),
        ).fetchone()[0]
        c.execute("UPDATE attempt SET score = ? WHERE id = ?", (right, attempt))
    return redirect(f"/attempt/{attempt}/result")


@app.get("/attempt/<int:attempt>/result")
def result(attempt: int) -> str:
    person()
    row = connection().execute("SELECT score FROM attempt WHERE id = ?", (attempt,)).fetchone()
    return render_template("result.html", title="Resultado", score=row["score"], total=QUESTIONS)
