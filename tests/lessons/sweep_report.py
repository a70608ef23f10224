"""What the sweep found, as two tables: `make sweep`."""

from sweep import STEPS, passes, sweep
from test_sweep import solving_alone, tempting
from wording import graded

from lessons import COURSE
from lib.course import Lesson


def main() -> None:
    print("lesson            sentences  with a predicate  claims  tempting right")
    for lesson in COURSE.lessons:
        print(_counts(lesson))
    print("\nstep                              settings  pass by chance  pass by one control")
    for name in STEPS:
        print(_share(name))


def _counts(lesson: Lesson) -> str:
    sentences = [one for step in lesson.steps for one in graded(step)]
    tried = sum(one.holds is not None for one in sentences)
    claims = sum(len(step.holds) for step in lesson.steps)
    right = tempting(lesson)
    fair = f"{sum(right)} of {len(right)}"
    return f"{lesson.slug:<18}{len(sentences):>9}{tried:>18}{claims:>8}{fair:>16}"


def _share(name: str) -> str:
    tries = sweep(name)
    chance = [one.state is not None and passes(tries.step, one.state) for one in tries.chance]
    share = f"{sum(chance)} of {len(chance)}"
    return f"{name:<34}{len(tries.tried):>8}{share:>16}  {', '.join(solving_alone(tries))}"


if __name__ == "__main__":
    main()
