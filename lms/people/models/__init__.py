from lms.people.models.account import LoginSession, OneTimeCode
from lms.people.models.institution import Grant, Installation, Institution, Signer
from lms.people.models.person import Identifier, Person, Post

__all__ = [
    "Grant",
    "Identifier",
    "Installation",
    "Institution",
    "LoginSession",
    "OneTimeCode",
    "Person",
    "Post",
    "Signer",
]
