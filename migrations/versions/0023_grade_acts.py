"""Grade acts, what they say, who signs them, and by which account."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Folded = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("signer") as table:
        table.add_column(sa.Column("account_id", sa.BigInteger(), nullable=True))
        table.create_foreign_key(op.f("fk_signer_account_id"), "person", ["account_id"], ["id"])
    op.create_index(op.f("ix_signer_account_id"), "signer", ["account_id"])
    _owned(
        "grade_act",
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        _refers("grade_act", "cohort_id", "cohort.id"),
        _refers("grade_act", "amends_id", "grade_act.id"),
        sa.UniqueConstraint(
            "cohort_id", "subject", "edition", name=op.f("uq_grade_act_cohort_id_subject_edition")
        ),
        sa.UniqueConstraint(
            "institution_id", "series", "number",
            name=op.f("uq_grade_act_institution_id_series_number"),
        ),
        index=("amends_id", "institution_id"),
    )  # fmt: skip
    _owned(
        "grade_act_line",
        sa.Column("act_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", Folded, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("before_outcome", sa.String(), nullable=True),
        sa.Column("before_grade", sa.String(), nullable=True),
        sa.Column("before_name", sa.String(), nullable=True),
        _refers("grade_act_line", "act_id", "grade_act.id"),
        sa.UniqueConstraint(
            "act_id", "position", name=op.f("uq_grade_act_line_act_id_position")
        ),
        index=("enrollment_id", "institution_id"),
        named=False,
    )
    _owned(
        "act_signature",
        sa.Column("act_id", sa.BigInteger(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("signer_uid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at", Moment, nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("scan_sha256", sa.String(64), nullable=True),
        sa.Column("scan_name", sa.String(), nullable=False),
        _refers("act_signature", "act_id", "grade_act.id"),
        _refers("act_signature", "by_id", "person.id"),
        _refers("act_signature", "scan_sha256", "blob.sha256"),
        sa.UniqueConstraint("act_id", "order", name=op.f("uq_act_signature_act_id_order")),
        index=("by_id", "scan_sha256", "institution_id"),
    )
    _owned(
        "act_remark",
        sa.Column("act_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        _refers("act_remark", "act_id", "grade_act.id"),
        _refers("act_remark", "by_id", "person.id"),
        index=("act_id", "by_id", "institution_id"),
    )
    # A draft may change; what is closed or signed may not, by anybody.
    _frozen("grade_act", "OLD.closed_at IS NOT NULL")
    _frozen("grade_act_line", "TRUE")
    _frozen("act_signature", "OLD.signed_at IS NOT NULL")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in ("grade_act", "grade_act_line", "act_signature"):
            op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
            op.execute(f"DROP FUNCTION {table}_frozen()")
    for table in ("act_remark", "act_signature", "grade_act_line", "grade_act"):
        op.drop_table(table)
    op.drop_index(op.f("ix_signer_account_id"), "signer")
    with op.batch_alter_table("signer") as table:
        table.drop_constraint(op.f("fk_signer_account_id"), type_="foreignkey")
        table.drop_column("account_id")


def _owned(table: str, *columns: sa.schema.SchemaItem, index: tuple[str, ...], named: bool = True) -> None:
    uid = (
        (
            sa.Column("uid", sa.Uuid(), nullable=False),
            sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
        )
        if named
        else ()
    )
    op.create_table(
        table,
        sa.Column("id", BigKey, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        *columns,
        *uid,
        _refers(table, "institution_id", "institution.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in index:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))


def _frozen(table: str, when: str) -> None:
    """Neither changed nor deleted while this holds."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{table} is frozen'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION {table}_frozen()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_frozen_{deed.lower()} BEFORE {deed} ON {table} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        )
