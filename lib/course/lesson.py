"""A lesson is a list of steps and a quiz; the course is a list of lessons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.course.misconceptions import Misconception
from lib.course.progress import LessonRecord, Progress
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

    def known_answers(self, tried: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        """The answers among `tried` that the quiz has, by question."""
        counts = {question.slug: len(question.answers) for question in self.quiz}
        known = {
            slug: [answer for answer in answers if answer < counts.get(slug, 0)]
            for slug, answers in tried.items()
        }
        return {slug: answers for slug, answers in known.items() if answers}

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

    def read_progress(self, text: str) -> Progress:
        """Read a progress of this course; what its lessons no longer have is left out.

        Raises
        ------
        ProgressError
            If the text is no progress of this course.
        """
        progress = Progress.from_json(text, self.slug)
        known = {lesson.slug: lesson for lesson in self.lessons}
        progress.lessons = {
            slug: LessonRecord(record.steps, known[slug].known_answers(record.quiz))
            for slug, record in progress.lessons.items()
            if slug in known
        }
        return progress

    def truth(self, slug: str) -> str:
        """The truth that answers a misconception, with its numbers."""
        misconception = self.misconceptions[slug]
        step = self.lesson(misconception.lesson).step(misconception.step)
        return fill(misconception.truth, step.exhibit(misconception.at).facts)
