"""The blueprint that every page about people hangs on."""

from flask import Blueprint

blueprint = Blueprint("people", __name__, template_folder="../templates")
