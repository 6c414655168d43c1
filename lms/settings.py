"""Settings: read once from the environment, typed, with every problem told at once."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


class BadSettings(Exception):
    """One sentence for each setting that cannot be used."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(f"must be between {low} and {high}")
        return value

    return read


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("must be yes or no")


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError("must be one of " + ", ".join(words))
        return text

    return read


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("must be an address such as https://aula.example.org")
    return text.rstrip("/")


def _scheme(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.split(":", 1)[0] not in schemes:
            raise ValueError("must begin with " + ", ".join(f"{s}:" for s in schemes))
        return text

    return read


def setting(name: str, default: Any, read: Callable[[str], T], about: str) -> Any:
    """A setting: its variable, its default in words or value, how it is read, what it does."""
    return field(default=default, metadata={"name": name, "read": read, "about": about})


_VAR = Path("var")


@dataclass(frozen=True)
class Settings:
    """All settings of an installation. `docs/operators.md` lists them; a test compares."""

    data_dir: Path = setting(  # noqa: RUF009 (like the others, it makes a field)
        "LMS_DATA_DIR", _VAR, Path, "Folder of database, files, secrets and logs."
    )
    host: str = setting("HOST", "127.0.0.1", str, "Address to listen on.")
    port: int = setting("PORT", 8000, _whole(1, 65535), "Port to listen on.")
    public_url: str = setting(
        "LMS_PUBLIC_URL",
        "",
        _web_address,
        "Address people use. It is printed in certificates for ever. Default: host and port.",
    )
    database_url: str = setting(
        "LMS_DATABASE_URL",
        "",
        _scheme("sqlite", "postgresql", "postgresql+psycopg"),
        "Database. Default: SQLite in the data folder; postgresql://user:password@host/name.",
    )
    files_url: str = setting(
        "LMS_FILES_URL",
        "",
        _scheme("folder", "s3"),
        "File store. Default: a folder in the data folder; s3://bucket?endpoint=https://….",
    )
    jobs_url: str = setting(
        "LMS_JOBS_URL",
        "",
        _scheme("sqlite", "redis", "rediss"),
        "Bell for background work. Default: SQLite in the data folder; redis://host:6379/0.",
    )
    mail_url: str = setting(
        "LMS_MAIL_URL",
        "",
        _scheme("file", "console", "smtp", "smtps"),
        "Mail. Default: files in the data folder; smtp://user:password@host:587?starttls=yes.",
    )
    mail_from: str = setting(
        "LMS_MAIL_FROM", "aula@localhost", str, "Address that letters come from."
    )
    web_processes: int = setting(
        "LMS_WEB_PROCESSES", 2, _whole(1, 64), "Web processes; as many as there are cores."
    )
    threads: int = setting(
        "LMS_THREADS", 32, _whole(1, 256), "Connections each web process can hold open at once."
    )
    places: int = setting(
        "LMS_PLACES",
        0,
        _whole(0, 64),
        "Requests each web process works on at once. Default: 2 on SQLite, 4 on PostgreSQL.",
    )
    language: str = setting(
        "LMS_LANGUAGE", "es", _one_of("es", "en"), "Language of people who have not chosen one."
    )
    session_days: int = setting(
        "LMS_SESSION_DAYS", 60, _whole(1, 365), "Days until a browser must sign in again."
    )
    upload_megabytes: int = setting(
        "LMS_UPLOAD_MEGABYTES", 25, _whole(1, 512), "Largest request that is taken, in megabytes."
    )
    proxies: int = setting(
        "LMS_PROXIES", 0, _whole(0, 8), "Reverse proxies in front, whose headers are trusted."
    )
    log_format: str = setting(
        "LMS_LOG_FORMAT", "text", _one_of("text", "json"), "Shape of the log lines."
    )
    log_level: str = setting(
        "LMS_LOG_LEVEL",
        "INFO",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "Least serious log lines that are written.",
    )
    testing: bool = setting(
        "LMS_TESTING", False, _flag, "Only for the tests: answers errors of ours by raising."
    )
    secret_key: str = field(default="", repr=False, metadata={})

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def places_in_use(self) -> int:
        return self.places or (2 if self.is_sqlite else 4)


def load(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Read all settings, fill in what follows from others, make the data folder and its secret.

    Raises BadSettings with every problem found, not only the first.
    """
    environ = os.environ if environ is None else environ
    problems: list[str] = []
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        name = entry.metadata.get("name")
        text = environ.get(name, "") if name else ""
        if text and entry.name not in given:
            try:
                values[entry.name] = entry.metadata["read"](text)
            except ValueError as error:
                problems.append(f"{name}={text}: {error}.")
    values.update(given)
    if problems:
        raise BadSettings(problems)
    settings = Settings(**values)
    data = settings.data_dir.absolute()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o750)
        values["secret_key"] = given.get("secret_key") or _secret(data / "secret_key")
    except OSError as error:
        raise BadSettings([f"LMS_DATA_DIR={data}: cannot be used ({error.strerror})."]) from error
    values["data_dir"] = data
    values.setdefault("public_url", f"http://{settings.host}:{settings.port}")
    values.setdefault("database_url", f"sqlite:///{data / 'cabildo.db'}")
    values.setdefault("files_url", f"folder:{data / 'files'}")
    values.setdefault("jobs_url", f"sqlite:{data / 'jobs.db'}")
    values.setdefault("mail_url", f"file:{data / 'mail'}")
    return Settings(**values)


def _secret(path: Path) -> str:
    """The installation's secret, made on first use and readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
