"""Backups: one moment of everything, in one file; back on another machine, or not at all."""

import gc
import shutil
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, func, select, text

from lms.admin.queries import snapshot
from lms.admin.rules.backups import note_of
from lms.admin.tasks import refill
from lms.admin.tasks.back_up import back_up
from lms.admin.tasks.restore import restore, verify
from lms.app import create_app
from lms.assessment.models import Answer
from lms.foundation.audit.models import AuditEntry
from lms.foundation.db import migrate
from lms.foundation.files.actions import keep, refer
from lms.foundation.files.models import Blob
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, DomainError, Invalid, Refused
from lms.foundation.kernel.shipped import shipped
from lms.foundation.web.models import Count, FormReceipt
from lms.people.models import Installation, Person
from lms.settings import load
from lms.wiring import METADATA
from tests.admin.conftest import KINDS, fingerprints, same
from tests.browsing import Browsing
from tests.factories.world import build_world


@pytest.fixture
def kinds(database_kind) -> tuple[str, ...]:
    """The databases that there are to restore into."""
    return KINDS if database_kind == "postgresql" else KINDS[:1]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("??/*")}


def odd_answers(work) -> None:
    """Whatever JSON can be: a lone number, a text of figures, nothing, and the null of JSON."""
    odd = (0, 1.5, "7", None, JSON.NULL, {"b": [1.5, "ñ"], "a": None}, True)
    answers = work.session.scalars(select(Answer).order_by(Answer.id)).all()
    assert len(answers) >= 2
    first = answers[0]
    for number, value in enumerate(odd):
        work.session.add(
            Answer(
                institution_id=first.institution_id, attempt_id=first.attempt_id, slot=first.slot,
                client_key=f"odd-{number}", sequence=1000 + number, value=value,
                received_at=work.now, late=True,
            )
        )  # fmt: skip


def test_everything_comes_back_on_another_machine_and_answers(
    app, db, school, machine, order, kinds, place
):
    """Whatever database either has; from there on to the next, still the same."""
    db.perform(odd_answers, SYSTEM)
    store = app.extensions["cabildo.files"]
    before, files = fingerprints(db), files_of(place.folder / "files")
    made = back_up(db, store, order())
    assert made.rows == sum(map(len, before.values()))
    assert made.files == len(files)
    assert made.missing == ()
    source = order().target
    for number, kind in enumerate(kinds):
        there = machine(kind)
        restore(there.database, there.store, source, by=COMMAND_LINE)
        after = there.fingerprints()
        assert same(before, after)
        assert before["audit_entry"] == after["audit_entry"][: len(before["audit_entry"])]
        assert files_of(there.folder / "files") == files
        assert migrate.is_current(there.database.engine)
        answers(there, school)
        source = order(f"copia{number}.tar").target
        back_up(there.database, there.store, order(source.name))


def test_every_table_and_every_column_is_in_it(app, db, world, order):
    """What somebody adds to the model is in the backup without anybody thinking of it."""
    back_up(db, app.extensions["cabildo.files"], order())
    told = verify(order().target, None).head.columns
    assert {name: {column for column, _kind in each} for name, each in told.items()} == {
        name: set(table.columns.keys()) for name, table in METADATA.tables.items()
    }


def answers(there, school) -> None:
    """The pages of a learner and of staff, served from what was restored; a new thing is done."""
    settings = load(
        {}, data_dir=there.folder, database_url=there.url, public_url="http://localhost",
        testing=True,
    )  # fmt: skip
    app = create_app(settings, clock=school.db.clock)
    app.test_client_class = Browsing
    database = app.extensions["cabildo.database"]
    database.ring = lambda: None
    pages = {
        "learner": ["/inicio", school.url("learner"), school.url("learner", "derecho")],
        "registrar": ["/gestion", f"/gestion/promociones/{school.cohort.uid}"],
    }
    for name, urls in pages.items():
        browser = app.test_client()
        browser.carry(school.world.token_of(name))
        for url in urls:
            assert browser.get(url).status_code == 200, url
    with database.reading() as session:
        last = session.scalar(select(func.max(Person.id)))
    database.perform(  # of words that are known already: those would stay
        lambda work: work.session.add(
            Person(
                given_names="Rosa", first_surname="López", search="lopez rosa", country="GT",
                created_at=work.now,
            )
        ),
        SYSTEM,
    )  # fmt: skip
    with database.reading() as session:
        assert session.scalar(select(func.max(Person.id))) > last
        newest = session.scalars(select(Person).order_by(Person.id.desc())).first()
        person_id = newest.id

    database.perform(lambda work: work.session.delete(work.session.get(Person, person_id)), SYSTEM)
    database.close()


def add_pair(work, number: int) -> None:
    """Two rows that belong together: a moment has both or neither."""
    work.session.add(Count(key=f"pair-{number}", window=0, times=1, ends_at=work.now))
    work.session.add(
        FormReceipt(
            key=f"pair-{number}", endpoint="x", body_sha256="0" * 64, location="", said="",
            at=work.now,
        )
    )  # fmt: skip


def pairs(database) -> tuple[set[str], set[str]]:
    with database.reading() as session:
        return set(session.scalars(select(Count.key))), set(
            session.scalars(select(FormReceipt.key))
        )


def test_a_backup_is_of_one_moment_whatever_is_written_between_its_tables(
    app, db, world, machine, order, monkeypatch
):
    written = []
    lines = snapshot.lines

    def slow(*args):
        written.append(len(written))
        db.perform(add_pair, SYSTEM, written[-1])
        return lines(*args)

    db.perform(add_pair, SYSTEM, -1)
    with monkeypatch.context() as patched:
        patched.setattr(snapshot, "lines", slow)
        back_up(db, app.extensions["cabildo.files"], order())
    assert len(written) > 30
    there = machine()
    restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert pairs(there.database) == ({"pair--1"}, {"pair--1"})
    assert len(pairs(db)[0]) == len(written) + 1


def test_what_was_there_is_replaced_only_when_somebody_says_so(app, db, world, machine, order):
    back_up(db, app.extensions["cabildo.files"], order())
    there = machine()
    restore(there.database, there.store, order().target, by=COMMAND_LINE)
    there.database.perform(add_pair, SYSTEM, 1)
    with pytest.raises(Conflict):
        restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert len(pairs(there.database)[0]) == 1
    restore(there.database, there.store, order().target, by=Actor(None, "cli"), force=True)
    assert pairs(there.database) == (set(), set())
    with there.database.reading() as session:
        deeds = session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
        version = session.scalars(select(Installation.version)).one()
    assert deeds == ["installation.restored"]
    assert version == 3  # 1 in the backup, 2 after the first: whoever remembers 2 looks again


RESTORER = """
import sys
from pathlib import Path
from lms.wiring import METADATA
from lms.admin.tasks.restore import restore
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.files.store import Folder
from lms.foundation.kernel.actor import COMMAND_LINE

database = Database(engine_for(sys.argv[1]))
def said(step, done, total):
    if step == sys.argv[4]:
        print(step, flush=True)
        sys.stdin.read()
restore(
    database, Folder(Path(sys.argv[2])), Path(sys.argv[3]), by=COMMAND_LINE, force=True, said=said
)
"""


@pytest.mark.parametrize("step", ["load", "compare", "finish"])
def test_killed_half_way_it_leaves_what_was_there(app, db, world, machine, order, kinds, step):
    back_up(db, app.extensions["cabildo.files"], order())
    there = machine(kinds[-1])
    migrate.upgrade(there.database.engine)
    there.database.perform(add_pair, SYSTEM, 1)
    before = there.fingerprints()
    there.database.close()
    process = subprocess.Popen(
        [sys.executable, "-c", RESTORER, there.url, str(there.folder / "files"),
         str(order().target), step],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline().strip() == step
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert there.fingerprints() == before
    there.database.perform(add_pair, SYSTEM, 2)  # and no lock was left behind
    restore(there.database, there.store, order().target, by=COMMAND_LINE, force=True)
    assert pairs(there.database) == (set(), set())


def test_a_killed_backup_leaves_nothing_that_looks_like_one(app, db, world, order):
    place = order().workplace
    place.mkdir()
    (place / ".new-cabildo-20261123-030000.tar").write_bytes(b"half")
    (place / ".copy-x").mkdir()
    back_up(db, app.extensions["cabildo.files"], order(target=place / "a.tar"))
    assert sorted(path.name for path in place.iterdir()) == [".lock", "a.tar", "a.tar.json"]


@pytest.mark.parametrize("harm", ["cut", "flipped", "swapped", "other", "empty"])
@pytest.mark.parametrize("passphrase", [None, "una frase larga"])
def test_a_damaged_backup_changes_nothing(app, db, school, machine, order, harm, passphrase):
    back_up(db, app.extensions["cabildo.files"], order(passphrase=passphrase))
    path = order().target
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    match harm:
        case "cut":
            del content[-20_000:]
        case "flipped":
            content[middle] ^= 1
        case "swapped":
            content[middle : middle + 1000] = content[middle + 1000 : middle + 2000]
        case "other":
            content[:] = b"%PDF-1.7 " * 2000
        case "empty":
            content.clear()
    path.write_bytes(content)
    there = machine()
    with pytest.raises(Invalid):
        restore(there.database, there.store, path, by=COMMAND_LINE, passphrase=passphrase)
    assert there.fingerprints() == {}


def test_a_locked_backup_opens_with_its_passphrase_only_and_shows_nothing(
    app, db, world, machine, order, tmp_path
):
    secret = tmp_path / "secret_key"
    secret.write_text("de nadie más")
    asked = order(passphrase="correcta", secrets={"secret_key": secret})
    back_up(db, app.extensions["cabildo.files"], asked)
    assert b"learner@example.org" not in asked.target.read_bytes()
    for wrong in (None, "otra"):
        with pytest.raises(Invalid):
            verify(asked.target, wrong)
    there = machine()
    done = restore(
        there.database, there.store, asked.target, by=COMMAND_LINE, passphrase="correcta"
    )
    assert done.secrets == {"secret_key": "de nadie más".encode()}
    assert same(fingerprints(db), there.fingerprints())


def test_a_file_that_the_store_lost_is_told_and_the_rest_is_whole(app, db, school, machine, order):
    """One is gone, one is rotten; everything else is in the backup and it can be restored."""
    folder = Path(app.extensions["cabildo.settings"].data_dir) / "files"
    gone, rotten = sorted(folder.glob("??/*"))[:2]
    gone.unlink()
    rotten.write_bytes(b"x" + rotten.read_bytes()[1:-5])
    made = back_up(db, app.extensions["cabildo.files"], order())
    assert set(made.missing) == {gone.name, rotten.name}
    there = machine()
    restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert same(fingerprints(db), there.fingerprints())
    expected = {n: c for n, c in files_of(folder).items() if n != rotten.name}
    assert files_of(there.folder / "files") == expected


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(app, db, world, machine, order):
    script = ScriptDirectory(str(shipped("migrations")))
    earlier = script.get_revision(migrate.head()).down_revision
    there = machine()
    migrate.upgrade(there.database.engine)
    there.database.perform(build_world, SYSTEM)
    migrate.downgrade(there.database.engine, earlier)
    made = back_up(there.database, there.store, order())
    assert made.revision == earlier
    new = machine()
    restore(new.database, new.store, order().target, by=COMMAND_LINE)
    assert migrate.is_current(new.database.engine)
    with new.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 16


def test_a_backup_of_a_newer_version_is_refused(app, db, world, machine, order):
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(db, app.extensions["cabildo.files"], order())
    there = machine()
    with pytest.raises(Refused, match="newer"):
        restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert there.fingerprints() == {}


def test_rows_that_do_not_fit_together_are_refused(app, db, world, machine, order, monkeypatch):
    """A backup whose references lead nowhere: every hash is right, and still it is not taken."""
    lines = snapshot.lines

    def without(connection, name, columns, key):
        return iter(()) if name == "institution" else lines(connection, name, columns, key)

    with monkeypatch.context() as patched:
        patched.setattr(snapshot, "lines", without)
        back_up(db, app.extensions["cabildo.files"], order())
    there = machine()
    with pytest.raises(Invalid, match="fit together"):
        restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert there.fingerprints() == {}


def test_what_did_not_arrive_as_it_was_is_noticed(app, db, world, machine, order, monkeypatch):
    back_up(db, app.extensions["cabildo.files"], order())
    insert = refill._insert

    def changing(connection, table, rows):
        if table.name == "person":
            rows[0][2] = "Otra"
        insert(connection, table, rows)

    monkeypatch.setattr(refill, "_insert", changing)
    there = machine()
    with pytest.raises(Refused, match="person"):
        restore(there.database, there.store, order().target, by=COMMAND_LINE)
    assert there.fingerprints() == {}


def test_without_room_nothing_is_begun(app, db, world, order, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(Refused, match="no room"):
        back_up(db, app.extensions["cabildo.files"], order())
    assert not order().target.exists()


def test_two_backups_are_not_made_at_once(app, db, world, order):
    def report(_done, _all):
        with pytest.raises(DomainError, match="at this moment"):
            back_up(db, app.extensions["cabildo.files"], order("b.tar"))

    back_up(db, app.extensions["cabildo.files"], order(), report)
    assert not order("b.tar").target.exists()


def test_a_note_beside_the_backup_says_what_is_in_it(app, db, world, order):
    target = order().workplace / "cabildo-20261123-164203.tar"
    made = back_up(db, app.extensions["cabildo.files"], order(target=target))
    assert note_of(target).is_file()
    assert made.institution == "Instituto"
    assert target.stat().st_mode & 0o077 == 0


def test_memory_stays_the_same_however_much_there_is(app, db, world, machine, order):
    """A file of 48 MB and half as many of rows pass through no more than next to nothing does."""
    store = app.extensions["cabildo.files"]
    large = keep(store, b"\0\1" * 24_000_000)

    def fill(work) -> None:
        refer(work, large)
        row = {"endpoint": "x", "body_sha256": "0" * 64, "location": "", "at": work.now}
        work.session.execute(
            FormReceipt.__table__.insert(),
            [row | {"key": f"{n:032}", "said": f"{n:06}" * 2000} for n in range(2000)],
        )

    def peak(there) -> int:
        gc.collect()
        tracemalloc.start()
        try:
            back_up(db, store, order())
            restore(there.database, there.store, order().target, by=COMMAND_LINE)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    back_up(db, store, order())  # what is only loaded once is no part of it
    with_little = peak(machine())
    db.perform(fill, SYSTEM)
    there = machine()
    more = peak(there) - with_little
    assert more < 12_000_000, more  # a quarter of the file; what awaits collection comes and goes
    with there.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FormReceipt)) == 2000
        assert session.get(Blob, large.sha256) is not None
