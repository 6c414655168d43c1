from lms.assessment.models.attempt import Answer, Attempt, Mark
from lms.assessment.models.question import Question, QuestionVersion, QuizQuestion

__all__ = ["Answer", "Attempt", "Mark", "Question", "QuestionVersion", "QuizQuestion"]
