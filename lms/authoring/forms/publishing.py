"""Forms of publishing: what is published and why, and what another person answers."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from lms.authoring.actions.publish_draft import LONGEST_SUMMARY
from lms.authoring.rules.requests import LONGEST_REASON
from lms.foundation.web.forms import Boxes, Form


class PublishForm(Form):
    """The parts to be published, and what changed in them, in a sentence.

    The name of the programme itself is empty: what was chosen is asked, not what was sent first.
    """

    parts = Boxes(_l("What is published"), [DataRequired(_l("Choose at least one part."))])
    summary = TextAreaField(
        _l("What changed, in a sentence"),
        [
            InputRequired(_l("Write what changed, in a sentence.")),
            Length(max=LONGEST_SUMMARY, message=_l("Write at most 500 characters.")),
        ],
    )
    seen = HiddenField()


class DeclineForm(Form):
    """Why something is not published; whoever asked will read it."""

    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Write a reason: the person will read it.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 500 characters.")),
        ],
    )


class RuleForm(Form):
    """Whether one person publishes, or two together."""

    persons = RadioField(_l("Who publishes"), [InputRequired()])
