"""Who issues documents here, and with which keys they have signed them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from lms.foundation.keys.actions import Whose
from lms.foundation.keys.queries import Public, published
from lms.people.models import Institution

Reader = Session | Connection


@dataclass(frozen=True, slots=True)
class Key:
    """A key with the name of whoever signs with it; the site's own have none."""

    whose: str
    key: Public


def name_of(reader: Reader, key: str) -> str | None:
    """The name of the institution with this key; nothing if there is none."""
    return reader.execute(select(Institution.name).where(Institution.key == key)).scalar()


def house(reader: Reader, key: str | None, default: int | None) -> Whose | None:
    """An institution by its key, or the default one by its id, as the holder of a key."""
    named = Institution.key == key if key else Institution.id == default
    row = reader.execute(
        select(Institution.uid, Institution.name, Institution.country).where(named)
    ).first()
    return Whose(str(row.uid), row.name, row.country) if row else None


def keys(reader: Reader) -> Sequence[Key]:
    """Every key there ever was, with whose it is."""
    found = published(reader)
    holders = {each.holder for each in found if each.holder}
    rows = reader.execute(
        select(Institution.uid, Institution.name).order_by(Institution.id).limit(len(found) + 1000)
    )
    names = {str(row.uid): row.name for row in rows} if holders else {}
    return [Key(names.get(each.holder, ""), each) for each in found]
