"""Where questions to a class come from: steps, exercises, and what an instructor types."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Any

from ..charts import Heatmap
from ..course import (
    ChooseOne,
    ClickCell,
    Course,
    Estimate,
    Exercise,
    Guess,
    Kind,
    Predict,
    Prediction,
    Standing,
    Step,
    StepAddress,
    TypeNumber,
    Verdict,
    fill,
)
from ..course.checked import read_integer, read_text
from ..course.spelling import plain
from .choosing import ChoiceQuestion
from .clicking import CellQuestion
from .drawing import MapQuestion
from .estimating import NumberQuestion
from .model import RoomError
from .own import MOST_BYTES, UNREADABLE, decimals_of, in_units, read_own, written
from .question import Question

GONE = "This question is not in the course any more. Ask another one."
UNCOUNTED = (
    "A class cannot be asked this exercise: an order, or an answer with its reason, "
    "cannot be counted. Ask another one."
)
MOST_DRAWS = 999_999
"""The last draw of an exercise."""

_KEPT = 64
_MAP_ASKS = "What do you expect of each pair of columns, from strong blue to strong red?"


class Questions:
    """The questions that a course can put to a class.

    What a step or an exercise asks is computed once, whoever asks for it at the same time, and the
    last ones are kept.

    Examples
    --------
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
        """The question that `asked` holds, which may be any text.

        Raises
        ------
        RoomError
            Where there is no such question, or none any more.
        """
        while True:
            with self._lock:
                known = self._kept.get(asked)
                if known is None:
                    coming = self._kept[asked] = Future()
                self._kept.move_to_end(asked)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            if known is None:
                return self._fulfilled(asked, coming)
            error = known.exception()
            if error is None:
                return known.result()
            if isinstance(error, RoomError):
                raise RoomError(str(error))
            # Whoever computed it was stopped, or failed: the next of those who waited tries.

    def _fulfilled(self, asked: str, coming: Future[Question]) -> Question:
        """Compute what others wait for. What failed is forgotten before they hear of it."""
        try:
            question = self._made(asked)
        except BaseException as error:
            with self._lock:
                if self._kept.get(asked) is coming:
                    del self._kept[asked]
            coming.set_exception(error)
            raise
        coming.set_result(question)
        return question

    def of_step(self, lesson: str, step: str) -> list[Question]:
        """What a step can ask: its prediction, its map to be guessed, both or nothing.

        RoomError where there is no such step.
        """
        found, _ = self._step(lesson, step)
        asks = [
            *(["prediction"] if found.predict is not None else []),
            *(["guess"] if _guess_of(found) is not None else []),
        ]
        return [self.read(written(ask, lesson=lesson, step=step)) for ask in asks]

    def steps(self, lesson: str) -> list[Step]:
        """The steps of a lesson that have something to ask; nothing is computed for it.

        KeyError where there is no such lesson.
        """
        steps = self._course.lesson(lesson).steps
        return [step for step in steps if step.predict or _guess_of(step)]

    def of_exercise(self, lesson: str, kind: str, draw: int) -> Question:
        """What an exercise asks with the numbers of this draw.

        A choice, a number and a cell can be counted; an order, and an answer with its reason, are
        refused by a RoomError, as is what is not there.
        """
        return self.read(written("exercise", lesson=lesson, kind=kind, draw=draw))

    def kinds(self, lesson: str) -> list[Kind]:
        """The kinds of exercises of a lesson's practice that a class can be asked.

        KeyError where there is no such lesson.
        """
        pool = self._course.lesson(lesson).practice or ()
        shapes = (ChooseOne, TypeNumber, ClickCell)
        return [kind for kind in pool if isinstance(kind.exercise(0), shapes)]

    def _made(self, asked: str) -> Question:
        try:
            if len(asked.encode("utf-8")) > MOST_BYTES:
                raise ValueError(len(asked))
            told = json.loads(asked)
            match told["ask"]:
                case "prediction":
                    return self._prediction(asked, told["lesson"], told["step"])
                case "guess":
                    return self._guess(asked, told["lesson"], told["step"])
                case "exercise":
                    return self._exercise(asked, told["lesson"], told["kind"], told["draw"])
                case "own":
                    return read_own(asked, told)
                case unknown:
                    raise ValueError(unknown)
        except (KeyError, TypeError, ValueError, RecursionError):
            raise RoomError(UNREADABLE) from None

    def _step(self, lesson: object, step: object) -> tuple[Step, dict[str, Any]]:
        """A step, and what its questions have in common."""
        try:
            found = self._course.lesson(read_text(lesson)).step(read_text(step))
        except KeyError:
            raise RoomError(GONE) from None
        return found, {
            "title": found.title,
            "context": found.prose,
            "at": StepAddress(read_text(lesson), found.slug),
            "beliefs": self._beliefs,
        }

    def _prediction(self, asked: str, lesson: object, step: object) -> Question:
        found, about = self._step(lesson, step)
        if found.predict is None:
            raise RoomError(GONE)
        return _predicted(found, found.predict, about | {"asked": asked})

    def _guess(self, asked: str, lesson: object, step: object) -> Question:
        found, about = self._step(lesson, step)
        guess = _guess_of(found)
        if guess is None:
            raise RoomError(GONE)
        return _guessed(found, guess, about | {"asked": asked})

    def _exercise(self, asked: str, lesson: object, kind: object, draw: object) -> Question:
        number = read_integer(0, MOST_DRAWS, draw)
        try:
            pool = self._course.lesson(read_text(lesson)).practice or ()
        except KeyError:
            raise RoomError(GONE) from None
        slug = read_text(kind)
        found = next((one for one in pool if one.slug == slug), None)
        if found is None:
            raise RoomError(GONE)
        about = {"asked": asked, "title": found.title, "beliefs": self._beliefs}
        return _exercised(found.exercise(number), number, about)


def _predicted(step: Step, predict: Prediction, about: dict[str, Any]) -> Question:
    """The question that a prediction asks."""
    exhibit = step.exhibit(predict.answer_at)
    text = fill(predict.question, exhibit.words)
    about |= {
        "text": text,
        "plain": plain(text),
        "grade": lambda said: predict.verdict(said, exhibit),
    }
    match predict:
        case Predict():
            choices = {str(place): text for place, text in enumerate(predict.texts(exhibit))}
            return ChoiceQuestion(
                **about,
                choices=choices,
                names={said: plain(text) for said, text in choices.items()},
                right_one=str(predict.right_choice(exhibit)),
            )
        case Estimate():
            return NumberQuestion(
                **about,
                low=float(predict.low),
                high=float(predict.high),
                step=float(predict.step),
                decimals=decimals_of(predict.step),
                takes=predict.accepts,
                shown_as=lambda value: fill(predict.shown_as, {**exhibit.words, "value": value}),
                value=float(predict.answer(exhibit)),
                allowed=float(predict.tolerance),
                bands=predict.bands,
            )


def _guessed(step: Step, guess: Guess, about: dict[str, Any]) -> Question:
    """The question that a map to be filled in asks."""
    # The first figure of a map that is filled in.
    measured = step.exhibit({guess.name: (0.0,) * len(guess.pairs)}).figures[0]
    if not isinstance(measured, Heatmap):
        raise TypeError(f"{step.slug} shows no map of what was measured.")

    def grade(said: str) -> Verdict:
        judged = step.judge({guess.name: tuple(json.loads(said))})
        is_passed = judged.standing is Standing.PASSED
        return Verdict(is_passed, "", judged.text, judged.misconception)

    return MapQuestion(
        **about | {"context": _naming(guess.columns, step.prose)},
        text=_MAP_ASKS,
        plain=_MAP_ASKS,
        guess=guess,
        measured=[float(measured.values[column][row]) for row, column in guess.pairs],
        grade=grade,
    )


def _exercised(exercise: Exercise, draw: int, about: dict[str, Any]) -> Question:
    """The question that an exercise asks, if a class can be asked it."""
    about |= {
        "text": exercise.question,
        "plain": plain(exercise.question),
        "figures": exercise.figures,
        "description": exercise.description,
        "grade": exercise.verdict,
    }
    match exercise:
        case ChooseOne():
            choices = {str(at): exercise.choices[at].text for at in exercise.order(draw)}
            return ChoiceQuestion(
                **about,
                choices=choices,
                names={said: plain(text) for said, text in choices.items()},
                right_one=exercise.answer,
            )
        case TypeNumber():
            unit, decimals = exercise.unit, exercise.decimals
            return NumberQuestion(
                **about,
                low=float(exercise.low),
                high=float(exercise.high),
                step=10.0**-decimals,
                unit=unit,
                decimals=decimals,
                takes=exercise.accepts,
                shown_as=lambda value: in_units(value, decimals, unit),
                value=float(exercise.value),
                allowed=exercise.near,
                bands=exercise.bands,
            )
        case ClickCell():
            places = [str(place) for place in range(len(exercise.cells))]
            return CellQuestion(
                **about | {"figures": (exercise.chart,)},
                chart=exercise.chart,
                cells=exercise.cells,
                right_cells=[said for said in places if exercise.verdict(said).right],
            )
    raise RoomError(UNCOUNTED)


def _guess_of(step: Step) -> Guess | None:
    """The map that is filled in in a step, if there is one."""
    return next((one for one in step.controls.values() if isinstance(one, Guess)), None)


def _naming(columns: Sequence[str], prose: str) -> str:
    """What prose tells of some columns: the paragraphs that name all of them."""
    paragraphs = prose.split("\n\n")
    return "\n\n".join(
        text for text in paragraphs if all(f"`{column}`" in text for column in columns)
    )
