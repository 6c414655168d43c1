"""How the waiting list of a cohort is kept."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from lms.enrollment.queries.waiting import Kept
from lms.enrollment.rules.waiting import PROMOTIONS
from lms.foundation.web.forms import Form


class ListForm(Form):
    """Whether one can ask when all seats are taken, and who gives a free seat to the list."""

    takes = BooleanField(_l("When all seats are taken, people can still ask and wait"))
    promotes = RadioField(
        _l("Who gives a free seat to the list"),
        choices=[SelectChoice(each.value, _l(said)) for each, said in PROMOTIONS.items()],
    )


def list_form(kept: Kept, *, fresh: bool = False) -> ListForm:
    """The form as the list is kept now; fresh, whatever another form has sent."""
    data = {"takes": kept.takes, "promotes": kept.promotes.value}
    return ListForm(formdata=None, data=data) if fresh else ListForm(data=data)
