"""The floor's database: the same shape as ours, in the fewest tables."""

import sqlite3
from pathlib import Path

from bench import material

_TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE session (token TEXT PRIMARY KEY, person INTEGER);
CREATE TABLE module (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE item (id INTEGER PRIMARY KEY, module INTEGER, title TEXT, minutes INTEGER);
CREATE TABLE progress (person INTEGER, item INTEGER, PRIMARY KEY (person, item));
CREATE TABLE question (id INTEGER PRIMARY KEY, text TEXT, a, b, c, d, answer TEXT);
CREATE TABLE attempt (id INTEGER PRIMARY KEY, person INTEGER, score INTEGER);
CREATE INDEX attempt_person ON attempt (person);
CREATE TABLE answer (attempt INTEGER, question INTEGER, value TEXT,
                     PRIMARY KEY (attempt, question));
"""


def fill(path: Path, people: int) -> None:
    """Lay as many people as the product gets, with half of their lessons seen."""
    c = sqlite3.connect(path, isolation_level=None)
    c.executescript(_TABLES)
    c.execute("BEGIN")
    for number in range(material.MODULES):
        c.execute("INSERT INTO module VALUES (?, ?)", (number, material.module_title(number)))
    for number in range(material.MODULES * material.LESSONS):
        module, lesson = divmod(number, material.LESSONS)
        c.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?)",
            (number, module, material.lesson_title(module, lesson), material.LESSON_MINUTES),
        )
    for number in range(1, material.QUESTIONS + 1):
        c.execute(
            "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?, '1')",
            (number, material.stem(number), *material.OPTIONS),
        )
    for number in range(people):
        c.execute("INSERT INTO person VALUES (?, ?)", (number, " ".join(material.name(number))))
        c.execute("INSERT INTO session VALUES (?, ?)", (material.token(number), number))
        for item in range(0, material.MODULES * material.LESSONS, 2):
            c.execute("INSERT INTO progress VALUES (?, ?)", (number, item))
    c.execute("COMMIT")
    c.close()
