"""Logo and privacy notice of an institution; who substitutes a signer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("institution") as table:
        table.add_column(sa.Column("logo", sa.String(64), nullable=True))
        table.add_column(sa.Column("mark", sa.String(64), nullable=True))
        table.add_column(sa.Column("privacy", sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("privacy_version", sa.Integer(), nullable=False, server_default="0")
        )
        for column in ("logo", "mark"):
            name = op.f(f"fk_institution_{column}")
            table.create_foreign_key(name, "blob", [column], ["sha256"])
            table.create_index(op.f(f"ix_institution_{column}"), [column])
    with op.batch_alter_table("institution") as table:
        table.alter_column("privacy", server_default=None)
        table.alter_column("privacy_version", server_default=None)
    with op.batch_alter_table("signer") as table:
        table.add_column(sa.Column("substitutes_id", sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            op.f("fk_signer_substitutes_id"), "signer", ["substitutes_id"], ["id"]
        )
        table.create_index(op.f("ix_signer_substitutes_id"), ["substitutes_id"])


def downgrade() -> None:
    with op.batch_alter_table("signer") as table:
        table.drop_index(op.f("ix_signer_substitutes_id"))
        table.drop_constraint(op.f("fk_signer_substitutes_id"), type_="foreignkey")
        table.drop_column("substitutes_id")
    with op.batch_alter_table("institution") as table:
        for column in ("logo", "mark"):
            table.drop_index(op.f(f"ix_institution_{column}"))
            table.drop_constraint(op.f(f"fk_institution_{column}"), type_="foreignkey")
        for column in ("privacy_version", "privacy", "mark", "logo"):
            table.drop_column(column)
