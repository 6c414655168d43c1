"""Seats by door: kept for agreements, and by which door somebody came."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COMERS = ("enrollment", "application", "invitation_key")


def upgrade() -> None:
    op.create_table(
        "quota",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("until_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_quota_cohort_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_quota_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
        sa.UniqueConstraint("uid", name=op.f("uq_quota_uid")),
    )
    for column in ("cohort_id", "institution_id"):
        op.create_index(op.f(f"ix_quota_{column}"), "quota", [column])
    for table in COMERS:
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("quota_id", sa.BigInteger(), nullable=True))
            changed.create_foreign_key(
                op.f(f"fk_{table}_quota_id"), "quota", ["quota_id"], ["id"]
            )
            changed.create_index(op.f(f"ix_{table}_quota_id"), ["quota_id"])


def downgrade() -> None:
    for table in COMERS:
        with op.batch_alter_table(table) as changed:
            changed.drop_index(op.f(f"ix_{table}_quota_id"))
            changed.drop_constraint(op.f(f"fk_{table}_quota_id"), type_="foreignkey")
            changed.drop_column("quota_id")
    op.drop_table("quota")
