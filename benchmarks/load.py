"""The whole app under a class of learners: how long they wait, and what they cost the server.

    make load                           30 learners for a minute, on a server of its own
    python -m benchmarks.load --learners 100 --seconds 40 --think 4
    python -m benchmarks.load --url http://127.0.0.1:8501

Each learner opens a step somewhere in the course, moves one of its controls or answers three times,
goes on to the next step, and so on; between two moves they think, some for longer than others. A
run is what the server does for one move, from the message to the end of its answer.

How to read it: a move should take well under a second at the 95th percentile. If runs a second
times the processor's time a run come near to one second, the interpreter is busy all the time, and
more learners wait longer; else the server has room. The first run of a learner waits for more: the
page, and on a fresh server what has to be loaded. The dearest moves say where to look first, and
`make steps` how much of it is the step's own. The learners need processor too: on two cores, the
server hardly ever has more than one.
"""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.moves import step_move
from benchmarks.tally import Run, Tally, cost, report, use_of
from benchmarks.visitor import Visitor
from lessons import COURSE
from lib.course import Step
from lib.ui.widgets import widget_key, widget_values
from tests.browser.browser_server import running_server

MOVES_A_STEP = 3


class Learner:
    """Walks through a lesson, from a step at random, until the time is over."""

    def __init__(self, random: Random, options: Namespace, tally: Tally) -> None:
        self._random, self._options, self._tally = random, options, tally
        self._lesson = random.choice(COURSE.lessons)
        self._steps = self._lesson.steps

    async def learn(self, address: str) -> None:
        """Open one step after the other, and move their controls; an error ends it."""
        end = perf_counter() + self._options.seconds
        at = self._random.randrange(len(self._steps))
        step = self._steps[at]
        try:
            await asyncio.sleep(self._random.uniform(0, self._options.think))
            async with Visitor(address) as visitor:
                self._tally.first.append(await self._open(visitor, step))
                while await self._play(visitor, step, end):
                    at += 1
                    step = self._steps[at % len(self._steps)]
                    self._tally.moves.append(await self._open(visitor, step))
        except Exception as error:
            self._tally.failures.append(f"{self._name(step)}: {type(error).__name__} {error}")

    async def _open(self, visitor: Visitor, step: Step) -> Run:
        seconds = await visitor.open(self._lesson.slug, f"step={step.slug}&said=skip")
        return Run(seconds, f"{self._name(step)} opened")

    async def _play(self, visitor: Visitor, step: Step, end: float) -> bool:
        """Move what there is to move; whether there was time for all of it."""
        setting = step.defaults
        for _ in range(MOVES_A_STEP):
            await asyncio.sleep(self._options.think * self._random.uniform(0.5, 1.5))
            if perf_counter() > end:
                return False
            for name, value in step_move(step, setting, self._random).items():
                key = widget_key(step.slug, name)
                seconds = await visitor.move(widget_values(step.inputs[name], key, value))
                self._tally.moves.append(Run(seconds, f"{self._name(step)} {name} = {value!r}"))
                setting[name] = value
        return True

    def _name(self, step: Step) -> str:
        return f"{self._lesson.slug}/{step.slug}"


def main() -> int:
    """Print what was measured; the exit code tells whether any learner met an error."""
    options, tally = _options(), Tally()
    randoms = [Random(f"{options.seed}-{number}") for number in range(options.learners)]
    learners = [Learner(random, options, tally) for random in randoms]
    with _server(options.url) as (address, process):
        before = use_of(process) if process else None
        start = perf_counter()
        asyncio.run(_learn(learners, address))
        print("\n".join(report(tally, perf_counter() - start)))
        if process and before:
            print(cost(before, use_of(process), tally.runs))
    return bool(tally.failures)


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60, help="how long they learn")
    parser.add_argument("--think", type=float, default=4, help="seconds between two moves")
    parser.add_argument("--url", help="a server that is running; what it uses is not measured")
    parser.add_argument("--seed", type=int, default=0, help="other learners, other moves")
    return parser.parse_args()


def _server(url: str | None) -> AbstractContextManager[tuple[str, int | None]]:
    return nullcontext((url, None)) if url else _own_server()


@contextmanager
def _own_server() -> Iterator[tuple[str, int | None]]:
    log = Path(tempfile.gettempdir(), "honest-heatmaps-load.log")
    print(f"The server writes to {log}", flush=True)
    with running_server(log) as server:
        yield server.address, server.process.pid


async def _learn(learners: Sequence[Learner], address: str) -> None:
    await asyncio.gather(*(learner.learn(address) for learner in learners))


if __name__ == "__main__":
    sys.exit(main())
