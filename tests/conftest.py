"""Fixtures that every test may use: an application, its database as fresh as new, personas.

Each test begins with a database as fresh as new (tests/places.py). Nothing is rolled back, so what
is tested is what really commits.
"""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from lms.app import create_app
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM
from lms.settings import load
from tests import postgres
from tests.browsing import Browsing
from tests.factories.teaching import Classroom, kept_classroom
from tests.factories.world import World, build_world
from tests.places import SERVER, TEMPLATE, Place, PostgresPlace, SqlitePlace

MORNING = datetime(2026, 11, 23, 16, 42, 3, tzinfo=UTC)  # a Monday, 10:42 in Guatemala

# How long something takes on a busy machine says nothing about whether it is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database that every test which needs one runs on",
    )


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    wanted = config.getoption("--database") == "postgresql"
    if wanted and not is_worker and SERVER not in os.environ:
        server = postgres.Server()
        config.stash[_server_key] = server
        os.environ[SERVER] = str(server.port)
        admin = server.url("postgres")
        postgres.recreate(admin, TEMPLATE)
        engine = engine_for(server.url(TEMPLATE))
        migrate.upgrade(engine)
        engine.dispose()


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_server_key, None)
    if server is not None:
        server.stop()
        del os.environ[SERVER]


_server_key: pytest.StashKey[postgres.Server] = pytest.StashKey()


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Nothing in the tests may leave this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        return real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> datetime:
        self.now += timedelta(**parts)
        return self.now


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def place(database_kind: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Place:
    """Where this test process keeps its database and files."""
    folder = tmp_path_factory.mktemp("place")
    return SqlitePlace(folder) if database_kind == "sqlite" else PostgresPlace(folder, worker_id)


@pytest.fixture(scope="session")
def _clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def _application(place: Place, _clock: Clock) -> Flask:
    chosen = load(
        {},
        data_dir=place.folder,
        database_url=place.url,
        public_url="http://localhost",
        secret_key="only for tests",
        testing=True,
        places=8,
    )
    app = create_app(chosen, clock=_clock)
    # Tests ring no bell: they do what is due when they say so (`do_jobs`).
    app.extensions["cabildo.database"].ring = lambda: None
    app.test_client_class = Browsing
    # What is remembered of a database is remembered by its pool: a new pool remembers nothing.
    place.let_go = app.extensions["cabildo.database"].close
    return app


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask would push one request context around a test, shared by all its requests."""


@pytest.fixture
def clock(_clock: Clock) -> Clock:
    _clock.now = MORNING
    return _clock


@pytest.fixture
def app(_application: Flask, place: Place, clock: Clock) -> Iterator[Flask]:
    """The application on a fresh database at MORNING."""
    place.refresh()
    _application.extensions.pop("cabildo.site", None)
    yield _application
    place.let_go()


@pytest.fixture
def db(app: Flask) -> Database:
    """The database of the application: `db.perform(action, SYSTEM, …)`, `db.reading()`."""
    found: Database = app.extensions["cabildo.database"]
    return found


@pytest.fixture
def do_jobs(app: Flask):
    """Do the background work that is due now, as the worker would; errors stay in the rows."""

    def run() -> None:
        app.extensions["cabildo.work_due"]()

    return run


@pytest.fixture
def world(place: Place, db: Database) -> World:
    """Two institutions and a person for each role in each of them (tests/factories/world.py)."""
    return place.begun("world", lambda: db.perform(build_world, SYSTEM))


@pytest.fixture
def classroom(place: Place, app: Flask, db: Database, world: World) -> Classroom:
    """A running cohort with ``learner`` in it (tests/factories/teaching.py)."""
    fill = partial(Classroom.enrol, name="learner")
    return kept_classroom(place, app, db, world, "classroom", fill)


@pytest.fixture
def as_person(app: Flask, world: World):
    """A browser in which a persona has signed in: `as_person("registrar")`."""

    def sign_in(name: str) -> Browsing:
        browser = app.test_client()
        assert isinstance(browser, Browsing)
        browser.carry(world.token_of(name))
        return browser

    return sign_in


@pytest.fixture
def visitor(app: Flask) -> Browsing:
    """A browser in which nobody has signed in."""
    browser = app.test_client()
    assert isinstance(browser, Browsing)
    return browser
