"""The blueprint that all pages of assessment hang on."""

from pathlib import Path

from flask import Blueprint
from jinja2 import FileSystemLoader

_HERE = Path(__file__).parent.parent

blueprint = Blueprint("assessment", __name__)
# Each question type brings its own templates: adding a type touches its folder only.
blueprint.jinja_loader = FileSystemLoader(
    [_HERE / "templates", *sorted(_HERE.glob("types/*/templates"))]
)
