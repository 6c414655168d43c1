"""Acts on documents: annulled, revoked, superseded by a corrected edition."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "status_change",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("credential_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("successor_id", sa.BigInteger(), nullable=True),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_status_change_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_status_change_credential_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_status_change_uid")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_status_change_credential_id")),
        sa.UniqueConstraint("leaf_index", name=op.f("uq_status_change_leaf_index")),
    )
    op.create_index(op.f("ix_status_change_institution_id"), "status_change", ["institution_id"])
    with op.batch_alter_table("credential") as changed:
        changed.add_column(sa.Column("sealed_kid", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("credential") as changed:
        changed.drop_column("sealed_kid")
    op.drop_table("status_change")
