"""The form of a cohort: what is taught, when, how one gets in, how it is graded, who teaches."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.catalog.queries.structure import CourseStructure
from lms.catalog.rules.words import MODES
from lms.enrollment.actions.open import Choices
from lms.enrollment.actions.team import Part
from lms.enrollment.forms import moments
from lms.enrollment.forms.moments import MomentField
from lms.enrollment.queries.planning import Setting
from lms.enrollment.queries.team import Teacher
from lms.enrollment.rules import opening as rules
from lms.enrollment.rules.calendar import SINGLE, Window, named, stored
from lms.enrollment.rules.opening import Grades
from lms.enrollment.rules.states import Door
from lms.enrollment.rules.words import DOORS_OF_STAFF
from lms.foundation.access.roles import Role
from lms.foundation.kernel.points import SCALES, Rounding, divide, points
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Boxes, Form, WholeLine, clean

SINGLE_WORDS = {"opens_at": _l("opens"), "closes_at": _l("closes")}


class CohortForm(Form):
    """What every cohort has, whether it is being opened or changed."""

    title = StringField(
        _l("Title"),
        [InputRequired(_l("Write a title.")), WholeLine(), Length(max=rules.LONGEST_TITLE)],
        filters=[clean],
    )
    enrollment_opens_at = MomentField(_l("Enrolment opens"), _l("Say when enrolment opens."))
    enrollment_closes_at = MomentField(_l("Enrolment closes"), _l("Say when enrolment closes."))
    starts_at = MomentField(_l("Start"), _l("Say when the cohort starts."))
    ends_at = MomentField(_l("End"), _l("Say when the cohort ends."))
    mode = RadioField(_l("Mode"), [InputRequired(_l("Choose a mode."))])
    door = RadioField(_l("How one gets in"), [InputRequired(_l("Choose how one gets in."))])
    capacity = IntegerField(
        _l("Seats"),
        [
            MayBeEmpty(),
            NumberRange(1, rules.LARGEST_COHORT, _l("A cohort has at least one seat.")),
        ],
    )
    scale = SelectField(_l("Scale"))
    mark_of = RadioField(_l("What passes"), default="course")
    pass_mark = StringField(_l("Pass mark of the cohort"), [WholeLine()], filters=[clean])
    signers = Boxes(_l("Who signs the documents"))

    def whole_dates(self, zone: str) -> dict[str, Any]:
        """Of the four dates that every cohort has, those that the form asks for."""
        read = {
            "enrollment_opens_at": moments.opening,
            "enrollment_closes_at": moments.closing,
            "starts_at": moments.opening,
            "ends_at": moments.closing,
        }
        return {
            what: reader(self[what].data, zone) for what, reader in read.items() if what in self
        }

    def windows(self, courses: Iterable[CourseStructure], zone: str) -> tuple[Window, ...]:
        """What was written for single activities of these courses."""
        found = []
        for course in courses:
            for activity in course.activities:
                key = f"{course.key}/{activity.key}"
                opens, closes = (self._written(which, key) for which in SINGLE)
                if opens or closes:
                    window = Window(
                        key,
                        activity.title,
                        moments.opening(opens, zone) if opens else None,
                        moments.closing(closes, zone) if closes else None,
                        course.is_sequential,
                    )
                    found.append(window)
        return tuple(found)

    def grades(self) -> Grades:
        """The grading policy; the mark as a part of the scale's top."""
        if self.mark_of.data != "cohort":
            return Grades(self.scale.data, 0)
        top = SCALES[self.scale.data].top
        return Grades(self.scale.data, divide(points(self._mark()), points(top)), for_all=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field; the mark is a number where one was asked for."""
        valid = bool(super().validate(extra_validators))
        if "mark_of" in self and self.mark_of.data == "cohort":
            try:
                self._mark()
            except InvalidOperation:
                said = gettext("Write the mark as a number, for example 61 or 10.5.")
                self.pass_mark.errors = [*self.pass_mark.errors, said]
        return valid and not self.errors

    def _mark(self) -> Decimal:
        number = Decimal((self.pass_mark.data or "").replace(",", "."))
        if not number.is_finite() or abs(number) > 1000:
            raise InvalidOperation
        return number

    def _written(self, which: str, key: str) -> Any:
        field = self._fields.get(named(which, key))
        return field.data if field is not None else None


class OpenForm(CohortForm):
    """What is decided once, when a cohort opens."""

    key = StringField(
        _l("Short key"),
        [MayBeEmpty(), WholeLine(), Length(max=rules.LONGEST_KEY)],
        filters=[clean],
    )
    version = SelectField(_l("Version of the programme"))
    courses = Boxes(_l("Courses"))
    teachers = Boxes(_l("Teachers"))
    tutors = Boxes(_l("Tutors"))
    call_of = HiddenField()

    def chosen(self, setting: Setting) -> Choices:
        """What was chosen of the programme and the institution."""
        grades = self.grades()
        if not grades.for_all:
            grades = Grades(grades.scale, setting.institution.pass_mark)
        return Choices(
            version=int(self.version.data),
            courses=self.courses.data,
            grades=grades,
            signers=[UUID(each) for each in self.signers.data],
            team=[
                *(Part(UUID(each), Role.INSTRUCTOR) for each in self.teachers.data),
                *(Part(UUID(each), Role.TUTOR) for each in self.tutors.data),
            ],
            call_of=self._call_of(),
        )

    def _call_of(self) -> UUID | None:
        """The earlier cohort whose call is kept, if the form was begun from one."""
        try:
            return UUID(self.call_of.data or "")
        except ValueError:
            return None

    def asked(self, setting: Setting) -> dict[str, Any]:
        """Everything that opens the cohort."""
        return {
            **self.whole_dates(setting.zone),
            "key": self.key.data or "",
            "title": self.title.data,
            "mode": self.mode.data,
            "door": self.door.data,
            "capacity": self.capacity.data,
            "calendar": stored(self.windows(setting.courses, setting.zone)),
            "chosen": self.chosen(setting),
        }


def open_form(setting: Setting, data: Mapping[str, Any] | None = None) -> OpenForm:
    """The form of a new cohort of a programme; ``data`` fills it in before anybody writes."""
    form = cast(OpenForm, dated(OpenForm, setting.courses)(data=data or _usual(setting)))
    form.version.choices = [
        SelectChoice(
            str(each.number),
            gettext("Version %(number)s: %(title)s", number=each.number, title=each.title),
        )
        for each in setting.versions
    ]
    form.courses.choices = [SelectChoice(each.key, each.title) for each in setting.written]
    offer(form, setting.version.modes.split(), setting.signers)
    form.teachers.choices = _people(setting.teachers, Role.INSTRUCTOR)
    form.tutors.choices = _people(setting.teachers, Role.TUTOR)
    return form


def dated(base: type[CohortForm], courses: Sequence[CourseStructure]) -> type[CohortForm]:
    """The form with a pair of dates for each activity of these courses."""
    fields: dict[str, Any] = {}
    for course in courses:
        for activity in course.activities:
            for which, word in SINGLE_WORDS.items():
                label = _l("%(title)s, %(word)s", title=activity.title, word=word)
                fields[named(which, f"{course.key}/{activity.key}")] = MomentField(label)
    return type(base.__name__, (base,), fields)


def offer(form: CohortForm, modes: Sequence[str], signers: Iterable[Any]) -> None:
    """Put in what may be chosen."""
    form.mode.choices = [SelectChoice(each, gettext(MODES.get(each, each))) for each in modes]
    form.door.choices = [SelectChoice(each.value, gettext(DOORS_OF_STAFF[each])) for each in Door]
    form.scale.choices = [SelectChoice(key, scale_words(key)) for key in SCALES]
    form.mark_of.choices = [
        SelectChoice("course", gettext("What each course says")),
        SelectChoice("cohort", gettext("One mark for all courses of the cohort")),
    ]
    form.signers.choices = [
        SelectChoice(str(each.uid), f"{each.name}, {each.position}") for each in signers
    ]


def scale_words(key: str) -> str:
    """A scale as people call it."""
    scale = SCALES[key]
    said = (
        gettext("0 to %(top)s, without decimals", top=scale.top)
        if scale.rounding is Rounding.INTEGER_HALF_UP
        else gettext("0 to %(top)s, with one decimal", top=scale.top)
    )
    return str(said)


def _usual(setting: Setting) -> dict[str, Any]:
    return {
        "version": str(setting.version.number),
        "courses": [course.key for course in setting.courses],
        "mode": setting.version.modes.split()[0] if setting.version.modes.split() else None,
        "door": Door.APPROVAL.value,
        "scale": setting.institution.scale,
        "mark_of": "course",
        "signers": [str(each.uid) for each in setting.signers[: rules.MOST_SIGNERS]],
    }


def _people(teachers: Sequence[Teacher], role: Role) -> list[SelectChoice]:
    return [SelectChoice(str(each.uid), each.name) for each in teachers if role in each.roles]
