"""The built-in roles. What they are called on screen differs by country; these are their keys."""

from enum import StrEnum


class Role(StrEnum):
    """A part somebody plays. Everybody signed in is a participant; the others are granted."""

    PARTICIPANT = "participant"
    INSTRUCTOR = "instructor"
    TUTOR = "tutor"
    REGISTRAR = "registrar"
    SIGNER = "signer"
    HELP_DESK = "help_desk"
    ADMINISTRATOR = "administrator"
