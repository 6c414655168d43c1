"""Key pairs as bytes: made, locked with the installation's secret, written for others to read.

Whatever needs the cryptographic library imports it where it is used: most processes never sign.
"""

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from lms.foundation.kernel.errors import N_, Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Private = EllipticCurvePrivateKey | Ed25519PrivateKey | RSAPrivateKey

_NONCE = 12
_PURPOSE = b"cabildo/keys/v1"
KID_LENGTH = 16


def new_ed25519() -> "Private":
    """A key for credentials and for the register."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def new_p256() -> "Private":
    """A key for PDF files, whose readers know no Ed25519."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def public_pem(private: "Private") -> str:
    """The public half, for everybody."""
    from cryptography.hazmat.primitives import serialization as form

    return (
        private.public_key()
        .public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def kid_of(public: str) -> str:
    """The name of a key: the beginning of the hash of its public half."""
    body = "".join(line for line in public.splitlines() if not line.startswith("-----"))
    return sha256(base64.b64decode(body)).hexdigest()[:KID_LENGTH]


def raw_ed25519(public: str) -> bytes:
    """The 32 bytes of an Ed25519 public key: the end of what its PEM holds."""
    body = "".join(line for line in public.splitlines() if not line.startswith("-----"))
    return base64.b64decode(body)[-32:]


def pem_of(raw: bytes) -> str:
    """The PEM of an Ed25519 public key of 32 bytes. ValueError where there are not so many."""
    if len(raw) != 32:
        raise ValueError("a key has 32 bytes")
    body = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + raw).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def jwk(public: str) -> dict[str, str]:
    """An Ed25519 public key as JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": base64.urlsafe_b64encode(raw_ed25519(public)).rstrip(b"=").decode(),
        "kid": kid_of(public),
        "alg": "EdDSA",
        "use": "sig",
    }


def lock(secret: str, private: "Private") -> bytes:
    """The private half as it lies in the database: nobody reads it without the secret."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bare = private.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    nonce = os.urandom(_NONCE)
    kid = kid_of(public_pem(private))
    return nonce + AESGCM(_wrapping(secret)).encrypt(nonce, bare, kid.encode())


@lru_cache(maxsize=64)
def unlock(secret: str, kid: str, locked: bytes) -> "Private":
    """The private half again. Refused with another secret than the one it was locked with."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, rest = locked[:_NONCE], locked[_NONCE:]
    try:
        bare = AESGCM(_wrapping(secret)).decrypt(nonce, rest, kid.encode())
    except InvalidTag:
        raise Refused(
            N_(
                "The key %(key)s cannot be opened with the secret of this installation. Restore "
                "its file secret_key, or make new keys with `lms keys rotate`."
            ),
            key=kid,
        ) from None
    return cast("Private", form.load_der_private_key(bare, None))


def verifies_ed25519(public: str, signature: bytes, message: bytes) -> bool:
    """Whether the holder of the key signed exactly these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(raw_ed25519(public))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_ed25519(private: Any, message: bytes) -> bytes:
    """The signature of these bytes, the same each time."""
    signature: bytes = private.sign(message)
    return signature


def _wrapping(secret: str) -> bytes:
    return hmac.digest(secret.encode(), _PURPOSE, "sha256")
