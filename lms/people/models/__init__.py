from lms.people.models.account import LoginSession, OneTimeCode
from lms.people.models.institution import Grant, Institution, Signer
from lms.people.models.person import Identifier, Person, Post

__all__ = [
    "Grant",
    "Identifier",
    "Institution",
    "LoginSession",
    "OneTimeCode",
    "Person",
    "Post",
    "Signer",
]
