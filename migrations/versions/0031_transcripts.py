"""Earlier diplomas: sheets that are looked over, and what was transcribed from the books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Folded = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def _registered() -> list[sa.Column]:
    return [
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.String(64), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
    ]


def _owned(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


TABLES = ("transcript_sheet", "transcript_row", "transcribed", "transcribed_act")


def upgrade() -> None:
    op.create_table(
        "transcript_sheet",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        *_owned("transcript_sheet"),
        _unique("transcript_sheet", "uid"),
    )
    op.create_table(
        "transcript_row",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.Column("problems", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["transcript_sheet.id"], name=op.f("fk_transcript_row_sheet_id")
        ),
        *_owned("transcript_row"),
        _unique("transcript_row", "sheet_id", "line"),
    )
    op.create_table(
        "transcribed",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("register_book_id", sa.BigInteger(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("folio", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("holder_sort", Folded, nullable=False),
        sa.Column("search", Folded, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        *_registered(),
        sa.ForeignKeyConstraint(
            ["register_book_id"], ["register_book.id"], name=op.f("fk_transcribed_register_book_id")
        ),
        *_owned("transcribed"),
        _unique("transcribed", "uid"),
        _unique("transcribed", "code"),
        _unique("transcribed", "leaf_index"),
        _unique("transcribed", "institution_id", "book", "folio", "number"),
    )
    op.create_table(
        "transcribed_act",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("transcribed_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_registered(),
        sa.ForeignKeyConstraint(
            ["transcribed_id"], ["transcribed.id"], name=op.f("fk_transcribed_act_transcribed_id")
        ),
        *_owned("transcribed_act"),
        _unique("transcribed_act", "uid"),
        _unique("transcribed_act", "transcribed_id"),
        _unique("transcribed_act", "leaf_index"),
    )
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_institution_id"), table, ["institution_id"])
    op.create_index(
        op.f("ix_transcribed_register_book_id"), "transcribed", ["register_book_id"]
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
