"""Every table has an owner, from the first migration."""

import pytest
from sqlalchemy import DateTime, PrimaryKeyConstraint, UniqueConstraint

from lms.foundation.db.base import Base, Owned, Personal, Shared
from lms.foundation.db.types import UtcDateTime
from lms.wiring import METADATA

pytestmark = pytest.mark.pure
MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda m: m.__name__)


def test_every_table_has_a_model():
    assert {model.__tablename__ for model in MODELS} == set(METADATA.tables)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_table_says_whose_it_is(model):
    kinds = [kind for kind in (Owned, Personal, Shared) if issubclass(model, kind)]
    assert len(kinds) == 1
    if kinds == [Owned]:
        assert not model.__table__.c.institution_id.nullable


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_moment_is_kept_in_utc(model):
    for column in model.__table__.columns:
        assert not isinstance(column.type, DateTime), column.name
        if column.name.endswith("_at"):
            assert isinstance(column.type, UtcDateTime), column.name


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_reference_can_be_followed_by_an_index(model):
    """Deleting or joining from the other side must not read the whole table."""
    table = model.__table__
    led = {index.columns[0].name for index in table.indexes}
    led |= {
        next(iter(constraint.columns)).name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
    }
    loose = {fk.parent.name for fk in table.foreign_keys} - led - ALLOWED.get(model.__name__, set())
    assert loose == set()


# References that nobody follows backwards, in tables that stay small.
ALLOWED = {
    "Installation": {"institution_id"},
    "Institution": {"parent_id"},
    "Programme": {"current_version_id"},
    "Credential": {"sealed_sha256", "vc_sha256"},
}
