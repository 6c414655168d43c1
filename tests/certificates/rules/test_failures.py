"""Failures of background work in words."""

import pytest

from lms.certificates.rules.failures import NO_ROOM, NO_STORE, UNKNOWN, said

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("OSError: [Errno 28] No space left on device: '/srv/files/ab'", NO_ROOM),
        ("OSError: [Errno 122] Disk quota exceeded", NO_ROOM),
        ("PermissionError: [Errno 13] Permission denied: '/srv/files'", NO_STORE),
        ("FileNotFoundError: [Errno 2] No such file or directory: '/srv/files'", NO_STORE),
        ("EndpointConnectionError: Could not connect to https://store.example", NO_STORE),
        ("botocore.exceptions.ClientError: An error occurred (403)", NO_STORE),
        ("KeyError: 'Rosa Q’eqchi’'", UNKNOWN),
        ("ValueError: OSError: nested", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_what_the_program_wrote_becomes_one_of_three_sentences(error, words):
    assert said(error) == words
