"""The authoring room: courses are written, looked over and published here."""

from flask import Blueprint

from lms.authoring.views import activity, begin, course, describing, index, programme, steps, text

blueprint = Blueprint("authoring", __name__, template_folder="../templates")

_ROOM = "/gestion/autoria"
_PROGRAMME = f"{_ROOM}/<uuid:programme>"
_COURSE = f"{_PROGRAMME}/cursos/<course>"
_ACTIVITY = f"{_COURSE}/actividades/<key>"
_WRITES = ["GET", "POST"]

blueprint.add_url_rule(_ROOM, view_func=index.show, endpoint="index")
blueprint.add_url_rule(f"{_ROOM}/nuevo", view_func=begin.begin, endpoint="begin", methods=_WRITES)
blueprint.add_url_rule(_PROGRAMME, view_func=programme.show, endpoint="programme")
blueprint.add_url_rule(
    f"{_PROGRAMME}/datos", view_func=describing.programme, endpoint="data", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/cursos", view_func=begin.add_course, endpoint="add_course", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/ordenar", view_func=begin.arrange, endpoint="arrange_courses", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_COURSE}/datos", view_func=describing.course, endpoint="course_data", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_COURSE}/modulos/<module>",
    view_func=describing.module,
    endpoint="module_data",
    methods=_WRITES,
)
blueprint.add_url_rule(_COURSE, view_func=course.show, endpoint="course")
blueprint.add_url_rule(f"{_COURSE}/agregar", view_func=course.add, endpoint="add", methods=["POST"])
blueprint.add_url_rule(
    f"{_COURSE}/ordenar", view_func=course.arrange, endpoint="arrange", methods=["POST"]
)
blueprint.add_url_rule(_ACTIVITY, view_func=activity.show, endpoint="activity")
blueprint.add_url_rule(
    f"{_ACTIVITY}/titulo", view_func=activity.rename, endpoint="rename", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/texto", view_func=text.activity, endpoint="activity_text", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/archivos/<path:path>", view_func=text.file, endpoint="text", methods=_WRITES
)
blueprint.add_url_rule(f"{_PROGRAMME}/pasos", view_func=steps.show, endpoint="steps")
blueprint.add_url_rule(
    f"{_PROGRAMME}/pasos/<uuid:step>/deshacer",
    view_func=steps.undo,
    endpoint="undo",
    methods=["POST"],
)
