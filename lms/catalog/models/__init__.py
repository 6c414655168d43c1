from lms.catalog.models.course import Activity, Course, CourseFact, CourseVersion, Module
from lms.catalog.models.programme import Programme, ProgrammeCourse, ProgrammeVersion
from lms.catalog.models.source import SourceFile, SourceText

__all__ = [
    "Activity",
    "Course",
    "CourseFact",
    "CourseVersion",
    "Module",
    "Programme",
    "ProgrammeCourse",
    "ProgrammeVersion",
    "SourceFile",
    "SourceText",
]
