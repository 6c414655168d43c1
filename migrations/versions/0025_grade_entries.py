"""Marks written by hand: of columns without an activity, and in place of an activity's."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "grade_entry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("ratio", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", Moment, nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        _refers("institution_id", "institution.id"),
        _refers("enrollment_id", "enrollment.id"),
        _refers("course_id", "course.id"),
        _refers("by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_grade_entry_uid")),
    )
    for column in ("institution_id", "course_id", "by_id"):
        op.create_index(op.f(f"ix_grade_entry_{column}"), "grade_entry", [column])
    op.create_index(
        "ix_grade_entry_enrollment_id_course_id", "grade_entry", ["enrollment_id", "course_id"]
    )
    op.create_index(
        "uq_grade_entry_standing",
        "grade_entry",
        ["enrollment_id", "course_id", "item_key"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_table("grade_entry")


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_grade_entry_{column}"))
