"""What people change about themselves."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.people.facts import PersonRenamed
from lms.people.issued import has_document
from lms.people.models import Post
from lms.people.queries import accounts
from lms.people.rules.names import Name

RECTIFY = N_(
    "A document with your name was already issued. To correct it, ask the academic records"
    " office: it issues a new edition and the number stays the same."
)


def choose_language(work: Work, person_id: int, language: str, zone: str | None) -> None:
    """A person chooses the language they read and the zone their hours are shown in."""
    person = accounts.locked(work.session, person_id)
    before = {"language": person.language, "zone": person.zone}
    person.language = language
    person.zone = zone
    after = {"language": language, "zone": zone}
    record(work, "person.language_chosen", person, detail=changed(before, after))


def confirm_name(work: Work, person_id: int) -> None:
    """A person says that their name is written as it must stand on a diploma."""
    person = accounts.locked(work.session, person_id)
    person.name_confirmed_at = work.now
    record(work, "person.name_confirmed", person)


def correct_name(work: Work, person_id: int, name: Name) -> None:
    """A person corrects their name while no document bears it; they confirm it anew."""
    person = accounts.locked(work.session, person_id)
    if has_document(work.session, person_id):
        raise Refused(RECTIFY)
    before = person.full_name
    person.given_names = name.given_names
    person.first_surname = name.first_surname
    person.second_surname = name.second_surname
    person.search = name.search
    if before != name.full:
        person.name_confirmed_at = None
        work.record(PersonRenamed(person.id))
        record(
            work, "person.name_corrected", person, personal={"before": before, "after": name.full}
        )


@dataclass(frozen=True)
class PostData:
    """A position as its holder tells it."""

    country: str
    region: str
    municipality: str
    position: str
    starts_on: date | None = None
    ends_on: date | None = None


def save_post(work: Work, person_id: int, uid: UUID | None, data: PostData) -> None:
    """A person adds a post of theirs or mends one."""
    if uid is None:
        post = Post(person_id=person_id)
        work.session.add(post)
    else:
        post = accounts.own_post(work.session, person_id, uid)
    before = _told(post) if uid is not None else {}
    post.country = data.country
    post.region = data.region
    post.municipality = data.municipality
    post.position = data.position
    post.starts_on = data.starts_on
    post.ends_on = data.ends_on
    work.session.flush()
    record(work, "person.post_saved", post, personal=changed(before, _told(post)))


def _told(post: Post) -> dict[str, str | None]:
    return {
        "country": post.country,
        "region": post.region,
        "municipality": post.municipality,
        "position": post.position,
        "starts_on": post.starts_on.isoformat() if post.starts_on else None,
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }
