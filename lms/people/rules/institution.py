"""What an institution says of itself, and what is usual where it works."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.hues import HUES
from lms.foundation.kernel.ids import ALPHABET, CODE_GROUP_LENGTH, CODE_GROUPS
from lms.foundation.kernel.points import SCALE, SCALES, Ratio
from lms.foundation.kernel.text import fold
from lms.people.rules.places import COUNTRIES, ZONES

SHORTEST_KEY, LONGEST_KEY = 2, 12
LONGEST_NAME, LONGEST_SHORT, LONGEST_PLACE, LONGEST_CONTACT = 120, 60, 80, 200
SHORTEST_HOUR, LONGEST_HOUR = 30, 90
LONGEST_PRIVACY = 30_000
ANYWHERE = "es_419"

_KEY = re.compile(r"[a-z][a-z0-9]{1,11}")
_SMALL = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "para", "por", "en", "a"})
_USUAL_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "BO": "America/La_Paz", "BR": "America/Sao_Paulo",
    "BZ": "America/Belize", "CL": "America/Santiago", "CO": "America/Bogota",
    "CR": "America/Costa_Rica", "CU": "America/Havana", "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "GT": "America/Guatemala",
    "HN": "America/Tegucigalpa", "MX": "America/Mexico_City", "NI": "America/Managua",
    "PA": "America/Panama", "PE": "America/Lima", "PR": "America/Puerto_Rico",
    "PY": "America/Asuncion", "SV": "America/El_Salvador", "US": "America/New_York",
    "UY": "America/Montevideo", "VE": "America/Caracas",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """An institution as it describes itself; ``pass_mark`` is a ratio of the scale's top."""

    name: str
    short_name: str
    place: str
    country: str
    zone: str
    locale: str
    scale: str
    pass_mark: Ratio
    academic_hour_minutes: int
    hue: str
    contact: str


def usual_zone(country: str) -> str:
    """The zone of most people of a country."""
    return _USUAL_ZONES[country]


def usual_locale(country: str) -> str:
    """How numbers and days are written in a country."""
    return ANYWHERE if country in {"BR", "BZ"} else f"es_{country}"


def key_of(short_name: str) -> str:
    """The key that a name suggests: initials it has already, or those of its words."""
    for word in re.findall(r"\b[A-Z]{2,}\b", short_name):
        return str(word[:LONGEST_KEY].lower())
    words = [word for word in re.split(r"[^a-z0-9]+", fold(short_name)) if word not in _SMALL]
    words = [word for word in words if word and word[0].isalpha()]
    if len(words) == 1:
        return words[0][:LONGEST_KEY]
    return "".join(word[0] for word in words)[:LONGEST_KEY]


def check_key(key: str) -> None:
    """The key begins every number in the register, so it is short: letters and figures."""
    if not _KEY.fullmatch(key):
        said = N_("Write 2 to 12 letters without accents or figures, the first one a letter.")
        raise Invalid(said, fields={"key": said})


def check(described: Description) -> None:
    """Refuse what could not be: everything wrong is named, each beside its field."""
    wrong: dict[str, str] = {}
    if not described.name:
        wrong["name"] = N_("Write the name of the institution.")
    if not described.short_name:
        wrong["short_name"] = N_("Write the short name of the institution.")
    if described.country not in COUNTRIES:
        wrong["country"] = N_("Choose the country.")
    if described.zone not in ZONES:
        wrong["zone"] = N_("Choose the time zone.")
    if described.locale not in {ANYWHERE, *map(usual_locale, COUNTRIES)}:
        wrong["locale"] = N_("Choose how numbers and days are written.")
    if described.scale not in SCALES:
        wrong["scale"] = N_("Choose the scale of grades.")
    if not 0 < described.pass_mark <= SCALE:
        wrong["pass_mark"] = N_("The pass mark lies between zero and the top of the scale.")
    if not SHORTEST_HOUR <= described.academic_hour_minutes <= LONGEST_HOUR:
        wrong["academic_hour_minutes"] = N_("An academic hour has 30 to 90 minutes.")
    if described.hue not in HUES:
        wrong["hue"] = N_("Choose the colour.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def setup_code(secret_key: str) -> str:
    """The code that shows that whoever sets up a new site also runs its server.

    It follows from the installation's secret, so that every process knows it and none keeps it.
    """
    digest = hmac.new(secret_key.encode(), b"first run", sha256).digest()
    found = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest)
    size = CODE_GROUP_LENGTH
    return "-".join(found[at * size : at * size + size] for at in range(CODE_GROUPS))
