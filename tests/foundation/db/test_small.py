"""Small writes: one alone costs no savepoint, those that come meanwhile share one commit."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from lms.foundation.db.engine import engine_for, writing
from lms.foundation.db.small import SmallWrites
from lms.foundation.db.turn import Turn

MANY = 12


class Slow(Turn):
    """A turn that comes only when so many wait for it."""

    def __init__(self) -> None:
        super().__init__(None)
        self.small: SmallWrites | None = None
        self.until = 1

    @contextmanager
    def held(self) -> Iterator[None]:
        while len(self.small._waiting) < self.until:
            threading.Event().wait(0.001)
        with super().held():
            yield


class Kept:
    """The writes under test, and what reached the database for them."""

    def __init__(self, engine: Engine) -> None:
        self.turn = Slow()
        self.small = self.turn.small = SmallWrites(writing(engine), self.turn)
        self.said: list[str] = []
        self.commits = 0

    def note(self, _connection, _cursor, statement, *_rest) -> None:
        self.said.append(statement.split()[0])

    def committed(self, _connection) -> None:
        self.commits += 1

    def together(self, many: int, fails=()) -> dict[int, str]:
        """So many write at once; gives back what each was told."""
        self.turn.until = many
        told: dict[int, str] = {}

        def write(n: int) -> None:
            def act(session: Session) -> str:
                session.execute(
                    text("INSERT INTO kept (key) VALUES (:key)"),
                    {"key": f"s{n}"},
                )
                if n in fails:
                    raise ValueError(n)
                return f"kept {n}"

            try:
                told[n] = self.small.submit(act)
            except ValueError as error:
                told[n] = f"failed {error}"

        threads = [threading.Thread(target=write, args=(n,)) for n in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return told


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    """SQLite, whatever the rest runs on: PostgreSQL groups its commits by itself."""
    made = engine_for(f"sqlite:///{tmp_path / 'small.db'}")
    with made.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (key TEXT PRIMARY KEY)")
    yield made
    made.dispose()


@pytest.fixture
def kept(engine) -> Kept:
    found = Kept(engine)
    event.listen(engine, "before_cursor_execute", found.note)
    event.listen(engine, "commit", found.committed)
    return found


def keys(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT key FROM kept")).scalars())


def test_one_alone_is_one_statement_between_begin_and_commit(kept, engine):
    assert kept.together(1) == {0: "kept 0"}
    assert kept.said == ["BEGIN", "INSERT"]
    assert kept.commits == 1
    assert keys(engine) == {"s0"}


def test_those_that_wait_together_share_one_commit(kept, engine):
    assert kept.together(MANY) == {n: f"kept {n}" for n in range(MANY)}
    assert kept.commits == 1
    assert len(keys(engine)) == MANY


def test_one_that_fails_leaves_its_neighbours_alone(kept, engine):
    told = kept.together(MANY, fails={3, 7})
    assert {n for n, said in told.items() if said == f"failed {n}"} == {3, 7}
    assert kept.commits == 1
    assert keys(engine) == {f"s{n}" for n in range(MANY) if n not in {3, 7}}


def test_one_alone_that_fails_leaves_nothing(kept, engine):
    assert kept.together(1, fails={0}) == {0: "failed 0"}
    assert kept.commits == 0
    assert keys(engine) == set()


def test_when_nobody_can_write_everybody_who_waits_is_told(kept, monkeypatch):
    def broken(*_):
        raise ValueError("no")

    monkeypatch.setattr(kept.small, "_commit", broken)
    assert set(kept.together(3).values()) == {"failed no"}
    monkeypatch.undo()
    assert kept.together(1) == {0: "kept 0"}
