"""How letters leave: by SMTP, into files, or onto the console."""

import smtplib
import ssl
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT_SECONDS = 20


class Transport(Protocol):
    """Takes one finished message; raises OSError or SMTPException when it could not leave."""

    def send(self, message: EmailMessage) -> None: ...


class Smtp:
    """A mail server: ``smtp://user:password@host:587?starttls=yes`` or ``smtps://…:465``."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or "localhost"
        self._secure = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._secure else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._starttls = parse_qs(parts.query).get("starttls", ["no"])[0] == "yes"

    def send(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if self._starttls:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self._secure:
            return smtplib.SMTP_SSL(
                self._host,
                self._port,
                timeout=TIMEOUT_SECONDS,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)


class Files:
    """One ``.eml`` file for each letter, for demos and tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (self._folder / f"{name}.eml").write_bytes(bytes(message))


class Console:
    """Letters on standard output, for development."""

    def send(self, message: EmailMessage) -> None:
        sys.stdout.write(f"{message.as_string()}\n")
        sys.stdout.flush()


def transport_for(address: str) -> Transport:
    """The transport that a setting names."""
    if address.startswith(("smtp:", "smtps:")):
        return Smtp(address)
    if address.startswith("file:"):
        return Files(Path(address.removeprefix("file:")))
    return Console()
