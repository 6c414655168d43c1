"""Messages in the reader's language, looked up quickly.

A page asks some forty times. Flask-Babel finds out each time which domain, locale and catalogue
the request has; here they are found once, and again only where the locale is changed on purpose
(`force_locale`). What is said is the same.
"""

from typing import Any

from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import get_domain, get_locale

# What stands in the code, where nobody has said which language is read (rules under test).
_AS_WRITTEN = NullTranslations()


def gettext(message: str, /, **values: Any) -> str:
    """A message id in the reader's language, filled in."""
    said: str = _translations().ugettext(message)
    return said % values if values else said


def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> str:
    """The form of a message that fits a number; ``%(num)s`` is the number."""
    said: str = _translations().ungettext(singular, plural, num)
    return said % ({"num": num} | values)


def _translations() -> Any:
    if not has_app_context():
        return _AS_WRITTEN
    request = g._get_current_object()
    of_babel = getattr(request, "_flask_babel", None)
    kept = getattr(request, "cabildo_words", None)
    if kept is not None and of_babel is not None:
        locale, translations = kept
        if locale is getattr(of_babel, "babel_locale", None):
            return translations
    domain: Any = get_domain()
    translations = domain.get_translations()
    request.cabildo_words = get_locale(), translations
    return translations
