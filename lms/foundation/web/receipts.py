"""Which forms the server has: told to the page that a form was filled in on."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.foundation.web.models import FormReceipt


def receipt_key(form_key: str) -> str:
    """Under what the receipt of a form is kept."""
    return sha256(form_key.encode()).hexdigest()


def arrived_forms(session: Session, person_id: int | None, keys: Sequence[str]) -> list[str]:
    """Those of these forms that this person sent and the server took."""
    by_receipt = {receipt_key(each): each for each in keys}
    found = session.scalars(
        select(FormReceipt.key)
        .where(FormReceipt.key.in_(by_receipt), FormReceipt.person_id == person_id)
        .order_by(FormReceipt.key)
    )
    return [by_receipt[each] for each in found]
