"""Forms of one's own account."""

from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.foundation.web.locale import LANGUAGES
from lms.people.actions.profile import PostData
from lms.people.forms import parts
from lms.people.forms.sign_in import NewPasswordForm
from lms.people.queries.site import site
from lms.people.rules import addresses, names
from lms.people.rules.places import ZONES


class PreferencesForm(Form):
    """The language somebody reads and the zone of the hours they are shown."""

    language = SelectField(_l("Language"), choices=parts.options(LANGUAGES.items()))
    zone = SelectField(_l("Time zone"), choices=lambda: zones())


def zones() -> list[SelectChoice]:
    """Zones by their city; first the one of the institution."""
    of_site = gettext("The institute's: %(city)s", city=city_of(site().zone))
    return parts.options([("", of_site), *((zone, city_of(zone)) for zone in ZONES)])


def city_of(zone: str) -> str:
    """The city a zone is named after, as the reader's language calls it."""
    return str(get_timezone_location(ZoneInfo(zone), locale=get_locale(), return_city=True))


class NameForm(Form):
    """One's name as it will stand on a diploma."""

    given_names = parts.name_line(_l("Given names"), _l("Write your given names."))
    first_surname = parts.name_line(_l("First surname"), _l("Write your first surname."))
    second_surname = parts.name_line(_l("Second surname"))

    def name(self) -> names.Name:
        return names.written(
            self.given_names.data, self.first_surname.data, self.second_surname.data
        )


class PostForm(Form):
    """A post: where, which, from when until when."""

    position = parts.line(_l("Post or occupation"), _l("Write your post or occupation."))
    country = parts.country_field(_l("Country"))
    region = parts.line(
        _l("Department, region or state"), _l("Write your department, region or state.")
    )
    municipality = parts.line(
        _l("Municipality or district"), _l("Write your municipality or district.")
    )
    starts_on = parts.day_field(_l("Since"))
    ends_on = parts.day_field(_l("Until"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A post does not end before it begins."""
        valid = bool(super().validate(extra_validators))
        since, until = self.starts_on.data, self.ends_on.data
        if valid and since and until and until < since:
            parts.refuse_field(self.ends_on, gettext("This day is before the first one."))
        return valid and not self.errors

    def data_of_post(self) -> PostData:
        return PostData(
            country=self.country.data,
            region=self.region.data,
            municipality=self.municipality.data,
            position=self.position.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class ChangePasswordForm(NewPasswordForm):
    """The password one has, and the one to use from now on."""

    current_password = PasswordField(
        _l("Present password"), [InputRequired(_l("Write your present password."))]
    )


class EmailForm(Form):
    """A new address, given by whoever knows the password."""

    email = EmailField(
        _l("New e-mail"),
        [InputRequired(_l("Write the address.")), WholeLine(), Length(max=addresses.LONGEST)],
        filters=[clean],
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password."))])

    address: str | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """The address is one that letters can reach."""
        valid = bool(super().validate(extra_validators))
        if valid:
            self.address = parts.read(self, self.email, addresses.email, self.email.data)
        return valid and not self.errors
