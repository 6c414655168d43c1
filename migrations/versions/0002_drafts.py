"""What authors write before it is published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "draft_file",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("base_sha256", sa.String(), nullable=True),
        sa.Column("tab", sa.String(), nullable=True),
        sa.Column("saved_at", Moment, nullable=False),
        sa.Column("saved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_draft_file_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_draft_file_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
        sa.UniqueConstraint("programme_id", "path", name=op.f("uq_draft_file_programme_id_path")),
    )
    op.create_index(
        op.f("ix_draft_file_institution_id"), "draft_file", ["institution_id"], unique=False
    )
    op.create_table(
        "draft_step",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_draft_step_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_draft_step_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
        sa.UniqueConstraint("uid", name=op.f("uq_draft_step_uid")),
    )
    op.create_index(
        op.f("ix_draft_step_institution_id"), "draft_step", ["institution_id"], unique=False
    )
    op.create_index(
        "ix_draft_step_programme_id_id", "draft_step", ["programme_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_draft_step_programme_id_id", table_name="draft_step")
    op.drop_index(op.f("ix_draft_step_institution_id"), table_name="draft_step")
    op.drop_table("draft_step")
    op.drop_index(op.f("ix_draft_file_institution_id"), table_name="draft_file")
    op.drop_table("draft_file")
