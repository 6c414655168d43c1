"""Changed dates of cohorts, and how far their people have been told of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("to_seated", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("told_up_to", sa.BigInteger(), nullable=False),
        sa.Column("told_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_calendar_change_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_calendar_change_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_change_uid")),
    )
    op.create_index(op.f("ix_calendar_change_cohort_id"), "calendar_change", ["cohort_id"])
    op.create_index(
        op.f("ix_calendar_change_institution_id"), "calendar_change", ["institution_id"]
    )


def downgrade() -> None:
    op.drop_table("calendar_change")
