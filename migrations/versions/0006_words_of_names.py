"""Names by their words, documents by what they look like: searching and finding duplicates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FOLDED = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
AT_ONCE = 1000
TAKEN_FOR = str.maketrans("OQDILSZBG", "000115286")


def upgrade() -> None:
    op.create_table(
        "name_word",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("word", FOLDED, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
        sa.UniqueConstraint("word", name=op.f("uq_name_word_word")),
    )
    op.create_table(
        "person_word",
        sa.Column("word_id", BigKey, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_word_person_id")),
        sa.ForeignKeyConstraint(["word_id"], ["name_word.id"], name=op.f("fk_person_word_word_id")),
        sa.PrimaryKeyConstraint("word_id", "person_id", name=op.f("pk_person_word")),
    )
    op.create_index(op.f("ix_person_word_person_id"), "person_word", ["person_id"])
    with op.batch_alter_table("identifier") as table:
        table.add_column(sa.Column("alike", FOLDED))
        table.create_index(op.f("ix_identifier_alike"), ["alike"])
    _fill_words()
    _fill_alike()


def _fill_words() -> None:
    """Those who are here already are found by their words too."""
    connection = op.get_bind()
    person = sa.table("person", sa.column("id"), sa.column("search"))
    name_word = sa.table("name_word", sa.column("id"), sa.column("word"))
    person_word = sa.table("person_word", sa.column("word_id"), sa.column("person_id"))
    known: dict[str, int] = {}
    last = 0
    while True:
        rows = connection.execute(
            sa.select(person.c.id, person.c.search)
            .where(person.c.id > last)
            .order_by(person.c.id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        for word in sorted({word for row in rows for word in row.search.split()} - known.keys()):
            connection.execute(sa.insert(name_word).values(id=len(known) + 1, word=word))
            known[word] = len(known) + 1
        pairs = {(known[word], row.id) for row in rows for word in row.search.split()}
        if pairs:
            connection.execute(
                sa.insert(person_word),
                [{"word_id": word, "person_id": whose} for word, whose in sorted(pairs)],
            )
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT setval('name_word_id_seq', :n)"), {"n": len(known)})


def _fill_alike() -> None:
    connection = op.get_bind()
    identifier = sa.table(
        "identifier", sa.column("id"), sa.column("kind"), sa.column("value"), sa.column("alike")
    )
    rows = connection.execute(
        sa.select(identifier.c.id, identifier.c.value).where(identifier.c.kind == "document")
    ).all()
    for row in rows:
        alike = row.value.rpartition(":")[2].upper().translate(TAKEN_FOR).lstrip("0")
        connection.execute(
            sa.update(identifier).where(identifier.c.id == row.id).values(alike=alike)
        )


def downgrade() -> None:
    with op.batch_alter_table("identifier") as table:
        table.drop_index(op.f("ix_identifier_alike"))
        table.drop_column("alike")
    op.drop_index(op.f("ix_person_word_person_id"), table_name="person_word")
    op.drop_table("person_word")
    op.drop_table("name_word")
