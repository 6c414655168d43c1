"""What learners ask the teachers of their cohort."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        sa.Column("waiting_since", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_inquiry_cohort_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_inquiry_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_inquiry_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("uid", name=op.f("uq_inquiry_uid")),
    )
    op.create_index("ix_inquiry_cohort_id_waiting_since", "inquiry", ["cohort_id", "waiting_since"])
    op.create_index("ix_inquiry_enrollment_id_last_at", "inquiry", ["enrollment_id", "last_at"])
    op.create_index(op.f("ix_inquiry_institution_id"), "inquiry", ["institution_id"])
    op.create_table(
        "inquiry_post",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("inquiry_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("of_team", sa.Boolean(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_inquiry_post_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_post_inquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_inquiry_post_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_post")),
    )
    for column in ("author_id", "inquiry_id", "institution_id"):
        op.create_index(op.f(f"ix_inquiry_post_{column}"), "inquiry_post", [column])


def downgrade() -> None:
    op.drop_table("inquiry_post")
    op.drop_table("inquiry")
