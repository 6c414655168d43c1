"""Who published, two persons before it, and packages that came in by the browser."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "programme_version", sa.Column("published_by_id", sa.BigInteger(), nullable=True)
    )
    with op.batch_alter_table("institution") as institution:
        institution.add_column(
            sa.Column(
                "two_person_publishing", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    with op.batch_alter_table("institution") as institution:
        institution.alter_column("two_person_publishing", server_default=None)
    op.create_table(
        "publication_request",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("parts", Json, nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("wanted_sha256", sa.String(length=64), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", Moment, nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_publication_request_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_publication_request_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_publication_request_uid")),
    )
    op.create_index(
        op.f("ix_publication_request_institution_id"), "publication_request", ["institution_id"]
    )
    op.create_index(
        "ix_publication_request_programme_id_id", "publication_request", ["programme_id", "id"]
    )
    op.create_table(
        "brought_package",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("hashes", Json, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_brought_package_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_brought_package_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["draft_step.id"], name=op.f("fk_brought_package_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_package")),
    )
    op.create_index(
        op.f("ix_brought_package_institution_id"), "brought_package", ["institution_id"]
    )
    op.create_index(op.f("ix_brought_package_programme_id"), "brought_package", ["programme_id"])
    op.create_index(op.f("ix_brought_package_step_id"), "brought_package", ["step_id"])


def downgrade() -> None:
    op.drop_table("brought_package")
    op.drop_table("publication_request")
    with op.batch_alter_table("institution") as institution:
        institution.drop_column("two_person_publishing")
    op.drop_column("programme_version", "published_by_id")
