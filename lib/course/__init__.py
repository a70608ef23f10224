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
from lib.course.exhibit import Behind, Exhibit, Fact, Link, Report, Table
from lib.course.lesson import Course, Lesson
from lib.course.misconceptions import Misconception, read_misconceptions
from lib.course.predict import Band, Estimate, Option, Predict, Prediction, Verdict
from lib.course.progress import LessonRecord, Progress, ProgressError, StepRecord
from lib.course.prose import fill
from lib.course.quiz import Answer, Question, Quiz, read_quiz
from lib.course.step import Judgement, Mistake, Standing, Step, Task
from lib.course.transforms import TRANSFORMS, Transformation
from lib.course.working import listening, working

__all__ = [
    "TRANSFORMS",
    "Answer",
    "Band",
    "Behind",
    "Choice",
    "Columns",
    "Control",
    "Course",
    "Estimate",
    "Exhibit",
    "Fact",
    "Guess",
    "Judgement",
    "Lesson",
    "LessonRecord",
    "Link",
    "Misconception",
    "Mistake",
    "Number",
    "Option",
    "Point",
    "Predict",
    "Prediction",
    "Progress",
    "ProgressError",
    "Question",
    "Quiz",
    "Redraws",
    "Report",
    "Rows",
    "Seed",
    "Slider",
    "Standing",
    "Step",
    "StepRecord",
    "Table",
    "Task",
    "Toggle",
    "Transform",
    "Transformation",
    "Value",
    "Verdict",
    "fill",
    "listening",
    "read_misconceptions",
    "read_quiz",
    "working",
]
