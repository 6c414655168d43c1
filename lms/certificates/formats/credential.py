"""The document for machines: an Open Badge (3.0), which is a Verifiable Credential, signed as JWT.

Its issuer is the institution under the address of the site (did:web), so that whoever verifies
finds the keys by themselves. Beside what the standards ask for it carries our canonical record and
the proof that the register holds it; both verify without any server.
"""

import base64
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import quote, urlsplit

from lms.certificates.formats.record import Record, plain
from lms.certificates.rules.status import PLACES, Status, place_of
from lms.foundation.keys import jws
from lms.foundation.keys.keyring import Signer
from lms.foundation.keys.pairs import jwk
from lms.foundation.keys.queries import Public

MEDIA_TYPE = "application/vc+jwt"
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
# What a place of the list of messages says; the list of revocations says only "no longer".
MESSAGES = (Status.VALID, Status.ANNULLED, Status.REVOKED, Status.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The institution as machines know it; the site itself has no key."""

    public_url: str
    key: str
    name: str

    @property
    def profile(self) -> str:
        return f"{self.public_url}/emisor/{self.key}" if self.key else self.public_url

    @property
    def did(self) -> str:
        """``did:web:aula.example.org:emisor:igm``, whose document lies under that address."""
        place = urlsplit(self.public_url)
        parts = [quote(place.netloc, safe="."), *filter(None, place.path.split("/"))]
        return ":".join(["did:web", *parts, *(("emisor", self.key) if self.key else ())])


def sign(payload: Mapping[str, Any], issuer: Issuer, signer: Signer) -> str:
    """The credential as it is handed over."""
    header = {"typ": "vc+jwt", "cty": "vc", "kid": f"{issuer.did}#{signer.kid}"}
    return jws.sign(signer.private, header, payload)


def credential(
    record: Record, issuer: Issuer, proof: str, leaf_index: int, at: datetime
) -> dict[str, Any]:
    """What a record says, in the words of the standards. The person is named, not numbered."""
    own = {
        "registro": {"@id": f"{issuer.public_url}/registro-publico#record", "@type": "@json"},
        "prueba": f"{issuer.public_url}/registro-publico#proof",
    }
    return {
        "@context": [*CONTEXTS, own],
        "id": record.verify_url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": _profile(issuer),
        "validFrom": _moment(at),
        "name": f"{record.title}: {record.course}",
        "credentialSubject": _subject(record),
        "credentialStatus": _status(issuer, leaf_index),
        "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "registro": plain(record),
        "prueba": proof,
        "iss": issuer.did,
        "jti": record.verify_url,
        "nbf": int(at.timestamp()),
    }


def profile(issuer: Issuer) -> dict[str, Any]:
    """Who issues, for whoever follows the credential's issuer."""
    return {"@context": list(CONTEXTS), **_profile(issuer)}


def did_document(issuer: Issuer, keys: Iterable[Public]) -> dict[str, Any]:
    """The keys that the institution's credentials are signed with, by now and ever.

    One that leaked is still named, but for nothing that it could assert.
    """
    methods = [
        {
            "id": f"{issuer.did}#{key.kid}",
            "type": "JsonWebKey",
            "controller": issuer.did,
            "publicKeyJwk": jwk(key.public),
        }
        for key in keys
    ]
    leaked = {f"{issuer.did}#{key.kid}" for key in keys if key.leaked_at}
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://www.w3.org/ns/cid/v1"],
        "id": issuer.did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods if each["id"] not in leaked],
        "service": [
            {
                "id": f"{issuer.did}#perfil",
                "type": "LinkedDomains",
                "serviceEndpoint": issuer.profile,
            }
        ],
    }


def status_list(
    issuer: Issuer, number: int, purpose: str, held: Sequence[tuple[int, str]], at: datetime
) -> dict[str, Any]:
    """The states of 131,072 documents as a bit string; ``held`` are the places that are not valid.

    ``revocation`` has one bit: no longer holds. ``message`` has two, which say why.
    """
    width = 2 if purpose == "message" else 1
    bits = bytearray(PLACES * width // 8)
    for place, status in held:
        value = MESSAGES.index(Status(status)) if width == 2 else 1
        first = place * width
        bits[first // 8] |= value << (8 - width - first % 8)
    # No time in the header: the same states are the same bytes.
    packed = gzip.compress(bytes(bits), 6, mtime=0)
    encoded = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    address = _list_address(issuer.public_url, number, purpose)
    subject: dict[str, Any] = {
        "id": f"{address}#list",
        "type": "BitstringStatusList",
        "statusPurpose": purpose,
        "encodedList": f"u{encoded}",
    }
    return {
        "@context": [CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": _moment(at),
        "credentialSubject": subject,
        "iss": issuer.did,
        "iat": int(at.timestamp()),
    }


def _profile(issuer: Issuer) -> dict[str, Any]:
    return {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.profile}


def _subject(record: Record) -> dict[str, Any]:
    achievement = {
        "id": f"{record.verify_url}#logro",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": record.course,
        "description": record.programme,
        "criteria": {"narrative": f"{record.title} ({record.hours} × {record.hour_minutes} min)"},
        "inLanguage": record.language,
    }
    subject: dict[str, Any] = {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": False,
                "identityHash": record.holder.full_name,
            }
        ],
        "activityStartDate": _moment(datetime.combine(record.starts_on, time(12), UTC)),
        "activityEndDate": _moment(datetime.combine(record.ends_on, time(12), UTC)),
        "achievement": achievement,
    }
    if record.grade is not None:
        subject["result"] = [{"type": ["Result"], "value": record.grade.shown}]
    return subject


def _status(issuer: Issuer, leaf_index: int) -> list[dict[str, Any]]:
    number, place = place_of(leaf_index)
    entries: list[dict[str, Any]] = []
    for purpose in ("revocation", "message"):
        address = _list_address(issuer.public_url, number, purpose)
        entry: dict[str, Any] = {
            "id": f"{address}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(place),
            "statusListCredential": address,
        }
        if purpose == "message":
            said = enumerate(MESSAGES)
            entry["statusSize"] = 2
            entry["statusMessage"] = [
                {"status": hex(value), "message": status.value} for value, status in said
            ]
        entries.append(entry)
    return entries


def _list_address(public_url: str, number: int, purpose: str) -> str:
    return f"{public_url}/registro/estados/{number}/{purpose}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
