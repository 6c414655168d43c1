"""Reading within a request: one connection in autocommit, and a session on it that never writes."""

from typing import Any

from flask import Flask, current_app, g
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

    def get_bind(self, *_args: Any, **_kwargs: Any) -> Connection:
        """The connection that hot pages read on too: a request takes one from the pool."""
        return reading_connection()


class Binding(SQLAlchemy):
    """Flask-SQLAlchemy for engine and request session; models know nothing of it."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return engine_for(make_url(options["url"]), pool_size=app.config["POOL_SIZE"])


db = Binding(
    session_options={"class_": ReadOnlySession, "expire_on_commit": False, "autoflush": False}
)


def install(app: Flask) -> None:
    """Bind the application, and give back what a request has read with when it ends."""

    @app.teardown_appcontext
    def let_go(_error: BaseException | None) -> None:
        reader: Connection | None = g.pop("cabildo_reader", None)
        if reader is not None:
            reader.close()

    db.init_app(app)  # after the above, so that its session ends before its connection


def reading_connection() -> Connection:
    """The reading connection of this request, for statements built once on hot pages."""
    reader: Connection | None = g.get("cabildo_reader")
    if reader is None:
        reader = g.cabildo_reader = database().engine.connect()
    return reader


def reading() -> Session:
    """The reading session of this request, on the same connection."""
    session: Session = db.session()
    return session


def database() -> Database:
    """The database of this application, unless what is looked at is in another (a preview)."""
    found: Database = g.get("cabildo_database") or current_app.extensions["cabildo.database"]
    return found
