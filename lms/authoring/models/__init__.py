from lms.authoring.models.draft import DraftFile, DraftStep

__all__ = ["DraftFile", "DraftStep"]
