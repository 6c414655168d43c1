"""What a cover can show, as message ids."""

from lms.foundation.kernel.errors import N_

HUES = {
    "petrol": N_("Petrol"),
    "brown": N_("Brown"),
    "plum": N_("Plum"),
    "green": N_("Green"),
    "indigo": N_("Indigo"),
    "terracotta": N_("Terracotta"),
}
ICONS = {
    "landmark": N_("Town hall"),
    "book-open": N_("Book"),
    "building-2": N_("Building"),
    "calculator": N_("Calculator"),
    "chart-column": N_("Chart"),
    "droplets": N_("Water"),
    "file-search": N_("File"),
    "folder-open": N_("Folder"),
    "hand-coins": N_("Money"),
    "handshake": N_("Agreement"),
    "heart-handshake": N_("Help to others"),
    "heart-pulse": N_("Health"),
    "leaf": N_("Leaf"),
    "lightbulb": N_("Idea"),
    "map": N_("Map"),
    "megaphone": N_("Megaphone"),
    "route": N_("Road"),
    "scale": N_("Scales of justice"),
    "scroll-text": N_("Decree"),
    "shield-check": N_("Shield"),
    "shopping-cart": N_("Purchases"),
    "sprout": N_("Sprout"),
    "triangle-alert": N_("Risk"),
    "users": N_("People"),
    "vote": N_("Ballot box"),
}
