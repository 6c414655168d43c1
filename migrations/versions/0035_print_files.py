"""Print files: the documents of a cohort bound together for the printer."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('print_file',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.BigInteger(), nullable=False),
    sa.Column('list_number', sa.Integer(), nullable=False),
    sa.Column('asked_at', Moment, nullable=False),
    sa.Column('asked_by_id', sa.BigInteger(), nullable=True),
    sa.Column('made_at', Moment, nullable=True),
    sa.Column('documents', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('pdf_sha256', sa.String(64), nullable=True),
    sa.Column('pdf_size', sa.BigInteger(), nullable=False),
    sa.Column('zip_sha256', sa.String(64), nullable=True),
    sa.Column('zip_size', sa.BigInteger(), nullable=False),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_print_file_cohort_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_print_file_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_file')),
    sa.UniqueConstraint('cohort_id', 'list_number', name=op.f('uq_print_file_cohort_id_list_number')),
    sa.UniqueConstraint('uid', name=op.f('uq_print_file_uid'))
    )
    op.create_index(op.f('ix_print_file_institution_id'), 'print_file', ['institution_id'])


def downgrade() -> None:
    op.drop_table('print_file')
