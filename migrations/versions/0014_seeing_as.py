"""Whom a session of the staff sees the site as, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("login_session") as table:
        table.add_column(sa.Column("seeing_as_id", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("seeing_until", Moment, nullable=True))
        table.create_foreign_key(
            op.f("fk_login_session_seeing_as_id"), "person", ["seeing_as_id"], ["id"]
        )
        table.create_index(op.f("ix_login_session_seeing_as_id"), ["seeing_as_id"])


def downgrade() -> None:
    with op.batch_alter_table("login_session") as table:
        table.drop_index(op.f("ix_login_session_seeing_as_id"))
        table.drop_constraint(op.f("fk_login_session_seeing_as_id"), type_="foreignkey")
        table.drop_column("seeing_until")
        table.drop_column("seeing_as_id")
