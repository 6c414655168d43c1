"""The pages of assignments."""

from lms.assignments.views import handed, marking, pieces, seen, work, works
from lms.assignments.views.blueprint import blueprint

__all__ = ["blueprint", "handed", "marking", "pieces", "seen", "work", "works"]
