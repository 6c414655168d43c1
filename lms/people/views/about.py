"""Help, accessibility and privacy: what everybody may read before and after signing in."""

from flask import render_template

from lms.foundation.web.guard import public
from lms.foundation.web.markdown import render
from lms.people.queries.site import site
from lms.people.views.door import blueprint


@blueprint.get("/ayuda")
@public("whoever cannot get in needs help most")
def help_page() -> str:
    return render_template("people/help.html", contact=site().contact, institute=site().name)


@blueprint.get("/accesibilidad")
@public("what the site promises to people with disabilities")
def accessibility() -> str:
    return render_template("people/accessibility.html", contact=site().contact)


@blueprint.get("/privacidad")
@public("what happens with personal data, to be read before giving any")
def privacy() -> str:
    found = site()
    return render_template(
        "people/privacy.html",
        contact=found.contact,
        institute=found.name,
        version=found.agreement,
        own=render(found.privacy, prefix="aviso-").html if found.privacy else None,
    )
