"""Grading has no pages of its own; this lends the letters their templates."""

from flask import Blueprint

blueprint = Blueprint("grading", __name__, template_folder="../templates")
