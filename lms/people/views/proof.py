"""Asking for the password once more before something that only its owner may do."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue
from wtforms import Field

from lms.foundation.kernel.errors import N_, TooMany
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.identity import signed_in
from lms.foundation.web.limits import give_back, take
from lms.foundation.web.perform import perform
from lms.foundation.web.reading import reading
from lms.people.formats.hashes import is_password
from lms.people.models import Person
from lms.people.queries.tries import PASSWORD_OF, who
from lms.people.views.browsers import too_often

WRONG = N_("That is not your present password.")


def unproved(form: Form, password: Field, page: Callable[[], str]) -> ResponseReturnValue | None:
    """The form once more unless it was sent whole and with the password of who asks; else none."""
    try:
        proved = form.sent() and is_mine(password.data)
    except TooMany as error:
        return too_often(form, error, page)
    if proved:
        return None
    if not form.errors:
        password.errors = [_(WRONG)]
    return page(), 422


def is_mine(given: str) -> bool:
    """Whether this is the password of who asks; wrong tries are counted, and too many refused."""
    identity = signed_in()
    one = (PASSWORD_OF, who(identity.person_uid))
    take(one)
    right = is_password(reading().get_one(Person, identity.person_id).password_hash, given)
    if right:
        perform(give_back, one)
    return right
