"""What each step of the course costs, without a server: a table, the dearest first.

    make steps
    python -m benchmarks.steps --tries 10 --most 100 --lesson methods

Each step is shown at its defaults once, which loads and computes what all settings share, then at
random settings of its controls. Three pairs of columns, milliseconds of processor, the median and
the most of the settings: `show` computes, `build` makes the figures for the screen, `send` writes
them as JSON. A page for paper is a picture, built and not sent. A step should cost 20 ms in the
median and 150 ms at most, except where it draws at random; where the most is far above the median,
a setting was the first to compute what others then share.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from time import process_time
from typing import Any
from warnings import catch_warnings, simplefilter

from benchmarks.moves import random_setting
from lessons import COURSE
from lib.charts import LIGHT, Page
from lib.course import Exhibit, Step, Value


@dataclass(frozen=True)
class Cost:
    """Seconds of processor that one setting of a step takes."""

    show: float
    build: float
    send: float

    @property
    def whole(self) -> float:
        return self.show + self.build + self.send


def main() -> None:
    """Print the table."""
    options = _options()
    with catch_warnings():
        simplefilter("ignore")
        costs = dict(_measured(options))
    wholes = [median(cost.whole for cost in of_step) for of_step in costs.values()]
    print(f"{len(costs)} steps, {1000 * median(wholes):.0f} ms in the median; ", end="")
    print(f"over 150 ms: {sum(whole > 0.15 for whole in wholes)}")
    print(f"{'show':>13}{'build':>15}{'send':>15}")
    dearest = sorted(costs, key=lambda name: -median(cost.whole for cost in costs[name]))
    for name in dearest[: options.most]:
        print(f"{_row(costs[name])}   {name}")


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.steps")
    parser.add_argument("--tries", type=int, default=6, help="random settings a step")
    parser.add_argument("--most", type=int, default=25, help="steps in the table")
    parser.add_argument("--lesson", help="this one alone")
    parser.add_argument("--seed", type=int, default=0, help="other settings")
    return parser.parse_args()


def _measured(options: Namespace) -> Iterator[tuple[str, list[Cost]]]:
    random = Random(options.seed)
    for lesson in COURSE.lessons:
        if options.lesson in (None, lesson.slug):
            for step in lesson.steps:
                cost_of(step, {})
                settings = [random_setting(step.controls, random) for _ in range(options.tries)]
                yield f"{lesson.slug}/{step.slug}", [cost_of(step, values) for values in settings]


def cost_of(step: Step, values: Mapping[str, Value]) -> Cost:
    """What it takes to show a step at these values of its controls."""
    start = process_time()
    exhibit = step.exhibit(values)
    shown = process_time()
    figures = _build(exhibit)
    built = process_time()
    for figure in figures:
        figure.to_json()
    return Cost(shown - start, built - shown, process_time() - built)


def _build(exhibit: Exhibit) -> list[Any]:
    """The figures for the screen; pictures of pages are drawn and left."""
    figures = []
    for chart in exhibit.figures:
        if isinstance(chart, Page):
            chart.screen()
        else:
            figures.append(chart.screen(LIGHT))
    return figures


def _row(costs: Sequence[Cost]) -> str:
    columns = ([getattr(cost, part) for cost in costs] for part in ("show", "build", "send"))
    return "".join(f"{1000 * median(column):8.0f}{1000 * max(column):7.0f}" for column in columns)


if __name__ == "__main__":
    main()
