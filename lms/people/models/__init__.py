from lms.people.models.account import LoginSession, OneTimeCode
from lms.people.models.institution import Grant, Installation, Institution, Signer
from lms.people.models.merge import Merge
from lms.people.models.person import Identifier, Person, Post
from lms.people.models.words import NameWord, PersonWord

__all__ = [
    "Grant",
    "Identifier",
    "Installation",
    "Institution",
    "LoginSession",
    "Merge",
    "NameWord",
    "OneTimeCode",
    "Person",
    "PersonWord",
    "Post",
    "Signer",
]
