"""Whatever refers to a person goes along when two accounts become one, or says why it stays."""

import pytest

from lms.foundation.db.base import Base
from lms.people.belongings import belongings
from lms.wiring import connect

pytestmark = pytest.mark.pure

#: Who did something did it under that account, and it stays written so.
ACTED = {
    "allowance.by_id", "announcement.author_id", "departure.by_id", "message.author_id",
    "recognition.by_id", "roster.by_id", "act_remark.by_id", "act_signature.by_id",
    "hand_mark.marker_id",
    "grade_entry.by_id", "intervention.by_id",
    "adjustment.by_id", "adjustment.taken_back_by_id",
    "given_mark.marker_id",
}  # fmt: skip
#: What ends with the account that closes, or tells of the joining itself.
STAYS = {
    "draft_step.person_id": "who wrote it",
    "audit_entry.person_id": "the log is never changed",
    "form_receipt.person_id": "answers to forms of a session that has ended",
    "login_session.person_id": "they end",
    "login_session.seeing_as_id": "a look at the account that closes ends",
    "one_time_code.person_id": "they are void",
    "person_word.person_id": "the account that closes is not found",
    "merge.stays_id": "the joining itself",
    "merge.goes_id": "the joining itself",
}


def of_people() -> set[str]:
    """Every column that refers to a person, or is called as if it did."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name == "person_id"
        or any(key.target_fullname == "person.id" for key in column.foreign_keys)
    }


def test_nobody_forgets_what_belongs_to_a_person():
    connect()
    goes_along = {each.name for each in belongings()}
    assert of_people() == goes_along | ACTED | set(STAYS)
    assert not goes_along & (ACTED | set(STAYS))


def test_what_goes_along_can_be_named_row_by_row():
    connect()
    for each in belongings():
        assert [column.name for column in each.table.primary_key] == ["id"]
