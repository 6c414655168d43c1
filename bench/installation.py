"""A temporary installation of the product, laid and served; nothing of it stays."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url

from bench.examination import Save
from bench.scenarios import Laid
from bench.servers import Server, child_of, environment, our_server
from lms.assessment.models import Answer, Attempt
from lms.foundation.db.engine import engine_for
from lms.settings import load
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "bench"


def _hide(folder: Path) -> Path:
    """What only the tests bring along, an installation does not have, nor its memory hold."""
    folder.mkdir()
    for name in ("redis", "boto3"):
        (folder / f"{name}.py").write_text("raise ImportError('an extra of the tests')\n")
    return folder


class Installation:
    """The data folder, the database and the processes of one measured product."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix="cabildo-bench-"))
        self._postgres: postgres.Server | None = None
        self.postgres_pid: int | None = None
        self.environ = environment(
            LMS_DATA_DIR=str(self.folder / "var"),
            LMS_LOG_LEVEL="WARNING",
            PYTHONPATH=str(_hide(self.folder / "hidden")),
        )
        if kind == "postgresql":
            self._postgres = postgres.Server(durable=True)
            self.postgres_pid = child_of(os.getpid(), "postgres")
            self.environ["LMS_DATABASE_URL"] = self.new_database(DATABASE)

    def lay(self, people: int, graduates: int) -> Laid:
        """Migrate an empty database and fill it."""
        found = json.loads(self.run("-m", "bench.lay", str(people), str(graduates)))
        return Laid(**found)

    def counts(self, laid: Laid) -> dict[str, int]:
        """Statements per page and attempt."""
        found: dict[str, int] = json.loads(self.run("-m", "bench.counts", given=laid.as_json()))
        return found

    def crowd(self, people: int) -> dict[str, int]:
        """Very many people more, and how many statements a search among them takes."""
        found: dict[str, int] = json.loads(self.run("-m", "bench.crowd", str(people)))
        return found

    def issue(self, laid: Laid) -> dict[str, Any]:
        """Issue to all who have completed; the running worker seals."""
        found: dict[str, Any] = json.loads(self.run("-m", "bench.issue", laid.graduates))
        return found

    def database_url(self) -> str:
        """Where its rows are."""
        return load(self.environ, data_dir=self.folder / "var").database_url

    def lost(self, saved: Sequence[Save]) -> int:
        """How many of these acknowledged answers are not on record as they were sent."""
        engine = engine_for(make_url(self.database_url()))
        with engine.connect() as connection:
            rows = connection.execute(
                select(Attempt.uid, Answer.client_key, Answer.slot, Answer.value).join(
                    Answer, Answer.attempt_id == Attempt.id
                )
            ).all()
        engine.dispose()
        kept = {(f"/intentos/{uid}", key): (slot, value) for uid, key, slot, value in rows}
        return sum(
            kept.get((each.attempt, each.key)) != (each.slot, int(each.choice)) for each in saved
        )

    def run(self, *arguments: str, given: str = "") -> str:
        """Run Python in the environment of this installation; gives back what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environ,
            input=given,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-4000:]}")
        return done.stdout

    def serve(self) -> Server:
        return our_server(self.environ, self.folder / "serve.log")

    def new_database(self, name: str) -> str:
        assert self._postgres is not None
        postgres.recreate(self._postgres.url("postgres"), name)
        return self._postgres.url(name)

    def start_times(self) -> tuple[float, float]:
        """Seconds until the demo is served from an empty folder, and again; without installing."""
        before = dict(self.environ)
        self.environ["LMS_DATA_DIR"] = str(self.folder / "demo")
        if self._postgres is not None:
            self.environ["LMS_DATABASE_URL"] = self.new_database("bench_demo")
        try:
            return self._start(), self._start()
        finally:
            self.environ = before

    def close(self) -> None:
        if self._postgres is not None:
            self._postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> float:
        begun = time.perf_counter()
        self.run("-m", "lms.cli", "demo")
        server = self.serve()
        took = time.perf_counter() - begun
        server.stop()
        return took
