"""Forms about backups: one from another machine, and the word that confirms restoring."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import Length

from lms.foundation.web.forms import Form, clean


class RestoreForm(Form):
    """Restoring, confirmed by typing a word."""

    typed = StringField(_l("Word"), filters=[clean], validators=[Length(max=100)])


class UploadForm(Form):
    """A backup from another machine."""

    file = FileField(_l("Backup file"))
