"""The form of somebody who signs documents."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form
from lms.people.actions.signers import Signing
from lms.people.forms import parts
from lms.people.models import Person, Signer
from lms.people.rules import signing
from lms.people.rules.names import name_of


class SignerForm(Form):
    """Name and post as they are printed, term of office, place, and whom they stand in for."""

    name = parts.line(
        _l("Name with its degree"), _l("Write the name as it is printed."), longest=signing.LONGEST
    )
    position = parts.line(_l("Post"), _l("Write the post."), longest=signing.LONGEST)
    starts_on = parts.day_field(_l("In office from"))
    ends_on = parts.day_field(_l("In office until"))
    order = IntegerField(
        _l("Place among the signatures"),
        [
            InputRequired(_l("Write 1 for the first signature, 2 for the second.")),
            NumberRange(1, signing.MOST_PLACES, _l("Write a number from 1 to 9.")),
        ],
        default=1,
    )
    substitutes = SelectField(_l("Stands in for"))
    account = SelectField(_l("Account to sign by on the site"), default="")

    def offer(
        self, everybody: Sequence[Signer], holders: Sequence[Person], own: UUID | None = None
    ) -> None:
        """Offer whom one may stand in for, those who sign in their own right; and the accounts of
        those who hold the role."""
        none = SelectChoice("", gettext("None: signs on paper"))
        self.account.choices = [
            none, *(SelectChoice(str(each.uid), name_of(each).full) for each in holders)
        ]  # fmt: skip
        nobody = SelectChoice("", gettext("Nobody: signs in their own right"))
        free = [each for each in everybody if each.substitutes_id is None and each.uid != own]
        self.substitutes.choices = [
            nobody, *(SelectChoice(str(each.uid), f"{each.name}, {each.position}") for each in free)
        ]  # fmt: skip

    def validate(self, extra_validators: object = None) -> bool:
        """Field by field; a term begins on a day."""
        valid = bool(super().validate(extra_validators))
        if self.starts_on.data is None and not self.starts_on.errors:
            parts.refuse_field(self.starts_on, gettext("Write the first day of the term."))
        return valid and not self.errors

    def signing(self) -> Signing:
        """What the form says, once it is valid."""
        return Signing(
            name=self.name.data,
            position=self.position.data,
            order=self.order.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            substitutes=UUID(self.substitutes.data) if self.substitutes.data else None,
            account=UUID(self.account.data) if self.account.data else None,
        )

    def fill(self, row: Signer, everybody: Sequence[Signer], holders: Sequence[Person]) -> None:
        """Show what is put down now."""
        for name in ("name", "position", "order", "starts_on", "ends_on"):
            self[name].data = getattr(row, name)
        whom = {each.id: str(each.uid) for each in everybody}
        self.substitutes.data = whom.get(row.substitutes_id or 0, "")
        accounts = {each.id: str(each.uid) for each in holders}
        self.account.data = accounts.get(row.account_id or 0, "")
