"""What belongs to no feature: the box that finds everything, roles, institutions, and looking after
an installation."""

from flask import Blueprint

from lms.admin.views import (
    audit,
    backups,
    first_run,
    grants,
    home,
    institution,
    jobs,
    logo,
    mail,
    search,
    settings,
    signers,
)

blueprint = Blueprint("admin", __name__, template_folder="../templates")

blueprint.add_url_rule("/gestion/buscar", view_func=search.show, endpoint="search")
blueprint.add_url_rule("/gestion/funciones", view_func=grants.show, endpoint="grants")
blueprint.add_url_rule(
    "/gestion/funciones/dar", view_func=grants.give, endpoint="give", methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/gestion/funciones/<uuid:grant>/terminar",
    view_func=grants.end,
    endpoint="end_grant",
    methods=["GET", "POST"],
)
blueprint.add_url_rule(
    "/gestion/personas/<uuid:person>/funciones", view_func=grants.person, endpoint="person_grants"
)

BOTH = ["GET", "POST"]
_ONE = "/gestion/institucion/<uuid:institution>"
_HERE = "/gestion/administracion"
blueprint.before_app_request(first_run.lead_here)
for rule, endpoint, view, methods in (
    ("/instalar", "first_run", first_run.show, BOTH),
    ("/logo/<digest>.png", "logo_file", logo.show, ["GET"]),
    ("/gestion/institucion", "institutions", institution.index, ["GET"]),
    ("/gestion/institucion/nueva", "open_institution", institution.open_one, BOTH),
    (_ONE, "institution", institution.show, ["GET"]),
    (f"{_ONE}/datos", "edit_institution", institution.edit, BOTH),
    (f"{_ONE}/logo", "logo", institution.logo, BOTH),
    (f"{_ONE}/privacidad", "privacy", institution.privacy, BOTH),
    (f"{_ONE}/firmas", "signers", signers.index, ["GET"]),
    (f"{_ONE}/firmas/nueva", "add_signer", signers.add, BOTH),
    (f"{_ONE}/firmas/<uuid:uid>", "signer", signers.change, BOTH),
    (f"{_ONE}/firmas/<uuid:uid>/quitar", "take_off_signer", signers.take_off, ["POST"]),
    (_HERE, "home", home.show, ["GET"]),
    (f"{_HERE}/tareas", "jobs", jobs.show, ["GET"]),
    (f"{_HERE}/tareas/<uuid:uid>", "job", jobs.one, ["GET"]),
    (f"{_HERE}/correos", "mail", mail.show, ["GET"]),
    (f"{_HERE}/correos/<uuid:uid>", "letter", mail.one, ["GET"]),
    (f"{_HERE}/bitacora", "audit", audit.show, ["GET"]),
    (f"{_HERE}/bitacora.csv", "audit_sheet", audit.sheet, ["GET"]),
    (f"{_HERE}/bitacora/<uuid:uid>/borrar", "erase", audit.confirm_erasing, ["GET"]),
    (f"{_HERE}/ajustes", "settings", settings.show, ["GET"]),
    (f"{_HERE}/copias", "backups", backups.show, ["GET"]),
    (f"{_HERE}/copias/archivo", "backup_file", backups.send, ["GET"]),
    (f"{_HERE}/copias/restaurar", "restore", backups.confirm_restoring, ["GET"]),
    (f"{_HERE}/copias/borrar", "delete_backup", backups.confirm_deleting, ["GET"]),
    (f"{_HERE}/tareas/<uuid:uid>/repetir", "retry_job", jobs.retry, ["POST"]),
    (f"{_HERE}/tareas/<uuid:uid>/detener", "stop_job", jobs.stop, ["POST"]),
    (f"{_HERE}/tareas/repetir", "retry_jobs", jobs.retry_failed, ["POST"]),
    (f"{_HERE}/correos/<uuid:uid>/reenviar", "send_letter", mail.send_again, ["POST"]),
    (f"{_HERE}/correos/<uuid:uid>/devuelto", "bounce_letter", mail.bounced, ["POST"]),
    (f"{_HERE}/bitacora/<uuid:uid>/borrar", "erase_personal", audit.erase_personal, ["POST"]),
    (f"{_HERE}/ajustes/correo", "try_mail", settings.try_mail, ["POST"]),
    (f"{_HERE}/ajustes/archivo", "try_files", settings.try_files, ["POST"]),
    (f"{_HERE}/ajustes/trabajador", "try_worker", settings.try_worker, ["POST"]),
    (f"{_HERE}/copias", "make_backup", backups.make, ["POST"]),
    (f"{_HERE}/copias/descargar", "download_backup", backups.download, ["POST"]),
    (f"{_HERE}/copias/subir", "upload_backup", backups.upload, ["POST"]),
    (f"{_HERE}/copias/restaurar", "restore_backup", backups.restore, ["POST"]),
    (f"{_HERE}/copias/borrar", "remove_backup", backups.delete, ["POST"]),
):
    blueprint.add_url_rule(rule, view_func=view, endpoint=endpoint, methods=methods)
