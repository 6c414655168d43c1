"""A demo installation, served for each module from a copy of its own, and browsers to walk in."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import postgres
from tests.conftest import SERVER
from tests.journeys import course
from tests.journeys.house import House, ask
from tests.pages.conftest import chromium

__all__ = ["chromium"]

PROGRAMME = "gestion-municipal-y-transparencia"
DEMO = "journey_demo"


@dataclass(frozen=True)
class Device:
    """What somebody looks through."""

    name: str
    width: int
    height: int = 740
    scripts: bool = True


PHONE = Device("360", 360)
DESK = Device("1280", 1280, 800)
PLAIN = Device("360-sin-js", 360, scripts=False)
DEVICES = (PHONE, DESK, PLAIN)

Browse = Callable[..., Page]

# A busy machine takes its time; what is never so is found out a little later.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def on(*devices: Device) -> pytest.MarkDecorator:
    """Walk a journey only on these devices."""
    return pytest.mark.parametrize("device", devices, ids=[device.name for device in devices])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey that asks for ``device`` and does not say which is walked on each of them."""
    marked = metafunc.definition.iter_markers("parametrize")
    if "device" in metafunc.fixturenames and not any("device" in mark.args for mark in marked):
        metafunc.parametrize("device", DEVICES, ids=[device.name for device in DEVICES])


def _unissued(folder: Path, database: str) -> None:
    """The demo as it was before its registrar issued: the journeys issue for themselves."""
    for table in ("log_entry", "checkpoint"):  # nobody deletes from them: the test alone does
        if database.startswith("postgresql"):
            ask(database, f"truncate {table}")
        else:
            ask(database, f"drop trigger {table}_no_delete")
            ask(database, f"delete from {table}")
    for statement in (
        "delete from log_tile", "delete from status_change", "delete from delivery",
        "delete from check_line", "delete from check_list", "delete from credential",
        "delete from series", "delete from log_head",
        "delete from notice where substr(template, 1, 13) = 'certificates/'",
    ):  # fmt: skip
        ask(database, statement)
    shutil.rmtree(folder / "mail")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A journey goes through everything, so it is walked on each database.

    What a page looks like on a device it shows on one of them: on the other each is walked once.
    """
    here = Path(__file__).parent
    on_server = config.getoption("--database") == "postgresql"
    walked: set[str] = set()
    again = []
    for item in items:
        if not item.path.is_relative_to(here) or item.get_closest_marker("sqlite"):
            continue
        item.add_marker("journey")
        way = _way(item)
        if on_server and way in walked:
            again.append(item)
        walked.add(way)
    if again:
        config.hook.pytest_deselected(items=again)
        items[:] = [each for each in items if each not in again]


def _way(item: pytest.Item) -> str:
    """What is walked, on whichever device."""
    assert isinstance(item, pytest.Function)
    given = getattr(item, "callspec", None)
    others = {} if given is None else {k: v for k, v in given.params.items() if k != "device"}
    return f"{item.path}::{item.originalname}{sorted(map(str, others.items()))}"


@dataclass(frozen=True)
class Demo:
    """What `lms demo` made: a data folder, and beside it the database when that is a server."""

    folder: Path
    database: str = ""

    def elsewhere(self, folder: Path, name: str) -> House:
        """Another machine: an empty folder, and an empty database if that is a server."""
        folder.mkdir()
        if not self.database:
            return House(folder)
        postgres.recreate(_on_server("postgres"), name)
        return House(folder, database=_on_server(name))

    def copied(self, folder: Path, name: str, log: Path | None = None) -> House:
        """A house of one's own, with its own copy of everything."""
        shutil.copytree(self.folder, folder)
        if not self.database:
            return House(folder, log)
        postgres.recreate(_on_server("postgres"), name, DEMO)
        return House(folder, log, _on_server(name))


def _on_server(name: str) -> str:
    return f"postgresql://cabildo@127.0.0.1:{os.environ[SERVER]}/{name}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str, database_kind: str) -> Demo:
    """The installation of `lms demo`, with a cohort that begins today: made once for everybody."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "demo"
    made = Demo(folder, "" if database_kind == "sqlite" else _on_server(DEMO))
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _make(made, shared)
            (folder / "ready").touch()
    return made


def _make(made: Demo, shared: Path) -> None:
    if made.database:
        postgres.recreate(_on_server("postgres"), DEMO)
    house = House(made.folder, database=made.database)
    house.lms("demo")
    _unissued(made.folder, house.database)
    today = date.today()
    for programme, key, title, chosen in (
        # The diploma has several courses; these journeys walk one of them to its end.
        (PROGRAMME, "abierta", "Promoción abierta", ("--course", "transparencia")),
        (course.KEY, "taller", "Promoción del taller", ()),
    ):
        if programme == course.KEY:
            house.lms("courses", "import", str(course.write(shared)), "--yes")
        house.lms(
            "cohorts", "open", programme, "--key", key, "--title", title,
            "--starts", str(today - timedelta(days=1)),
            "--ends", str(today + timedelta(days=30)),
            "--enrol-until", str(today + timedelta(days=20)), "--door", "open", *chosen,
        )  # fmt: skip


@pytest.fixture(scope="module")
def house(demo: Demo, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """The demo, copied for this module and served by `lms serve`."""
    served = demo.copied(tmp_path_factory.mktemp("house") / "data", f"house_{worker_id}")
    served.start()
    yield served
    served.stop()


@pytest.fixture
def own_house(demo: Demo, tmp_path: Path, worker_id: str) -> Iterator[House]:
    """A house for one test alone, which may do to it what it likes."""
    served = demo.copied(tmp_path / "data", f"own_house_{worker_id}")
    served.start()
    yield served
    served.stop()


@pytest.fixture
def browse(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Browse]:
    """Take a device in hand: `browse(PHONE)` gives a page of a browser that knows nobody."""
    name = "own_house" if "own_house" in request.fixturenames else "house"
    house: House = request.getfixturevalue(name)
    opened: list[BrowserContext] = []
    problems: list[str] = []

    def take(device: Device, **wishes: object) -> Page:
        here = {"locale": "es-GT", "timezone_id": "America/Guatemala", "base_url": house.address}
        context = chromium.new_context(
            viewport={"width": device.width, "height": device.height},
            java_script_enabled=device.scripts,
            **(here | wishes),
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text) if "Content Security" in message.text else None
            ),
        )
        return page

    yield take
    for context in opened:
        context.close()
    assert problems == []
