import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import passwords

pytestmark = pytest.mark.pure
ROSA = ["Rosa María Quispe Ñáñez", "rosa.quispe@example.org", "+50255123456", "2345678900101"]


@pytest.mark.parametrize(
    "password",
    [
        "tortillas con frijol",
        "gallo lluvia puente",
        "Rosa siembra tres surcos",  # her name, and much more than it
        "k7Qx9m2P4r",
        "ñandú—café—ajiaco",
        "      a1b2  z9y8 ",
        "un surco y otro " * 8,
    ],
)
def test_long_and_own_words_are_welcome(password):
    assert passwords.problem(password, ROSA) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("corta", passwords.TOO_SHORT),
        ("x1" * 65, passwords.TOO_LONG),
        ("contraseña123", passwords.GUESSABLE),
        ("Contrasena2026!", passwords.GUESSABLE),
        ("P@ssw0rd1234", passwords.GUESSABLE),
        ("guatemala2026", passwords.GUESSABLE),
        ("GuatemalaGuatemala", passwords.GUESSABLE),
        ("municipalidad", passwords.GUESSABLE),
        ("1234567890", passwords.GUESSABLE),
        ("9876543210", passwords.GUESSABLE),
        ("qwertyuiop", passwords.GUESSABLE),
        ("qwertyuiop123", passwords.GUESSABLE),
        ("aaaaaaaaaaaa", passwords.GUESSABLE),
        ("1q2w3e4r5t", passwords.GUESSABLE),
        ("abcdefghijkl", passwords.GUESSABLE),
        ("teamo teamo", passwords.GUESSABLE),
        ("iloveyou2024", passwords.GUESSABLE),
        ("QuispeRosa24", passwords.OWN),
        ("rosaquispe1990", passwords.OWN),
        ("nanez-nanez", passwords.OWN),
        ("Rosa12345678", passwords.OWN),
        ("2345678900101", passwords.OWN),
        ("50255123456a", passwords.OWN),
    ],
)
def test_what_somebody_else_would_try_is_refused_with_its_reason(password, why):
    assert passwords.problem(password, ROSA) == why


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=4))
def test_every_password_gets_an_answer(password, own):
    assert passwords.problem(password, own) in {
        None, passwords.TOO_SHORT, passwords.TOO_LONG, passwords.GUESSABLE, passwords.OWN,
    }  # fmt: skip


@given(st.text(min_size=0, max_size=9))
def test_nothing_shorter_than_ten_is_taken(password):
    assert passwords.problem(password) == passwords.TOO_SHORT
