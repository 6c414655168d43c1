"""Certificates of keys that sign PDF files: one that the institution makes itself, or an
authority's, brought in as PKCS#12."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from lms.foundation.kernel.errors import N_, Invalid

if TYPE_CHECKING:
    from lms.foundation.keys.pairs import Private

YEARS = timedelta(days=365 * 10)
LEEWAY = timedelta(days=1)
_LONGEST_NAME = 64  # of a common name, by X.520


def self_made(private: "Private", name: str, country: str, now: datetime) -> str:
    """A certificate that says whose key this is, on nobody's word but the institution's own."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID

    parts = [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:_LONGEST_NAME]),
        x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME]),
    ]
    if len(country) == 2:
        parts.insert(0, x509.NameAttribute(NameOID.COUNTRY_NAME, country))
    whose = x509.Name(parts)
    public = cast("Any", private.public_key())
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - LEEWAY)
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(cast("Any", private), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def from_pkcs12(data: bytes, password: str) -> tuple["Private", str]:
    """The key and the certificates of a file that an authority gave, its own certificate first."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, own, others = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except ValueError as error:
        raise Invalid(N_("The file is not PKCS#12, or its password is another one.")) from error
    if key is None or own is None:
        raise Invalid(N_("The file has no key with its certificate."))
    fits = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048
    if not fits and not (
        isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    ):
        raise Invalid(N_("Readers of PDF need a key of RSA with 2048 bits or more, or P-256."))
    chain = [own, *others]
    pem = serialization.Encoding.PEM
    return cast("Private", key), "".join(each.public_bytes(pem).decode() for each in chain)


def whose(certificates: str) -> str:
    """The name that the certificate gives to whoever signs with it, and who says so."""
    from cryptography import x509

    [first, *_others] = x509.load_pem_x509_certificates(certificates.encode())
    return first.subject.rfc4514_string()
