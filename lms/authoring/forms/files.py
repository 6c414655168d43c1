"""The form by which a file comes into a course."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from lms.foundation.web.forms import Form


class FileForm(Form):
    """A picture, a recording or a document."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
