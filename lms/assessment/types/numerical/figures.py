"""Reading a number as people of a country write it.

``.`` and ``,`` both serve as decimal and as thousands sign, depending on who writes. The rule:

1. Both present: the last is the decimal sign in any country (``1,234.50``, ``1.234,50``).
2. One kind, more than once: it groups thousands (``1,234,567``, ``1.234.567``).
3. One sign, once, and it is the country's decimal sign: decimal (``3.5``; also ``42.000`` where
   the point is decimal: forty-two).
4. One sign, once, and it is the country's thousands sign: it groups if exactly three figures
   follow and one to three, not starting with zero, come before (``42,000`` is forty-two thousand
   in Guatemala); otherwise it can only be a decimal sign (``3,5``, ``0,125``, ``1234,567``).

Spaces and apostrophes only ever group (``1 234``, ``1'000,000``). Whatever is not well grouped is
refused rather than guessed. What was understood is shown before the answer counts.
"""

import re
from decimal import Decimal

from lms.foundation.kernel.errors import N_, Invalid

_SPACES = "\u0020\u00a0\u2009\u202f"
_LOOSE = _SPACES + "'’ʼ"
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{_LOOSE}.,][0-9]{{3}})+")
_PLAIN = re.compile(r"[0-9]+")
MOST_DIGITS = 24

NOT_A_NUMBER = N_("Write a number, with figures only, for example %(example)s.")


def read_number(text: str, *, decimal: str = ".", group: str = ",") -> Decimal:
    """The number somebody meant, or a sentence that asks for a clearer one."""
    bare = text.strip().translate(_SIGNS)
    negative = bare.startswith("-")
    bare = bare.removeprefix("-" if negative else "+").strip()
    example = f"1{group}234{decimal}50"
    whole, fraction = _split(bare, decimal)
    digits = re.sub(r"[^0-9]", "", whole)
    shaped = _PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)
    if not (shaped or (not whole and fraction)) or not (
        fraction is None or _PLAIN.fullmatch(fraction)
    ):
        raise Invalid(NOT_A_NUMBER, example=example)
    if len(digits) + len(fraction or "") > MOST_DIGITS:
        raise Invalid(N_("This number has too many figures."))
    number = Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)
    return -number if negative and number else number


def _split(text: str, decimal: str) -> tuple[str, str | None]:
    """The whole and the decimal part, by the rule above; no decimal part at all is None."""
    signs = [ch for ch in text if ch in ".,"]
    if not signs:
        return text, None
    last = signs[-1]
    if len(set(signs)) == 2:
        is_decimal = signs.count(last) == 1
    elif len(signs) > 1:
        is_decimal = False
    else:
        is_decimal = last == decimal or not _GROUPED.fullmatch(text)
    if not is_decimal:
        return text, None
    whole, _, fraction = text.rpartition(last)
    return whole, fraction


def write_number(number: Decimal, *, decimal: str = ".", group: str = ",") -> str:
    """A number as the country writes it, without trailing zeros."""
    whole, _, fraction = f"{abs(number):f}".partition(".")
    fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", group)
    sign = "-" if number < 0 else ""
    return f"{sign}{grouped}{decimal + fraction if fraction else ''}"
