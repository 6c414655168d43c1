"""Forms of assessment: buttons only, for answers are read by the question types."""

from lms.foundation.web.forms import Form


class Act(Form):
    """One button: begin, hand in."""
