"""The database as the rest of the house knows it: read, perform, perform small."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from lms.foundation.db.engine import writing
from lms.foundation.db.small import SmallWrites
from lms.foundation.db.turn import Turn
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.clock import Clock, utc_now
from lms.foundation.kernel.errors import N_, Conflict, Unavailable
from lms.foundation.kernel.facts import Fact, Wiring

P = ParamSpec("P")
R = TypeVar("R")
Action = Callable[Concatenate[Work, P], R]
Later = Callable[[Work, str, list[Fact]], None]

TRIES = 3
# PostgreSQL: serialization failure, deadlock detected.
_AGAIN = {"40001", "40P01"}
_UNIQUE = "23505"
_ROUNDS_OF_FACTS = 8


class Database:
    """One database, its fair writer, and the wiring of facts to those who hear them."""

    def __init__(self, engine: Engine, *, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.clock = clock
        self.wiring: Wiring = {}
        self.later: Later | None = None
        self.ring: Callable[[], None] = lambda: None
        self._writing = writing(engine)
        self._turn = Turn(_lock_path(engine)) if self.is_sqlite else None
        self._small = SmallWrites(self._writing, self._turn) if self._turn else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def take_stock(self) -> None:
        """SQLite learns how much its tables hold, and so by which index to look things up.

        PostgreSQL does that by itself. Among 100,000 people a search takes a hundredth of the time
        afterwards. See PRAGMA optimize in the manual of SQLite.
        """
        if self._turn is not None:  # it writes, like everybody in turn
            with self._turn.held(), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA optimize=0x10002")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in autocommit for command line and worker; requests have their own."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def perform(self, action: Action[P, R], actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do one thing whole or not at all: begin, action, facts, commit, then wake-ups.

        A deadlock or serialization failure runs it again, three times at most, so an action must
        not touch the world outside its transaction.
        """
        for left in reversed(range(TRIES)):
            try:
                return self._once(action, actor, args, kwargs)
            except IntegrityError as error:
                raise _collision(error) from error
            except DBAPIError as error:
                if left and getattr(error.orig, "sqlstate", None) in _AGAIN:
                    continue
                raise _unavailable(error) from error
        raise AssertionError("unreachable")

    def perform_small(
        self, action: Action[P, R], actor: Actor, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same promise for small hot writes (answers, progress), which share a commit.

        On SQLite every waiting caller runs in its own savepoint of one transaction and returns
        only after that transaction is durable. A caller must hold no transaction of its own.
        """
        if self._small is None:
            return self.perform(action, actor, *args, **kwargs)

        def run(session: Session) -> tuple[R, Work]:
            work = Work(session, actor, self.clock(), self.ring)
            return self._act(work, action, args, kwargs), work

        try:
            result, work = self._small.submit(run)
        except IntegrityError as error:
            raise _collision(error) from error
        except DBAPIError as error:
            raise _unavailable(error) from error
        _after(work)
        return result

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile; on PostgreSQL whoever needs it locks what it changes."""
        with self._turn.held() if self._turn else nullcontext():
            yield

    def perform_within(
        self,
        connection: Connection,
        action: Action[P, R],
        actor: Actor,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Do one thing as a part of what somebody holds open, who commits it or lets it go."""
        held = Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        with held as session:
            return self._act(Work(session, actor, self.clock()), action, args, kwargs)

    def close(self) -> None:
        """Let go of connections; a later use opens them anew."""
        self.engine.dispose()

    def _once(self, action: Action[P, R], actor: Actor, args: tuple, kwargs: dict) -> R:  # type: ignore[type-arg]
        with (
            self._turn.held() if self._turn else nullcontext(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            work = Work(session, actor, self.clock(), self.ring)
            result = self._act(work, action, args, kwargs)
        _after(work)
        return result

    def _act(self, work: Work, action: Action[P, R], args: tuple, kwargs: dict) -> R:  # type: ignore[type-arg]
        result = action(work, *args, **kwargs)
        work.session.flush()
        self._tell(work)
        return result

    def _tell(self, work: Work) -> None:
        for _ in range(_ROUNDS_OF_FACTS):
            taken = work.facts.take()
            if not taken:
                return
            for kind, facts in taken.items():
                hearers = self.wiring.get(kind)
                if hearers is None:
                    continue
                for hear in hearers.now:
                    hear(work, facts)
                for task in hearers.later:
                    if self.later is not None:
                        self.later(work, task, facts)
            work.session.flush()
        raise RuntimeError("facts cause each other in a circle")


def _after(work: Work) -> None:
    for wake in work.after:
        wake()


def _lock_path(engine: Engine) -> Path | None:
    name = engine.url.database
    return Path(f"{name}.lock") if name and name != ":memory:" else None


def _collision(error: IntegrityError) -> Conflict | IntegrityError:
    """Two who did the same is for the reader; any other broken constraint is a fault of ours."""
    unique = getattr(error.orig, "sqlstate", None) == _UNIQUE or "UNIQUE" in str(error.orig)
    if not unique:
        return error
    return Conflict(
        N_("Somebody did the same thing at the same moment. Look at the page again."),
        constraint=constraint_of(error),
    )


def _unavailable(error: DBAPIError) -> Unavailable | DBAPIError:
    """Locked, gone or full is for later; anything else is a fault of ours and stays one."""
    text = str(error.orig).lower()
    signs = ("locked", "full", "unable to open", "disk i/o", "connection", "readonly", "timeout")
    if error.connection_invalidated or any(sign in text for sign in signs):
        return Unavailable(
            N_("The database cannot take this right now. Nothing was changed; try again shortly.")
        )
    return error


def constraint_of(error: IntegrityError) -> str:
    """What collided: SQLite names the columns, PostgreSQL the constraint."""
    diagnostics = getattr(error.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    return str(name) if name else str(error.orig).rpartition(": ")[2]
