from lms.assessment.actions.check import check
from lms.assessment.actions.finish import close_if_over, hand_in
from lms.assessment.actions.save import Saved, save_answer, save_page
from lms.assessment.actions.start import start

__all__ = ["Saved", "check", "close_if_over", "hand_in", "save_answer", "save_page", "start"]
