"""What administrators look at: how far a job is, whose letter it was, whom a deed concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("job", sa.Column("progress_done", sa.BigInteger(), nullable=True))
    op.add_column("job", sa.Column("progress_total", sa.BigInteger(), nullable=True))
    op.create_index("ix_job_task", "job", ["task"], unique=False)
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("institution_id", sa.BigInteger(), nullable=True))
        letter.add_column(
            sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        letter.add_column(sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.true()))
        letter.add_column(sa.Column("bounced_at", Moment, nullable=True))
        letter.create_foreign_key(
            op.f("fk_letter_institution_id"), "institution", ["institution_id"], ["id"]
        )
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("secret", server_default=None)
        letter.alter_column("kept", server_default=None)
    op.execute(
        "UPDATE letter SET secret = (template IN "
        "('people/confirm', 'people/confirm_address', 'people/recover')), kept = (state != 'sent')"
    )
    op.create_index(op.f("ix_letter_institution_id"), "letter", ["institution_id"], unique=False)
    op.create_index(op.f("ix_letter_address"), "letter", ["address"], unique=False)
    # Not in batch: rebuilding the table would take its triggers away, which keep it append-only.
    op.add_column("audit_entry", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_audit_entry_person_id"), "audit_entry", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_person_id"), table_name="audit_entry")
    op.drop_column("audit_entry", "person_id")
    op.drop_index(op.f("ix_letter_address"), table_name="letter")
    op.drop_index(op.f("ix_letter_institution_id"), table_name="letter")
    op.execute("UPDATE letter SET state = 'failed' WHERE state = 'bounced'")
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("fk_letter_institution_id"), type_="foreignkey")
        letter.drop_column("bounced_at")
        letter.drop_column("kept")
        letter.drop_column("secret")
        letter.drop_column("institution_id")
    op.drop_index("ix_job_task", table_name="job")
    op.execute("DELETE FROM job WHERE state = 'cancelled'")
    op.drop_column("job", "progress_total")
    op.drop_column("job", "progress_done")
