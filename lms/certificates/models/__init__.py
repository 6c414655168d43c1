"""Tables of documents: issued and registered here, or transcribed from the books before."""

from lms.certificates.models.checklist import CheckLine, CheckList
from lms.certificates.models.delivery import Delivery
from lms.certificates.models.issued import (
    Checkpoint,
    Credential,
    LogEntry,
    LogHead,
    LogTile,
    RegisterBook,
    Series,
    SpoiledNumber,
    StatusChange,
)
from lms.certificates.models.printing import PrintFile
from lms.certificates.models.transcribed import (
    Transcribed,
    TranscribedAct,
    TranscriptRow,
    TranscriptSheet,
)

__all__ = [
    "CheckLine",
    "CheckList",
    "Checkpoint",
    "Credential",
    "Delivery",
    "LogEntry",
    "LogHead",
    "LogTile",
    "PrintFile",
    "RegisterBook",
    "Series",
    "SpoiledNumber",
    "StatusChange",
    "Transcribed",
    "TranscribedAct",
    "TranscriptRow",
    "TranscriptSheet",
]
