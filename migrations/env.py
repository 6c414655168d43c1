"""Run by lms.foundation.db.migrate, which brings the connection and owns the transaction."""

from alembic import context

from lms.wiring import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
    compare_type=True,
)
context.run_migrations()
