"""A lesson is a list of steps and a quiz; the course is a list of lessons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.course.misconceptions import Misconception
from lib.course.prose import fill
from lib.course.quiz import Question, Quiz
from lib.course.step import Step


@dataclass(frozen=True, eq=False)
class Lesson:
    slug: str
    title: str
    minutes: int
    objectives: Sequence[str]
    steps: Sequence[Step]
    quiz: Quiz

    def step(self, slug: str) -> Step:
        """The step with that slug; KeyError if there is none."""
        for step in self.steps:
            if step.slug == slug:
                return step
        raise KeyError(slug)

    def fill_question(self, question: Question, text: str) -> str:
        """Fill a text of this question with the facts that it speaks of."""
        return fill(text, self.step(question.step).exhibit(question.at).facts)


@dataclass(frozen=True, eq=False)
class Course:
    slug: str
    title: str
    lessons: Sequence[Lesson]
    misconceptions: Mapping[str, Misconception]

    def lesson(self, slug: str) -> Lesson:
        """The lesson with that slug; KeyError if there is none."""
        for lesson in self.lessons:
            if lesson.slug == slug:
                return lesson
        raise KeyError(slug)

    def truth(self, slug: str) -> str:
        """The truth that answers a misconception, with its numbers."""
        misconception = self.misconceptions[slug]
        step = self.lesson(misconception.lesson).step(misconception.step)
        return fill(misconception.truth, step.exhibit(misconception.at).facts)
