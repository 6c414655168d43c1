"""What a media file truly is: told by its bytes, never by its name."""

import io
import re
import zipfile
from xml.parsers import expat

from lms.authoring.rules.package import MediaFile
from lms.catalog.rules.problems import Problem, Severity
from lms.foundation.kernel.errors import N_

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_IMAGES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
_OFFICE = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
# What a learner with little data should not have to fetch for one file.
_HEAVY = {"image": 300_000, "audio": 4_000_000, "application": 2_000_000, "text": 500_000}
_MOST_PIXELS = 40_000_000
_SVG_RUNS = {"script", "foreignobject", "iframe", "handler", "listener"}
_SVG_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px)?\s*")


class _NotThis(Exception):
    """The bytes are not what the name says, or not fit to be shown."""

    def __init__(self, message: str, remedy: str, **params: object) -> None:
        super().__init__(message)
        self.message, self.remedy, self.params = message, remedy, params


def read_media(path: str, shown: str, data: bytes) -> tuple[MediaFile, list[Problem]]:
    """A media file by its content; `path` is within the course, `shown` within the package."""
    ending = path.rpartition(".")[2].lower()
    if ending not in TYPES:
        return MediaFile(path, len(data)), [
            Problem(
                shown,
                0,
                N_("files of this kind are not taken: .%(ending)s"),
                N_("save it as one of: %(known)s"),
                {"ending": ending, "known": ", ".join(TYPES)},
            )
        ]
    problems: list[Problem] = []
    width = height = None
    try:
        width, height = _look(ending, data)
    except _NotThis as wrong:
        problems.append(Problem(shown, 0, wrong.message, wrong.remedy, wrong.params))
    media_type = TYPES[ending]
    heavy = _HEAVY[media_type.partition("/")[0]]
    if len(data) > heavy:
        problems.append(
            Problem(
                shown,
                0,
                N_("the file has %(size)s kB; over %(most)s kB is too heavy for a rural phone"),
                N_("make it smaller, or offer a lighter one beside it"),
                {"size": len(data) // 1000, "most": heavy // 1000},
                Severity.WARNING,
            )
        )
    return MediaFile(path, len(data), media_type, width, height), problems


def _look(ending: str, data: bytes) -> tuple[int | None, int | None]:
    if not data:
        raise _NotThis(N_("the file is empty"), N_("save it again"))
    if ending == "svg":
        return _svg(data)
    if ending in _IMAGES:
        return _image(ending, data)
    if ending in _OFFICE:
        _office(ending, data)
    elif not _begins_right(ending, data):
        raise _unlike(ending)
    return None, None


def _unlike(ending: str) -> _NotThis:
    return _NotThis(
        N_("the content is not what .%(ending)s says"),
        N_("save it again in the right format; renaming is not enough"),
        ending=ending,
    )


def _begins_right(ending: str, data: bytes) -> bool:
    if ending == "opus":
        return data.startswith(b"OggS") and b"OpusHead" in data[:512]
    if ending == "mp3":
        return data.startswith(b"ID3") or (data[0] == 0xFF and len(data) > 1 and data[1] >> 5 == 7)
    if ending == "pdf":
        return data.startswith(b"%PDF-")
    try:
        return b"\0" not in data and data.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


def _image(ending: str, data: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError  # heavy, and only where there are pictures

    try:
        with Image.open(io.BytesIO(data), formats=[_IMAGES[ending]]) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                raise _NotThis(
                    N_("the image measures %(width)s × %(height)s points"),
                    N_("make it smaller: 1600 points wide are plenty"),
                    width=width,
                    height=height,
                )
            image.verify()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
    ):
        raise _unlike(ending) from None
    return width, height


def _office(ending: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _unlike(ending) from None
    if "[Content_Types].xml" not in names or _OFFICE[ending] not in names:
        raise _unlike(ending)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _NotThis(N_("the file holds macros"), N_("save it without macros"))


def _svg(data: bytes) -> tuple[int | None, int | None]:
    """An SVG that only draws: no scripts, no events, nothing fetched, no entities."""
    root: dict[str, str] = {}
    depth = 0

    def doctype(*_: object) -> None:
        raise _NotThis(N_("the SVG has a DOCTYPE"), N_("take it out: drawings need none"))

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        local = name.rpartition(":")[2].lower()
        if depth == 0:
            if local != "svg":
                raise _unlike("svg")
            root.update(attributes)
        depth += 1
        if local in _SVG_RUNS or any(_runs(key, value) for key, value in attributes.items()):
            raise _NotThis(
                N_("the SVG holds a script, an event or something fetched from elsewhere"),
                N_("export it again as a plain drawing"),
            )

    def text(words: str) -> None:
        if "@import" in words.lower():
            raise _NotThis(
                N_("the SVG holds a script, an event or something fetched from elsewhere"),
                N_("export it again as a plain drawing"),
            )

    parser = expat.ParserCreate()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise _unlike("svg") from None
    return _svg_size(root)


def _runs(key: str, value: str) -> bool:
    local = key.rpartition(":")[2].lower()
    clean = "".join(value.split()).lower()
    if local.startswith("on") or "javascript:" in clean:
        return True
    if local in ("href", "src"):
        return not clean.startswith(("#", "data:image/png", "data:image/jpeg", "data:image/webp"))
    return "url(" in clean and "url(#" not in clean.replace("'", "").replace('"', "")


def _svg_size(root: dict[str, str]) -> tuple[int | None, int | None]:
    sides = [_SVG_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if sides[0] and sides[1]:
        return round(float(sides[0].group(1))), round(float(sides[1].group(1)))
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        width, height = round(float(box[2])), round(float(box[3]))
    except (IndexError, ValueError, OverflowError):
        return None, None
    return width, height
