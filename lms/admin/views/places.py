"""How far the reader of an administrator's page may look."""

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.reading import reading
from lms.people.queries.reach import Reach, reach_of
from lms.people.scopes import anyone_for

letters_place = anyone_for(Permission.MAIL_READ)
log_place = anyone_for(Permission.AUDIT_READ)


def reach(permission: Permission) -> Reach:
    """The institutions for which the reader holds a permission."""
    return reach_of(reading(), grants_for(signed_in(), permission))


def manages_installation() -> bool:
    """Whether the reader looks after the installation and not only one institution."""
    return bool(grants_for(current_identity(), Permission.INSTALLATION_MANAGE))
