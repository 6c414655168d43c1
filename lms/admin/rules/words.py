"""What background work and its states are called on the screen, as message ids."""

from lms.foundation.kernel.errors import N_

TASKS = {
    "certificates.publish": N_("Publish the register"),
    "mail.send": N_("Send an e-mail"),
    "assessment.close_attempt": N_("Hand in when the time is over"),
    "assessment.regrade": N_("Mark attempts anew after a correction"),
    "assessment.intervene": N_("Reopen attempts or hand them in for people"),
    "learning.fan_out": N_("Tell a cohort of an announcement"),
    "learning.deliver": N_("Deliver announcements and messages"),
    "enrollment.apply_allowances": N_("Apply exceptions"),
    "enrollment.seats_fall": N_("Give everybody the seats that were kept"),
    "enrollment.expire_allowance": N_("End an exception whose day has passed"),
    "enrollment.tell_dates": N_("Tell a cohort of new dates"),
    "enrollment.carry_out": N_("Enrol a list of people"),
    "enrollment.forget": N_("Forget old lists of people"),
    "grading.recompute_cohort": N_("Work out grades again"),
    "grading.recompute_some": N_("Work out the grades of some people again"),
    "certificates.issue": N_("Issue documents"),
    "certificates.seal": N_("Make the file of a document"),
    "certificates.print": N_("Bind documents for the printer"),
    "certificates.transcribe": N_("Register diplomas of before"),
    "files.sweep": N_("Clear away files that nobody uses"),
    "web.forget": N_("Forget what is no longer needed"),
    "people.forget": N_("Forget old sessions and codes"),
    "people.end_look": N_("End seeing the site as somebody else"),
    "backup.make": N_("Make a backup"),
    "backup.restore": N_("Restore a backup"),
    "worker.answer": N_("Answer the bell"),
}

STATES = {
    "failed": (N_("Failed"), "bad"),
    "pending": (N_("Waiting"), ""),
    "leased": (N_("Being done"), "info"),
    "done": (N_("Done"), "good"),
    "cancelled": (N_("Stopped"), ""),
}
"""The states of background work, in the order in which they are shown."""

WITHOUT_PERSON = {
    "web": N_("A visitor"),
    "cli": N_("The command line"),
    "worker": N_("Background work"),
    "system": N_("The system"),
}
"""Who did something that no person did, by the channel it came through."""


def task(name: str) -> str:
    """What a task does; its own name where nobody gave it words."""
    return TASKS.get(name, name)
