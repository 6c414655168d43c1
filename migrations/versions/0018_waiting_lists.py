"""How a cohort keeps its waiting list."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column(
        "call",
        sa.Column("takes_waitlist", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "call", sa.Column("promotes", sa.String(), nullable=False, server_default="registrar")
    )


def downgrade() -> None:
    op.drop_column("call", "promotes")
    op.drop_column("call", "takes_waitlist")
