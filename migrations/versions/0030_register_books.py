"""Books of the register: each number has a folio in a book, and a spoiled one stays in it."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLACE = ("register_book_id", "book", "folio", "line", "edition")


def upgrade() -> None:
    op.create_table(
        "register_book",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("entries_per_folio", sa.Integer(), nullable=False),
        sa.Column("folios_per_book", sa.Integer(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("folio", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_register_book_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_book")),
        sa.UniqueConstraint(
            "institution_id", "kind", "demo", name=op.f("uq_register_book_institution_id_kind_demo")
        ),
    )
    op.create_index(op.f("ix_register_book_institution_id"), "register_book", ["institution_id"])
    with op.batch_alter_table("credential") as changed:
        changed.add_column(sa.Column("register_book_id", sa.BigInteger(), nullable=True))
        changed.add_column(sa.Column("book", sa.Integer(), nullable=True))
        changed.add_column(sa.Column("folio", sa.Integer(), nullable=True))
        changed.add_column(sa.Column("line", sa.Integer(), nullable=True))
        changed.create_foreign_key(
            op.f("fk_credential_register_book_id"), "register_book", ["register_book_id"], ["id"]
        )
        changed.create_unique_constraint(
            op.f("uq_credential_register_book_id_book_folio_line_edition"), list(PLACE)
        )
    op.create_table(
        "spoiled_number",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("register_book_id", sa.BigInteger(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("folio", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.String(64), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_spoiled_number_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_book_id"],
            ["register_book.id"],
            name=op.f("fk_spoiled_number_register_book_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoiled_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_spoiled_number_uid")),
        sa.UniqueConstraint("code", name=op.f("uq_spoiled_number_code")),
        sa.UniqueConstraint("leaf_index", name=op.f("uq_spoiled_number_leaf_index")),
        sa.UniqueConstraint(
            "institution_id",
            "series",
            "number",
            name=op.f("uq_spoiled_number_institution_id_series_number"),
        ),
        sa.UniqueConstraint(
            "register_book_id",
            "book",
            "folio",
            "line",
            name=op.f("uq_spoiled_number_register_book_id_book_folio_line"),
        ),
    )
    op.create_index(op.f("ix_spoiled_number_institution_id"), "spoiled_number", ["institution_id"])


def downgrade() -> None:
    op.drop_table("spoiled_number")
    with op.batch_alter_table("credential") as changed:
        changed.drop_constraint(
            op.f("uq_credential_register_book_id_book_folio_line_edition"), type_="unique"
        )
        changed.drop_constraint(op.f("fk_credential_register_book_id"), type_="foreignkey")
        for name in ("line", "folio", "book", "register_book_id"):
            changed.drop_column(name)
    op.drop_table("register_book")
