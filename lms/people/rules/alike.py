"""When two numbers of documents are perhaps one number, typed twice."""

# Letters and figures that are taken for each other on worn paper and on small keyboards.
_TAKEN_FOR = str.maketrans("OQDILSZBG", "000115286")
_FIGURES = "0123456789"


def bare(number: str) -> str:
    """A number as a tired eye reads it: what looks alike is the same, leading zeros are nothing."""
    return number.upper().translate(_TAKEN_FOR).lstrip("0")


def one_slip(first: str, second: str) -> bool:
    """Whether one slip of the hand makes one number of the other.

    A slip is a figure more, a figure less, another figure, or two neighbours exchanged.
    """
    if first == second:
        return True
    if len(first) == len(second):
        wrong = [at for at in range(len(first)) if first[at] != second[at]]
        if len(wrong) == 1:
            return True
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and _swapped(first, second, wrong[0])
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) != 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :]


def _swapped(first: str, second: str, at: int) -> bool:
    return first[at] == second[at + 1] and first[at + 1] == second[at]


def slips(number: str) -> frozenset[str]:
    """Every number that is one slip of the hand away from this one."""
    cuts = range(len(number) + 1)
    less = {number[:at] + number[at + 1 :] for at in cuts[:-1]}
    more = {number[:at] + figure + number[at:] for at in cuts for figure in _FIGURES}
    other = {number[:at] + figure + number[at + 1 :] for at in cuts[:-1] for figure in _FIGURES}
    swapped = {
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in cuts[: len(number) - 1]
    }
    return frozenset(less | more | other | swapped) - {number}
