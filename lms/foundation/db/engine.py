"""Engines for both databases: reads in autocommit, writes in transactions we begin ourselves."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

# Read by the begin event: only a writing connection opens a transaction on SQLite.
WRITE = "cabildo_write"

_SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged answer survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=134217728",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA case_sensitive_like=ON",
)


def engine_for(url: str | URL, *, pool_size: int = 8) -> Engine:
    """The reading engine of a database; `writing` gives the same pool with transactions."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(target, pool_size)
    return create_engine(
        target.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,  # an error that is logged holds nobody's data
        isolation_level="AUTOCOMMIT",
        connect_args={"options": "-c timezone=UTC -c lock_timeout=10000"},
    )


def writing(engine: Engine) -> Engine:
    """The same database for one writing transaction at a time per connection."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{WRITE: True})
    return engine.execution_options(isolation_level="READ COMMITTED")


# The driver never begins by itself: its own begin leaks rows out of savepoints.
_CONNECT: dict[str, Any] = {"isolation_level": None, "timeout": 10, "check_same_thread": False}


def in_memory() -> Engine:
    """An empty database that lasts as long as it is held, for looking at what would be."""
    return _begun_by_us(
        create_engine(
            "sqlite://", poolclass=StaticPool, hide_parameters=True, connect_args=_CONNECT
        )
    )


def _sqlite(url: URL, pool_size: int) -> Engine:
    return _begun_by_us(
        create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            hide_parameters=True,  # an error that is logged holds nobody's data
            connect_args=_CONNECT,
        )
    )


def _begun_by_us(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for statement in _SQLITE_SETTINGS:
            cursor.execute(statement)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
