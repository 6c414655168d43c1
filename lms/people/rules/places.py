"""Countries and zones that people may choose; others are added as institutions arrive."""

# The three where the founding institutions work come first, then their neighbours by name.
COUNTRIES = (
    "GT", "PE", "MX",
    "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "HN", "NI", "PA", "PR", "PY",
    "SV", "US", "UY", "VE",
)  # fmt: skip

ZONES = (
    "America/Guatemala", "America/Lima", "America/Mexico_City",
    "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Belize", "America/Bogota",
    "America/Cancun", "America/Caracas", "America/Chicago", "America/Chihuahua",
    "America/Costa_Rica", "America/El_Salvador", "America/Guayaquil", "America/Havana",
    "America/Hermosillo", "America/La_Paz", "America/Los_Angeles", "America/Managua",
    "America/Mazatlan", "America/Montevideo", "America/New_York", "America/Panama",
    "America/Puerto_Rico", "America/Santiago", "America/Santo_Domingo", "America/Sao_Paulo",
    "America/Tegucigalpa", "America/Tijuana", "Europe/Madrid",
)  # fmt: skip
