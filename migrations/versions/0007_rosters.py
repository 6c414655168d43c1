"""Pasted lists of people to be enrolled, and their rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("heading", Json, nullable=False),
        sa.Column("columns", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_roster_by_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_roster_cohort_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_roster_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("uid", name=op.f("uq_roster_uid")),
    )
    for column in ("by_id", "cohort_id", "institution_id"):
        op.create_index(op.f(f"ix_roster_{column}"), "roster", [column])
    op.create_table(
        "roster_row",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.Column("entry", Json, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("problems", Json, nullable=False),
        sa.Column("notes", Json, nullable=False),
        sa.Column("known_as", sa.String(), nullable=True),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_roster_row_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_roster_row_institution_id")
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_roster_row_roster_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_row")),
        sa.UniqueConstraint("uid", name=op.f("uq_roster_row_uid")),
    )
    op.create_index(
        op.f("ix_roster_row_enrollment_id"), "roster_row", ["enrollment_id"], unique=False
    )
    op.create_index(
        op.f("ix_roster_row_institution_id"), "roster_row", ["institution_id"], unique=False
    )
    op.create_index("ix_roster_row_roster_id_position", "roster_row", ["roster_id", "position"])


def downgrade() -> None:
    op.drop_table("roster_row")
    op.drop_table("roster")
    op.execute("UPDATE person SET state = 'pending' WHERE state = 'invited'")
