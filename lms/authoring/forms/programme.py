"""The form of a programme: what the catalogue says of it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from lms.authoring.forms.describing import (
    DescribingForm,
    choices,
    in_lines,
    list_of,
    map_of,
    maybe_line,
    needed_line,
    of_lines,
    str_of,
    text,
    whole,
)
from lms.authoring.rules.outcomes import keyed
from lms.authoring.rules.shapes import CERTIFICATES, COUNTRIES, LANGUAGES, OWN_NAMES
from lms.authoring.rules.words import HUES, ICONS
from lms.catalog.rules import words
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Boxes, Form


class ProgrammeForm(DescribingForm):
    """All that a programme says of itself but its courses."""

    title = needed_line(_l("Title"), _l("Write a title."))
    kind = RadioField(_l("Kind"), [InputRequired(_l("Choose a kind."))])
    language = SelectField(_l("Language in which it is taught"))
    country = SelectField(_l("Country whose law it teaches"))
    audience = Boxes(_l("For whom it is"), [InputRequired(_l("Choose at least one."))])
    topics = Boxes(_l("Topics"), [InputRequired(_l("Choose at least one."))])
    modes = Boxes(_l("Mode"), [InputRequired(_l("Choose at least one."))])
    hours = whole(_l("Hours"), 5_000)
    academic_hour = whole(_l("Minutes of an academic hour"), 60, 30)
    summary = text(_l("Summary"), 1_500, _l("Write what a visitor reads first."))
    outcomes = text(_l("What a graduate can do"), missing=_l("Write at least one line."))
    entry = text(_l("Conditions to be admitted"))
    certificate = needed_line(_l("Title of the document"), _l("Write the title as printed."), 120)
    final_title = maybe_line(_l("Title of the final work"))
    final_hours = whole(_l("Hours of the final work"), 1_000, needed=False)
    final_description = text(_l("What is handed in and how it is marked"))
    hue = RadioField(_l("Colour of the cover"))
    icon = SelectField(_l("Icon of the cover"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(words.KINDS)
        self.audience.choices = choices(words.AUDIENCES)
        self.topics.choices = choices(words.TOPICS)
        self.modes.choices = choices(words.MODES)
        self.hue.choices = choices(HUES)
        self.icon.choices = choices(ICONS, [self.icon.data] if self.icon.data else [])
        here = get_locale()
        languages = dict(here.languages if here else {}) | OWN_NAMES
        countries = dict(here.territories if here else {}) | {"419": _("Any country")}
        self.language.choices = [(each, languages.get(each, each)) for each in LANGUAGES]
        self.country.choices = [(each, countries.get(each, each)) for each in COUNTRIES]

    def fill(self, data: Mapping[str, Any]) -> None:
        for name in ("title", "kind", "language", "country", "hours", "academic_hour", "summary"):
            self[name].data = data.get(name)
        for name in ("audience", "topics", "modes"):
            self[name].data = list_of(data, name)
        self.outcomes.data = in_lines(
            [each["text"] for each in list_of(data, "outcomes") if "text" in each]
        )
        self.entry.data = in_lines(data.get("entry"))
        self.certificate.data = str_of(map_of(data, "certificate"), "title")
        final = map_of(data, "final_work")
        self.final_title.data = str_of(final, "title")
        self.final_hours.data = final.get("hours")
        self.final_description.data = str_of(final, "description")
        cover = map_of(data, "cover")
        self.hue.data, self.icon.data = cover.get("hue"), cover.get("icon")
        self.icon.choices = choices(ICONS, [cover["icon"]] if "icon" in cover else [])

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        plain = ("title", "kind", "language", "country", "audience", "topics", "modes", "hours")
        entry = of_lines(self.entry.data)
        return {
            **{name: self[name].data for name in plain},
            "academic_hour": self.academic_hour.data,
            "summary": self.summary.data,
            "outcomes": keyed(of_lines(self.outcomes.data), list_of(old, "outcomes")),
            "entry": entry or None,
            "certificate": {
                "kind": map_of(old, "certificate").get("kind", CERTIFICATES[0]),
                "title": self.certificate.data,
            },
            "final_work": self._final_work(),
            "cover": {"hue": self.hue.data, "icon": self.icon.data},
        }

    def _final_work(self) -> dict[str, Any] | None:
        if not self.final_title.data:
            return None
        return {
            "title": self.final_title.data,
            "hours": self.final_hours.data or 1,
            "description": self.final_description.data or "",
        }


class BeginForm(Form):
    """The least that a programme is begun with; the rest is written where it can be seen."""

    title = needed_line(_l("Title"), _l("Write a title."))
    kind = SelectField(_l("Kind"))
    first_course = needed_line(_l("Title of its first course"), _l("Write a title."))
    hours = whole(_l("Hours"), 5_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(words.KINDS)

    def begin(self) -> None:
        """What a new programme most likely is."""
        self.kind.data = "course"
