"""Log lines: for eyes, or as JSON for machines; never a password, code or document number."""

import json
import logging
import sys
from datetime import UTC, datetime

from flask import g, has_app_context, has_request_context, request

from lms.settings import Settings


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_request_part(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """A line to read, with the number of the request it belongs to."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        part = _request_part()
        return f"{line} [{part['request']} {part['path']}]" if part else line


def _request_part() -> dict[str, str]:
    if not has_app_context() or not has_request_context():
        return {}
    return {"request": g.get("request_id", ""), "path": request.path}


def install(settings: Settings) -> None:
    """Write log lines to standard error in the chosen shape."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    root = logging.getLogger("lms")
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    root.propagate = settings.testing
