from lms.assignments.models.given import GivenMark
from lms.assignments.models.submission import HandedFile, Submission
from lms.assignments.models.upload import Upload, UploadPiece

__all__ = ["GivenMark", "HandedFile", "Submission", "Upload", "UploadPiece"]
