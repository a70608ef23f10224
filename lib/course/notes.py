"""What a speaker needs to know of a step: what to ask, what will be said, what to answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .controls import Columns, Control, Guess, Slider, Value, Write
from .course_map import StepAddress
from .exhibit import Exhibit
from .lesson import Course
from .marks import Marks
from .predict import Estimate, Predict, Prediction, Verdict
from .prose import fill
from .step import Step
from .talk import minutes_of


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Something that a room may say, and what to answer.

    said       a choice, or estimates from a number to a number
    feedback   what is answered, with its numbers
    tempting   whether it tempts: see `Option`
    belief     what lies behind a wrong one, in a learner's words; "" where nothing does, as behind
               what is said to estimates on both sides of the truth
    """

    said: str
    feedback: str
    right: bool
    tempting: bool
    belief: str


@dataclass(frozen=True, kw_only=True)
class Notes:
    """A step for its speaker. Texts are Markdown, and their numbers are computed.

    minutes    about how long the step takes
    question   what to ask, and `truth` its right answer; "" where the step asks nothing
    sayings    what will be said: choices in their order, or stretches of the scale
    settings   what to set, by the labels of the controls, to see what was asked for; often nothing
    readings   what stands large over the figure at that setting, by its labels
    is_seen    whether what was asked for is seen there; else the readings are of something else
    task       what to try out, and its `hints`; "" where there is no task
    """

    stop: StepAddress
    title: str
    minutes: int
    question: str
    truth: str
    sayings: Sequence[Saying]
    settings: Mapping[str, str]
    readings: Mapping[str, str]
    is_seen: bool
    task: str
    hints: Sequence[str]


def notes_on(course: Course, stop: StepAddress) -> Notes:
    """The notes on a step.

    Raises
    ------
    KeyError
        If there is no such step.
    """
    lesson = course.lesson(stop.lesson)
    step = lesson.step(stop.step)
    asked = step.predict
    exhibit = step.exhibit({} if asked is None else asked.answer_at)
    setting = {} if asked is None else {**asked.answer_at, **(asked.seen_at or {})}
    return Notes(
        stop=stop,
        title=step.title,
        minutes=minutes_of(lesson)[step.slug],
        question="" if asked is None else fill(asked.question, exhibit.words),
        truth="" if asked is None else asked.truth(exhibit).said,
        sayings=() if asked is None else tuple(_sayings(course, asked, exhibit)),
        settings=_settings(step, setting),
        readings=step.exhibit(setting).read(),
        is_seen=asked is None or asked.seen_at is not None,
        task="" if step.task is None else step.fill(step.task.text),
        hints=() if step.task is None else tuple(map(step.fill, step.task.hints)),
    )


def _sayings(course: Course, asked: Prediction, exhibit: Exhibit) -> Iterator[Saying]:
    if isinstance(asked, Predict):
        for number, choice in enumerate(asked.choices):
            verdict = asked.verdict(str(number), exhibit)
            yield _saying(course, verdict.said, verdict, tempting=choice.tempting)
    else:
        yield from _stretches(course, asked, exhibit)


def _stretches(course: Course, asked: Estimate, exhibit: Exhibit) -> Iterator[Saying]:
    """The scale in stretches that are answered alike: what can be said within them is named."""

    def answered(value: float) -> tuple[bool, str]:
        verdict = asked.verdict(repr(value), exhibit)
        return verdict.right, verdict.feedback

    marks = Marks(asked.low, asked.high, asked.step)
    right = marks.right(asked.answer(exhibit), asked.tolerance, lambda value: answered(value)[0])
    no_belief = marks.on_both_sides(asked.bands, right)
    for _, values in groupby(_scale(asked), key=answered):
        first, *rest = values
        verdict = asked.verdict(repr(first), exhibit)
        if verdict.misconception in no_belief:
            verdict = replace(verdict, misconception=None)
        ends = (first, rest[-1]) if rest else (first,)
        said = " to ".join(fill(asked.shown_as, {**exhibit.words, "value": end}) for end in ends)
        yield _saying(course, said, verdict, tempting=False)


def _scale(asked: Estimate) -> list[float]:
    """Every number that can be said."""
    scale = Slider(asked.question, asked.low, asked.high, default=asked.low, step=asked.step)
    steps = round((asked.high - asked.low) / asked.step)
    return list(
        dict.fromkeys(scale.nearest(asked.low + at * asked.step) for at in range(steps + 1))
    )


def _saying(course: Course, said: str, verdict: Verdict, *, tempting: bool) -> Saying:
    slug = None if verdict.right else verdict.misconception
    belief = "" if slug is None else course.misconceptions[slug].belief
    return Saying(
        said=said, feedback=verdict.feedback, right=verdict.right, tempting=tempting, belief=belief
    )


def _settings(step: Step, setting: Mapping[str, Value]) -> dict[str, str]:
    return {
        control.label: _set_to(control, setting[name])
        for name, control in step.controls.items()
        if name in setting and setting[name] != control.default
    }


def _set_to(control: Control, value: Value) -> str:
    """What a control is set to, in words that are shorter than what it holds."""
    match control, value:
        case Guess(), _:
            return "every cell filled in"
        case Write(), str():
            return "; ".join(f"`{line}`" for line in value.split("\n"))
        case Columns(default=tuple() as every), tuple() if len(value) > len(every) / 2:
            return "without " + ", ".join(str(name) for name in every if name not in value)
        case _:
            return _spoken(value)


def _spoken(value: Value) -> str:
    """What a control is set to, in words."""
    match value:
        case bool():
            return "on" if value else "off"
        case tuple():
            return ", ".join(map(_spoken, value))
        case float():
            return fill("{value:g}", {"value": value})
        case _:
            return fill("{value}", {"value": value})
