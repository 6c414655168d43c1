import threading

import pytest

from lms.people.formats import hashes

pytestmark = pytest.mark.pure


def test_a_password_is_known_again_and_no_other_is():
    stored = hashes.hash_password("tres gallos cantan")
    assert stored.startswith("$argon2id$")
    assert "gallos" not in stored
    assert hashes.is_password(stored, "tres gallos cantan")
    assert not hashes.is_password(stored, "tres gallos cantan ")
    assert hashes.hash_password("tres gallos cantan") != stored
    assert not hashes.is_outdated(stored)


def test_an_accent_typed_on_another_keyboard_is_the_same_accent():
    assert hashes.is_password(hashes.hash_password("ñandú corre lejos"), "ñandú corre lejos")


def test_nobody_has_no_password_and_a_broken_hash_opens_nothing():
    assert not hashes.is_password(None, "nobody has this password")
    assert not hashes.is_password("$argon2id$broken", "x")


def test_a_weaker_hash_of_former_days_is_outdated():
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$W6ZTn1DaXGQqjMwm2M6mqQ"
    assert hashes.is_outdated(weak)


def test_many_at_once_all_get_their_answer():
    stored = hashes.hash_password("tres gallos cantan")
    answers: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(hashes.is_password(stored, "tres gallos cantan"))
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 6
