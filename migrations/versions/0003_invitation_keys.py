"""Invitation keys say how many people they were made for, for whom, and when they were revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("invitation_key") as table:
        table.add_column(sa.Column("uses", sa.Integer(), nullable=True))
        table.add_column(sa.Column("note", sa.String(), nullable=True))
        table.add_column(sa.Column("revoked_at", Moment, nullable=True))
    # How many have come in with a key of before is no longer known: what is left is what it is for.
    op.execute("UPDATE invitation_key SET uses = uses_left, note = ''")
    with op.batch_alter_table("invitation_key") as table:
        table.alter_column("uses", existing_type=sa.Integer(), nullable=False)
        table.alter_column("note", existing_type=sa.String(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("invitation_key") as table:
        table.drop_column("revoked_at")
        table.drop_column("note")
        table.drop_column("uses")
