"""A part of an attempt's time may be grace: what arrives in it still counts and is told as such."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    grace = sa.Column("grace", sa.Integer(), nullable=False, server_default="0")
    with op.batch_alter_table("attempt") as table:
        table.add_column(grace)
    with op.batch_alter_table("attempt") as table:
        table.alter_column("grace", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("attempt") as table:
        table.drop_column("grace")
