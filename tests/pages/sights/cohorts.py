"""What those see who run cohorts: seats, desk, acts, documents, attempts, grades."""

from playwright.sync_api import Page

from tests.pages.sights.sight import Sight, Step, click, press, submit
from tests.pages.sights.steps import open_all
from tests.pages.town import Town


def _annul(page: Page, town: Town) -> None:
    """Everything written, and looked over: nothing is annulled."""
    page.locator("#number").fill("RES-12-2026")
    page.locator("#authority").fill("Consejo Directivo")
    page.locator("#on").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.locator("#reason").fill("La nota era de otra persona.")
    submit(page, town)


def _jump_ahead(page: Page, town: Town) -> None:
    """A number that would leave a gap."""
    page.locator("#number").fill("900")
    submit(page, town)


def _tick_and_decline(page: Page, town: Town) -> None:
    page.locator("input[name=who]").first.check()
    click(page, "button[name=decline][value=selected]")


def _tick_and(deed: str) -> Step:
    def step(page: Page, town: Town) -> None:
        page.locator("input[name=who]").first.check()
        click(page, f"button[name={deed}][value=selected]")

    return step


def _observe(page: Page, town: Town) -> None:
    """Observed, without saying why."""
    page.locator("input[value=observed]").first.check()
    click(page, "button[value=save]")


def _look_over(page: Page, town: Town) -> None:
    """A plan with something to look at again."""
    page.locator("#title").fill("Promoción 3 de 2027")
    for name, day in (
        ("enrollment_opens_at", "2027-01-05T08:00"), ("enrollment_closes_at", "2027-02-20T23:59"),
        ("starts_at", "2027-02-01T08:00"), ("ends_at", "2027-04-30T23:59"),
        ("closes_at--transparencia--evaluacion-laip", "2027-02-10T23:59"),
    ):  # fmt: skip
        page.locator(f"#{name}").fill(day)
    click(page, "[value=preview]")


def _put_off(page: Page, town: Town) -> None:
    """The end is later, and so is a quiz."""
    page.locator("#ends_at").fill("2027-06-30T23:59")
    page.locator("#closes_at--transparencia--evaluacion-datos").fill("2027-05-30T23:59")
    click(page, "[value=preview]")


def _paste(page: Page, town: Town) -> None:
    """A list of two: one whom nobody here knows, and one with half a document."""
    page.locator("#text").fill(
        "nombres\tapellidos\tcorreo\tdpi\n"
        "María Elena\tCaal Choc\tmaria@example.org\t\n"
        "Pedro\tIxcoy\t\t12"
    )
    click(page, "form[action$='/lista'] .button.primary")


def _look_at_one(page: Page, town: Town) -> None:
    page.locator("#given_names").fill("Nicolás")
    page.locator("#first_surname").fill("Tum")
    page.locator("#email").fill("nicolas@example.org")
    click(page, "form[action$='/persona'] .button.primary")


def _codes(page: Page, town: Town) -> None:
    page.locator("input[name=who]").first.check()
    click(page, "button[formaction$='/codigos']")


def _announce(page: Page, town: Town) -> None:
    page.locator("#title").fill("Sesión del sábado")
    page.locator("#body").fill("Nos vemos **a las ocho**.\n\n- Traiga su cuaderno")
    click(page, "button[formaction]")


def _allow(page: Page, town: Town) -> None:
    """An exception to look over: one more attempt."""
    page.locator("#about").select_option(index=3)
    page.locator("#attempts").fill("1")
    page.locator("#reason").fill("Corte de luz en Sololá")
    click(page, "button[formaction]")


def _more_time(page: Page, town: Town) -> None:
    """Minutes and why, to be looked over."""
    page.locator("#minutes").fill("15")
    page.locator("#reason").fill("Corte de luz en el salón")
    click(page, "[value=look]")


def _credit(page: Page, town: Town) -> None:
    """Everybody is given the points, to be looked over."""
    page.locator("input[name=change][value=credit]").check()
    page.locator("#reason").fill("La ley cambió en marzo")
    click(page, ".button[value=look]")


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


def _weigh_otherwise(page: Page, town: Town) -> None:
    """The category asks for more: nothing is saved, and who changes is shown."""
    page.locator("main form input[inputmode=numeric]").first.fill("0")
    click(page, "[name=go][value=look]")


def _no_mark(page: Page, town: Town) -> None:
    """A mark that is none."""
    page.locator("main form .input").first.fill("bien")
    submit(page, town)


def _paste_marks(page: Page, town: Town) -> None:
    """One whom nobody here knows."""
    page.locator("main form textarea").fill("Nadie Conocida;18\n")
    submit(page, town)


_OPEN = "/gestion/promociones/abrir/gestion-municipal"
_MOVED = "?inicio=2027-07-07&regla=semanas"
_DESK = "/gestion/promociones/{cohort}"
_COLUMNS = "ver=todas&orden=-ingreso&col=ingreso&col=documento&col=correo&col=estado"
_ADD = "/gestion/promociones/{asking}/agregar"
_ASKED = "/gestion/promociones/{asking}/solicitudes"
_CALLED = "/gestion/promociones/{called}"
_DOORS = "/gestion/promociones/{doors}"
_WAITING = "/gestion/promociones/{listed}/solicitudes?estado=lista-de-espera"
_ACTED = "/gestion/promociones/{acted}/actas"
_TAUGHT = "/gestion/promociones/{taught}/constancias"
_PAPERS = "/gestion/promociones/{papers}/constancias/entrega"
_LISTED = "/gestion/promociones/{relisted}/constancias/listas"
_CORRECT = f"{_DESK}/analisis/{{first}}/{{first_question}}/corregir"
_BOOK = f"{_DESK}/calificaciones"
_REPLACE = f"{_BOOK}/{{waiting_place}}/cambiar?nota=evaluacion-laip"


def _sent_with_nobody(page: Page, town: Town) -> None:
    """Sent, without saying with whom."""
    click(page, "[name=which][value=all]")
    page.locator("input[name=way][value=sent]").check()
    submit(page, town)


def _share_with_nobody(page: Page, town: Town) -> None:
    """Share works out without choosing anybody."""
    click(page, "#repartir ~ form .button")


COHORTS = [
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
    Sight("registrar", "desk.cohort", f"{_DESK}?{_COLUMNS}", "columns", open_all),
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
    Sight("registrar", "certificates.printing", f"{_DESK}/constancias/impresion"),
    Sight("registrar", "certificates.delivery", _PAPERS),
    Sight("registrar", "certificates.delivery", f"{_PAPERS}?ver=entregadas", "handed-over"),
    Sight(
        "registrar", "certificates.delivery", _PAPERS, "look-over", press("[name=which][value=all]")
    ),
    Sight("registrar", "certificates.delivery", _PAPERS, "wrong", _sent_with_nobody),
    Sight("registrar", "certificates.delivery_sheet", f"{_PAPERS}/imprimir"),
    Sight("registrar", "certificates.undo_delivery", "{handed_over}/entrega", "wrong", submit),
    Sight("registrar", "certificates.document", "{handed_over}", "handed-over"),
    Sight("registrar", "certificates.document", "{document_desk}"),
    Sight("registrar", "certificates.act", "{document_desk}/revocar"),
    Sight("registrar", "certificates.act", "{document_desk}/rectificar", "correct"),
    Sight("registrar", "certificates.act", "{document_desk}/anular", "look-over", _annul),
    Sight("registrar", "certificates.books", "/gestion/registro?pagina=1"),
    Sight("registrar", "certificates.book", "{book}"),
    Sight("otra-registrar", "certificates.book", "/gestion/registro", "empty"),
    Sight("registrar", "certificates.book_settings", "{book}/ajustes"),
    Sight("registrar", "certificates.book_settings", "{book}/ajustes", "wrong", _jump_ahead),
    Sight("registrar", "certificates.spoil", "{book}/inutilizar"),
    Sight("registrar", "certificates.spoil", "{book}/inutilizar", "wrong", submit),
    Sight("registrar", "certificates.spoil", "{book}/inutilizar", "look-over", _annul),
    Sight("registrar", "certificates.transcripts", "{book}/anteriores"),
    Sight("registrar", "certificates.transcripts", "{book}/anteriores", "wrong", submit),
    Sight("registrar", "certificates.transcript_sheet", "{book}/anteriores/{transcript_sheet}"),
    Sight(
        "registrar",
        "certificates.transcript_sheet",
        "{book}/anteriores/{transcript_sheet}?ver=corregir",
        "to-correct",
    ),
    Sight("registrar", "certificates.transcribed", "{book}/transcritos/{transcribed}"),
    Sight("registrar", "certificates.annul_transcribed", "{book}/transcritos/{transcribed}/anular"),
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
    Sight("registrar", "certificates.checklists", _LISTED),
    Sight("registrar", "certificates.checklists", f"{_DESK}/constancias/listas", "none"),
    Sight("registrar", "certificates.checklist", f"{_LISTED}/{{approved_list}}"),
    Sight("administrator", "certificates.checklist", f"{_LISTED}/{{returned_list}}", "returned"),
    Sight("registrar", "certificates.checklist_sheet", f"{_LISTED}/{{approved_list}}/imprimir"),
    Sight(
        "administrator", "certificates.approve_checklist", f"{_LISTED}/{{approved_list}}/aprobar"
    ),
    Sight(
        "administrator",
        "certificates.give_back_checklist",
        f"{_LISTED}/{{approved_list}}/devolver",
        "wrong",
        submit,
    ),
    Sight("registrar", "certificates.issue_checklist", f"{_LISTED}/{{approved_list}}/emitir"),
    Sight("registrar", "certificates.staff", "/gestion/promociones/{relisted}/constancias", "open"),
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
    Sight("registrar", "assessment.watch_index", f"{_DESK}/en-curso"),
    Sight("instructor", "assessment.watch", f"{_DESK}/en-curso/{{second}}"),
    Sight("tutor", "assessment.watch", f"{_DESK}/en-curso/{{first}}?ver=dentro", "nobody"),
    Sight("instructor", "assessment.watch_extend", f"{_DESK}/en-curso/{{second}}/mas-tiempo"),
    Sight(
        "instructor",
        "assessment.watch_extend",
        f"{_DESK}/en-curso/{{second}}/mas-tiempo",
        "look-over",
        _more_time,
    ),
    Sight(
        "registrar",
        "assessment.watch_reopen",
        f"{_DESK}/en-curso/{{first}}/reabrir",
        "wrong",
        press("[value=look]"),
    ),
    Sight("registrar", "assessment.watch_reopen", f"{_DESK}/en-curso/{{second}}/reabrir", "some"),
    Sight("instructor", "assessment.watch_hand_in", f"{_DESK}/en-curso/{{second}}/entregar"),
    Sight("instructor", "assessment.correct", _CORRECT),
    Sight("instructor", "assessment.correct", _CORRECT, "wrong", press(".button[value=look]")),
    Sight("instructor", "assessment.correct", _CORRECT, "look-over", _credit),
    Sight("instructor", "assessment.uncorrect", f"{_CORRECT}/{{correction}}/retirar"),
    Sight("tutor", "assessment.marking", f"{_DESK}/calificar"),
    Sight("tutor", "assessment.mark_next", f"{_DESK}/calificar/{{essay}}"),
    Sight("tutor", "assessment.mark", "/gestion/intentos/{waiting}/calificar/12", "wrong", submit),
    Sight("tutor", "assessment.mark", "/gestion/intentos/{marked}/calificar/12", "marked"),
    Sight("tutor", "assignments.assignments", "{works}"),
    Sight("tutor", "assignments.works", "{works}/{work}"),
    Sight("tutor", "assignments.works", "{works}/{work}", "nobody-chosen", _share_with_nobody),
    Sight("tutor", "assignments.mark", "{to_mark}"),
    Sight("tutor", "assignments.mark", "{to_mark}", "wrong", submit),
    Sight("tutor", "assignments.mark", "{sent_back}", "sent-back"),
    Sight("tutor", "assignments.mark", "{was_marked}", "marked"),
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
]
