"""What lessons are made of: plain data and pure functions that play without a screen."""

from lib.course.controls import (
    Choice,
    Columns,
    Control,
    Guess,
    Number,
    Point,
    Redraws,
    Rows,
    Seed,
    Slider,
    Toggle,
    Transform,
    Value,
)
from lib.course.events import (
    SKIPPED,
    Answered,
    Event,
    Hinted,
    Opened,
    Passed,
    Predicted,
    Restarted,
    Shown,
    Tried,
)
from lib.course.exhibit import Behind, Exhibit, Fact, Link, Report, Table
from lib.course.glossary import Glossary, Term, Use, mark, read_glossary
from lib.course.lesson import Course, Lesson, Part
from lib.course.misconceptions import Misconception, read_misconceptions
from lib.course.outcome import Claim, Outcome, State
from lib.course.outline import Steps, Stop
from lib.course.predict import Band, Estimate, Option, Predict, Prediction, Verdict
from lib.course.progress import Progress
from lib.course.progress_file import MAX_BYTES, ProgressError, read_progress, write_progress
from lib.course.prose import fill
from lib.course.quiz import Answer, Question, Quiz, read_quiz
from lib.course.records import LessonRecord, Records, StepRecord
from lib.course.script import NUMBERS, Script
from lib.course.stations import (
    QUIZ,
    Station,
    answers_tried,
    done_count,
    is_done,
    neighbours,
    open_questions,
    slugs,
    stations,
)
from lib.course.step import Step
from lib.course.task import Goal, Judgement, Mistake, Reached, Standing, Task
from lib.course.transforms import TRANSFORMS
from lib.course.working import listening, working

__all__ = [
    "MAX_BYTES",
    "NUMBERS",
    "QUIZ",
    "SKIPPED",
    "TRANSFORMS",
    "Answer",
    "Answered",
    "Band",
    "Behind",
    "Choice",
    "Claim",
    "Columns",
    "Control",
    "Course",
    "Estimate",
    "Event",
    "Exhibit",
    "Fact",
    "Glossary",
    "Goal",
    "Guess",
    "Hinted",
    "Judgement",
    "Lesson",
    "LessonRecord",
    "Link",
    "Misconception",
    "Mistake",
    "Number",
    "Opened",
    "Option",
    "Outcome",
    "Part",
    "Passed",
    "Point",
    "Predict",
    "Predicted",
    "Prediction",
    "Progress",
    "ProgressError",
    "Question",
    "Quiz",
    "Reached",
    "Records",
    "Redraws",
    "Report",
    "Restarted",
    "Rows",
    "Script",
    "Seed",
    "Shown",
    "Slider",
    "Standing",
    "State",
    "Station",
    "Step",
    "StepRecord",
    "Steps",
    "Stop",
    "Table",
    "Task",
    "Term",
    "Toggle",
    "Transform",
    "Tried",
    "Use",
    "Value",
    "Verdict",
    "answers_tried",
    "done_count",
    "fill",
    "is_done",
    "listening",
    "mark",
    "neighbours",
    "open_questions",
    "read_glossary",
    "read_misconceptions",
    "read_progress",
    "read_quiz",
    "slugs",
    "stations",
    "working",
    "write_progress",
]
