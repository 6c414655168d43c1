"""The names of background work, as they stand in job rows."""

ISSUE = "certificates.issue"
SEAL = "certificates.seal"
PRINT = "certificates.print"
PUBLISH = "certificates.publish"
TRANSCRIBE = "certificates.transcribe"
