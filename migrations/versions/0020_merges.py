"""Two accounts of one person become one, and can be parted again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("person") as changed:
        changed.add_column(sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
        changed.create_foreign_key(
            op.f("fk_person_merged_into_id"), "person", ["merged_into_id"], ["id"]
        )
        changed.create_index(op.f("ix_person_merged_into_id"), ["merged_into_id"])
    op.create_table(
        "merge",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("stays_id", sa.BigInteger(), nullable=False),
        sa.Column("goes_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("moved", Json, nullable=False),
        sa.Column("kept", Json, nullable=False),
        sa.Column("known", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("undone_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["stays_id"], ["person.id"], name=op.f("fk_merge_stays_id")),
        sa.ForeignKeyConstraint(["goes_id"], ["person.id"], name=op.f("fk_merge_goes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        sa.UniqueConstraint("uid", name=op.f("uq_merge_uid")),
    )
    for column in ("stays_id", "goes_id"):
        op.create_index(op.f(f"ix_merge_{column}"), "merge", [column])
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_merge_standing",
        "merge",
        ["goes_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    # Whoever was joined stays closed: an older programme knows no such state.
    op.execute(sa.text("UPDATE person SET state = 'closed' WHERE state = 'merged'"))
    op.execute(sa.text("UPDATE enrollment SET state = 'declined' WHERE state = 'set_aside'"))
    op.drop_table("merge")
    with op.batch_alter_table("person") as changed:
        changed.drop_index(op.f("ix_person_merged_into_id"))
        changed.drop_constraint(op.f("fk_person_merged_into_id"), type_="foreignkey")
        changed.drop_column("merged_into_id")
