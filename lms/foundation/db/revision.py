"""Which shape a database has, asked without what is needed to change it (alembic is heavy)."""

from sqlalchemy import Connection, inspect, text

from lms.foundation.kernel.shipped import shipped


def current(connection: Connection) -> str | None:
    """The migration a database stands at; none when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def newest() -> str:
    """The last migration of this version, as migrations/HEAD names it."""
    return (shipped("migrations") / "HEAD").read_text("utf-8").strip().partition("_")[0]
