"""Phone numbers: kept as the world dials them, shown as people read them."""

from dataclasses import dataclass

import phonenumbers

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line

WRONG = N_("Write the phone number with all its figures, for example 5512 3456.")
_LONGEST = 40


@dataclass(frozen=True)
class Phone:
    """A number in E.164 form and as it is shown."""

    value: str
    shown: str


def phone(typed: str, country: str) -> Phone:
    """A phone number; without a country code it is one of ``country``."""
    try:
        number = phonenumbers.parse(one_line(typed)[:_LONGEST], country)
    except phonenumbers.NumberParseException as error:
        raise Invalid(WRONG) from error
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise Invalid(WRONG)
    return Phone(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
    )


def national(value: str) -> str:
    """A number as it is dialled within its country: without the country's code."""
    return str(phonenumbers.national_significant_number(phonenumbers.parse(value)))


def possible(typed: str, countries: tuple[str, ...]) -> list[str]:
    """Every number that somebody may have meant who signs in without the country code."""
    found: list[str] = []
    for country in countries:
        try:
            value = phone(typed, country).value
        except Invalid:
            continue
        if value not in found:
            found.append(value)
    return found
