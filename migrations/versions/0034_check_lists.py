"""Check lists: to whom documents are about to be issued, for a second person to approve."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('check_list',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(64), nullable=False),
    sa.Column('prepared_at', Moment, nullable=False),
    sa.Column('prepared_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', Moment, nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('issued_at', Moment, nullable=True),
    sa.Column('issued_by_id', sa.BigInteger(), nullable=True),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_check_list_cohort_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_check_list_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_list')),
    sa.UniqueConstraint('cohort_id', 'number', name=op.f('uq_check_list_cohort_id_number')),
    sa.UniqueConstraint('uid', name=op.f('uq_check_list_uid'))
    )
    op.create_index(op.f('ix_check_list_institution_id'), 'check_list', ['institution_id'])
    open_ones = sa.text("state IN ('prepared', 'approved')")
    op.create_index('uq_check_list_open', 'check_list', ['cohort_id'], unique=True, sqlite_where=open_ones, postgresql_where=open_ones)
    op.create_table('check_line',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('list_id', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.BigInteger(), nullable=False),
    sa.Column('course_version_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('paper', sa.String(), nullable=False),
    sa.Column('grade', sa.String(), nullable=False),
    sa.Column('municipality', sa.String(), nullable=False),
    sa.Column('course', sa.String(), nullable=False),
    sa.Column('credential_id', sa.BigInteger(), nullable=True),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_check_line_credential_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_check_line_institution_id')),
    sa.ForeignKeyConstraint(['list_id'], ['check_list.id'], name=op.f('fk_check_line_list_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_line')),
    sa.UniqueConstraint('list_id', 'enrollment_id', 'course_version_id', name=op.f('uq_check_line_list_id_enrollment_id_course_version_id')),
    sa.UniqueConstraint('list_id', 'position', name=op.f('uq_check_line_list_id_position'))
    )
    op.create_index(op.f('ix_check_line_credential_id'), 'check_line', ['credential_id'])
    op.create_index(op.f('ix_check_line_institution_id'), 'check_line', ['institution_id'])
    with op.batch_alter_table('institution') as institution:
        institution.add_column(sa.Column('two_person_issuing', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('institution') as institution:
        institution.alter_column('two_person_issuing', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('institution') as institution:
        institution.drop_column('two_person_issuing')
    op.drop_table('check_line')
    op.drop_table('check_list')
