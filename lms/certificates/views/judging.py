"""Whether what somebody brings is what was issued, and where it departs from it."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from lms.certificates.formats.brought import Brought, Kind, as_record
from lms.certificates.formats.pocket import Pocket
from lms.certificates.formats.record import Record
from lms.certificates.formats.wording import dated, facts, on_folio, wording
from lms.certificates.queries.acts import Edition
from lms.certificates.rules.differences import Difference, differences
from lms.certificates.rules.status import Compared, compare
from lms.foundation.kernel.errors import Invalid
from lms.foundation.keys import jws
from lms.foundation.locale.words import gettext as _

Verdict = tuple[Compared, Sequence[Difference]]


def judge(
    brought: Brought,
    content: bytes,
    record: Record,
    editions: Sequence[Edition],
    keys: Collection[str],
) -> Verdict:
    """What this turns out to be beside the document that was issued under the code it bears.

    ``keys`` are all that ever signed credentials here, those that leaked among them: the register,
    which has the document, says then whether it is so.
    """
    digest = sha256(content).hexdigest()
    here = next(each for each in editions if each.code == record.code)
    if brought.kind is Kind.PDF:
        result = compare(digest, [each.sealed_sha256 for each in editions])
    elif brought.said is not None:
        carried = brought.said.pocket == Pocket.of(record, here.leaf_index)
        genuine = any(brought.said.genuine(each) for each in keys)
        result = Compared.TRUE if carried and genuine else Compared.ALTERED
    elif digest in {each.vc_sha256 for each in editions}:
        result = Compared.SAME
    else:
        genuine = not brought.token or any(jws.verifies(brought.token, each) for each in keys)
        result = Compared.TRUE if genuine and brought.record == record else Compared.ALTERED
    return result, _told(brought, record) if result is Compared.ALTERED else ()


def _told(brought: Brought, record: Record) -> Sequence[Difference]:
    """Field by field, where it departs from what was issued."""
    issued = fields(record)
    if brought.kind is Kind.PDF:
        if brought.words is None:
            return ()
        claimed = dict(fields(brought.record)) if brought.record else None
        return differences(issued, claimed, brought.words)
    try:
        told = as_record(brought.said, record) if brought.said else brought.record
    except Invalid:
        return ()
    assert told is not None
    said = dict(fields(told))
    if brought.said is not None:
        said[_("Holder")] = brought.said.pocket.holder
    return differences(issued, said, " ".join(said.values()))


def fields(record: Record) -> list[tuple[str, str]]:
    """What stands on the page of a document, in the document's own language."""
    words = wording(record)
    return [
        (_("Holder"), record.holder.full_name),
        (_("Document"), record.title),
        (_("Course"), record.course),
        (_("Programme"), record.programme),
        (_("Issued by"), record.institution.name),
        *facts(record, words),
        (_("Place and date"), dated(record, words)),
        (_("Register number"), record.number),
        *([(_("Book and folio"), on_folio(record, words))] if record.book else []),
        (_("Code"), record.code),
    ]
