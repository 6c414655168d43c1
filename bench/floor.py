"""The floor: the least that could honestly be called the same, in bare Flask and sqlite3.

Sign-in by cookie, a course page with per-person progress, a quiz attempt whose answers are durable
(WAL, synchronous=FULL). No rights, no languages, no audit, no receipts: what those cost is what the
ratio to this application tells.
"""

import os
import sqlite3
import threading

from flask import Flask, g, redirect, render_template_string, request

PATH = os.environ.get("FLOOR_DB", "floor.db")
LESSONS = 40
QUESTIONS = 10
app = Flask(__name__)
_lock = threading.Lock()

COURSE = """<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Curso</title></head>
<body><h1>{{ title }}</h1><p>{{ name }}</p>{% for module in modules %}<h2>{{ module.title }}</h2><ul>
{% for item in module.items %}<li><a href="/lesson/{{ item.id }}">{{ item.title }}</a>
{{ item.minutes }} min {% if item.id in seen %}vista{% endif %}</li>{% endfor %}</ul>{% endfor %}
</body></html>"""
QUIZ = """<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Examen</title></head>
<body><h1>Examen</h1><form method="post" action="/attempt/{{ attempt }}/finish">
{% for q in questions %}<fieldset><legend>{{ q.text }}</legend>{% for o in q.options %}
<label><input type="radio" name="q{{ q.id }}" value="{{ loop.index }}"
{% if answers.get(q.id) == loop.index|string %}checked{% endif %}> {{ o }}</label>{% endfor %}
</fieldset>{% endfor %}<button>Entregar</button></form></body></html>"""


def connection() -> sqlite3.Connection:
    if "connection" not in g:
        g.connection = sqlite3.connect(PATH, isolation_level=None, timeout=10)
        g.connection.execute("PRAGMA synchronous=FULL")
        g.connection.row_factory = sqlite3.Row
    return g.connection


@app.teardown_appcontext
def close(_error: BaseException | None) -> None:
    found = g.pop("connection", None)
    if found is not None:
        found.close()


def person() -> sqlite3.Row:
    row = connection().execute(
        "SELECT p.* FROM session s JOIN person p ON p.id = s.person WHERE s.token = ?",
        (request.cookies.get("token", ""),),
    ).fetchone()
    if row is None:
        from flask import abort

        abort(401)
    return row


@app.get("/course")
def course() -> str:
    who = person()
    rows = connection().execute(
        "SELECT m.title AS module, i.* FROM module m JOIN item i ON i.module = m.id ORDER BY i.id"
    ).fetchall()
    seen = {
        r["item"]
        for r in connection().execute("SELECT item FROM progress WHERE person = ?", (who["id"],))
    }
    modules: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        modules.setdefault(row["module"], []).append(row)
    shown = [{"title": title, "items": items} for title, items in modules.items()]
    return render_template_string(COURSE, title="Curso", name=who["name"], modules=shown, seen=seen)


@app.post("/attempt")
def start():
    who = person()
    with _lock, connection() as c:
        c.execute("BEGIN IMMEDIATE")
        found = c.execute("INSERT INTO attempt (person) VALUES (?)", (who["id"],)).lastrowid
        c.execute("COMMIT")
    return redirect(f"/attempt/{found}")


@app.get("/attempt/<int:attempt>")
def attempt(attempt: int) -> str:
    person()
    questions = [
        {"id": r["id"], "text": r["text"], "options": [r["a"], r["b"], r["c"], r["d"]]}
        for r in connection().execute("SELECT * FROM question ORDER BY id")
    ]
    answers = {
        r["question"]: r["value"]
        for r in connection().execute("SELECT * FROM answer WHERE attempt = ?", (attempt,))
    }
    return render_template_string(QUIZ, attempt=attempt, questions=questions, answers=answers)


@app.post("/attempt/<int:attempt>/save")
def save(attempt: int) -> dict[str, str]:
    person()
    body = request.get_json()
    with _lock:
        c = connection()
        c.execute("BEGIN IMMEDIATE")
        c.execute(
            "INSERT INTO answer (attempt, question, value) VALUES (?, ?, ?) "
            "ON CONFLICT (attempt, question) DO UPDATE SET value = excluded.value",
            (attempt, body["slot"], body["value"]),
        )
        c.execute("COMMIT")
    return {"at": "now"}


@app.post("/attempt/<int:attempt>/finish")
def finish(attempt: int):
    person()
    with _lock:
        c = connection()
        c.execute("BEGIN IMMEDIATE")
        right = c.execute(
            "SELECT count(*) FROM answer a JOIN question q ON q.id = a.question "
            "WHERE a.attempt = ? AND a.value = q.answer",
            (attempt,),
        ).fetchone()[0]
        c.execute("UPDATE attempt SET score = ? WHERE id = ?", (right, attempt))
        c.execute("COMMIT")
    return redirect(f"/attempt/{attempt}/result")


@app.get("/attempt/<int:attempt>/result")
def result(attempt: int) -> str:
    person()
    row = connection().execute("SELECT score FROM attempt WHERE id = ?", (attempt,)).fetchone()
    return f"<h1>{row['score']} de {QUESTIONS}</h1>"


def fill(path: str, people: int) -> list[str]:
    """Make the floor's database; returns the session tokens of its people."""
    c = sqlite3.connect(path, isolation_level=None)
    c.executescript(
        """
        PRAGMA journal_mode=WAL;
        CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE session (token TEXT PRIMARY KEY, person INTEGER);
        CREATE TABLE module (id INTEGER PRIMARY KEY, title TEXT);
        CREATE TABLE item (id INTEGER PRIMARY KEY, module INTEGER, title TEXT, minutes INTEGER);
        CREATE TABLE progress (person INTEGER, item INTEGER, PRIMARY KEY (person, item));
        CREATE TABLE question (id INTEGER PRIMARY KEY, text TEXT, a, b, c, d, answer TEXT);
        CREATE TABLE attempt (id INTEGER PRIMARY KEY, person INTEGER, score INTEGER);
        CREATE TABLE answer (attempt INTEGER, question INTEGER, value TEXT,
                             PRIMARY KEY (attempt, question));
        BEGIN;
        """
    )
    for module in range(10):
        c.execute("INSERT INTO module VALUES (?, ?)", (module, f"Módulo {module}"))
    for item in range(LESSONS):
        c.execute("INSERT INTO item VALUES (?, ?, ?, 9)", (item, item // 4, f"Lección {item}"))
    for number in range(QUESTIONS):
        c.execute(
            "INSERT INTO question VALUES (?, ?, 'Una', 'Otra', 'Una tercera', 'Ninguna', '1')",
            (number, f"Pregunta {number} sobre un caso de la municipalidad"),
        )
    tokens = []
    for number in range(people):
        token = f"token-{number}"
        c.execute("INSERT INTO person VALUES (?, ?)", (number, f"Persona {number}"))
        c.execute("INSERT INTO session VALUES (?, ?)", (token, number))
        for item in range(0, LESSONS, 2):
            c.execute("INSERT INTO progress VALUES (?, ?)", (number, item))
        tokens.append(token)
    c.execute("COMMIT")
    c.close()
    return tokens
