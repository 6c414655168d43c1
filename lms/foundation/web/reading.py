"""Reading within a request: one connection in autocommit, and a session on it that never writes."""

from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lms.foundation.db.database import Database


class ReadOnlySession(Session):
    """GET never writes: whoever tries is told where writing belongs."""

    def flush(self, objects: Any = None) -> None:
        if self.new or self.deleted or any(self.is_modified(row) for row in self.dirty):
            raise RuntimeError("this session only reads; write in an action through perform()")


def install(app: Flask) -> None:
    """Let go of what a request has read with when it ends."""

    @app.teardown_appcontext
    def let_go(_error: BaseException | None) -> None:
        session: Session | None = g.pop("cabildo_session", None)
        if session is not None:
            session.close()
        reader: Connection | None = g.pop("cabildo_reader", None)
        if reader is not None:
            reader.close()


def reading_connection() -> Connection:
    """The reading connection of this request, for statements built once on hot pages."""
    reader: Connection | None = g.get("cabildo_reader")
    if reader is None:
        reader = g.cabildo_reader = database().engine.connect()
    return reader


def reading() -> Session:
    """The reading session of this request, on the same connection."""
    session: Session | None = g.get("cabildo_session")
    if session is None:
        session = g.cabildo_session = ReadOnlySession(
            reading_connection(), expire_on_commit=False, autoflush=False
        )
    return session


def database() -> Database:
    """The database of this application."""
    found: Database = current_app.extensions["cabildo.database"]
    return found
