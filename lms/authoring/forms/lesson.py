"""The form of a lesson: its text, and the head of its file without a line of YAML."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, SelectField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from lms.authoring.formats.keys import begun, keys_of, text_below, with_keys
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.forms.describing import list_of, map_of, str_of, whole
from lms.authoring.forms.text import TextForm, hash_of, lines
from lms.authoring.rules.package import CourseText
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Boxes, WholeLine, clean
from lms.foundation.web.markdown import RECORDINGS, ending

MOST_DOWNLOADS = 20
BLANK_DOWNLOADS = 2
_LONG = _l("Use at most %(max)d characters.")


def _line(label: Any, longest: int = 200) -> StringField:
    """A line that may be empty while one writes; the check says what is still missing."""
    return StringField(
        label, [Length(max=longest, message=_LONG), WholeLine()], filters=[clean], default=""
    )


def _file(label: Any) -> SelectField:
    """A file of the course; one that is gone since stays named, and the check says so."""
    return SelectField(label, choices=[], validate_choice=False, default="")


class DownloadPart(Part):  # type: ignore[misc]
    """A file to take along, and what it is."""

    file = _file(_l("File"))
    title = _line(_l("What it is"))

    @property
    def said(self) -> dict[str, str]:
        return {"file": self.file.data or "", "title": self.title.data or ""}


class LessonForm(TextForm):
    """A lesson as its author writes it, saved whole: the head of its file and the text below."""

    title = _line(_l("Title"))
    aim = _line(_l("At the end one will be able to…"), 400)
    reading = whole(_l("Minutes of reading"), 600, needed=False)
    exercise = whole(_l("Minutes of exercise"), 1_200, least=0, needed=False)
    outcomes = Boxes(_l("Outcomes of the course that it serves"), validate_choice=False)
    audio_file = _file(_l("Recording"))
    audio_title = _line(_l("What is heard"))
    audio_transcript = TextAreaField(
        _l("Transcript"), [Length(max=50_000, message=_LONG)], filters=[lines], default=""
    )
    downloads = FieldList(FormField(DownloadPart), max_entries=MOST_DOWNLOADS)

    def show(self, text: str) -> None:
        """Open a lesson's file in the form. Raises Unreadable."""
        data = keys_of(".md", text)
        self.opened.data = hash_of(text)
        self.text.data = text_below(".md", text)
        self.title.data, self.aim.data = str_of(data, "title"), str_of(data, "aim")
        minutes = map_of(data, "minutes")
        self.reading.data, self.exercise.data = minutes.get("reading"), minutes.get("exercise")
        self.outcomes.data = [str(each) for each in list_of(data, "outcomes")]
        audio = map_of(data, "audio")
        self.audio_file.data, self.audio_title.data = str_of(audio, "file"), str_of(audio, "title")
        self.audio_transcript.data = str_of(audio, "transcript")
        for each in list_of(data, "downloads"):
            known = each if isinstance(each, Mapping) else {}
            self.downloads.append_entry({key: str_of(known, key) for key in ("file", "title")})
        for _n in range(min(BLANK_DOWNLOADS, MOST_DOWNLOADS - len(self.downloads))):
            self.downloads.append_entry()

    def offer(self, course: CourseText) -> None:
        """Let one choose among what the course has."""
        self.outcomes.choices = [
            SelectChoice(each["key"], each.get("text", each["key"]))
            for each in list_of(course.data, "outcomes")
            if isinstance(each, Mapping) and "key" in each
        ]
        recordings = [path for path in sorted(course.media) if ending(path) in RECORDINGS]
        _choose(self.audio_file, recordings)
        for each in self.downloads:
            _choose(each.form.file, sorted(course.media))

    def whole(self, path: str, now: str) -> str:
        """The file with everything that the form says; what it does not know stays as it is."""
        try:
            keyed = with_keys(path, now, self._head())
            below = text_below(path, keyed)
        except Unreadable:
            head = {key: value for key, value in self._head().items() if value is not None}
            keyed, below = begun(path, head), ""
        return keyed[: len(keyed) - len(below)] + (self.text.data or "")

    def _head(self) -> dict[str, Any]:
        minutes = {"reading": self.reading.data, "exercise": self.exercise.data}
        audio = {
            "file": self.audio_file.data,
            "title": self.audio_title.data,
            "transcript": self.audio_transcript.data,
        }
        known = {key: value for key, value in audio.items() if value and value.strip()}
        downloads = [each.form.said for each in self.downloads if any(each.form.said.values())]
        return {
            "title": self.title.data or "",
            "aim": self.aim.data or "",
            "minutes": {key: value for key, value in minutes.items() if value is not None},
            "outcomes": self.outcomes.data or None,
            "audio": known or None,
            "downloads": downloads or None,
        }


def _choose(field: SelectField, paths: list[str]) -> None:
    also = [field.data] if field.data and field.data not in paths else []
    field.choices = [
        SelectChoice("", _("None")),
        *(SelectChoice(path, path.removeprefix("media/")) for path in [*paths, *also]),
    ]
