"""Keys as they are published, and as whoever verifies brings them: three small files.

``registro.vkey`` (the register's, one line each), ``jwks.json`` (of credentials) and
``certificados.pem`` (of signed PDF files). A key that leaked is in none of them.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lms.certificates.formats.note import verifier_key
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.pairs import jwk, kid_of, pem_of
from lms.foundation.keys.queries import Public

LOG, JWKS, CERTIFICATES = "registro.vkey", "jwks.json", "certificados.pem"


@dataclass(frozen=True)
class Trusted:
    """The public keys that whoever verifies believes; ``leaked`` are the names of those who do
    not count any more."""

    logs: tuple[str, ...] = ()
    credentials: Mapping[str, str] = field(default_factory=dict)
    seals: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    leaked: frozenset[str] = frozenset()


def trusted(keys: Iterable[Public]) -> Trusted:
    """The keys of this installation."""
    keys = list(keys)
    sound = [each for each in keys if each.leaked_at is None]
    return Trusted(
        logs=tuple(each.public for each in sound if each.purpose == Purpose.LOG),
        credentials={each.kid: each.public for each in sound if each.purpose == Purpose.CREDENTIAL},
        seals=frozenset(each.kid for each in sound if each.purpose == Purpose.PDF),
        imported=frozenset(each.kid for each in sound if each.imported),
        leaked=frozenset(each.kid for each in keys if each.leaked_at),
    )


def files_of(origin: str, keys: Iterable[Public]) -> dict[str, str]:
    """The three files, to be given to whoever verifies without a network."""
    keys = list(keys)
    by = {purpose: [each for each in keys if each.purpose == purpose] for purpose in Purpose}
    return {
        LOG: verifier_keys(origin, by[Purpose.LOG]),
        JWKS: json.dumps(jwks(by[Purpose.CREDENTIAL]), indent=1) + "\n",
        CERTIFICATES: certificates_pem(by[Purpose.PDF]),
    }


def verifier_keys(origin: str, keys: Iterable[Public]) -> str:
    """The register's keys, the one that signs now first."""
    return "".join(f"{verifier_key(origin, each.public)}\n" for each in _sound(keys))


def jwks(keys: Iterable[Public]) -> dict[str, Any]:
    """The keys of credentials as JSON Web Key Set."""
    return {"keys": [jwk(each.public) for each in _sound(keys)]}


def certificates_pem(keys: Iterable[Public]) -> str:
    """The certificates of those who sign PDF files."""
    return "".join(each.certificates for each in _sound(keys))


def read_files(folder: Path) -> Trusted:
    """The keys in a folder that somebody has kept. Raises Invalid where it holds none."""
    try:
        lines = (folder / LOG).read_text("ascii").splitlines()
        logs = tuple(pem_of(base64.b64decode(line.split("+", 2)[2])[1:]) for line in lines)
        found = json.loads((folder / JWKS).read_text("utf-8"))["keys"]
        publics = [pem_of(base64.urlsafe_b64decode(each["x"] + "==")) for each in found]
        seals = list(_kids((folder / CERTIFICATES).read_text("ascii")))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Invalid(
            N_("The folder %(folder)s does not hold keys as `lms keys export` writes them."),
            folder=folder,
        ) from error
    return Trusted(logs, {kid_of(each): each for each in publics}, frozenset(seals))


def _kids(pem: str) -> Iterable[str]:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization as form

    for each in x509.load_pem_x509_certificates(pem.encode()) if pem else []:
        public = each.public_key().public_bytes(
            form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
        )
        yield kid_of(public.decode())


def _sound(keys: Iterable[Public]) -> list[Public]:
    return [each for each in keys if each.leaked_at is None]
