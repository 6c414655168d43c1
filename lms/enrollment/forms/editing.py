"""The form of a cohort that is open already: only what may still be changed can be written."""

from typing import Any, cast
from uuid import UUID

from wtforms import HiddenField

from lms.enrollment.actions.edit import Edit
from lms.enrollment.forms import moments
from lms.enrollment.forms.opening import CohortForm, dated, offer
from lms.enrollment.queries.editing import Editing
from lms.enrollment.rules import editing as rules
from lms.enrollment.rules.calendar import SINGLE, WHOLE, Calendar, named
from lms.foundation.kernel.points import scale_of


class EditForm(CohortForm):
    """What was in view when somebody began to write travels along."""

    seen = HiddenField()

    def edit(self, found: Editing) -> Edit:
        """The cohort as it is to be."""
        return Edit(
            seen=self.seen.data or "",
            title=self.title.data,
            calendar=self.calendar(found),
            door=self.door.data,
            capacity=self.capacity.data,
            mode=self.mode.data if "mode" in self else None,
            grades=self.grades() if "scale" in self else None,
            signers=[UUID(each) for each in self.signers.data] if "signers" in self else None,
        )

    def calendar(self, found: Editing) -> Calendar:
        """The dates that were written, and as they were those that the form does not ask for."""
        before = found.standing.calendar
        whole = {what: getattr(before, what) for what in WHOLE} | self.whole_dates(found.zone)
        wanted = Calendar(**whole, windows=self.windows(found.courses, found.zone))
        return rules.kept(found.standing, wanted)


def edit_form(found: Editing) -> EditForm:
    """The form of a cohort, filled in as the cohort is, without what cannot be changed."""
    form = cast(EditForm, dated(EditForm, found.courses)(data=as_it_is(found)))
    version = found.cohort.programme_version
    offer(form, version.modes.split(), found.signers)
    fixed = rules.fixed(found.standing)
    for name in [name for name in form._fields if name in fixed]:
        del form[name]
    for key, reason in rules.fixed_openings(found.standing).items():
        if reason:
            del form[named("opens_at", key)]
    return form


def as_it_is(found: Editing) -> dict[str, Any]:
    """The cohort in the words of the form."""
    cohort, zone = found.cohort, found.zone
    policy = cohort.policy
    scale = scale_of(policy["scale"])
    mark = scale.grade(policy.get("pass_mark") or 0)
    data = {
        "seen": found.seen,
        "title": cohort.title,
        "mode": cohort.mode,
        "door": cohort.door,
        "capacity": cohort.capacity,
        "scale": scale.key,
        "mark_of": "cohort" if policy.get("for_all") else "course",
        "pass_mark": str(mark) if policy.get("for_all") else "",
        "signers": [each["uid"] for each in policy.get("signers") or () if "uid" in each],
        **{what: moments.shown(getattr(cohort, what), zone) for what in WHOLE},
    }
    for window in found.standing.calendar.windows:
        for which in SINGLE:
            data[named(which, window.key)] = moments.shown(getattr(window, which), zone)
    return data
