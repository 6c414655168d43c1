"""What the keys of a programme are called, as message ids."""

from lms.foundation.kernel.errors import N_

KINDS = {
    "diploma": N_("Diploma"),
    "course": N_("Course"),
    "workshop": N_("Workshop"),
    "specialization": N_("Specialization"),
    "open": N_("Open course"),
}
AUDIENCES = {
    "official": N_("Elected officials"),
    "candidate": N_("Candidates"),
    "staff": N_("Municipal staff"),
    "councillor": N_("Councillors"),
    "citizen": N_("Citizens"),
}
TOPICS = {
    "autonomy": N_("Municipal autonomy"),
    "organization": N_("Organization"),
    "transparency": N_("Transparency"),
    "open-data": N_("Open data"),
    "finance": N_("Finance"),
    "procurement": N_("Procurement"),
    "participation": N_("Participation"),
    "probity": N_("Probity"),
    "elections": N_("Elections"),
    "planning": N_("Planning"),
    "services": N_("Municipal services"),
}
MODES = {
    "online": N_("Online"),
    "blended": N_("Blended"),
    "in_person": N_("In person"),
}
HOURS = {
    "1-10": N_("Up to 10 hours"),
    "11-40": N_("11 to 40 hours"),
    "41-100": N_("41 to 100 hours"),
    "101-": N_("More than 100 hours"),
}
