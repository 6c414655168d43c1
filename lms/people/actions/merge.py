"""Two accounts of one person become one, and can be parted again as they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.foundation.audit.actions import record
from lms.foundation.db.pieces import AT_ONCE
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import Addressee, notify, write
from lms.people.actions import codes, sessions
from lms.people.actions.authority import must_reach
from lms.people.belongings import Belonging, belongings
from lms.people.facts import PersonRenamed
from lms.people.models import Merge, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import PersonState
from lms.people.queries import accounts
from lms.people.queries import merges as queries
from lms.people.queries.directory import addressee
from lms.people.queries.reach import Reach
from lms.people.rules import links
from lms.people.rules import merging as rules


@dataclass(frozen=True)
class Why:
    """How it is known that both are one person, and the reason in words."""

    how: str
    reason: str


@dataclass(frozen=True)
class By:
    """How far who joins or parts accounts reaches, and in whose name they do it."""

    reach: Reach
    institution_id: int | None = None


def merge(work: Work, stays_id: int, goes_id: int, why: Why, by: By) -> UUID:
    """All that is somebody's goes to the account that stays; the other one is closed.

    Both are locked, the lower id first, so that nobody joins one of them twice or seats it
    meanwhile. Who did what under either account stays as it was.
    """
    reason = one_line(why.reason)
    rules.check_reason(reason)
    stays, goes = accounts.locked_pair(work.session, stays_id, goes_id)
    rules.check(*(_side(work, each) for each in (stays, goes)))
    must_reach(work, stays)
    must_reach(work, goes)
    _hold(work, stays_id, goes_id)
    fits = queries.fits(work.session, stays_id, goes_id)
    for clash in fits.clashes:
        raise refusal(clash, by.reach)
    readers = [*_readers(work, stays_id), *_readers(work, goes_id)]
    row = Merge(
        stays_id=stays_id,
        goes_id=goes_id,
        before=goes.state,
        moved={},
        kept={},
        known={str(i.id): i.shown for i in accounts.identifiers(work.session, goes_id)},
        at=work.now,
        by_id=work.actor.person_id,
    )
    _shut(work, goes_id)
    goes.state, goes.merged_into_id = PersonState.MERGED, stays_id
    work.session.flush()
    moved, kept = dict[str, list[int]](), dict[str, dict[str, Any]]()
    for belonging in belongings():
        left = fits.fitting[belonging.name].left
        ids = [i for i in queries.rows_of(work.session, belonging, goes_id) if i not in left]
        if left:
            kept[belonging.name] = belonging.leave(work, sorted(left))
        if ids:
            moved[belonging.name] = ids
            _give(work, belonging, ids, stays_id)
    total = sum(map(len, moved.values()))
    rules.check_size(total)
    row.moved, row.kept = moved, kept
    work.session.add(row)
    work.session.flush()
    work.record(PersonRenamed(stays_id))
    record(
        work,
        "person.merged",
        stays,
        institution_id=by.institution_id,
        detail={"merge": str(row.uid), "other": str(goes.uid), "moved": total},
        personal={"how": why.how, "reason": reason},
    )
    _tell(work, stays, readers, "people/merged")
    return row.uid


def part(work: Work, stays_id: int, merge_uid: UUID, reason: str, by: By) -> list[str]:
    """What went along goes back, row by row; what was done since stays where it is.

    Both accounts are signed out everywhere. Returns what the other was known by and does not get
    back, for it was taken away since.
    """
    reason = one_line(reason)
    rules.check_reason(reason)
    goes_id = queries.merge_of(work.session, stays_id, merge_uid).goes_id
    stays, goes = accounts.locked_pair(work.session, stays_id, goes_id)
    row = queries.merge_of(work.session, stays_id, merge_uid, lock=True)
    must_reach(work, stays)
    _hold(work, stays_id, goes_id)
    still = queries.identifiers_still(work.session, row)
    rules.check_part(
        is_undone=row.undone_at is not None,
        stays_state=stays.state,
        identifiers_left=len(still),
    )
    if obstacle := queries.obstacle(work.session, row):
        raise refusal(obstacle, by.reach)
    _shut(work, stays_id)
    goes.state, goes.merged_into_id = row.before, None
    row.undone_at, row.undone_by_id = work.now, work.actor.person_id
    work.session.flush()
    for belonging in belongings():
        _give(work, belonging, row.moved.get(belonging.name, ()), goes_id, held_by=stays_id)
        if kept := row.kept.get(belonging.name):
            belonging.restore(work, kept)
    work.record(PersonRenamed(stays_id))
    work.record(PersonRenamed(goes_id))
    record(
        work,
        "person.parted",
        stays,
        institution_id=by.institution_id,
        detail={"merge": str(row.uid), "other": str(goes.uid)},
        personal={"reason": reason},
    )
    for whose, readers in ((stays, _readers(work, stays_id)), (goes, _readers(work, goes_id))):
        _tell(work, whose, readers, "people/parted")
    return rules.gone_since(row.known, still)


def refusal(remark: rules.Remark, reach: Reach) -> Refused:
    """What does not fit, in words; of an institution out of reach nothing is told."""
    if remark.institution_id is not None and not reach.has(remark.institution_id):
        return Refused(rules.ELSEWHERE)
    return Refused(remark.message, **remark.params)


def _side(work: Work, person: Person) -> rules.Side:
    return rules.Side(person.id, person.state, is_own=person.id == work.actor.person_id)


def _hold(work: Work, *people: int) -> None:
    """Nobody else decides about what is theirs until this is done."""
    for belonging in (each for each in belongings() if each.held):
        key = belonging.table.c.id
        theirs = select(key).where(belonging.column.in_(people)).order_by(key)
        work.session.execute(theirs.limit(2 * rules.MOST).with_for_update()).all()


def _give(
    work: Work,
    belonging: Belonging,
    ids: Sequence[int],
    to: int,
    held_by: int | None = None,
) -> None:
    """These rows are somebody's from now on; what has gone elsewhere since is let be."""
    for at in range(0, len(ids), AT_ONCE):
        those = belonging.table.c.id.in_(ids[at : at + AT_ONCE])
        column = belonging.table.c[belonging.column.key]
        change = update(belonging.table).where(those).values({column: to})
        work.session.execute(change if held_by is None else change.where(column == held_by))


def _shut(work: Work, person_id: int) -> None:
    """Every session ends and every code is void."""
    sessions.end_others(work, person_id)
    codes.spend_all(work, person_id, *CodePurpose)


def _readers(work: Work, person_id: int) -> list[Addressee]:
    """Where a person reads letters, if anywhere."""
    reader = addressee(work.session, person_id)
    return [reader] if reader is not None else []


def _tell(work: Work, person: Person, readers: Sequence[Addressee], template: str) -> None:
    name = person.short_name
    notify(work, person.id, template, link=links.HELP, name=name)
    for reader in readers:
        write(work, reader, template, person_id=person.id, link=links.HELP, name=name)
