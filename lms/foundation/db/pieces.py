"""Deleting what has grown old, a piece at a time, so that nobody waits long for the writer."""

from typing import Any

from sqlalchemy import ColumnElement, delete, inspect, select, tuple_

from lms.foundation.db.work import Work

AT_ONCE = 500


def delete_some(work: Work, table: type[Any], which: ColumnElement[bool]) -> bool:
    """Delete at most a piece of the rows that are meant; says whether there may be more."""
    keys = tuple_(*inspect(table).primary_key)
    piece = select(*inspect(table).primary_key).where(which).limit(AT_ONCE)
    done = work.session.execute(
        delete(table)
        .where(keys.in_(piece))
        .returning(*inspect(table).primary_key)
        .execution_options(synchronize_session=False)
    )
    return len(done.all()) == AT_ONCE
