"""The hues an institution or a programme may have, by name.

White reads on each of them, and each reads on white: the colours of covers and of documents. The
style sheet has them too, as covers and as tints for the dark; a test compares them.
"""

HUES = {
    "petrol": "#0b5a66",
    "brown": "#74400f",
    "plum": "#762a4e",
    "green": "#1f5c33",
    "indigo": "#3b3f87",
    "terracotta": "#8c3415",
}
