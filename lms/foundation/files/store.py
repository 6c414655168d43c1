"""The file store: a small port, bytes known by their hash."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, urlsplit

PIECE = 256 * 1024
RANGE = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """What is now in the store: hash, size in bytes, media type by content."""

    sha256: str
    size: int
    media_type: str


class Store(Protocol):
    """Where bytes are kept. Nothing is ever changed in place: other bytes are another hash."""

    def put(self, source: IO[bytes], digest: str) -> None: ...
    def open(self, digest: str) -> IO[bytes]: ...
    def exists(self, digest: str) -> bool: ...
    def stored_at(self, digest: str) -> float | None: ...
    def delete(self, digest: str) -> None: ...
    def all(self) -> Iterator[tuple[str, float]]: ...


class Folder:
    """A folder with two levels, so that no directory grows without end."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: IO[bytes], digest: str) -> None:
        """Written aside, flushed to disk and renamed: a reader sees all of it or nothing."""
        target = self._path(digest)
        if target.exists():
            os.utime(target)  # young again, so that a sweep of orphans leaves it alone
            _flush_folder(target.parent)  # whoever is storing it just now may not have come so far
            return
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
            _flush_folder(self._root)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(source, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
            _flush_folder(target.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def open(self, digest: str) -> IO[bytes]:
        return self._path(digest).open("rb")

    def exists(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def stored_at(self, digest: str) -> float | None:
        """When it was stored or last put again, in seconds since 1970; nothing if it is gone."""
        try:
            return self._path(digest).stat().st_mtime
        except FileNotFoundError:
            return None

    def delete(self, digest: str) -> None:
        self._path(digest).unlink(missing_ok=True)

    def all(self) -> Iterator[tuple[str, float]]:
        """Every hash with the moment (seconds since 1970) it was stored or last put again."""
        for folder in sorted(self._root.glob("??")):
            for path in sorted(folder.iterdir()):
                at = None if path.name.startswith(".") else self.stored_at(path.name)
                if at is not None:
                    yield path.name, at

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError("not a hash")
        return self._root / digest[:2] / digest


def _flush_folder(folder: Path) -> None:
    """A new name is on disk only when its folder is: a row must outlive no file it points at."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Bucket:
    """An S3-compatible bucket (extra ``s3``)."""

    def __init__(self, bucket: str, *, endpoint: str | None, prefix: str = "") -> None:
        import boto3  # heavy, and only where it is used

        self._client: Any = boto3.client("s3", endpoint_url=endpoint)
        self._bucket = bucket
        self._prefix = prefix

    def put(self, source: IO[bytes], digest: str) -> None:
        self._client.upload_fileobj(source, self._bucket, self._prefix + digest)

    def open(self, digest: str) -> IO[bytes]:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + digest)
        except self._client.exceptions.NoSuchKey:
            raise FileNotFoundError(digest) from None
        body: IO[bytes] = answer["Body"]
        return body

    def exists(self, digest: str) -> bool:
        found = self._client.list_objects_v2(
            Bucket=self._bucket, Prefix=self._prefix + digest, MaxKeys=1
        )
        return bool(found.get("KeyCount"))

    def stored_at(self, digest: str) -> float | None:
        found = self._client.list_objects_v2(
            Bucket=self._bucket, Prefix=self._prefix + digest, MaxKeys=1
        )
        for entry in found.get("Contents", ()):
            moment: float = entry["LastModified"].timestamp()
            return moment
        return None

    def delete(self, digest: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._prefix + digest)

    def all(self) -> Iterator[tuple[str, float]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix
        )
        for page in pages:
            for entry in page.get("Contents", ()):
                yield entry["Key"][len(self._prefix) :], entry["LastModified"].timestamp()


def store_for(address: str) -> Store:
    """The store that a setting names: ``folder:/srv/files`` or ``s3://bucket/prefix?endpoint=``."""
    if address.startswith("folder:"):
        return Folder(Path(address.removeprefix("folder:")))
    parts = urlsplit(address)
    endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
    prefix = parts.path.strip("/")
    return Bucket(parts.netloc, endpoint=endpoint, prefix=f"{prefix}/" if prefix else "")


def digest_of(source: IO[bytes]) -> tuple[str, int]:
    """Hash and size of a stream, which is left at its start."""
    digest, size = sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
    source.seek(0)
    return digest.hexdigest(), size
