"""Chains of attempts: answers know their link, and what else happened has links of its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("answer", sa.Column("position", sa.Integer(), nullable=True))
    op.add_column("answer", sa.Column("digest", sa.String(64), nullable=True))
    op.create_index(
        "uq_answer_attempt_id_position", "answer", ["attempt_id", "position"], unique=True
    )
    op.create_table(
        "attempt_event",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("what", Json, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_event_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_attempt_event_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_event")),
        sa.UniqueConstraint(
            "attempt_id", "position", name=op.f("uq_attempt_event_attempt_id_position")
        ),
    )
    op.create_index(op.f("ix_attempt_event_institution_id"), "attempt_event", ["institution_id"])


def downgrade() -> None:
    op.drop_table("attempt_event")
    op.drop_index("uq_answer_attempt_id_position", "answer")
    op.drop_column("answer", "digest")
    op.drop_column("answer", "position")
