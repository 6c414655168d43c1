"""Publishing the register: every document is proved by a checkpoint, and no leaf ever changes."""

from functools import partial

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from lms.certificates.actions import publish as publishing
from lms.certificates.actions.publish import Broken, publish
from lms.certificates.actions.register import append, locked_log
from lms.certificates.formats.note import (
    checkpoint,
    proves,
    read_checkpoint,
    signed_by,
)
from lms.certificates.formats.record import leaf
from lms.certificates.models import Checkpoint, Credential, LogEntry, LogTile
from lms.certificates.queries import register
from lms.certificates.rules import tree
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.keys import pairs
from tests.statements import statements

KEY = pairs.new_ed25519()
SIGN = partial(checkpoint, keys=[(pairs.public_pem(KEY), KEY)])


def grow(db, many: int) -> None:
    def act(work) -> None:
        log = locked_log(work, "localhost/registro")
        for _ in range(many):
            append(work, log, f"{log.size:064x}")

    db.perform(act, SYSTEM)


def entries(many: int) -> list[bytes]:
    return [number.to_bytes(32, "big") for number in range(many)]


def test_however_it_grows_each_leaf_is_proved(db):
    size = 0
    for more in (1, 1, 5, 249, 1, 255, 257):  # across the edges of tiles
        grow(db, more)
        size += more
        assert db.perform(publish, SYSTEM, SIGN) == size
        assert db.perform(publish, SYSTEM, SIGN) == size
    hashes = [tree.leaf_hash(each) for each in entries(size)]
    with db.reading() as session:
        head = read_checkpoint(register.latest(session))
        assert (head.size, head.root) == (size, tree.root_of(hashes))
        assert head.origin == "localhost/registro"
        for index in (0, 1, 6, 255, 256, 257, 511, 512, size - 1):
            proof = register.proof_of(session, b"salt", index)
            assert proves(proof, entries(size)[index])
            assert signed_by(proof.checkpoint, [pairs.public_pem(KEY)])
        assert register.proof_of(session, b"salt", size) is None
        assert register.tile(session, 0, 1) == b"".join(hashes[256:512])
        assert register.tile(session, 0, 3, 1) == hashes[768]
        assert register.tile(session, 0, 3, 2) is None
        assert register.tile(session, 1, 0, 3)[:32] == tree.root_of(hashes[:256])
        assert register.entries(session, 3, 1) == entries(size)[768:]
        assert register.entries(session, 3, 2) is None
    with db.reading() as session, statements(db.engine) as seen:
        register.proof_of(session, b"salt", 3)
    assert len(seen) == 2


def test_what_is_too_much_at_once_is_published_in_steps(db, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 10)
    grow(db, 25)
    assert [db.perform(publish, SYSTEM, SIGN) for _ in range(4)] == [10, 20, 25, 25]


def test_a_document_is_proved_by_the_first_checkpoint_after_it(
    db, graduates, issue_to_all, do_jobs
):
    graduates(3)
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        [point] = session.scalars(select(Checkpoint))
        assert point.size == 3
        for made in session.scalars(select(Credential)):
            proof = register.proof_of(session, made.salt, made.leaf_index)
            entry = bytes.fromhex(leaf(made.salt, made.record.encode()))
            assert proves(proof, entry)
    with db.reading() as session:
        later = register.proof_of(session, made.salt, made.leaf_index)
    grow(db, 1)
    db.perform(publish, SYSTEM, SIGN)
    with db.reading() as session:
        assert register.proof_of(session, made.salt, made.leaf_index) == later


@pytest.mark.parametrize("table", [LogEntry, Checkpoint])
def test_nobody_changes_or_deletes_what_was_published(db, table):
    grow(db, 2)
    db.perform(publish, SYSTEM, SIGN)
    column = {"leaf": "f" * 64} if table is LogEntry else {"root": "f" * 64}
    for statement in (update(table).values(column), delete(table)):
        with pytest.raises(DatabaseError, match="append-only"):
            db.perform(lambda work, asked: work.session.execute(asked), SYSTEM, statement)


def test_over_a_tree_that_was_tampered_with_nothing_is_signed(db):
    grow(db, 3)
    db.perform(publish, SYSTEM, SIGN)
    db.perform(lambda work: work.session.execute(update(LogTile).values(hashes=bytes(96))), SYSTEM)
    grow(db, 1)
    with pytest.raises(Broken):
        db.perform(publish, SYSTEM, SIGN)
    with db.reading() as session:
        assert session.scalar(text("select max(size) from checkpoint")) == 3
