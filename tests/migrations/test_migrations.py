"""Migrations: what they make is what the models say; up, down and up again, with data in it."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, inspect, select, text

from lms.foundation.audit.actions import record
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.shipped import shipped
from lms.people.models import Person
from lms.wiring import METADATA
from tests import postgres
from tests.factories.world import build_world


@pytest.fixture
def empty(database_kind, place, tmp_path):
    """The engine of a database with nothing in it."""
    if database_kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = place.url.replace(place._name, f"{place._name}_empty")
        postgres.recreate(place._admin, f"{place._name}_empty")
    engine = engine_for(url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrations_make_what_the_models_say(empty):
    migrate.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, METADATA)
    assert difference == []
    assert tables(empty) == set(METADATA.tables)


def test_up_down_and_up_again_with_data(empty):
    migrate.upgrade(empty)
    db = Database(empty)
    db.perform(build_world, SYSTEM)
    db.perform(lambda work: record(work, "test.done", personal={"name": "Rosa"}), SYSTEM)
    script = ScriptDirectory(str(shipped("migrations")))
    for revision in [r.down_revision for r in script.walk_revisions()]:
        migrate.downgrade(empty, revision or "base")
    assert tables(empty) == set()
    migrate.upgrade(empty)
    db.perform(build_world, SYSTEM)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) > 10
    db.close()


def test_a_second_upgrade_does_nothing(empty):
    assert not migrate.is_current(empty)
    migrate.upgrade(empty)
    before = migrate.current(empty)
    migrate.upgrade(empty)
    assert migrate.current(empty) == before == migrate.head()


def test_a_failing_migration_leaves_the_database_as_it_was(empty, monkeypatch):
    migrate.upgrade(empty)

    def fail(_config) -> None:
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        migrate._run(empty, fail)
    assert migrate.is_current(empty)


def test_a_migration_that_breaks_references_is_undone(empty, database_kind):
    if database_kind != "sqlite":
        return  # PostgreSQL checks each statement itself
    migrate.upgrade(empty)
    broken = text(
        "INSERT INTO post (uid, person_id, country, region, municipality, position) "
        "VALUES ('00000000000000000000000000000001', 99999, 'GT', '', '', '')"
    )

    def orphan(config) -> None:
        config.attributes["connection"].execute(broken)

    with pytest.raises(migrate.BrokenReferences):
        migrate._run(empty, orphan)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM post")).scalar() == 0


def test_head_names_the_last_migration_so_that_two_branches_conflict_visibly():
    folder = Path(shipped("migrations"))
    named = (folder / "HEAD").read_text().strip()
    assert (folder / "versions" / f"{named}.py").is_file()
    assert named.startswith(migrate.head())
