"""What the page of components shows: a form with a field of every kind, a list of many pages."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.foundation.web.forms import Boxes, Form
from lms.foundation.web.pagination import Page


def options(**labels: str) -> list[SelectChoice]:
    """Choices from their values and labels."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class SampleForm(Form):
    """One field of each kind, with sample words that nobody translates."""

    names = StringField(
        "Nombres", [InputRequired()], description="Como están en su documento de identidad."
    )
    email = EmailField("Correo electrónico")
    phone = TelField("Teléfono")
    password = PasswordField("Contraseña", [InputRequired()], description="Doce letras o más.")
    days = IntegerField("Días hábiles")
    born = DateField("Fecha de nacimiento")
    country = SelectField("País", choices=options(GT="Guatemala", PE="Perú", MX="México"))
    mode = RadioField(
        "Modalidad",
        [InputRequired()],
        choices=options(online="En línea", blended="Semipresencial, los sábados"),
    )
    topics = Boxes("Temas", choices=options(a="Finanzas", b="Compras", c="Participación"))
    reason = TextAreaField("Motivo")
    paper = FileField("Documento")
    consent = BooleanField("Acepto el tratamiento de mis datos", [InputRequired()])


def sample() -> dict[str, Any]:
    """Context of the page of components."""
    form = SampleForm(formdata=None, data={"country": "GT", "topics": ["b"]})
    form.names.errors = ["Escriba sus nombres."]
    form.mode.errors = ["Elija una modalidad."]
    return {
        "form": form,
        "page": Page(items=(), number=4, size=20, total=200),
        "page_url": lambda number: f"?pagina={number}",
    }
