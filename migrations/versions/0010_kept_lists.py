"""Lists of cohorts as members of staff keep them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "kept_list",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("asked", Json, nullable=False),
        sa.Column("kept_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_kept_list_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_list_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_list")),
        sa.UniqueConstraint(
            "person_id", "cohort_id", name=op.f("uq_kept_list_person_id_cohort_id")
        ),
    )
    op.create_index(op.f("ix_kept_list_cohort_id"), "kept_list", ["cohort_id"])


def downgrade() -> None:
    op.drop_table("kept_list")
