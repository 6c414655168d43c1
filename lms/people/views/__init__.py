"""The doors of people: each module hangs its pages on the one blueprint."""

from lms.people.views import (
    about,
    account,
    confirm,
    contacts,
    diploma_name,
    helping,
    invited,
    looking,
    notices,
    recover,
    register,
    sign_in,
)
from lms.people.views.door import blueprint

__all__ = [
    "about",
    "account",
    "blueprint",
    "confirm",
    "contacts",
    "diploma_name",
    "helping",
    "invited",
    "looking",
    "notices",
    "recover",
    "register",
    "sign_in",
]
