"""A lesson is its parts and a quiz; the course is a list of lessons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .controls import Value
from .course_map import CourseMap
from .glossary import Glossary
from .lab_address import LabAddress
from .measures import Measure
from .misconceptions import Misconception
from .outline import Stop, stops_of, texts_of
from .pool import Pool
from .prose import fill
from .quiz import Question, Quiz
from .sheet import Sheet
from .step import Step


@dataclass(frozen=True, eq=False)
class Part:
    """A stretch of a lesson after which one may rest.

    minutes   about how long it takes
    steps     in their order; `Steps` of modules, or the steps themselves
    """

    title: str
    minutes: int
    steps: Sequence[Step]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The names of the steps; asking for them opens no step."""
        return stops_of(self.steps)


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a lesson consists of.

    Examples
    --------
    >>> lesson = Lesson(
    ...     "demo", "A demonstration", objectives=[], parts=[], quiz=(), own_question="And yours?"
    ... )
    >>> lesson.minutes, lesson.steps, lesson.stops
    (0, (), ())
    """

    slug: str
    title: str
    objectives: Sequence[str]
    parts: Sequence[Part]
    quiz: Quiz
    own_question: str
    """The lesson's question, put to a table of the learner's own: how the lesson ends."""
    instrument: str = "association_map"
    """The slug of the Lab's instrument that shows on any table what the lesson is about."""
    practice: Pool | None = None
    """Exercises with fresh numbers, for afterwards and for years after."""

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order. Imports what they compute with."""
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The names of the steps; asking for them opens no step."""
        return tuple(stop for part in self.parts for stop in part.stops)

    @property
    def texts(self) -> Mapping[str, str]:
        """What the steps say, by slug, as it is written; asking for it opens no step."""
        return {slug: text for part in self.parts for slug, text in texts_of(part.steps).items()}

    def step(self, slug: str) -> Step:
        """The step with that slug; KeyError if there is none."""
        for step in self.steps:
            if step.slug == slug:
                return step
        raise KeyError(slug)

    def in_the_lab(self, step: Step, values: Mapping[str, Value]) -> LabAddress | None:
        """Where the Lab shows a step at these values: else its table, by the lesson's instrument.

        None for a step without a bundled table.
        """
        found = step.in_the_lab(**{name: values[name] for name in step.controls})
        files = [table.file for table in step.tables if table.file is not None]
        if found is None and files:
            return LabAddress(files[0].stem, self.instrument)
        return found

    def fill_question(self, question: Question, text: str) -> str:
        """Fill a text of this question with the state that it speaks of."""
        return fill(text, self.step(question.step).state(question.at))


@dataclass(frozen=True, eq=False)
class Course:
    slug: str
    title: str
    lessons: Sequence[Lesson]
    misconceptions: Mapping[str, Misconception]
    glossary: Glossary = field(default_factory=Glossary)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    """What remains of each lesson on one page, by its slug."""
    map: CourseMap = field(default_factory=CourseMap)
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def lesson(self, slug: str) -> Lesson:
        """The lesson with that slug; KeyError if there is none."""
        for lesson in self.lessons:
            if lesson.slug == slug:
                return lesson
        raise KeyError(slug)

    def after(self, lesson: Lesson) -> Lesson | None:
        """The lesson that follows; None after the last."""
        number = [one.slug for one in self.lessons].index(lesson.slug) + 1
        return self.lessons[number] if number < len(self.lessons) else None

    def truth(self, slug: str) -> str:
        """The truth that answers a misconception, with its numbers."""
        misconception = self.misconceptions[slug]
        step = self.lesson(misconception.lesson).step(misconception.step)
        return fill(misconception.truth, step.state(misconception.at))
