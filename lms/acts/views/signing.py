"""Signing an act: on the site with the password, or on paper with the scan."""

from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.acts.actions.close import number_of
from lms.acts.actions.sign import sign_here, sign_on_paper
from lms.acts.forms import PaperForm, SignForm
from lms.acts.models import ActSignature, GradeAct
from lms.acts.queries.closed import act_of, signatures
from lms.certificates.queries.desk import head
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.files.models import Blob
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.attaching import ACCEPTS
from lms.foundation.web.guard import guard
from lms.foundation.web.papers import deliver
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.views.proof import unproved


@guard(Permission.CREDENTIAL_SIGN, cohort_scope)
def sign(cohort: UUID, act: UUID, number: int) -> ResponseReturnValue:
    """Whoever signs confirms it with their password."""
    found, place = _place(cohort, act, number)
    form = SignForm()

    def page() -> str:
        return _html("acts/sign.html", cohort, found, place, form)

    if not form.is_submitted():
        return page()
    if (again := unproved(form, form.password, page)) is not None:
        return again
    return submit(
        sign_here,
        cohort,
        act,
        number,
        form=form,
        then=url_for("acts.act", cohort=cohort, act=act),
        said=lambda signed: _("You have signed act %(number)s.", number=signed),
        again=page,
    )


@guard(Permission.ACT_CLOSE, cohort_scope)
def paper(cohort: UUID, act: UUID, number: int) -> ResponseReturnValue:
    """The registrar puts down that the printed act was signed, with its scan."""
    found, place = _place(cohort, act, number)
    form = PaperForm()

    def page() -> str:
        return _html("acts/paper.html", cohort, found, place, form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        sign_on_paper,
        cohort,
        act,
        number,
        form.signed_on.data,
        form.attachment,
        form=form,
        then=url_for("acts.act", cohort=cohort, act=act),
        said=_("The signature on paper is recorded."),
        again=page,
    )


@guard(Permission.ACT_VIEW, cohort_scope)
def scan(cohort: UUID, act: UUID, number: int) -> Response:
    """The scan of what was signed on paper."""
    _found, place = _place(cohort, act, number)
    blob = reading().get(Blob, place.scan_sha256) if place.scan_sha256 else None
    if blob is None:
        raise NotFound()
    return deliver(blob.sha256, blob.media_type, place.scan_name)


def _place(cohort: UUID, act: UUID, number: int) -> tuple[GradeAct, ActSignature]:
    found = act_of(reading(), cohort, act)
    for each in signatures(reading(), found.id):
        if each.order == number:
            return found, each
    raise NotFound()


def _html(
    template: str, cohort: UUID, found: GradeAct, place: ActSignature, form: SignForm | PaperForm
) -> str:
    return render_template(
        template,
        head=head(reading(), cohort),
        act=found,
        number=number_of(found),
        place=place,
        form=form,
        accepts=ACCEPTS,
        back=url_for("acts.act", cohort=cohort, act=found.uid),
    )
