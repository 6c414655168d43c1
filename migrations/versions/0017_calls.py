"""Calls with what they ask for, and applications with their papers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.add_column(
        "calendar_change",
        sa.Column("preparing_up_to", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.create_table(
        "call",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _to("call", "cohort_id", "cohort"),
        _to("call", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("cohort_id", name=op.f("uq_call_cohort_id")),
    )
    op.create_index(op.f("ix_call_institution_id"), "call", ["institution_id"])
    op.create_table(
        "requirement",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("is_obligatory", sa.Boolean(), nullable=False),
        sa.Column("formats", sa.String(), nullable=False),
        sa.Column("megabytes", sa.Integer(), nullable=False),
        sa.Column("removed_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _to("requirement", "cohort_id", "cohort"),
        _to("requirement", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("uid", name=op.f("uq_requirement_uid")),
    )
    for column in ("cohort_id", "institution_id"):
        op.create_index(op.f(f"ix_requirement_{column}"), "requirement", [column])
    op.create_table(
        "application",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("handed_in_at", Moment, nullable=True),
        sa.Column("last_handed_in_at", Moment, nullable=True),
        sa.Column("correct_by_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _to("application", "cohort_id", "cohort"),
        _to("application", "person_id", "person"),
        _to("application", "enrollment_id", "enrollment"),
        _to("application", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_uid")),
        sa.UniqueConstraint("enrollment_id", name=op.f("uq_application_enrollment_id")),
        sa.UniqueConstraint(
            "cohort_id", "person_id", name=op.f("uq_application_cohort_id_person_id")
        ),
    )
    for column in ("person_id", "institution_id"):
        op.create_index(op.f(f"ix_application_{column}"), "application", [column])
    op.create_table(
        "paper",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("requirement_id", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("checked_at", Moment, nullable=True),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        _to("paper", "application_id", "application"),
        _to("paper", "requirement_id", "requirement"),
        _to("paper", "sha256", "blob", "sha256"),
        _to("paper", "institution_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("uid", name=op.f("uq_paper_uid")),
        sa.UniqueConstraint(
            "application_id",
            "requirement_id",
            "turn",
            name=op.f("uq_paper_application_id_requirement_id_turn"),
        ),
    )
    for column in ("requirement_id", "sha256", "institution_id"):
        op.create_index(op.f(f"ix_paper_{column}"), "paper", [column])


def downgrade() -> None:
    for table in ("paper", "application", "requirement", "call"):
        op.drop_table(table)
    op.drop_column("calendar_change", "preparing_up_to")
