"""The keys that sign now, opened with the installation's secret."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict
from lms.foundation.keys.actions import Whose, ensure
from lms.foundation.keys.models import Purpose, SigningKey
from lms.foundation.keys.pairs import unlock

# After a rotation the register's checkpoints bear both signatures for this long, so that whoever
# follows it has time to learn of the new key.
OVERLAP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key in hand."""

    kid: str
    public: str
    certificates: str
    private: Any


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of an installation with the secret that opens them."""

    database: Database
    secret: str

    def signer(self, purpose: Purpose, whose: Whose | None = None) -> Signer:
        """The key that signs now; made when it is needed for the first time."""
        whose = whose or Whose()
        with self.database.reading() as session:
            found = session.scalars(_signing(purpose, whose.holder)).first()
        if found is None:
            try:
                found = self.database.perform(ensure, SYSTEM, self.secret, purpose, whose)
            except Conflict:  # somebody made it in the same moment
                found = self.database.perform(ensure, SYSTEM, self.secret, purpose, whose)
        return _opened(self.secret, found)

    def check(self) -> None:
        """Whether all keys that sign now open: a house restored without its secret issues nothing.

        Raises Refused with the first that does not, and what to do.
        """
        with self.database.reading() as session:
            for each in session.scalars(_ALL_SIGNING):
                _opened(self.secret, each)

    def signers_of_log(self) -> list[Signer]:
        """Who signs a checkpoint: the key of now, and the one before while both are followed."""
        now = self.signer(Purpose.LOG)
        since = self.database.clock() - OVERLAP
        with self.database.reading() as session:
            before = session.scalars(
                select(SigningKey)
                .where(
                    SigningKey.purpose == Purpose.LOG,
                    SigningKey.retired_at > since,
                    SigningKey.leaked_at.is_(None),
                )
                .order_by(SigningKey.edition.desc())
                .limit(1)
            ).all()
        return [now, *(_opened(self.secret, each) for each in before)]


_ALL_SIGNING = select(SigningKey).where(SigningKey.retired_at.is_(None)).order_by(SigningKey.id)


def _signing(purpose: Purpose, holder: str) -> Select[SigningKey]:
    return (
        select(SigningKey)
        .where(
            SigningKey.purpose == purpose,
            SigningKey.holder == holder,
            SigningKey.retired_at.is_(None),
        )
        .order_by(SigningKey.edition.desc())
        .limit(1)
    )


def _opened(secret: str, key: SigningKey) -> Signer:
    return Signer(key.kid, key.public, key.certificates, unlock(secret, key.kid, key.locked))
