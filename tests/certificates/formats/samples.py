"""Records as institutes really have them: short, long, and longer than anyone would think."""

from dataclasses import replace
from datetime import date

from lms.certificates.formats.record import Grade, Holder, Institution, Record, Signer

SHORT = Record(
    title="Constancia de aprobación",
    paper="a4",
    holder=Holder("Rosa Elvira", "Xol", "Caal"),
    institution=Institution("Escuela de Gobierno Local", "Ciudad de Guatemala", "GT"),
    programme="Gestión Municipal y Transparencia",
    course="Transparencia",
    hours=24,
    hour_minutes=60,
    starts_on=date(2026, 2, 3),
    ends_on=date(2026, 4, 18),
    mode="online",
    grade=Grade("87.5", "100"),
    pass_mark="61",
    issued_on=date(2026, 4, 24),
    issued_place="Ciudad de Guatemala",
    signers=(
        Signer("Mtra. Verónica Ibáñez Güitrón", "Directora General"),
        Signer("Lic. Joaquín Núñez Cañas", "Coordinador Académico"),
    ),
    number="MUESTRA-2026-000001",
    series="MUESTRA-CA-2026",
    code="K7QX-9M3P-4RTD",
    verify_url="https://aula.muni.example/v/K7QX-9M3P-4RTD",
    demo=True,
)
LONG = replace(
    SHORT,
    paper="letter",
    holder=Holder("María del Rosario Guadalupe", "Q'eqchi' Xiloj de la Cruz", "Hernández-Tzunún"),
    institution=Institution(
        "Instituto Municipal de Capacitación y Desarrollo de la Mancomunidad de Municipios "
        "de la Franja Transversal del Norte",
        "Cobán, Alta Verapaz",
        "GT",
    ),
    course="Transparencia, acceso a la información pública y rendición de cuentas en los "
    "gobiernos locales",
    programme="Programa de Gestión Municipal, Transparencia y Participación Ciudadana para "
    "Autoridades Electas 2026–2030",
    starts_on=date(2025, 11, 3),
    hour_minutes=45,
    mode="blended",
    grade=None,
    signers=(
        Signer(
            "Mtra. Verónica del Carmen Ibáñez Güitrón de Castañeda",
            "Directora General del Instituto Municipal de Capacitación",
        ),
        Signer("Lic. Joaquín Núñez Cañas", "Coordinador Académico"),
        Signer("Ing. Ana Lucía Tzoy Ajú", "Alcaldesa Municipal"),
    ),
    demo=False,
)
LONGEST = replace(
    LONG,
    paper="a4",
    holder=Holder(
        "María de los Ángeles Guadalupe Concepción Inmaculada Esperanza",
        "Hernández-Tzunún Q'eqchi' Xiloj de la Cruz Montenegro y Fernández",
        "de la Santísima Trinidad Ixcamparij Ẍoch' Güinac",
    ),
    grade=Grade("87.5", "100"),
    edition=2,
    demo=True,
    verify_url="https://capacitacion.mancomunidad-franja-transversal.example/v/K7QX-9M3P-4RTD",
)
ALL = {"short": SHORT, "long": LONG, "longest": LONGEST}
