"""A course as learners will meet it: every page of theirs, in a state one chooses; nothing is kept.

The pages are the learners' own, answered from a database in memory. Their addresses are those of
the preview, their scripts are left out, and their buttons lead back to where they were pressed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.formats.as_preview import as_preview, inside
from lms.authoring.formats.media import TYPES
from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.queries import drafts, sources
from lms.authoring.queries.checked import MEMORY
from lms.authoring.rehearsal import ATTEMPTS, Rehearsal, Rehearsals, rehearse
from lms.authoring.rules.stages import WORDS, Stage
from lms.authoring.tasks import keep_media
from lms.authoring.views.editors import Places, Told
from lms.authoring.views.places import Bench, bench, store, today
from lms.catalog.activity import activity_kinds
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.csrf import csrf_token
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import SESSION_COOKIE
from lms.foundation.web.locale import LANGUAGE_COOKIE, language
from lms.foundation.web.reading import database, reading
from lms.learning.queries.media import MediaFile
from lms.learning.rules.places import classroom_path
from lms.learning.views.media import deliver
from lms.people.models import Institution
from lms.people.queries.site import site

DRAFT = "borrador"
_ATTEMPT = "intento"
_KEPT = Rehearsals()
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def choose(programme: UUID) -> ResponseReturnValue:
    """Which edition is looked at, and as whom."""
    version = request.args.get("version", "")
    return _choice(bench(programme), version if _NUMBER.fullmatch(version) else DRAFT, ())


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID, edition: str, stage: str, rest: str = "") -> ResponseReturnValue:
    """A page of the learner's, as it would be; whatever is sent to it stays unread."""
    found = bench(programme)
    if stage not in set(Stage) or not (edition == DRAFT or _NUMBER.fullmatch(edition)):
        raise NotFound()
    if request.method == "POST":
        return redirect(f"{request.path}?nada=1", 303)
    home = url_for("authoring.rehearsal", programme=programme, edition=edition, stage=stage)
    what = found.standing.seen if edition == DRAFT else edition
    key = (found.programme.uid, what, stage, site().version, language(), today())
    try:
        with _KEPT.looking(
            key, database().clock(), lambda: _made(found, edition, Stage(stage))
        ) as made:
            addresses = _addresses(found, made, home)
            if "entrar" in request.args and not rest and made.stands_at:
                return redirect(inside(f'"{made.stands_at}"', addresses).strip('"'), 303)
            answer = _answer(made, rest)
    except Unsound as fault:
        return _choice(found, edition, fault.told), 409
    if answer.status_code in {301, 302, 303, 307, 308}:
        led = inside(f'"{answer.location}"', addresses).strip('"')
        return redirect(led if led.startswith(home) else f"{home}?nada=1", 303)
    if answer.mimetype != "text/html" or answer.status_code in {404, 405}:
        return redirect(f"{home}?nada=1", 303)
    banner = render_template(
        "authoring/rehearsal_banner.html",
        found=found,
        edition=edition,
        stage=stage,
        stages=_stages(),
        nothing="nada" in request.args,
    )
    learners = answer.get_data(as_text=True)
    page = as_preview(learners, addresses, request.path, csrf_token(), banner)
    response = Response(page, status=answer.status_code, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def media(programme: UUID, digest: str, name: str) -> ResponseReturnValue:
    """A file of the draft that the page shows; what is published is at its own address."""
    files = bench(programme).standing.files.values()
    media_type = TYPES.get(name.rpartition(".")[2].lower())
    file = next((each for each in files if each.sha256 == digest and not each.is_text), None)
    if media_type is None or file is None:
        return redirect(url_for("learning.media", digest=digest, name=name))
    return deliver(digest, name, MediaFile(file.size, media_type), "private, max-age=600")


class Unsound(Exception):
    """What is written cannot be taught yet, and why."""

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__()
        self.told = told


def _choice(found: Bench, edition: str, told: Sequence[Told]) -> str:
    return render_template(
        "authoring/rehearsal.html",
        found=found,
        title=found.titles()[0],
        crumbs=found.crumbs(),
        edition=edition,
        stages=_stages(),
        told=told,
    )


def _stages() -> list[tuple[Stage, str]]:
    return [(each, _(word)) for each, word in WORDS.items()]


def _made(found: Bench, edition: str, stage: Stage) -> Rehearsal:
    """The classroom to look into. Raises Unsound."""
    owner = reading().get_one(Institution, found.programme.institution_id)
    tree = _tree(found, edition)
    prepared = prepare(tree, activity_kinds(), today(), MEMORY)
    if not prepared.sound:
        places = Places(found.programme.uid, prepared.package.courses.values())
        raise Unsound([each for each in places.tell(prepared.problems) if each.is_error])
    return rehearse(
        database(),
        {column.key: getattr(owner, column.key) for column in Institution.__table__.columns},
        site().version,
        prepared,
        keep_media(store(), tree, prepared.package),
        stage,
        {
            "given_names": _("Somebody"),
            "first_surname": _("who studies"),
            "cohort": _("Preview"),
            "country": owner.country,
            "language": language(),
            "zone": owner.zone,
        },
    )


def _tree(found: Bench, edition: str) -> Tree:
    standing = found.standing
    if edition != DRAFT:
        version = sources.version_of(reading(), found.programme.id, int(edition))
        if version is None:
            raise NotFound()
        files = sources.package_files(reading(), version.id)
        standing = replace(
            standing, files={path: drafts.as_published(each) for path, each in files.items()}
        )
    return drafts.tree_of(reading(), store(), standing)


def _answer(made: Rehearsal, rest: str) -> Response:
    """What the site answers the learner, from their own database."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    cookies = f"{SESSION_COOKIE}={made.token}; {LANGUAGE_COOKIE}={language()}"
    around = app.test_request_context(
        _learners(made, rest),
        base_url=request.host_url,
        query_string=request.query_string.decode("ascii", "replace"),
        headers={"Cookie": cookies},
    )
    here = site()
    with app.app_context(), around:
        g.cabildo_database = made.database
        g.cabildo_site = here  # as remembered for all: what is read in here is never everybody's
        answer: Response = app.full_dispatch_request()
        answer.direct_passthrough = False
        answer.get_data()
        return answer


def _learners(made: Rehearsal, rest: str) -> str:
    """The learner's own address of what the preview's address names."""
    first, _slash, more = rest.partition("/")
    if first.partition("-")[0] == _ATTEMPT:
        attempt = _attempts(made).get(first)
        if attempt is None:
            raise NotFound()
        return attempt + (f"/{more}" if more else "")
    path = classroom_path(made.enrollment)
    return f"{path}/{rest}" if rest else path


def _addresses(found: Bench, made: Rehearsal, home: str) -> list[tuple[str, str]]:
    """The beginnings of the learner's own addresses, and those of the preview in their place."""
    files = url_for(
        "authoring.rehearsal_media", programme=found.programme.uid, digest="DIGEST", name="NAME"
    )
    pairs = [
        (classroom_path(made.enrollment), home),
        ("/medios/", files.partition("DIGEST")[0]),
    ]
    pairs.extend((learners, f"{home}/{name}") for name, learners in _attempts(made).items())
    return pairs


def _attempts(made: Rehearsal) -> dict[str, str]:
    """The learner's own address of each attempt, by its name in the preview."""
    return {
        _ATTEMPT if number == 1 else f"{_ATTEMPT}-{number}": f"{ATTEMPTS}{uid}"
        for number, uid in enumerate(made.attempts, start=1)
    }
