"""Attempts that somebody reopened or handed in for their person, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "intervention",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _refers("attempt_id", "attempt.id"),
        _refers("by_id", "person.id"),
        _refers("institution_id", "institution.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("uid", name=op.f("uq_intervention_uid")),
    )
    for column in ("attempt_id", "by_id", "institution_id"):
        op.create_index(op.f(f"ix_intervention_{column}"), "intervention", [column])
    to_do = sa.text("done_at IS NULL")
    op.create_index(
        "ix_intervention_to_do",
        "intervention",
        ["batch"],
        sqlite_where=to_do,
        postgresql_where=to_do,
    )


def downgrade() -> None:
    op.drop_table("intervention")


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_intervention_{column}"))
