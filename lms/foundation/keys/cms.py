"""Detached signatures (CMS, RFC 5652) in the baseline form of PAdES: made, and read back.

What is signed beside the digest is which certificate signs (ESS, RFC 5035), so that nobody puts
another certificate under the same signature.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys.der import (
    NULL,
    OCTETS,
    SEQUENCE,
    SET,
    integer,
    octets,
    oid,
    sequence,
    set_of,
    tlv,
    values,
)
from lms.foundation.keys.keyring import Signer

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_DATA, _SIGNED = oid("1.2.840.113549.1.7.1"), oid("1.2.840.113549.1.7.2")
_TYPE, _DIGEST = oid("1.2.840.113549.1.9.3"), oid("1.2.840.113549.1.9.4")
_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47")
_SHA256 = sequence(oid("2.16.840.1.101.3.4.2.1"))
_ECDSA = sequence(oid("1.2.840.10045.4.3.2"))
_RSA = sequence(oid("1.2.840.113549.1.1.11"), tlv(NULL))
_FIRST, _IMPLICIT = 0xA0, 0xA0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a signature turns out to be: whether it fits the bytes, and with which key."""

    fits: bool
    kid: str
    name: str


def sign(signer: Signer, digest: bytes) -> bytes:
    """The signature over bytes of this SHA-256, with the signer's certificates in it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    chain = x509.load_pem_x509_certificates(signer.certificates.encode())
    ders = [each.public_bytes(serialization.Encoding.DER) for each in chain]
    signed = set_of(
        (
            sequence(_TYPE, set_of([_DATA])),
            sequence(_DIGEST, set_of([octets(digest)])),
            sequence(_CERTIFICATE, set_of([sequence(sequence(sequence(_hashed(ders[0]))))])),
        )
    )
    if isinstance(signer.private, ec.EllipticCurvePrivateKey):
        algorithm = _ECDSA
        signature = signer.private.sign(signed, ec.ECDSA(hashes.SHA256()))
    else:
        algorithm = _RSA
        signature = signer.private.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return _written(chain[0], ders, signed, algorithm, signature)


def read(signature: bytes, digest: bytes) -> Seen:
    """Whether a signature is over bytes of this SHA-256, and whose key made it.

    Whom to believe is not decided here. Raises Invalid where it is no signature that we can read.
    """
    try:
        return _read(signature, digest)
    except (ValueError, LookupError, TypeError, StopIteration) as error:
        raise Invalid(N_("The signature in the file cannot be read.")) from error


def _written(
    first: "Certificate", ders: list[bytes], signed: bytes, algorithm: bytes, signature: bytes
) -> bytes:
    who = sequence(first.issuer.public_bytes(), integer(first.serial_number))
    attributes = bytes((_IMPLICIT,)) + signed[1:]
    info = sequence(integer(1), who, _SHA256, attributes, algorithm, octets(signature))
    body = sequence(
        integer(1), set_of([_SHA256]), sequence(_DATA), tlv(_FIRST, *ders), set_of([info])
    )
    return sequence(_SIGNED, tlv(_FIRST, body))


def _hashed(certificate: bytes) -> bytes:
    return octets(sha256(certificate).digest())


def _read(signature: bytes, digest: bytes) -> Seen:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    from lms.foundation.keys.pairs import kid_of

    content = _inside(next(values(signature)), SEQUENCE)
    body = _inside(next(values(_inside(content[1], _FIRST)[0][2])), SEQUENCE)
    certificates = next(each for each in body if each[0] == _FIRST)
    info = _inside(_inside(body[-1], SET)[0], SEQUENCE)
    attributes = next(each for each in info if each[0] == _IMPLICIT)
    proof = next(each for each in reversed(info) if each[0] == OCTETS)
    found = {
        _inside(each, SEQUENCE)[0][2]: _inside(each, SEQUENCE)[1][1]
        for each in values(attributes[1])
    }
    ders = [each[2] for each in values(certificates[1])]
    certificate = x509.load_der_x509_certificate(ders[0])
    signed = bytes((SET,)) + attributes[2][1:]
    key: Any = certificate.public_key()
    elliptic = isinstance(key, ec.EllipticCurvePublicKey)
    # What is not signed (algorithms, versions) may be nothing but what we would have written.
    exact = _written(certificate, ders, signed, _ECDSA if elliptic else _RSA, proof[1])
    told = next(values(found[_DIGEST]))[1]
    named = _hashed(ders[0]) in found[_CERTIFICATE]
    fits = hmac.compare_digest(told, digest) and named and exact == signature
    try:
        if elliptic:
            key.verify(proof[1], signed, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(proof[1], signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        fits = False
    public = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Seen(fits, kid_of(public.decode()), certificate.subject.rfc4514_string())


def _inside(value: tuple[int, bytes, bytes], tag: int) -> list[tuple[int, bytes, bytes]]:
    if value[0] != tag:
        raise ValueError("another kind of value")
    return list(values(value[1]))
