"""Forms of packages: the ZIP that is sent, and what is done in a conflict."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from lms.foundation.web.forms import Form


class PackageForm(Form):
    """A package as one ZIP."""

    package = FileField(
        _l("ZIP file of the package"), [FileRequired(_l("Choose the ZIP file of the package."))]
    )


class BringForm(Form):
    """What was seen; in a conflict, `theirs` names the files that are taken from the package."""

    seen = HiddenField()
