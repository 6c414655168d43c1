"""Settings: read once from the environment, typed, with every problem told at once."""

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


def N_(message: str) -> str:
    """Mark a sentence for translation; the command says it in the language of the installation."""
    return message


class Unusable(ValueError):
    """Why a value cannot be taken: a sentence and what stands in it."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class Problem:
    """A setting that cannot be used: which (with its value, unless secret) and why."""

    subject: str
    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.subject}: {self.message % self.params if self.params else self.message}."


class BadSettings(Exception):
    """One sentence for each setting that cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NoInstallation(Exception):
    """Nothing was ever installed in this data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no installation in {folder}.")
        self.folder = folder


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise Unusable(
                N_("must be a whole number from %(low)s to %(high)s"), low=low, high=high
            )
        return int(text)

    return read


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise Unusable(N_("must be yes or no"))


LANGUAGES = ("es", "en")


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise Unusable(N_("must be one of %(words)s"), words=", ".join(words))
        return text

    return read


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Unusable(N_("must be an address such as https://aula.example.org"))
    return text.rstrip("/")


def _address(*beginnings: str, extra: str = "", library: str = "") -> Callable[[str], str]:
    """An address of these kinds; the last kind may need a library that is an extra of ours."""

    def read(text: str) -> str:
        if not text.startswith(beginnings):
            raise Unusable(N_("must begin with %(words)s"), words=", ".join(beginnings))
        if library and text.startswith(beginnings[1:]) and find_spec(library) is None:
            raise Unusable(N_("needs more: pip install 'cabildo[%(extra)s]'"), extra=extra)
        try:
            _ = urlsplit(text).port
        except ValueError:
            raise Unusable(
                N_(
                    "must be an address whose port is a number; write signs such as / or @ of a "
                    "password as %2F and %40"
                )
            ) from None
        return text

    return read


def _hour(text: str) -> int:
    if text == "never":
        return NEVER
    try:
        return _whole(0, 23)(text)
    except Unusable:
        raise Unusable(N_("must be an hour from 0 to 23, or never")) from None


def setting(
    name: str,
    default: Any,
    read: Callable[[str], T],
    about: str,
    *,
    secret: bool = False,
    hidden: bool = False,
) -> Any:
    """A setting: its variable, its default in words or value, how it is read, what it does.

    One with a ``secret`` in it (a password, in an address) is shown to nobody as it is; of a
    ``hidden`` one nothing is shown at all.
    """
    secret = secret or hidden
    told = {"name": name, "read": read, "about": about, "secret": secret, "hidden": hidden}
    return field(default=default, repr=not secret, metadata=told)


def shown(value: object) -> str:
    """The value of a setting as anybody may see it: an address without its passwords."""
    text = str(value)
    if "://" not in text:
        return text
    head, question, query = text.partition("?")
    scheme, _, rest = head.partition("://")
    credentials, at, place = rest.rpartition("@")
    if ":" in credentials:
        credentials = credentials.partition(":")[0] + ":***"
    pairs = [
        f"{name}=***" if _SECRET.search(name) else f"{name}{equals}{given}"
        for name, equals, given in (pair.partition("=") for pair in query.split("&"))
    ]
    return f"{scheme}://{credentials}{at}{place}{question}{'&'.join(pairs)}"


_SECRET = re.compile("pass|secret|key|token", re.IGNORECASE)


NEVER = -1
_VAR = Path("var")
_FILE = "_FILE"


@dataclass(frozen=True)
class Listed:
    """A setting as it is shown: ``source`` is empty for a default, else environment or a file."""

    name: str
    value: str
    about: str
    source: str


@dataclass(frozen=True)
class Settings:
    """All settings of an installation. `docs/operators.md` lists them; a test compares."""

    data_dir: Path = setting(  # noqa: RUF009 (like the others, it makes a field)
        "LMS_DATA_DIR", _VAR, Path, N_("Folder of database, files and secrets.")
    )
    host: str = setting("HOST", "127.0.0.1", str, N_("Address to listen on."))
    port: int = setting("PORT", 8000, _whole(1, 65535), N_("Port to listen on."))
    public_url: str = setting(
        "LMS_PUBLIC_URL",
        "",
        _web_address,
        N_("Address people use. It is printed in certificates for ever. Default: host and port."),
    )
    database_url: str = setting(
        "LMS_DATABASE_URL",
        "",
        _address("sqlite:///", "postgresql://", "postgresql+psycopg://"),
        N_("Database. Default: SQLite in the data folder; postgresql://user:password@host/name."),
        secret=True,
    )
    files_url: str = setting(
        "LMS_FILES_URL",
        "",
        _address("folder:", "s3://", extra="s3", library="boto3"),
        N_("File store. Default: a folder in the data folder; s3://bucket?endpoint=https://…."),
        secret=True,
    )
    jobs_url: str = setting(
        "LMS_JOBS_URL",
        "",
        _address("sqlite:", "redis://", "rediss://", extra="redis", library="redis"),
        N_("Bell for background work. Default: SQLite in the data folder; redis://host:6379/0."),
        secret=True,
    )
    mail_url: str = setting(
        "LMS_MAIL_URL",
        "",
        _address("file:", "console:", "smtp://", "smtps://"),
        N_("Mail. Default: files in the data folder; smtp://user:password@host:587?starttls=yes."),
        secret=True,
    )
    mail_from: str = setting(
        "LMS_MAIL_FROM", "aula@localhost", str, N_("Address that letters come from.")
    )
    web_processes: int = setting(
        "LMS_WEB_PROCESSES", 2, _whole(1, 64), N_("Web processes; as many as there are cores.")
    )
    threads: int = setting(
        "LMS_THREADS", 32, _whole(1, 256), N_("Connections each web process can hold open at once.")
    )
    places: int = setting(
        "LMS_PLACES",
        0,
        _whole(0, 64),
        N_("Requests each web process works on at once. Default: 2 on SQLite, 4 on PostgreSQL."),
    )
    language: str = setting(
        "LMS_LANGUAGE",
        "es",
        _one_of(*LANGUAGES),
        N_("Language of people who have not chosen one, and of the command."),
    )
    session_days: int = setting(
        "LMS_SESSION_DAYS", 60, _whole(1, 365), N_("Days until a browser must sign in again.")
    )
    upload_megabytes: int = setting(
        "LMS_UPLOAD_MEGABYTES",
        25,
        _whole(1, 512),
        N_("Largest request that is taken, in megabytes."),
    )
    proxies: int = setting(
        "LMS_PROXIES", 0, _whole(0, 8), N_("Reverse proxies in front, whose headers are trusted.")
    )
    log_format: str = setting(
        "LMS_LOG_FORMAT", "text", _one_of("text", "json"), N_("Shape of the log lines.")
    )
    log_level: str = setting(
        "LMS_LOG_LEVEL",
        "INFO",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        N_("Least serious log lines that are written."),
    )
    backup_dir: Path = setting(  # noqa: RUF009 (like the others, it makes a field)
        "LMS_BACKUP_DIR",
        Path(),
        Path,
        N_(
            "Folder of backups; better on another disk. Several machines share it. Default: "
            "backups in the data folder."
        ),
    )
    backup_hour: int = setting(
        "LMS_BACKUP_HOUR",
        3,
        _hour,
        N_("Hour of the day, where the institution is, at which a backup is made; or never."),
    )
    backup_keep: int = setting(
        "LMS_BACKUP_KEEP", 7, _whole(1, 1000), N_("How many backups are kept; older ones go.")
    )
    backup_passphrase: str = setting(
        "LMS_BACKUP_PASSPHRASE",
        "",
        str,
        N_(
            "Locks backups, which then hold the secrets too. Keep it elsewhere: without it nobody "
            "opens them."
        ),
        hidden=True,
    )
    testing: bool = setting(
        "LMS_TESTING", False, _flag, N_("Only for the tests: answers errors of ours by raising.")
    )
    secret_key: str = field(default="", repr=False, metadata={})
    came_from: Mapping[str, str] = field(
        default_factory=dict, repr=False, compare=False, metadata={}
    )
    """Where the value of a variable was found; those that are not here have their default."""

    def listed(self) -> Iterator["Listed"]:
        """Every setting in force, with nothing in it that is secret."""
        for entry in fields(self):
            name = entry.metadata.get("name")
            if not name:
                continue
            value = getattr(self, entry.name)
            if entry.metadata["hidden"]:
                text = "***" if value else ""
            else:
                text = shown(value) if entry.metadata["secret"] else str(value)
            yield Listed(name, text, entry.metadata["about"], self.came_from.get(name, ""))

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def places_in_use(self) -> int:
        return self.places or (2 if self.is_sqlite else 4)


def load(environ: Mapping[str, str] | None = None, *, make: bool = True, **given: Any) -> Settings:
    """Read all settings, fill in what follows from others, make the data folder and its secret.

    Raises BadSettings with every problem found, not only the first. Unless told to ``make`` them,
    raises NoInstallation where folder, secret or database file have never been made.
    """
    environ = os.environ if environ is None else environ
    problems: list[Problem] = []
    came_from: dict[str, str] = {}
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        name = entry.metadata.get("name")
        if not name or entry.name in given:
            continue
        try:
            text, source = _found(environ, name)
            if text:
                values[entry.name] = entry.metadata["read"](text)
                came_from[name] = source
        except Unusable as error:
            told = environ.get(name, "")
            subject = name if entry.metadata["secret"] or not told else f"{name}={told}"
            problems.append(Problem(subject, error.message, error.params))
    values.update(given)
    if problems:
        raise BadSettings(problems)
    settings = Settings(**values)
    data = settings.data_dir.absolute()
    if not make and not _is_there(data, settings):
        raise NoInstallation(data)
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o750)
        values["secret_key"] = given.get("secret_key") or _secret(data / "secret_key")
    except OSError as error:
        problem = Problem(
            f"LMS_DATA_DIR={data}", N_("cannot be used (%(reason)s)"), {"reason": error.strerror}
        )
        raise BadSettings([problem]) from error
    values["data_dir"] = data
    values.setdefault("public_url", f"http://{settings.host}:{settings.port}")
    values.setdefault("database_url", f"sqlite:///{data / 'cabildo.db'}")
    values.setdefault("files_url", f"folder:{data / 'files'}")
    values.setdefault("jobs_url", f"sqlite:{data / 'jobs.db'}")
    values.setdefault("mail_url", f"file:{data / 'mail'}")
    values["backup_dir"] = Path(values.get("backup_dir", data / "backups")).absolute()
    values["came_from"] = came_from
    return Settings(**values)


def _found(environ: Mapping[str, str], name: str) -> tuple[str, str]:
    """The text of a setting and where it was: its variable, or the file that another names."""
    text, path = environ.get(name, ""), environ.get(name + _FILE, "")
    if not path:
        return text, "environment"
    if text:
        raise Unusable(N_("is given twice: also in a file, as %(other)s"), other=name + _FILE)
    try:
        return Path(path).read_text("utf-8").strip(), path
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise Unusable(
            N_("the file %(path)s cannot be read (%(reason)s)"), path=path, reason=reason
        ) from error


def _is_there(data: Path, settings: Settings) -> bool:
    address = settings.database_url or f"sqlite:///{data / 'cabildo.db'}"
    file = (
        Path(address.removeprefix("sqlite:///").partition("?")[0])
        if address.startswith("sqlite:")
        else None
    )
    return (data / "secret_key").is_file() and (file is None or file.is_file())


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
