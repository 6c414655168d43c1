from lms.authoring.models.draft import DraftFile, DraftStep
from lms.authoring.models.publication import BroughtPackage, PublicationRequest

__all__ = ["BroughtPackage", "DraftFile", "DraftStep", "PublicationRequest"]
