"""Writing a row that somebody else may be writing at the same moment."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def inserting(where: Session | Connection, table: type[Any]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do on conflict, in the words of this database."""
    bind = where if isinstance(where, Connection) else where.get_bind()
    if bind.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
