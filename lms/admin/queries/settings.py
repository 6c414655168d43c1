"""The settings in force, for whoever looks after the installation."""

from flask import current_app

from lms.settings import Settings


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["cabildo.settings"]
    return found
