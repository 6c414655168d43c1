"""Works: versions that learners hand in, their files, what people gave them, files under way."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('submission',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('enrollment_id', sa.BigInteger(), nullable=False),
    sa.Column('activity_id', sa.BigInteger(), nullable=False),
    sa.Column('course_id', sa.BigInteger(), nullable=False),
    sa.Column('activity_key', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('begun_at', Moment, nullable=False),
    sa.Column('saved_at', Moment, nullable=False),
    sa.Column('handed_in_at', Moment, nullable=True),
    sa.Column('latest', sa.Boolean(), nullable=False),
    sa.Column('receipt', sa.String(40), nullable=True),
    sa.Column('digest', sa.String(64), nullable=True),
    sa.Column('due_at', Moment, nullable=True),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.Column('out_of', sa.BigInteger(), nullable=False),
    sa.Column('earned', sa.BigInteger(), nullable=True),
    sa.Column('points', sa.BigInteger(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('returned_at', Moment, nullable=True),
    sa.Column('correct_by_at', Moment, nullable=True),
    sa.Column('tutor_id', sa.BigInteger(), nullable=True),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_submission_activity_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_submission_course_id')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_submission_enrollment_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_submission_institution_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['person.id'], name=op.f('fk_submission_tutor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('enrollment_id', 'course_id', 'activity_key', 'number', name=op.f('uq_submission_enrollment_id_course_id_activity_key_number')),
    sa.UniqueConstraint('receipt', name=op.f('uq_submission_receipt')),
    sa.UniqueConstraint('uid', name=op.f('uq_submission_uid'))
    )
    op.create_index(op.f('ix_submission_activity_id'), 'submission', ['activity_id'])
    op.create_index(op.f('ix_submission_course_id'), 'submission', ['course_id'])
    op.create_index(op.f('ix_submission_institution_id'), 'submission', ['institution_id'])
    op.create_index('ix_submission_to_mark', 'submission', ['activity_id'], sqlite_where=sa.text('latest AND points IS NULL'), postgresql_where=sa.text('latest AND points IS NULL'))
    op.create_index(op.f('ix_submission_tutor_id'), 'submission', ['tutor_id'])
    op.create_table('handed_file',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(64), nullable=False),
    sa.Column('sent_sha256', sa.String(64), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('sent_at', Moment, nullable=False),
    sa.Column('edition', sa.Integer(), nullable=True),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_handed_file_institution_id')),
    sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name=op.f('fk_handed_file_sha256')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_handed_file_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handed_file')),
    sa.UniqueConstraint('submission_id', 'position', name=op.f('uq_handed_file_submission_id_position')),
    sa.UniqueConstraint('uid', name=op.f('uq_handed_file_uid'))
    )
    op.create_index(op.f('ix_handed_file_institution_id'), 'handed_file', ['institution_id'])
    op.create_index(op.f('ix_handed_file_sha256'), 'handed_file', ['sha256'])
    op.create_table('given_mark',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('submission_id', sa.BigInteger(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('judged', Json, nullable=False),
    sa.Column('earned', sa.BigInteger(), nullable=True),
    sa.Column('points', sa.BigInteger(), nullable=True),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('correct_by_at', Moment, nullable=True),
    sa.Column('marker_id', sa.BigInteger(), nullable=False),
    sa.Column('at', Moment, nullable=False),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_given_mark_institution_id')),
    sa.ForeignKeyConstraint(['marker_id'], ['person.id'], name=op.f('fk_given_mark_marker_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_given_mark_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_mark')),
    sa.UniqueConstraint('submission_id', 'edition', name=op.f('uq_given_mark_submission_id_edition'))
    )
    op.create_index(op.f('ix_given_mark_institution_id'), 'given_mark', ['institution_id'])
    op.create_index(op.f('ix_given_mark_marker_id'), 'given_mark', ['marker_id'])
    op.create_table('upload',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('begun_at', Moment, nullable=False),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_upload_institution_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_upload_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('submission_id', 'sha256', name=op.f('uq_upload_submission_id_sha256')),
    sa.UniqueConstraint('uid', name=op.f('uq_upload_uid'))
    )
    op.create_index(op.f('ix_upload_institution_id'), 'upload', ['institution_id'])
    op.create_table('upload_piece',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('upload_id', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_upload_piece_institution_id')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_upload_piece_upload_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload_piece')),
    sa.UniqueConstraint('upload_id', 'position', name=op.f('uq_upload_piece_upload_id_position'))
    )
    op.create_index(op.f('ix_upload_piece_institution_id'), 'upload_piece', ['institution_id'])


def downgrade() -> None:
    for table in ("upload_piece", "upload", "given_mark", "handed_file", "submission"):
        op.drop_table(table)
