"""Courses passed elsewhere that count as completed here."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "course_result",
        sa.Column("recognised", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "recognition",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("where_passed", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_sha256", sa.String(64), nullable=False),
        sa.Column("document_name", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", Moment, nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_recognition_by_id")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_recognition_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["blob.sha256"], name=op.f("fk_recognition_document_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_recognition_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_recognition_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint("uid", name=op.f("uq_recognition_uid")),
    )
    for column in ("by_id", "course_id", "document_sha256", "institution_id"):
        op.create_index(op.f(f"ix_recognition_{column}"), "recognition", [column])
    op.create_index("ix_recognition_enrollment_id", "recognition", ["enrollment_id"])
    standing = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_recognition_standing",
        "recognition",
        ["enrollment_id", "course_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    op.drop_table("recognition")
    with op.batch_alter_table("course_result") as table:
        table.drop_column("recognised")
