"""How far the learner of a preview has come."""

from enum import StrEnum

from lms.foundation.kernel.errors import N_


class Stage(StrEnum):
    """A moment of a course that authors look at; its value stands in the address."""

    FIRST = "primera-visita"
    HALF = "a-mitad"
    ASKED = "en-evaluacion"
    FAILED = "no-aprobada"
    FINISHED = "terminado"


WORDS = {
    Stage.FIRST: N_("First visit"),
    Stage.HALF: N_("Half way"),
    Stage.ASKED: N_("In the first quiz"),
    Stage.FAILED: N_("First quiz not passed"),
    Stage.FINISHED: N_("Finished"),
}
