"""How people left a cohort: when, why, and whether it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_sha256", sa.String(64), nullable=True),
        sa.Column("document_name", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_at", Moment, nullable=True),
        sa.Column("taken_back_by_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_reason", sa.String(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_departure_by_id")),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["blob.sha256"], name=op.f("fk_departure_document_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_departure_enrollment_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["enrollment.id"], name=op.f("fk_departure_to_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_departure_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint("uid", name=op.f("uq_departure_uid")),
    )
    for column in ("by_id", "document_sha256", "enrollment_id", "institution_id", "to_id"):
        op.create_index(op.f(f"ix_departure_{column}"), "departure", [column])
    standing = sa.text("taken_back_at IS NULL")
    op.create_index(
        "uq_departure_standing",
        "departure",
        ["enrollment_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    op.drop_table("departure")
