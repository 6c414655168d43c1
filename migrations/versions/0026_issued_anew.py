"""A document that was annulled may be issued anew: at most one holds, instead of one in all."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ONCE = "uq_credential_kind_enrollment_id_course_version_id_edition"


def upgrade() -> None:
    with op.batch_alter_table("credential") as changed:
        changed.drop_constraint(op.f(ONCE), type_="unique")
    op.create_index(
        "uq_credential_holds",
        "credential",
        ["kind", "enrollment_id", "course_version_id"],
        unique=True,
        sqlite_where=sa.text("status = 'valid'"),
        postgresql_where=sa.text("status = 'valid'"),
    )


def downgrade() -> None:
    op.drop_index("uq_credential_holds", "credential")
    with op.batch_alter_table("credential") as changed:
        changed.create_unique_constraint(
            op.f(ONCE), ["kind", "enrollment_id", "course_version_id", "edition"]
        )
