"""Questions that were corrected after people had answered them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("question_version_id", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("taken_back_at", Moment, nullable=True),
        sa.Column("taken_back_by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_why", sa.String(300), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _refers("cohort_id", "cohort.id"),
        _refers("course_id", "course.id"),
        _refers("question_version_id", "question_version.id"),
        _refers("by_id", "person.id"),
        _refers("taken_back_by_id", "person.id"),
        _refers("institution_id", "institution.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("uid", name=op.f("uq_adjustment_uid")),
    )
    for column in (
        "course_id", "question_version_id", "by_id", "taken_back_by_id", "institution_id"
    ):  # fmt: skip
        op.create_index(op.f(f"ix_adjustment_{column}"), "adjustment", [column])
    op.create_index(
        "ix_adjustment_cohort_quiz", "adjustment", ["cohort_id", "course_id", "activity_key"]
    )


def downgrade() -> None:
    op.drop_table("adjustment")


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_adjustment_{column}"))
