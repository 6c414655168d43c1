"""The blueprint that all pages of assignments hang on."""

from flask import Blueprint

blueprint = Blueprint("assignments", __name__, template_folder="../templates")
