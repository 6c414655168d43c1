"""The whole register against the database: every document, act, tile and checkpoint."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lms.certificates.formats import act as acts
from lms.certificates.formats import note, spoiled
from lms.certificates.formats.record import leaf
from lms.certificates.models import (
    Checkpoint,
    Credential,
    LogEntry,
    LogHead,
    LogTile,
    SpoiledNumber,
    StatusChange,
)
from lms.certificates.rules.status import Status
from lms.certificates.rules.tree import HASH, WIDTH, Frontier, leaf_hash
from lms.foundation.kernel.errors import N_, Invalid

PIECE = 1000


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first thing that disagrees: a sentence and what stands in it."""

    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the register was checked, and what was found."""

    leaves: int
    checkpoints: int
    wrong: Wrong | None = None


def check(session: Session, publics: list[str]) -> Checked:
    """Prove the register: each document's record leads to its leaf, the leaves to the tree, the
    tree to every checkpoint that was ever published, and those are signed by the site's keys.

    Stops at the first row that disagrees. Reads a thousand rows at a time.
    """
    points = list(session.execute(_POINTS))
    head = session.execute(select(LogHead.size).where(LogHead.id == 1)).scalar() or 0
    frontier, passed = Frontier(), 0
    tile: list[bytes] = []
    wrong: Wrong | None = None
    for entry in _entries(session):
        wrong = wrong or _entry(frontier.size, entry)
        if wrong:
            return Checked(frontier.size, passed, wrong)
        hashed = leaf_hash(bytes.fromhex(entry.leaf))
        frontier.append(hashed)
        tile.append(hashed)
        if len(tile) == WIDTH:
            wrong = _tile(session, frontier.size // WIDTH - 1, tile)
            tile = []
        while not wrong and passed < len(points) and points[passed].size == frontier.size:
            wrong = _point(points[passed], frontier.root(), publics)
            passed += 0 if wrong else 1
        if wrong:
            return Checked(frontier.size, passed, wrong)
    if passed < len(points):
        missing = N_("A checkpoint of %(size)s marks was published, and the register has %(has)s.")
        return Checked(
            frontier.size, passed, Wrong(missing, {"size": points[-1].size, "has": frontier.size})
        )
    if head != frontier.size:
        lost = N_("The register counts %(head)s marks and has %(has)s.")
        return Checked(frontier.size, passed, Wrong(lost, {"head": head, "has": frontier.size}))
    return Checked(frontier.size, passed)


_POINTS = select(Checkpoint.size, Checkpoint.root, Checkpoint.note).order_by(Checkpoint.size)


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    leaf: str
    document: tuple[str, bytes, str, str] | None  # record, salt, leaf, code
    act: tuple[str, bytes, str, str] | None
    spoiled: tuple[str, bytes, str, str] | None
    status: str | None
    ended: str | None


def _entries(session: Session) -> Iterator[_Entry]:
    after, ended = -1, aliased(StatusChange)
    while True:
        rows = session.execute(
            select(
                LogEntry.leaf_index,
                LogEntry.leaf,
                Credential.record,
                Credential.salt,
                Credential.leaf.label("told"),
                Credential.code,
                StatusChange.record.label("act"),
                StatusChange.salt.label("act_salt"),
                StatusChange.leaf.label("act_told"),
                StatusChange.uid,
                Credential.status,
                ended.act.label("ended"),
                SpoiledNumber.record.label("spoiled"),
                SpoiledNumber.salt.label("spoiled_salt"),
                SpoiledNumber.leaf.label("spoiled_told"),
                SpoiledNumber.code.label("spoiled_code"),
            )
            .outerjoin(Credential, Credential.leaf_index == LogEntry.leaf_index)
            .outerjoin(StatusChange, StatusChange.leaf_index == LogEntry.leaf_index)
            .outerjoin(SpoiledNumber, SpoiledNumber.leaf_index == LogEntry.leaf_index)
            .outerjoin(ended, ended.credential_id == Credential.id)
            .where(LogEntry.leaf_index > after)
            .order_by(LogEntry.leaf_index)
            .limit(PIECE)
        ).all()
        for row in rows:
            document = (row.record, row.salt, row.told, row.code) if row.record else None
            act = (row.act, row.act_salt, row.act_told, str(row.uid)) if row.act else None
            spoilt = (
                (row.spoiled, row.spoiled_salt, row.spoiled_told, row.spoiled_code)
                if row.spoiled
                else None
            )
            yield _Entry(row.leaf_index, row.leaf, document, act, spoilt, row.status, row.ended)
        if len(rows) < PIECE:
            return
        after = rows[-1].leaf_index


def _entry(place: int, entry: _Entry) -> Wrong | None:
    if entry.index != place:
        return Wrong(N_("The mark %(place)s is missing from the register."), {"place": place})
    if entry.document and entry.status != (entry.ended or Status.VALID):
        return Wrong(
            N_("The state of %(name)s is not the one that its acts in the register say."),
            {"name": entry.document[3]},
        )
    known = ((entry.document, leaf), (entry.act, acts.leaf), (entry.spoiled, spoiled.leaf))
    for found, hashed in known:
        if found is not None:
            return _row(entry, found, hashed)
    return Wrong(
        N_("The mark %(place)s belongs to a document or an act that is gone from the database."),
        {"place": place},
    )


def _row(
    entry: _Entry, found: tuple[str, bytes, str, str], hashed: Callable[[bytes, bytes], str]
) -> Wrong | None:
    record, salt, told, name = found
    if told == entry.leaf and hashed(bytes(salt), record.encode()) == entry.leaf:
        return None
    return Wrong(
        N_("The record of %(name)s is not the one that was registered as mark %(place)s."),
        {"name": name, "place": entry.index},
    )


def _tile(session: Session, number: int, hashes: list[bytes]) -> Wrong | None:
    kept = session.execute(
        select(LogTile.hashes).where(LogTile.level == 0, LogTile.number == number)
    ).scalar()
    if kept is None or bytes(kept)[: WIDTH * HASH] == b"".join(hashes):
        return None
    return Wrong(
        N_("The tile %(number)s of the tree does not have the hashes of its marks."),
        {"number": number},
    )


def _point(point: object, root: bytes, publics: list[str]) -> Wrong | None:
    size, told, text = point.size, point.root, point.note  # type: ignore[attr-defined]
    try:
        head = note.read_checkpoint(text)
    except Invalid:
        head = None
    if head is None or head.size != size or head.root != root or told != root.hex():
        return Wrong(
            N_("The first %(size)s marks do not lead to the checkpoint published for them."),
            {"size": size},
        )
    if note.signed_by(text, publics) is None:
        return Wrong(
            N_("The checkpoint of %(size)s marks is not signed by a key of this installation."),
            {"size": size},
        )
    return None
