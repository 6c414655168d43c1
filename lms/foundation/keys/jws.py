"""Signed JSON (RFC 7515, compact) by Ed25519: credentials and lists of states travel so."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys.pairs import sign_ed25519, verifies_ed25519

ALGORITHM = "EdDSA"


def sign(private: Any, header: Mapping[str, str], payload: Mapping[str, Any]) -> str:
    """The payload, signed; the same text each time for the same key."""
    begun = f"{_packed(dict(header) | {'alg': ALGORITHM})}.{_packed(payload)}"
    signature = sign_ed25519(private, begun.encode("ascii"))
    return f"{begun}.{_base64(signature)}"


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload as they say themselves to be; nothing is proved by that."""
    parts = token.split(".")
    try:
        if len(parts) != 3:
            raise ValueError("three parts")
        header, payload = (json.loads(_bytes(part)) for part in parts[:2])
        if not isinstance(header, dict) or not isinstance(payload, dict):
            raise ValueError("two objects")
    except (ValueError, RecursionError) as error:
        raise Invalid(N_("This is not a signed credential.")) from error
    return header, payload


def verifies(token: str, public: str) -> bool:
    """Whether this key signed the token, by the one algorithm we sign with."""
    header, _payload = read(token)
    begun, _, signature = token.rpartition(".")
    try:
        proof = _bytes(signature)
    except ValueError:
        return False
    return header.get("alg") == ALGORITHM and verifies_ed25519(public, proof, begun.encode())


def _packed(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _base64(text.encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
