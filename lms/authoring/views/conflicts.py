"""What was published from elsewhere while it was edited here: both versions, one to be chosen."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.choose import keep_mine, take_theirs
from lms.authoring.forms.arranging import Act
from lms.authoring.queries.drafts import as_published, texts_of
from lms.authoring.views import differences
from lms.authoring.views.places import Bench, bench
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Conflict, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import reading

MOST_SHOWN = 10


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID) -> ResponseReturnValue:
    """The files in conflict, the first ten of them."""
    found = bench(programme)
    return render_template(
        "authoring/conflicts.html",
        found=found,
        crumbs=found.crumbs(),
        conflicts=[_both(found, path) for path in found.standing.conflicts[:MOST_SHOWN]],
        total=len(found.standing.conflicts),
        act=Act(formdata=None),
    )


def _both(found: Bench, path: str) -> dict[str, object]:
    standing = found.standing
    mine = {path: standing.files[path]} if path in standing.files else {}
    published = standing.published.get(path)
    theirs = {path: as_published(published)} if published is not None else {}
    here, there = (texts_of(reading(), side).get(path) for side in (mine, theirs))
    said = here if here is not None else there
    both = here is not None and there is not None
    told = differences.of_file(path, there or "", here or "") if both else []
    return {
        "path": path,
        "seen": published.sha256 if published is not None else "",
        "is_gone_here": not mine,
        "is_gone_there": not theirs,
        "title": differences.title_of(path, said) if said is not None else path,
        "told": told,
        "before": differences.before(told),
        "mine": here,
        "theirs": there,
        "writes": found.may_write(path.partition("/")[0] if "/" in path else None),
        "text_url": url_for("authoring.text", programme=found.programme.uid, path=path)
        if here is not None
        else "",
    }


@guard(Permission.COURSE_WRITE, scope=scopes.named_file)
def choose(programme: UUID) -> ResponseReturnValue:
    """Keep mine, or take theirs; neither is lost."""
    here = url_for("authoring.conflicts", programme=programme)
    path, seen = request.form.get("path", ""), request.form.get("seen", "")
    try:
        match request.form.get("choice"):
            case "mine":
                said = _("Kept as it was written here. It is published with the next version.")
                return submit(keep_mine, programme, path, seen, form=Act(), then=here, said=said)
            case "theirs":
                return submit(
                    take_theirs,
                    programme,
                    path,
                    seen,
                    form=Act(),
                    then=here,
                    said=_("Taken as it was published. What was written here is in the steps."),
                )
    except (Refused, Conflict) as refusal:
        flash(say(refusal), "bad")
        return redirect(here, 303)
    raise NotFound()
