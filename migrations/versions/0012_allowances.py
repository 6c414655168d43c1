"""What single people are allowed beyond the rules of their cohort."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("enrollment", sa.Column("ends_at", Moment, nullable=True))
    op.add_column(
        "enrollment", sa.Column("allowances", Json, nullable=False, server_default="{}")
    )
    op.create_table(
        "allowance",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("closes_at", Moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("expires_at", Moment, nullable=True),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("applied_at", Moment, nullable=True),
        sa.Column("revoked_at", Moment, nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_allowance_by_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_allowance_cohort_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_allowance_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_allowance_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance")),
        sa.UniqueConstraint("uid", name=op.f("uq_allowance_uid")),
    )
    for column in ("batch", "by_id", "cohort_id", "enrollment_id", "institution_id"):
        op.create_index(op.f(f"ix_allowance_{column}"), "allowance", [column])


def downgrade() -> None:
    op.drop_table("allowance")
    op.drop_column("enrollment", "allowances")
    op.drop_column("enrollment", "ends_at")
