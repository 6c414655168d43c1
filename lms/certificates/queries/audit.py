"""The whole register against the database: every document, act, tile and checkpoint."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.certificates.formats import act as acts
from lms.certificates.formats import note, spoiled, transcribed
from lms.certificates.formats.record import leaf
from lms.certificates.models import (
    Checkpoint,
    Credential,
    LogEntry,
    LogHead,
    LogTile,
    SpoiledNumber,
    StatusChange,
    Transcribed,
    TranscribedAct,
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
class _Told:
    """What the database keeps of a mark: its record, and the state that its acts lead to."""

    record: str
    salt: bytes
    leaf: str
    name: str
    hashed: Callable[[bytes, bytes], str]
    status: str = Status.VALID
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    index: int
    leaf: str
    told: _Told | None


def _source(table: Any, name: Any, *more: Any) -> Select[Any]:
    return select(table.leaf_index, table.record, table.salt, table.leaf, name, *more)


_SOURCES: tuple[tuple[Any, Select[Any], Callable[[bytes, bytes], str]], ...] = (
    (
        Credential,
        _source(Credential, Credential.code, Credential.status, StatusChange.act).outerjoin(
            StatusChange, StatusChange.credential_id == Credential.id
        ),
        leaf,
    ),
    (StatusChange, _source(StatusChange, StatusChange.uid), acts.leaf),
    (SpoiledNumber, _source(SpoiledNumber, SpoiledNumber.code), spoiled.leaf),
    (
        Transcribed,
        _source(Transcribed, Transcribed.code, Transcribed.status, TranscribedAct.act).outerjoin(
            TranscribedAct, TranscribedAct.transcribed_id == Transcribed.id
        ),
        transcribed.leaf,
    ),
    (TranscribedAct, _source(TranscribedAct, TranscribedAct.uid), acts.leaf),
)


def _entries(session: Session) -> Iterator[_Entry]:
    after = -1
    while True:
        marks = session.execute(
            select(LogEntry.leaf_index, LogEntry.leaf)
            .where(LogEntry.leaf_index > after)
            .order_by(LogEntry.leaf_index)
            .limit(PIECE)
        ).all()
        if not marks:
            return
        told = _told(session, marks[0].leaf_index, marks[-1].leaf_index)
        for mark in marks:
            yield _Entry(mark.leaf_index, mark.leaf, told.get(mark.leaf_index))
        after = marks[-1].leaf_index


def _told(session: Session, first: int, last: int) -> dict[int, _Told]:
    """What the database keeps of these marks, whatever each is of."""
    found: dict[int, _Told] = {}
    for table, wanted, hashed in _SOURCES:
        here = wanted.where(table.leaf_index.between(first, last)).order_by(table.leaf_index)
        for index, record, salt, told, name, *state in session.execute(here.limit(PIECE)):
            found[index] = _Told(record, bytes(salt), told, str(name), hashed, *state)
    return found


def _entry(place: int, entry: _Entry) -> Wrong | None:
    if entry.index != place:
        return Wrong(N_("The mark %(place)s is missing from the register."), {"place": place})
    told = entry.told
    if told is None:
        return Wrong(
            N_(
                "The mark %(place)s belongs to a document or an act that is gone from the database."
            ),
            {"place": place},
        )
    if told.status != (told.ended or Status.VALID):
        return Wrong(
            N_("The state of %(name)s is not the one that its acts in the register say."),
            {"name": told.name},
        )
    if told.leaf == entry.leaf and told.hashed(told.salt, told.record.encode()) == entry.leaf:
        return None
    return Wrong(
        N_("The record of %(name)s is not the one that was registered as mark %(place)s."),
        {"name": told.name, "place": entry.index},
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
