"""Fields that several forms about people share."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.people.queries.site import site
from lms.people.rules import names
from lms.people.rules.places import COUNTRIES

T = TypeVar("T")
LONGEST_LINE = 120


def line(
    label: Any, needed: Any = None, *, longest: int = LONGEST_LINE, more: tuple[Any, ...] = ()
) -> StringField:
    """One line of text; ``needed`` is what is said when it is left empty."""
    first = DataRequired(needed) if needed else MayBeEmpty()
    too_long = Length(max=longest, message=_l("Use at most %(max)d characters."))
    return StringField(label, [first, WholeLine(), too_long, *more], filters=[clean])


def name_line(label: Any, needed: Any = None) -> StringField:
    """One part of a name."""
    return line(label, needed, longest=names.LONGEST, more=(name_part,))


def name_part(_form: Any, field: Field) -> None:
    """A part of a name has letters in it and nothing that no name has."""
    problem = names.problem(field.data) if field.data else None
    if problem:
        raise ValidationError(gettext(problem))


def country_field(label: Any) -> SelectField:
    """A country; the site's own is chosen already."""
    return SelectField(label, choices=countries, default=home_country)


def day_field(label: Any) -> DateField:
    return DateField(label, [MayBeEmpty()])


def new_password(label: Any) -> PasswordField:
    """A password to be made; what is wrong with it is said by the rules."""
    return PasswordField(label, [InputRequired(_l("Write a password."))])


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """What may be chosen: each value with its words."""
    return [SelectChoice(value, words) for value, words in pairs]


def countries() -> list[SelectChoice]:
    """Countries by their name in the language of the page."""
    locale = get_locale()
    named = locale.territories if locale else {}
    return options((code, named.get(code, code)) for code in COUNTRIES)


def home_country() -> str:
    """The country where the site's institution works."""
    country = site().country
    return country if country in COUNTRIES else COUNTRIES[0]


def read(form: Form, field: Field, reader: Callable[..., T], *given: str) -> T | None:
    """What a field means, or nothing and the reason beside the field."""
    try:
        return reader(*given)
    except Invalid as error:
        refuse_field(field, gettext(error.message) % error.params)
    return None


def refuse_field(field: Field, said: str) -> None:
    """Say beside a field what is wrong with it."""
    field.errors = [*field.errors, said]
