"""Deliveries: the paper of a document handed over or sent."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

Moment = sa.DateTime(timezone=True)
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('delivery',
    sa.Column('id', BigKey, nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.BigInteger(), nullable=False),
    sa.Column('way', sa.String(), nullable=False),
    sa.Column('received_by', sa.String(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('handed_by', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', Moment, nullable=False),
    sa.Column('by_id', sa.BigInteger(), nullable=True),
    sa.Column('undone_at', Moment, nullable=True),
    sa.Column('undone_by_id', sa.BigInteger(), nullable=True),
    sa.Column('undo_reason', sa.String(), nullable=False),
    sa.Column('institution_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_delivery_credential_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_delivery_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('uid', name=op.f('uq_delivery_uid'))
    )
    op.create_index(op.f('ix_delivery_credential_id'), 'delivery', ['credential_id'])
    op.create_index(op.f('ix_delivery_institution_id'), 'delivery', ['institution_id'])
    holds = sa.text('undone_at IS NULL')
    op.create_index('uq_delivery_holds', 'delivery', ['credential_id'], unique=True, sqlite_where=holds, postgresql_where=holds)


def downgrade() -> None:
    op.drop_table('delivery')
