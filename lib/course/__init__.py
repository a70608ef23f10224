"""What lessons are made of: plain data and pure functions that play without a screen."""

from lib.course.controls import Choice, Columns, Control, Number, Slider, Toggle, Value
from lib.course.exhibit import Behind, Exhibit, Fact, Table
from lib.course.lesson import Course, Lesson
from lib.course.misconceptions import Misconception, read_misconceptions
from lib.course.predict import Band, Estimate, Option, Predict, Prediction, Verdict
from lib.course.progress import LessonRecord, Progress, ProgressError, StepRecord
from lib.course.prose import fill
from lib.course.quiz import Answer, Question, Quiz, read_quiz
from lib.course.step import Judgement, Mistake, Standing, Step, Task

__all__ = [
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
    "Judgement",
    "Lesson",
    "LessonRecord",
    "Misconception",
    "Mistake",
    "Number",
    "Option",
    "Predict",
    "Prediction",
    "Progress",
    "ProgressError",
    "Question",
    "Quiz",
    "Slider",
    "Standing",
    "Step",
    "StepRecord",
    "Table",
    "Task",
    "Toggle",
    "Value",
    "Verdict",
    "fill",
    "read_misconceptions",
    "read_quiz",
]
