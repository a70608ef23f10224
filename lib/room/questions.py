"""Where questions to a class come from: steps, exercises, and what an instructor types."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import Any

from lib.course import (
    ChooseOne,
    ClickCell,
    Course,
    Guess,
    Kind,
    Lesson,
    Predict,
    Step,
    StepAddress,
    TypeNumber,
    fill,
)
from lib.room.choosing import ChoiceQuestion
from lib.room.model import RoomError
from lib.room.question import Question

MOST_BYTES = 20_000
"""How long a question may be as text: what a store keeps of it."""

_KEPT = 64
_MARKS = re.compile(r"[`*]|:\w+\[|\]")
GONE = "This question is not in the course any more. Ask another one."
UNREADABLE = "This question cannot be read. Ask it anew."


class Questions:
    """The questions that a course can put to a class.

    What a step or an exercise asks is computed once, whoever asks for it at the same time, and the
    last ones are kept.

    Examples
    --------
    >>> from lib.course import Course
    >>> Questions(Course("demo", "Demo", [], {})).read("{}")
    Traceback (most recent call last):
    ...
    lib.room.model.RoomError: This question cannot be read. Ask it anew.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._beliefs = {slug: one.belief for slug, one in course.misconceptions.items()}
        self._kept: OrderedDict[str, Future[Question]] = OrderedDict()
        self._lock = Lock()

    def read(self, asked: str) -> Question:
        """The question that `asked` holds; RoomError where there is no such question."""
        with self._lock:
            known = self._kept.get(asked)
            if known is not None:
                self._kept.move_to_end(asked)
            else:
                coming = self._kept[asked] = Future()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        if known is not None:
            return known.result()
        try:
            coming.set_result(question := self._made(asked))
        except BaseException as error:
            # Who waits for it hears the same; who comes later tries again.
            with self._lock:
                if self._kept.get(asked) is coming:
                    del self._kept[asked]
            coming.set_exception(error)
            raise
        return question

    def of_step(self, lesson: str, step: str) -> list[Question]:
        """What a step can ask: its prediction, its map to be guessed, both or nothing."""
        found = _step(self._course, lesson, step)
        asked = [_written("prediction", lesson=lesson, step=step)] if found.predict else []
        asked += [_written("guess", lesson=lesson, step=step)] if _guess(found) else []
        return [self.read(each) for each in asked]

    def of_exercise(self, lesson: str, kind: str, draw: int) -> Question:
        """What an exercise asks with the numbers of this draw; RoomError if no class can be asked.

        A choice, a number and a cell can be counted; an order, and an answer with a reason, cannot.
        """
        return self.read(_written("exercise", lesson=lesson, kind=kind, draw=draw))

    def kinds(self, lesson: str) -> list[Kind]:
        """The kinds of exercises of a lesson's practice that a class can be asked."""
        pool = _lesson(self._course, lesson).practice or ()
        shapes = ChooseOne | TypeNumber | ClickCell
        return [kind for kind in pool if isinstance(kind.exercise(0), shapes)]

    def _made(self, asked: str) -> Question:
        try:
            if len(asked.encode("utf-8")) > MOST_BYTES:
                raise ValueError(len(asked))
            told = json.loads(asked)
            make = _MAKERS[told["ask"]]
            return make(self, asked, told)
        except (KeyError, TypeError, ValueError, RecursionError, AttributeError):
            raise RoomError(UNREADABLE) from None


def _written(ask: str, **told: Any) -> str:
    return json.dumps({"ask": ask, **told}, ensure_ascii=False, separators=(",", ":"))


def _lesson(course: Course, lesson: object) -> Lesson:
    try:
        return course.lesson(str(lesson))
    except KeyError:
        raise RoomError(GONE) from None


def _step(course: Course, lesson: object, step: object) -> Step:
    try:
        return _lesson(course, lesson).step(str(step))
    except KeyError:
        raise RoomError(GONE) from None


def _guess(step: Step) -> Guess | None:
    """The map that is guessed in a step, if there is one."""
    return next((one for one in step.controls.values() if isinstance(one, Guess)), None)


def _prediction(self: Questions, asked: str, told: Mapping[str, Any]) -> Question:
    step = _step(self._course, told["lesson"], told["step"])
    about: dict[str, Any] = {
        "asked": asked,
        "title": step.title,
        "context": step.prose,
        "at": StepAddress(told["lesson"], told["step"]),
        "beliefs": self._beliefs,
    }
    match step.predict:
        case Predict() as predict:
            exhibit = step.exhibit(predict.answer_at)
            texts = {str(place): text for place, text in enumerate(predict.texts(exhibit))}
            return ChoiceQuestion(
                **about,
                text=fill(predict.question, exhibit.words),
                choices=texts,
                names={said: plain(text) for said, text in texts.items()},
                right_one=str(predict.right_choice(exhibit)),
                grade=lambda said: predict.verdict(said, exhibit),
            )
        case _:
            raise RoomError(GONE)


def _exercise(self: Questions, asked: str, told: Mapping[str, Any]) -> Question:
    raise RoomError(GONE)


def plain(markdown: str) -> str:
    """A text of the course without its marks, for figures.

    >>> plain("`rate` is *higher*"), plain(":red[r] = 0.5")
    ('rate is higher', 'r = 0.5')
    """
    return _MARKS.sub("", markdown)


_MAKERS: Mapping[str, Callable[[Questions, str, Mapping[str, Any]], Question]] = {
    "prediction": _prediction,
    "exercise": _exercise,
}
