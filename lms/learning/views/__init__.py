"""The classroom: outline, lessons, modules, announcements, and the courses' files."""

from flask import Blueprint

from lms.learning.views import (
    announcements,
    course,
    lesson,
    media,
    module,
    open_lesson,
    progress,
    staff,
)

blueprint = Blueprint("learning", __name__, template_folder="../templates")
_CLASSROOM = "/aula/<uuid:enrollment>"
_LESSON = f"{_CLASSROOM}/<course_key>/<activity_key>"
_STAFF = "/gestion/promociones/<uuid:cohort>/anuncios"

blueprint.add_url_rule(_CLASSROOM, view_func=course.show, endpoint="course")
blueprint.add_url_rule(
    f"{_CLASSROOM}/actividades/<uuid:activity>", view_func=progress.launch, endpoint="launch"
)
blueprint.add_url_rule(_LESSON, view_func=lesson.show, endpoint="activity")
blueprint.add_url_rule(
    f"{_LESSON}/vista", view_func=progress.mark, endpoint="mark", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_LESSON}/no-vista", view_func=progress.unmark, endpoint="unmark", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_LESSON}/lugar", view_func=progress.place, endpoint="place", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_CLASSROOM}/<course_key>/modulos/<module_key>", view_func=module.show, endpoint="module"
)
blueprint.add_url_rule(
    f"{_CLASSROOM}/anuncios", view_func=announcements.show, endpoint="announcements"
)
blueprint.add_url_rule(
    "/cursos/<slug>/leer/<course_key>/<activity_key>",
    view_func=open_lesson.show,
    endpoint="open_lesson",
)
blueprint.add_url_rule("/medios/<digest>/<name>", view_func=media.send, endpoint="media")
blueprint.add_url_rule(_STAFF, view_func=staff.show, endpoint="staff_announce")
blueprint.add_url_rule(
    _STAFF, view_func=staff.publish, endpoint="publish_announcement", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_STAFF}/vista-previa",
    view_func=staff.preview,
    endpoint="preview_announcement",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_STAFF}/<uuid:announcement>/retirar",
    view_func=staff.withdraw,
    endpoint="withdraw_announcement",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_STAFF}/<uuid:announcement>", view_func=staff.edit, endpoint="edit_announcement"
)
blueprint.add_url_rule(
    f"{_STAFF}/<uuid:announcement>",
    view_func=staff.change,
    endpoint="change_announcement",
    methods=["POST"],
)
