"""Answers that a person marks: what waits, what was given, and comments that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    waits = sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("mark") as table:
        table.add_column(waits)
    with op.batch_alter_table("mark") as table:
        table.alter_column("waits", existing_type=sa.Boolean(), server_default=None)
    op.create_index(
        "ix_mark_waits",
        "mark",
        ["attempt_id"],
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )
    op.create_table(
        "hand_mark",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("marker_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        _refers("hand_mark", "attempt_id", "attempt.id"),
        _refers("hand_mark", "marker_id", "person.id"),
        _refers("hand_mark", "institution_id", "institution.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_mark")),
        sa.UniqueConstraint(
            "attempt_id", "slot", "edition", name=op.f("uq_hand_mark_attempt_id_slot_edition")
        ),
    )
    for column in ("marker_id", "institution_id"):
        op.create_index(op.f(f"ix_hand_mark_{column}"), "hand_mark", [column])
    op.create_table(
        "marking_phrase",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("kept_at", Moment, nullable=False),
        _refers("marking_phrase", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_phrase")),
        sa.UniqueConstraint("uid", name=op.f("uq_marking_phrase_uid")),
        sa.UniqueConstraint("person_id", "text", name=op.f("uq_marking_phrase_person_id_text")),
    )


def downgrade() -> None:
    op.drop_table("marking_phrase")
    op.drop_table("hand_mark")
    op.drop_index("ix_mark_waits", "mark")
    with op.batch_alter_table("mark") as table:
        table.drop_column("waits")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))
