"""Reading within a request: one session in autocommit that refuses to write."""

from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for


class ReadOnlySession(FlaskSession):
    """GET never writes: whoever tries is told where writing belongs."""

    def flush(self, objects: Any = None) -> None:
        if self.new or self.deleted or any(self.is_modified(row) for row in self.dirty):
            raise RuntimeError("this session only reads; write in an action through perform()")


class Binding(SQLAlchemy):
    """Flask-SQLAlchemy for engine and request session; models know nothing of it."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return engine_for(make_url(options["url"]), pool_size=app.config["POOL_SIZE"])


db = Binding(
    session_options={"class_": ReadOnlySession, "expire_on_commit": False, "autoflush": False}
)


def reading() -> Session:
    """The reading session of this request."""
    session: Session = db.session()
    return session


def reading_connection() -> Connection:
    """The same on a bare connection, for statements built once on hot pages."""
    return reading().connection()


def database() -> Database:
    """The database of this application."""
    found: Database = current_app.extensions["cabildo.database"]
    return found
