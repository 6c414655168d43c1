"""Log lines: for eyes, or as JSON for machines; never a password, code or document number."""

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

About = Callable[[], Mapping[str, str | int]]
# Ours, and the library that runs background work.
_WRITTEN = ("lms", "huey")


def _nothing() -> Mapping[str, str | int]:
    return {}


class JsonLines(logging.Formatter):
    """One JSON object a line, with what ``about`` knows of the moment it is written."""

    def __init__(self, about: About = _nothing) -> None:
        super().__init__()
        self._about = about

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **self._about(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """A line to read, with the number of the request it belongs to."""

    def __init__(self, about: About = _nothing) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._about = about

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        request = self._about().get("request")
        return f"{line} [{request}]" if request else line


def lines(form: str, about: About = _nothing) -> logging.Formatter:
    """The shape of log lines that a setting names."""
    return JsonLines(about) if form == "json" else TextLines(about)


def lines_of_environment() -> logging.Formatter:
    """The same for the web server, which is told only the name of this function."""
    return lines(os.environ.get("LMS_LOG_FORMAT", "text"))


def install(form: str, level: str, *, about: About = _nothing, propagate: bool = False) -> None:
    """Write log lines to standard error in the chosen shape."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(lines(form, about))
    for name in _WRITTEN:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level if name == "lms" else "WARNING")
        logger.propagate = propagate
