"""Every page of the product as the person it is for sees it, in each state it has.

A sight names the endpoint, who looks, where, and what they do there first. What no page is, but
is fetched all the same, stands in `NO_PAGES` with its reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from lms.assessment.types import TYPES
from tests.authoring.letters import LETTER
from tests.pages.town import PASSWORD, Town

Step = Callable[[Page, Town], None]


@dataclass(frozen=True)
class Sight:
    """A page, who looks at it, and what has been pressed there."""

    who: str
    endpoint: str
    where: str
    what: str = ""
    step: Step | None = None

    def path(self, town: Town) -> str:
        """The address, with the town's own things put into it."""
        return self.where.format_map(town.places)

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.who, self.endpoint, self.what) if part)


def _click(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def submit(page: Page, town: Town) -> None:
    """Send the form without writing anything."""
    _click(page, "main form:not([role=search]) .button.primary")


def press(selector: str) -> Step:
    return lambda page, town: _click(page, selector)


def _enter(page: Page, town: Town, password: str = PASSWORD) -> None:
    page.locator("#identifier").fill(town.rosa_writes)
    page.locator("#password").fill(password)
    _click(page, "main form .button.primary")


def _wrong_password(page: Page, town: Town) -> None:
    _enter(page, town, "no es esta")


def _annul(page: Page, town: Town) -> None:
    """Everything written, and looked over: nothing is annulled."""
    page.locator("#number").fill("RES-12-2026")
    page.locator("#authority").fill("Consejo Directivo")
    page.locator("#on").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.locator("#reason").fill("La nota era de otra persona.")
    submit(page, town)


def _send_post(page: Page) -> None:
    page.locator("#position").fill("Tesorera")
    _click(page, "main form .button.primary")


def _session_ended(page: Page, town: Town) -> None:
    """Signed in, writing, and meanwhile signed out from another device."""
    _enter(page, town)
    page.goto(f"{town.url}/cuenta/cargos/nuevo")
    town.end_sessions()
    _send_post(page)


def _send_again(page: Page, town: Town) -> None:
    _session_ended(page, town)
    _enter(page, town)


def _foreign(page: Page, town: Town) -> None:
    """The cookies were thrown away while somebody was writing."""
    page.context.clear_cookies()
    _send_post(page)


def _tick_and_decline(page: Page, town: Town) -> None:
    page.locator("input[name=who]").first.check()
    _click(page, "button[name=decline][value=selected]")


def _tick_and(deed: str) -> Step:
    def step(page: Page, town: Town) -> None:
        page.locator("input[name=who]").first.check()
        _click(page, f"button[name={deed}][value=selected]")

    return step


def _observe(page: Page, town: Town) -> None:
    """Observed, without saying why."""
    page.locator("input[value=observed]").first.check()
    _click(page, "button[value=save]")


def _unreadable(page: Page, town: Town) -> None:
    """A number that is none."""
    page.locator("#q5-in").fill("diez")
    _click(page, "button[name=go][value=save]")


def _look_over(page: Page, town: Town) -> None:
    """A plan with something to look at again."""
    page.locator("#title").fill("Promoción 3 de 2027")
    for name, day in (
        ("enrollment_opens_at", "2027-01-05T08:00"), ("enrollment_closes_at", "2027-02-20T23:59"),
        ("starts_at", "2027-02-01T08:00"), ("ends_at", "2027-04-30T23:59"),
        ("closes_at--transparencia--evaluacion-laip", "2027-02-10T23:59"),
    ):  # fmt: skip
        page.locator(f"#{name}").fill(day)
    _click(page, "[value=preview]")


def _put_off(page: Page, town: Town) -> None:
    """The end is later, and so is a quiz."""
    page.locator("#ends_at").fill("2027-06-30T23:59")
    page.locator("#closes_at--transparencia--evaluacion-datos").fill("2027-05-30T23:59")
    _click(page, "[value=preview]")


def _paste(page: Page, town: Town) -> None:
    """A list of two: one whom nobody here knows, and one with half a document."""
    page.locator("#text").fill(
        "nombres\tapellidos\tcorreo\tdpi\n"
        "María Elena\tCaal Choc\tmaria@example.org\t\n"
        "Pedro\tIxcoy\t\t12"
    )
    _click(page, "form[action$='/lista'] .button.primary")


def _look_at_one(page: Page, town: Town) -> None:
    page.locator("#given_names").fill("Nicolás")
    page.locator("#first_surname").fill("Tum")
    page.locator("#email").fill("nicolas@example.org")
    _click(page, "form[action$='/persona'] .button.primary")


def _codes(page: Page, town: Town) -> None:
    page.locator("input[name=who]").first.check()
    _click(page, "button[formaction$='/codigos']")


def _no_name(page: Page, town: Town) -> None:
    page.locator("#name").fill("")
    _click(page, "main form .button.primary")


def _word_notice(page: Page, town: Town) -> None:
    page.locator("#text").fill("## Quién responde por sus datos\n\nEl **instituto**.")
    _click(page, "button[name=preview]")


def _announce(page: Page, town: Town) -> None:
    page.locator("#title").fill("Sesión del sábado")
    page.locator("#body").fill("Nos vemos **a las ocho**.\n\n- Traiga su cuaderno")
    _click(page, "button[formaction]")


def _allow(page: Page, town: Town) -> None:
    """An exception to look over: one more attempt."""
    page.locator("#about").select_option(index=3)
    page.locator("#attempts").fill("1")
    page.locator("#reason").fill("Corte de luz en Sololá")
    _click(page, "button[formaction]")


def _withdraw(page: Page, town: Town) -> None:
    """Two people ticked, to be looked over."""
    for box in page.locator("input[name=who]").all()[:2]:
        box.check()
    page.locator("#cause").select_option("work")
    page.locator("#reason").fill("Turnos de noche en la municipalidad")
    submit(page, town)


def _transfer(page: Page, town: Town) -> None:
    """Where to and why, to be looked over."""
    page.locator("input[name=to]").first.check()
    page.locator("#cause").select_option("health")
    page.locator("#reason").fill("Reposo médico hasta fin de mes")
    submit(page, town)


def _give_code(page: Page, town: Town) -> None:
    page.locator("[name=how]").first.check()
    submit(page, town)


def _show(page: Page, town: Town) -> None:
    page.locator("#reason").fill("Cotejar el acta")
    submit(page, town)


def _look(page: Page, town: Town) -> None:
    """See the site as the person does, in a browser of one's own: the next sight is no look."""
    page.context.clear_cookies()
    page.context.add_cookies(town.another_browser("help_desk"))
    page.reload()
    page.locator("#reason").fill("Dice que la lección no abre")
    submit(page, town)


def _look_at_what_is_private(page: Page, town: Town) -> None:
    _look(page, town)
    page.goto(f"{town.url}/cuenta")


def _stop_looking(page: Page, town: Town) -> None:
    _look(page, town)
    _click(page, ".looking form .button")


def _open_all(page: Page, town: Town) -> None:
    """What lies folded in the tree of a course."""
    for each in page.locator("main summary").all()[:6]:
        each.click()


def _conflict(page: Page, town: Town) -> None:
    """The same text saved from another page meanwhile: it is said where one writes."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#text").press("Control+End")
    page.locator("#text").type("Una frase más, que la otra no tiene.")
    page.locator("#text").press("Control+s")
    page.locator("[data-conflict]").wait_for()


def _overtaken(page: Page, town: Town) -> None:
    """The same, and both versions are looked at."""
    _conflict(page, town)
    _click(page, "[data-conflict] .button")


def _join(page: Page, town: Town) -> None:
    """Both in one text, to be put right."""
    _overtaken(page, town)
    _click(page, "button[name=go][value=both]")


def _ask_for_a_figure(page: Page, town: Town) -> None:
    """The small form of a figure, sent without anything in it."""
    page.locator("[data-mark=figure]").click()
    page.locator("dialog[open] [data-insert]").click()


def _no_number(page: Page, town: Town) -> None:
    """More minutes than a lesson may have."""
    page.locator("#reading").fill("9999")
    _click(page, "button[name=go][value=back]")


def _send_package(page: Page, town: Town) -> None:
    """A package with an edit of its own where there was one here already."""
    archive = {"name": "atencion.zip", "mimeType": "application/zip", "buffer": town.package}
    page.locator("#package").set_input_files(archive)
    _click(page, "main form .button.primary")


def _send_document(page: Page, town: Town) -> None:
    """A letter with a picture, a table and something that does not come along."""
    letter = {"name": "guia.docx", "mimeType": "application/zip", "buffer": LETTER}
    page.locator("#file").set_input_files(letter)
    _click(page, "main form .button.primary")


def _send_questions(page: Page, town: Town) -> None:
    """One that comes in, one with a loss, one that does not."""
    data = "¿Qué es? {=Uno ~Dos}\n\n¿Cuál? {=Una ~%50%Media ~Nada}\n\nSin cerrar {\n"
    file = {"name": "banco.txt", "mimeType": "text/plain", "buffer": data.encode()}
    page.locator("#file").set_input_files(file)
    page.locator("[name=kind][value=gift]").check()
    _click(page, "main form .button.primary")


def _meanwhile(page: Page, town: Town) -> None:
    """The same form saved from another page meanwhile."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#title").fill("Otro título")
    _click(page, "main form .button.primary")


def _other_question(page: Page, town: Town) -> None:
    """The same question saved from another page meanwhile."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#stem").fill("¿Otra pregunta?")
    _click(page, "main form .button.primary")


def _paste_questions(page: Page, town: Town) -> None:
    """One that can be added, and one that says not which option is right."""
    page.locator("#text").fill("1. Una\n*a) Sí\nb) No\n2. Otra\na) Sí\nb) No")
    _click(page, "main form .button.primary")


def _suppose(page: Page, town: Town) -> None:
    """One result that might be, and one that cannot."""
    fields = page.locator("main form .input")
    fields.first.fill("80")
    fields.last.fill("mucho")
    _click(page, "main form .button.primary")


def _weigh_otherwise(page: Page, town: Town) -> None:
    """The category asks for more: nothing is saved, and who changes is shown."""
    page.locator("main form input[inputmode=numeric]").first.fill("0")
    _click(page, "[name=go][value=look]")


def _no_mark(page: Page, town: Town) -> None:
    """A mark that is none."""
    page.locator("main form .input").first.fill("bien")
    submit(page, town)


def _paste_marks(page: Page, town: Town) -> None:
    """One whom nobody here knows."""
    page.locator("main form textarea").fill("Nadie Conocida;18\n")
    submit(page, town)


_CITIZENS = "pedir-informacion-publica"
_SELF_TEST = f"/cursos/{_CITIZENS}/practicar/pedir-informacion-guatemala/autoevaluacion"

VISITOR = [
    Sight("visitor", "catalog.index", "/cursos"),
    Sight("visitor", "catalog.index", "/cursos?q=nada+de+esto", "nothing"),
    Sight("visitor", "catalog.index", "/cursos?tema=transparency&tipo=diploma", "narrowed"),
    Sight("visitor", "catalog.programme", "/cursos/gestion-municipal"),
    Sight("visitor", "catalog.programme", f"/cursos/{_CITIZENS}", "open"),
    Sight(
        "visitor",
        "learning.open_lesson",
        f"/cursos/{_CITIZENS}/leer/pedir-informacion-guatemala/que-y-a-quien",
    ),
    Sight("visitor", "assessment.self_test", _SELF_TEST),
    Sight("visitor", "assessment.self_test", _SELF_TEST, "marked", submit),
    Sight("visitor", "people.register", "/registro"),
    Sight("visitor", "people.register", "/registro", "wrong", submit),
    Sight("visitor", "people.registered", "/registro/recibido/correo", "mail"),
    Sight("visitor", "people.registered", "/registro/recibido/telefono", "phone"),
    Sight("visitor", "people.confirm", "{confirm}"),
    Sight("visitor", "people.confirm", "/confirmar/no-hay-tal-codigo", "lost"),
    Sight("visitor", "people.invited", "/invitacion"),
    Sight("visitor", "people.invited", "/invitacion", "wrong", submit),
    Sight("visitor", "people.invitation", "{invitation}"),
    Sight("visitor", "people.invitation", "/invitacion/no-hay-tal", "lost"),
    Sight("visitor", "people.sign_in", "/ingresar"),
    Sight("visitor", "people.sign_in", "/ingresar?next=/inicio", "wrong", _wrong_password),
    Sight("visitor", "people.sign_in_code", "/ingresar/codigo"),
    Sight("visitor", "people.recover", "/recuperar"),
    Sight("visitor", "people.recover", "/recuperar", "wrong", submit),
    Sight("visitor", "people.recovery_sent", "/recuperar/enviado"),
    Sight("visitor", "people.reset", "{reset}"),
    Sight("visitor", "people.help_page", "/ayuda"),
    Sight("visitor", "people.accessibility", "/accesibilidad"),
    Sight("visitor", "people.privacy", "/privacidad"),
    Sight("visitor", "certificates.verify", "/verificar"),
    Sight("visitor", "certificates.verify", "/verificar?codigo=", "empty"),
    Sight("visitor", "certificates.verify", "/verificar?codigo=IGM-CA-2026-000001", "number"),
    Sight("visitor", "certificates.public", "{document}"),
    Sight("visitor", "certificates.public", "/v/AAAA-AAAA-AAAA", "unknown"),
    Sight("visitor", "certificates.register", "/registro-publico"),
    Sight("visitor", "", "/no-hay-tal-pagina", "lost"),
    Sight("visitor", "", "/ingresar", "session-ended", _session_ended),
    Sight("visitor", "", "/ingresar", "send-again", _send_again),
    Sight("visitor", "web.style", "/estilo"),
]

LEARNER = [
    Sight("learner", "desk.home", "/inicio"),
    Sight("learner2", "desk.home", "/inicio", "finished"),
    Sight("otra-learner2", "desk.home", "/inicio", "nothing"),
    Sight("learner", "catalog.index", "/cursos"),
    Sight("learner", "catalog.programme", "/cursos/gestion-municipal"),
    Sight("learner", "learning.course", "{learner}"),
    Sight("otra-learner", "learning.course", "{stuck}", "locks"),
    Sight("otra-learner", "learning.activity", "{stuck}/transparencia/plazos"),
    Sight("learner", "learning.activity", "{learner}/transparencia/derecho", "seen"),
    Sight("otra-learner", "learning.activity", "{stuck}/transparencia/datos", "locked"),
    Sight("learner", "learning.module", "{learner}/transparencia/modulos/laip"),
    Sight("learner", "learning.announcements", "{learner}/anuncios"),
    Sight("learner", "assessment.quiz", "{learner}/evaluaciones/{second}", "begun"),
    Sight("learner2", "assessment.quiz", "{graduate}/evaluaciones/{first}", "passed"),
    Sight("otra-learner", "assessment.quiz", "{stuck}/evaluaciones/{first}", "failed"),
    Sight("learner", "assessment.attempt", "/intentos/{open}"),
    Sight("learner", "assessment.attempt", "/intentos/{open}", "unreadable", _unreadable),
    Sight("learner", "assessment.review", "/intentos/{open}/revisar"),
    Sight("learner", "assessment.result", "/intentos/{passed}/resultado"),
    Sight("otra-learner", "assessment.result", "/intentos/{failed}/resultado", "failed"),
    Sight("learner", "assessment.explanation", "/intentos/{passed}/nota"),
    Sight("learner2", "assessment.explanation", "/intentos/{marked}/nota", "by-hand"),
    Sight("learner", "assessment.receipt", "/intentos/{passed}/comprobante"),
    Sight("otra-signer", "assessment.result", "/intentos/{waiting}/resultado", "waiting"),
    Sight("learner2", "assessment.result", "/intentos/{marked}/resultado", "by-hand"),
    Sight("learner", "desk.missing", "{learner}/que-me-falta"),
    Sight("learner", "desk.what_if", "{learner}/que-me-falta/transparencia"),
    Sight("learner", "desk.what_if", "{learner}/que-me-falta/transparencia", "asked", _suppose),
    Sight("learner2", "desk.missing", "{graduate}/que-me-falta", "nothing"),
    Sight("tutor", "enrollment.apply", "/promociones/{called}/solicitar", "call"),
    Sight("tutor", "enrollment.apply", "/promociones/{doors}/solicitar", "agreement"),
    Sight("learner", "enrollment.application", "/solicitudes/{preparing}"),
    Sight(
        "learner",
        "enrollment.application",
        "/solicitudes/{preparing}",
        "wrong",
        press("#r1 form .primary"),
    ),
    Sight("learner2", "enrollment.application", "/solicitudes/{sent}", "handed-in"),
    Sight("otra-learner", "enrollment.application", "/solicitudes/{correcting}", "correcting"),
    Sight("learner", "desk.questions", "{learner}/preguntas?sobre=transparencia/derecho"),
    Sight("learner2", "desk.questions", "{graduate}/preguntas", "none"),
    Sight("learner", "desk.question", "{learner}/preguntas/{inquiry}"),
    Sight("help_desk", "desk.home", "/inicio", "left"),
    Sight("help_desk", "desk.left", "{gone}/retiro"),
    Sight("otra-tutor", "desk.left", "{moved}/retiro", "moved"),
    Sight("signer", "desk.missing", "{recognised}/que-me-falta", "recognised"),
    Sight("learner2", "certificates.mine", "/constancias"),
    Sight("learner", "certificates.mine", "/constancias", "none"),
    Sight("learner2", "people.notices", "/avisos"),
    Sight("otra-learner2", "people.notices", "/avisos", "none"),
    Sight("learner", "people.account", "/cuenta"),
    Sight("learner", "people.name", "/cuenta/nombre"),
    Sight("learner2", "people.name", "/cuenta/nombre", "fixed"),
    Sight("learner", "people.preferences", "/cuenta/idioma"),
    Sight("learner", "people.password", "/cuenta/contrasena"),
    Sight("learner", "people.change_email", "/cuenta/correo"),
    Sight("learner", "people.change_email", "/cuenta/correo", "wrong", submit),
    Sight("learner", "people.post", "/cuenta/cargos/nuevo"),
    Sight("learner", "people.post", "/cuenta/cargos/{post}", "one"),
    Sight("otra-learner2", "enrollment.apply", "/promociones/{asking}/solicitar"),
    Sight("learner2", "enrollment.apply", "/promociones/{ended}/solicitar", "refused"),
    Sight("learner", "", "/cuenta/cargos/nuevo", "foreign", _foreign),
    Sight("learner", "", "/gestion", "forbidden"),
]

_ADMIN = "/gestion/administracion"
_OPEN = "/gestion/promociones/abrir/gestion-municipal"
_MOVED = "?inicio=2027-07-07&regla=semanas"
_DESK = "/gestion/promociones/{cohort}"
_COLUMNS = "ver=todas&orden=-ingreso&col=ingreso&col=documento&col=correo&col=estado"
_HELPED = "/gestion/personas/{helped}"
_ADD = "/gestion/promociones/{asking}/agregar"
_ASKED = "/gestion/promociones/{asking}/solicitudes"
_CALLED = "/gestion/promociones/{called}"
_DOORS = "/gestion/promociones/{doors}"
_WAITING = "/gestion/promociones/{listed}/solicitudes?estado=lista-de-espera"
_ACTED = "/gestion/promociones/{acted}/actas"
_TAUGHT = "/gestion/promociones/{taught}/constancias"
_BOOK = f"{_DESK}/calificaciones"
_REPLACE = f"{_BOOK}/{{waiting_place}}/cambiar?nota=evaluacion-laip"
_ITEMS = "{taught_course}/actividades"
_TEXT = f"{_ITEMS}/derecho/texto"
_LESSON = f"{_ITEMS}/derecho/leccion"
_QUIZ = f"{_ITEMS}/evaluacion-laip"
_MODULE = "{taught_course}/modulos/01-laip"
STAFF = [
    Sight("registrar", "desk.staff", "/gestion"),
    Sight("administrator", "desk.staff", "/gestion"),
    Sight("instructor", "desk.staff", "/gestion"),
    Sight("registrar", "admin.search", "/gestion/buscar"),
    Sight("help_desk", "admin.search", "/gestion/buscar?q=ro", "found"),
    Sight("registrar", "admin.search", "/gestion/buscar?q=zzz", "nothing"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas?q=ro", "found"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas?q=zzz", "nobody"),
    Sight("help_desk", "desk.help_person", _HELPED),
    Sight("help_desk", "desk.help_person", "/gestion/personas/{tutor_person}", "beyond"),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo"),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo", "wrong", submit),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo", "made", _give_code),
    Sight("help_desk", "people.help_confirm", "/gestion/personas/{waiting_person}/confirmar"),
    Sight("help_desk", "people.help_document", "{helped_document}/completo"),
    Sight("help_desk", "people.help_document", "{helped_document}/completo", "shown", _show),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/telefono"),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/documento", "document"),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/correo", "wrong", submit),
    Sight("help_desk", "people.help_remove_contact", "{helped_document}/quitar"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como", "wrong", submit),
    Sight("help_desk", "people.begin_look", "/gestion/personas/{tutor_person}/ver-como", "beyond"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como", "begun", _look),
    Sight("help_desk", "", f"{_HELPED}/ver-como", "private", _look_at_what_is_private),
    Sight("help_desk", "desk.help_person", f"{_HELPED}/ver-como", "looked", _stop_looking),
    Sight("help_desk", "desk.help_person", "/gestion/personas/{whole_person}", "joined"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir?q=lopez", "found"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir?q=zzz", "nobody"),
    Sight("help_desk", "desk.merge", f"{_HELPED}/unir/{{twin_person}}"),
    Sight("help_desk", "desk.merge", f"{_HELPED}/unir/{{twin_person}}", "wrong", submit),
    Sight("help_desk", "desk.merge", "{unfit}", "refused"),
    Sight("help_desk", "desk.part", "{joined}"),
    Sight("help_desk", "desk.part", "{joined}", "wrong", press("main form .button.danger")),
    Sight("administrator", "admin.grants", "/gestion/funciones"),
    Sight("administrator", "admin.grants", "/gestion/funciones?ver=terminadas", "nobody"),
    Sight("administrator", "admin.person_grants", "/gestion/personas/{tutor_person}/funciones"),
    Sight("help_desk", "admin.person_grants", f"{_HELPED}/funciones", "none"),
    Sight("administrator", "admin.give", "/gestion/funciones/dar"),
    Sight("registrar", "admin.give", "/gestion/funciones/dar?para={tutor_person}", "somebody"),
    Sight("administrator", "admin.give", "/gestion/funciones/dar", "wrong", submit),
    Sight("administrator", "admin.end_grant", "/gestion/funciones/{signer_grant}/terminar"),
    Sight("administrator", "admin.institution", "{house}"),
    Sight("administrator", "admin.edit_institution", "{house}/datos"),
    Sight("administrator", "admin.edit_institution", "{house}/datos", "wrong", _no_name),
    Sight("administrator", "admin.logo", "{house}/logo"),
    Sight("administrator", "admin.logo", "{house}/logo", "wrong", submit),
    Sight("administrator", "admin.privacy", "{house}/privacidad"),
    Sight("administrator", "admin.privacy", "{house}/privacidad", "tried", _word_notice),
    Sight("administrator", "admin.signers", "{house}/firmas"),
    Sight("administrator", "admin.add_signer", "{house}/firmas/nueva"),
    Sight("administrator", "admin.add_signer", "{house}/firmas/nueva", "wrong", submit),
    Sight("administrator", "admin.signer", "{house}/firmas/{signer}"),
    Sight("otra-administrator", "admin.institutions", "/gestion/institucion?pagina=1"),
    Sight("otra-administrator", "admin.open_institution", "/gestion/institucion/nueva"),
    Sight("operator", "admin.home", _ADMIN),
    Sight("administrator", "admin.home", _ADMIN, "of-one-institution"),
    Sight("operator", "admin.jobs", f"{_ADMIN}/tareas"),
    Sight("operator", "admin.jobs", f"{_ADMIN}/tareas?estado=detenidas", "none"),
    Sight("operator", "admin.job", f"{_ADMIN}/tareas/{{failed_job}}"),
    Sight("operator", "admin.mail", f"{_ADMIN}/correos"),
    Sight("operator", "admin.mail", f"{_ADMIN}/correos?q=zzz", "none"),
    Sight("operator", "admin.letter", f"{_ADMIN}/correos/{{letter}}"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora?persona={{helped}}", "person"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora?area=backup&hasta=2001-01-01", "none"),
    Sight("operator", "admin.erase", f"{_ADMIN}/bitacora/{{helped}}/borrar"),
    Sight("operator", "admin.settings", f"{_ADMIN}/ajustes"),
    Sight("operator", "admin.backups", f"{_ADMIN}/copias"),
    Sight("operator", "admin.backups", f"{_ADMIN}/copias", "wrong", press("#traer ~ form .button")),
    Sight("operator", "admin.restore", f"{_ADMIN}/copias/restaurar?copia={{backup}}"),
    Sight(
        "operator",
        "admin.restore",
        f"{_ADMIN}/copias/restaurar?copia={{backup}}",
        "wrong",
        press("main form .button.danger"),
    ),
    Sight("operator", "admin.delete_backup", f"{_ADMIN}/copias/borrar?copia={{backup}}"),
    Sight("registrar", "enrollment.staff_index", "/gestion/promociones"),
    Sight("registrar", "enrollment.staff_index", "/gestion/promociones?q=zzz", "nothing"),
    Sight("registrar", "enrollment.choose", "/gestion/promociones/abrir"),
    Sight("registrar", "enrollment.choose", "/gestion/promociones/abrir?q=zzz", "nothing"),
    Sight("registrar", "enrollment.open", _OPEN),
    Sight("registrar", "enrollment.open", _OPEN, "wrong", press("[value=preview]")),
    Sight("registrar", "enrollment.open", _OPEN, "look-over", _look_over),
    Sight("registrar", "enrollment.edit", f"{_DESK}/editar"),
    Sight("registrar", "enrollment.edit", f"{_DESK}/editar", "look-over", _put_off),
    Sight("registrar", "enrollment.copy", f"{_DESK}/copiar"),
    Sight("registrar", "enrollment.copy", f"{_DESK}/copiar{_MOVED}", "moved"),
    Sight("registrar", "enrollment.open", f"{_OPEN}{_MOVED}&copia={{cohort}}", "copied"),
    Sight("registrar", "enrollment.keys", "/gestion/promociones/{asking}/claves"),
    Sight("registrar", "enrollment.keys", f"{_DESK}/claves", "wrong", submit),
    Sight("registrar", "enrollment.team", f"{_DESK}/equipo"),
    Sight("registrar", "enrollment.team", f"{_DESK}/equipo", "wrong", submit),
    Sight("registrar", "enrollment.add", _ADD),
    Sight("registrar", "enrollment.add", _ADD, "one", _look_at_one),
    Sight("registrar", "enrollment.roster", _ADD, "pasted", _paste),
    Sight("registrar", "enrollment.invited", "/gestion/promociones/{asking}/invitadas"),
    Sight("registrar", "enrollment.invited", f"{_DESK}/invitadas", "nobody"),
    Sight(
        "registrar",
        "enrollment.invited",
        "/gestion/promociones/{asking}/invitadas",
        "codes",
        _codes,
    ),
    Sight("registrar", "enrollment.call", f"{_CALLED}/convocatoria"),
    Sight("registrar", "enrollment.call", "/gestion/promociones/{asking}/convocatoria", "none"),
    Sight("registrar", "enrollment.quotas", f"{_CALLED}/cupos"),
    Sight("registrar", "enrollment.quotas", f"{_DOORS}/cupos", "kept"),
    Sight("registrar", "enrollment.quotas", f"{_DOORS}/cupos", "wrong", submit),
    Sight("registrar", "enrollment.change_quota", f"{_DOORS}/cupos/{{kept}}"),
    Sight("registrar", "enrollment.keys", f"{_DOORS}/claves", "agreement"),
    Sight("registrar", "enrollment.ask_for", f"{_CALLED}/convocatoria/pedir"),
    Sight("registrar", "enrollment.ask_for", f"{_CALLED}/convocatoria/pedir", "wrong", submit),
    Sight("registrar", "enrollment.ask_otherwise", f"{_CALLED}/convocatoria/{{required}}"),
    Sight("registrar", "desk.cohort", _DESK),
    Sight("registrar", "desk.cohort", f"{_DESK}?{_COLUMNS}", "columns", _open_all),
    Sight("instructor", "desk.cohort", f"{_DESK}?q=zzz", "nobody"),
    Sight("registrar", "desk.person", f"{_DESK}/personas/{{learner_place}}"),
    Sight("instructor", "desk.person", f"{_DESK}/personas/{{stuck_place}}", "failed"),
    Sight("registrar", "enrollment.applications", _ASKED),
    Sight("registrar", "enrollment.applications", f"{_ASKED}?ver=no-admitidas", "declined"),
    Sight("registrar", "enrollment.applications", _ASKED, "admit", press("[name=admit]")),
    Sight("registrar", "enrollment.applications", _ASKED, "decline", _tick_and_decline),
    Sight("registrar", "enrollment.applications", f"{_CALLED}/solicitudes", "papers"),
    Sight(
        "registrar",
        "enrollment.applications",
        f"{_CALLED}/solicitudes?estado=en-correccion",
        "correcting",
    ),
    Sight(
        "registrar",
        "enrollment.applications",
        f"{_ASKED}?estado=no-admitidas",
        "reopen",
        _tick_and("reopen"),
    ),
    Sight(
        "registrar",
        "enrollment.applications",
        f"{_ASKED}?estado=admitidas",
        "take-back",
        _tick_and("take_back"),
    ),
    Sight("registrar", "enrollment.applications", _WAITING, "waiting-list"),
    Sight("registrar", "enrollment.applications", _WAITING, "off-list", _tick_and("off_list")),
    Sight("registrar", "enrollment.applications", _ASKED, "on-list", _tick_and("waitlist")),
    Sight("registrar", "enrollment.promote", "/gestion/promociones/{listed}/solicitudes/dar-cupos"),
    Sight("registrar", "enrollment.promote", f"{_CALLED}/solicitudes/dar-cupos", "nobody"),
    Sight("registrar", "enrollment.review", f"{_CALLED}/solicitudes/{{sent}}"),
    Sight("registrar", "enrollment.review", f"{_CALLED}/solicitudes/{{sent}}", "wrong", _observe),
    Sight("registrar", "enrollment.review", f"{_CALLED}/solicitudes/{{correcting}}", "correcting"),
    Sight("registrar", "certificates.staff", f"{_DESK}/constancias"),
    Sight("registrar", "certificates.staff", f"{_DESK}/constancias?ver=no-cumplen", "not-ready"),
    Sight("registrar", "certificates.staff", f"{_DESK}/constancias?ver=emitidas", "issued"),
    Sight("registrar", "certificates.document", "{document_desk}"),
    Sight("registrar", "certificates.act", "{document_desk}/revocar"),
    Sight("registrar", "certificates.act", "{document_desk}/rectificar", "correct"),
    Sight("registrar", "certificates.act", "{document_desk}/anular", "look-over", _annul),
    Sight("registrar", "acts.index", f"{_ACTED}"),
    Sight("registrar", "acts.draft", f"{_ACTED}/borrador", "ready"),
    Sight("registrar", "acts.draft", f"{_ACTED}/borrador", "wrong", press(".button.primary")),
    Sight("instructor", "acts.draft", "/gestion/promociones/{taught}/actas/borrador", "blocked"),
    Sight("registrar", "acts.act", f"{_ACTED}/{{act}}"),
    Sight("registrar", "acts.amend", f"{_ACTED}/{{act}}/rectificar"),
    Sight("registrar", "acts.amend", f"{_ACTED}/{{act}}/rectificar", "wrong", submit),
    Sight("registrar", "acts.paper", f"{_ACTED}/{{act}}/firmas/1/en-papel"),
    Sight("signer", "acts.sign", f"{_ACTED}/{{act}}/firmas/1/firmar"),
    Sight("signer", "acts.sign", f"{_ACTED}/{{act}}/firmas/1/firmar", "wrong", submit),
    Sight("signer", "desk.staff", "/gestion", "to-sign"),
    Sight("registrar", "certificates.staff", _TAUGHT, "to-issue"),
    Sight("registrar", "certificates.staff", _TAUGHT, "confirm", press("[name=which]")),
    Sight("instructor", "learning.staff_announce", f"{_DESK}/anuncios"),
    Sight("instructor", "learning.staff_announce", f"{_DESK}/anuncios", "preview", _announce),
    Sight("instructor", "learning.edit_announcement", f"{_DESK}/anuncios/{{announcement}}"),
    Sight("registrar", "desk.message", f"{_DESK}/mensaje?ver=todas"),
    Sight("registrar", "desk.message", f"{_DESK}/mensaje?ver=todas", "preview", _announce),
    Sight("registrar", "desk.message", f"{_DESK}/mensaje?q=zzz", "nobody"),
    Sight("registrar", "desk.message", f"{_DESK}/mensaje?ver=todas", "wrong", submit),
    Sight("instructor", "desk.allowances", f"{_DESK}/excepciones?ver=todas"),
    Sight("instructor", "desk.allowances", f"{_DESK}/excepciones?ver=todas", "preview", _allow),
    Sight("instructor", "desk.allowances", f"{_DESK}/excepciones?q=zzz", "nobody"),
    Sight("registrar", "desk.withdrawals", f"{_DESK}/retiros?ver=todas"),
    Sight("registrar", "desk.withdrawals", f"{_DESK}/retiros?ver=todas", "wrong", submit),
    Sight("registrar", "desk.withdrawals", f"{_DESK}/retiros?q=zzz", "nobody"),
    Sight("registrar", "desk.withdrawals", f"{_DESK}/retiros?ver=todas", "look-over", _withdraw),
    Sight("registrar", "desk.transfer", f"{_DESK}/personas/{{learner_place}}/traslado"),
    Sight(
        "registrar",
        "desk.transfer",
        f"{_DESK}/personas/{{learner_place}}/traslado",
        "wrong",
        submit,
    ),
    Sight(
        "registrar",
        "desk.transfer",
        f"{_DESK}/personas/{{learner_place}}/traslado",
        "look-over",
        _transfer,
    ),
    Sight("registrar", "desk.person", f"{_DESK}/personas/{{moved_place}}", "moved"),
    Sight("registrar", "desk.readmit", f"{_DESK}/personas/{{moved_place}}/reincorporar", "moved"),
    Sight("registrar", "desk.recognise", f"{_DESK}/personas/{{learner_place}}/convalidar"),
    Sight(
        "registrar",
        "desk.recognise",
        f"{_DESK}/personas/{{learner_place}}/convalidar",
        "wrong",
        submit,
    ),
    Sight("registrar", "desk.person", f"{_DESK}/personas/{{recognised_place}}", "recognised"),
    Sight("registrar", "desk.unrecognise", f"{_DESK}/convalidaciones/{{recognition}}/retirar"),
    Sight("registrar", "desk.cohort", f"{_DESK}?ver=retiradas", "left"),
    Sight("registrar", "desk.person", f"{_DESK}/personas/{{gone_place}}", "left"),
    Sight("registrar", "desk.readmit", f"{_DESK}/personas/{{gone_place}}/reincorporar"),
    Sight(
        "registrar",
        "desk.readmit",
        f"{_DESK}/personas/{{gone_place}}/reincorporar",
        "wrong",
        submit,
    ),
    Sight("tutor", "desk.inbox", f"{_DESK}/preguntas"),
    Sight("tutor", "desk.inbox", f"{_DESK}/preguntas?ver=respondidas", "none"),
    Sight("tutor", "desk.inbox_one", f"{_DESK}/preguntas/{{inquiry}}"),
    Sight("tutor", "desk.inbox_one", f"{_DESK}/preguntas/{{inquiry}}", "wrong", submit),
    Sight("instructor", "assessment.staff_attempts", f"{_DESK}/intentos"),
    Sight("instructor", "assessment.quiz_analysis", f"{_DESK}/analisis/{{first}}"),
    Sight("instructor", "assessment.quiz_analysis", f"{_DESK}/analisis/{{second}}", "few"),
    Sight(
        "instructor",
        "assessment.question_analysis",
        f"{_DESK}/analisis/{{first}}/{{first_question}}",
    ),
    Sight("instructor", "assessment.staff_attempt", "/gestion/intentos/{failed}"),
    Sight("instructor", "assessment.staff_attempt", "/gestion/intentos/{open}", "open"),
    Sight("instructor", "assessment.staff_explanation", "/gestion/intentos/{marked}/nota"),
    Sight("tutor", "assessment.marking", f"{_DESK}/calificar"),
    Sight("tutor", "assessment.mark_next", f"{_DESK}/calificar/{{essay}}"),
    Sight("tutor", "assessment.mark", "/gestion/intentos/{waiting}/calificar/12", "wrong", submit),
    Sight("tutor", "assessment.mark", "/gestion/intentos/{marked}/calificar/12", "marked"),
    Sight("registrar", "grading.book", _BOOK),
    Sight("instructor", "grading.book", f"{_BOOK}?q=zzz", "nobody"),
    Sight("registrar", "grading.arrange", f"{_BOOK}/formar"),
    Sight("registrar", "grading.arrange", f"{_BOOK}/formar", "look-over", _weigh_otherwise),
    Sight("registrar", "grading.column", f"{_BOOK}/columna"),
    Sight("registrar", "grading.column", f"{_BOOK}/columna", "wrong", _no_mark),
    Sight("registrar", "grading.paste", f"{_BOOK}/pegar"),
    Sight("registrar", "grading.paste", f"{_BOOK}/pegar", "look-over", _paste_marks),
    Sight("registrar", "grading.bring", f"{_BOOK}/traer"),
    Sight("registrar", "grading.replace", _REPLACE),
    Sight("registrar", "grading.replace", _REPLACE, "wrong", submit),
    Sight("registrar", "grading.restore", f"{_BOOK}/devolver/{{replaced}}"),
    Sight("registrar", "desk.person", f"{_DESK}/personas/{{waiting_place}}", "by-hand"),
    Sight("instructor", "authoring.index", "/gestion/autoria"),
    Sight("instructor", "authoring.index", "/gestion/autoria?q=zzz", "nothing"),
    Sight("instructor", "authoring.programme", "{written}"),
    Sight("instructor", "authoring.course", "{taught_course}?hecho={step}"),
    Sight("instructor", "authoring.course", "{taught_course}", "wrong", press("#agregar .primary")),
    Sight("instructor", "authoring.course", "{taught_course}", "open", _open_all),
    Sight("administrator", "authoring.course", "{taught_course}", "read"),
    Sight("instructor", "authoring.begin", "/gestion/autoria/nuevo"),
    Sight("instructor", "authoring.begin", "/gestion/autoria/nuevo", "wrong", submit),
    Sight("instructor", "authoring.data", "{written}/datos"),
    Sight("instructor", "authoring.course_data", "{taught_course}/datos"),
    Sight("instructor", "authoring.module_data", "{taught_course}/modulos/01-laip"),
    Sight(
        "instructor",
        "authoring.module_data",
        "{taught_course}/modulos/01-laip",
        "overtaken",
        _meanwhile,
    ),
    Sight("instructor", "authoring.activity", "{taught_course}/actividades/derecho"),
    Sight(
        "administrator", "authoring.activity", "{taught_course}/actividades/evaluacion-laip", "read"
    ),
    Sight("instructor", "authoring.lesson", _LESSON),
    Sight("instructor", "authoring.lesson", _LESSON, "open", _open_all),
    Sight("instructor", "authoring.lesson", _LESSON, "figure", _ask_for_a_figure),
    Sight("instructor", "authoring.lesson", _LESSON, "conflict", _conflict),
    Sight("instructor", "authoring.lesson", _LESSON, "overtaken", _overtaken),
    Sight("instructor", "authoring.lesson", _LESSON, "joined", _join),
    Sight("instructor", "authoring.lesson", _LESSON, "wrong", _no_number),
    Sight("instructor", "authoring.activity_text", _TEXT),
    Sight("instructor", "authoring.text", "{written}/archivos/transparencia/facts.yaml"),
    Sight("instructor", "authoring.quiz", f"{_QUIZ}/preguntas"),
    Sight("instructor", "authoring.quiz", f"{_QUIZ}/preguntas", "moved", press("[name=down]")),
    Sight("instructor", "authoring.quiz_settings", f"{_QUIZ}/ajustes"),
    Sight("instructor", "authoring.quiz_settings", f"{_QUIZ}/ajustes", "overtaken", _meanwhile),
    *(
        Sight("instructor", "authoring.new_question", f"{_QUIZ}/preguntas/nueva?tipo={name}", name)
        for name in TYPES
    ),
    Sight(
        "instructor",
        "authoring.new_question",
        f"{_QUIZ}/preguntas/nueva?tipo=single_choice",
        "wrong",
        submit,
    ),
    Sight("instructor", "authoring.paste_questions", f"{_QUIZ}/preguntas/pegar"),
    Sight(
        "instructor",
        "authoring.paste_questions",
        f"{_QUIZ}/preguntas/pegar",
        "read",
        _paste_questions,
    ),
    Sight("instructor", "authoring.send_questions", f"{_QUIZ}/preguntas/archivos"),
    Sight("instructor", "authoring.send_questions", f"{_QUIZ}/preguntas/archivos", "wrong", submit),
    Sight(
        "instructor",
        "authoring.sent_questions",
        f"{_QUIZ}/preguntas/archivos",
        "",
        _send_questions,
    ),
    Sight("instructor", "authoring.question_downloads", f"{_QUIZ}/preguntas/descargas"),
    Sight("instructor", "authoring.question", f"{_QUIZ}/pregunta/uno"),
    Sight(
        "instructor",
        "authoring.question",
        f"{_QUIZ}/pregunta/uno",
        "overtaken",
        _other_question,
    ),
    Sight("instructor", "authoring.steps", "{written}/pasos"),
    Sight("instructor", "authoring.files", "{taught_course}/archivos"),
    Sight("instructor", "authoring.files", "{taught_course}/archivos", "wrong", submit),
    Sight("administrator", "authoring.files", "{taught_course}/archivos", "read"),
    Sight("instructor", "authoring.send_document", "{taught_course}/documentos"),
    Sight("instructor", "authoring.send_document", "{taught_course}/documentos", "wrong", submit),
    Sight("instructor", "authoring.document", "{taught_course}/documentos", "", _send_document),
    Sight("instructor", "authoring.facts", "{written}/datos-de-ley"),
    Sight("instructor", "authoring.facts", "{written}/datos-de-ley?q=zzz", "nothing"),
    Sight(
        "instructor",
        "authoring.facts",
        "{written}/datos-de-ley",
        "wrong",
        press("#agregar .primary"),
    ),
    Sight("instructor", "authoring.fact", "{taught_course}/datos-de-ley/plazo"),
    Sight("administrator", "authoring.fact", "{taught_course}/datos-de-ley/plazo", "read"),
    Sight("instructor", "authoring.corrections", "{disputed}/versiones/2/promociones"),
    Sight(
        "instructor",
        "authoring.corrections",
        "{disputed}/versiones/2/promociones",
        "open",
        _open_all,
    ),
    Sight("instructor", "authoring.corrections", "{disputed}/versiones/1/promociones", "none"),
    Sight("instructor", "authoring.rehearsals", "{disputed}/vista"),
    Sight("instructor", "authoring.rehearsals", "{disputed}/vista?version=2", "version"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/primera-visita"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/no-aprobada", "failed"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/terminado", "finished"),
    Sight("instructor", "authoring.rehearsal", "{written}/vista/borrador/a-mitad", "errors"),
    Sight(
        "instructor",
        "authoring.rehearsal_page",
        "{disputed}/vista/2/a-mitad/primer-curso/recibir-una-peticion",
    ),
    Sight(
        "instructor",
        "authoring.rehearsal_page",
        "{disputed}/vista/2/en-evaluacion/intento",
        "attempt",
    ),
    Sight("instructor", "authoring.packages", "/gestion/autoria/paquetes"),
    Sight("instructor", "authoring.packages", "/gestion/autoria/paquetes", "wrong", submit),
    Sight("instructor", "authoring.brought", "/gestion/autoria/paquetes", "sent", _send_package),
    Sight("instructor", "authoring.changes", "{written}/cambios"),
    Sight("instructor", "authoring.changes", "{written}/cambios", "open", _open_all),
    Sight("instructor", "authoring.changes", "{written}/cambios", "wrong", submit),
    Sight("administrator", "authoring.changes", "{disputed}/cambios", "published"),
    Sight("instructor", "authoring.conflicts", "{disputed}/conflictos"),
    Sight("instructor", "authoring.conflicts", "{written}/conflictos", "none"),
    Sight("instructor", "authoring.versions", "{disputed}/versiones"),
    Sight("instructor", "authoring.version", "{disputed}/versiones/2", "", _open_all),
    Sight("instructor", "authoring.version", "{disputed}/versiones/1", "first"),
    Sight("instructor", "authoring.request", "{asked_publication}", "mine"),
    Sight("administrator", "authoring.request", "{asked_publication}", "theirs", _open_all),
    Sight("administrator", "authoring.rule", "/gestion/autoria/quien-publica"),
]

SIGHTS = {"visitor": VISITOR, "learner": LEARNER, "staff": STAFF}

#: Addresses that are fetched and are no pages: what they answer instead.
NO_PAGES = {
    "acts.csv": "CSV",
    "acts.json": "JSON for other programs",
    "acts.pdf": "a PDF",
    "acts.scan": "the PDF or picture of a signed act",
    "admin.first_run": "looked at by itself: it is there only before anything else is",
    "admin.logo_file": "a picture",
    "admin.audit_sheet": "CSV",
    "admin.backup_file": "a backup",
    "authoring.document_picture": "a picture of a document that was sent",
    "authoring.download_questions": "a file of questions",
    "authoring.export": "a ZIP",
    "authoring.rehearsal_media": "a file of a draft",
    "certificates.certificates": "certificates, for other programs",
    "certificates.checkpoint": "the register, for other programs",
    "certificates.credential": "an Open Badge",
    "certificates.data": "JSON for other programs",
    "certificates.did": "JSON for other programs",
    "certificates.did_of_site": "JSON for other programs",
    "certificates.download": "a PDF",
    "certificates.issuer": "JSON for other programs",
    "certificates.keys_of_site": "JSON for other programs",
    "certificates.register_key": "the key of the register, for other programs",
    "certificates.sample": "a PDF",
    "certificates.staff_download": "a PDF",
    "certificates.states": "a signed list, for other programs",
    "certificates.tile": "the register, for other programs",
    "desk.recognition_document": "the PDF or picture that shows what was passed elsewhere",
    "desk.left_document": "the PDF or picture that shows why somebody left",
    "desk.root": "leads on to the home or the catalogue",
    "desk.sheet": "CSV",
    "desk.workbook": "an Excel workbook",
    "assessment.receipt_text": "a text to keep",
    "grading.sheet": "CSV",
    "grading.workbook": "an Excel workbook",
    "enrollment.own_paper": "a file that somebody sent",
    "enrollment.paper": "a file that somebody sent",
    "learning.launch": "leads on to the activity",
    "learning.media": "the file of a lesson",
    "web.arrived": "JSON for our scripts",
    "web.health": "a word for machines",
    "web.ready": "a word for machines",
    "web.set_language": "leads back",
    "web.token": "JSON for our scripts",
}
