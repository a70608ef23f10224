"""A class against its goals: learners who poll, answer at once, lose their server and come back.

    make class                                        200 learners, on PostgreSQL
    python -m benchmarks.classroom --learners 20 --database sqlite

A server of its own, a database of its own. The instructor opens a room and asks a step's
prediction; learners join, all by websocket and through the page, as browsers do. All of them answer
within some seconds, while somebody else is alone in a lesson. Then they wait, doing nothing. Then
they vote again, and in the middle of it the server is killed and started anew. At last another
class meets on two servers that share the database.

How to read it: a line says what was measured and, where there is one, the goal. What was answered
is counted in the database, not on the pages. An answer that a page has confirmed may never be lost;
one that was on its way when the server died may, and its learner answers again. The learners need
processor too: on two cores, the server hardly ever has more than one. Memory and processor need
Linux.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.counting import Count, behind, lost, twice
from benchmarks.device import Device
from benchmarks.load import Learner
from benchmarks.tally import Tally, percentile, use_of
from benchmarks.visitor import Visitor
from lessons import COURSE
from lib.room import Answer
from lib.room.choosing import ChoiceQuestion
from lib.room.database import Database
from lib.room.questions import Questions
from tests.browser.browser_server import Server, free_port, running_server
from tests.room.postgresql_server import running_postgresql

JOIN_A_SECOND = 10
ALONE_THINKS = 0.3
"""Seconds between two moves of who is alone in a lesson."""
LOOKS = 1.0
"""Seconds before the instructor presses a button that has just come."""
COUNTED = 3.0
"""Seconds in which the instructor's page should have counted the last answer."""
IDLE = 30.0
WARM, STILL = 180.0, 3.0
"""Seconds in which a server has imported and computed what it does by itself, and of which it works
in none once it has."""
_COUNT = re.compile(r"\*\*(\d+) of (\d+)\*\* ha(?:s|ve) answered")


@dataclass(frozen=True)
class Line:
    """What was measured, and whether it is as it should be; None where there is no goal."""

    what: str
    measured: str
    goal: str = ""
    reached: bool | None = None


@dataclass
class Class:
    """An instructor and learners in one room, on one server or several."""

    instructor: Device
    learners: Sequence[Device]
    database: Database
    random: Random
    code: str = ""
    seen: list[Count] = field(default_factory=list)
    confirmed: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def notice(self, text: str) -> None:
        """What the instructor's page says is noted with its time."""
        if found := _COUNT.search(text):
            self.seen.append((time.time(), int(found[1])))

    async def open(self) -> None:
        await self.instructor.until(lambda: self.instructor.is_settled)
        await asyncio.sleep(LOOKS)
        await self.instructor.press("class-open-room")
        await self.instructor.until(lambda: self.instructor.rooms)
        self.code = next(iter(self.instructor.rooms))

    async def join(self) -> None:
        """Let learners in, so many a second that all are there soon."""
        await asyncio.gather(
            *(
                self._join(learner, number / JOIN_A_SECOND)
                for number, learner in enumerate(self.learners)
            )
        )

    async def _join(self, learner: Device, after: float) -> None:
        await asyncio.sleep(after)
        learner.query = f"room={self.code}"
        await learner.__aenter__()
        await learner.until(lambda: learner.is_settled and learner.widget("class-join-now"))
        await asyncio.sleep(self.random.uniform(0.5, 1.5))
        await learner.press("class-join-now")
        await learner.until(lambda: self.code in learner.rooms)

    async def ask(self) -> None:
        await self.instructor.until(lambda: self.instructor.is_settled)
        await asyncio.sleep(LOOKS)
        await self.instructor.press("class-ask-now")
        await self.everybody_sees(vote=1)

    async def vote_again(self) -> None:
        for button, after in (
            ("class-close", "class-show"),
            ("class-show", "class-again"),
            ("class-again", "class-close"),
        ):
            await asyncio.sleep(LOOKS)
            await self.instructor.press(button)
            await self.instructor.until(lambda after=after: self.instructor.widget(after))
        await self.everybody_sees(vote=2)

    async def everybody_sees(self, vote: int) -> list[float]:
        """Wait until the question is on each page; the seconds that each took."""
        radio = self._radio(vote)
        return await asyncio.gather(
            *(
                learner.until(lambda learner=learner: learner.widget(radio))
                for learner in self.learners
            )
        )

    async def answer(self, vote: int, seconds: float) -> None:
        """Let all answer in a time, each at a moment of their own."""
        self.seen.clear()
        self.confirmed.clear()
        self.waits.clear()
        self.failures.clear()
        question = self._question()
        await asyncio.gather(
            *(
                self._answer(learner, question, vote, self.random.uniform(0, seconds))
                for learner in self.learners
            )
        )

    async def _answer(
        self, learner: Device, question: ChoiceQuestion, vote: int, after: float
    ) -> None:
        """Answer, and wait until the page says so; who lost the server meanwhile answers again."""
        await asyncio.sleep(after)
        choices = list(question.choices)
        place = self.random.randrange(len(choices))
        radio, said = self._radio(vote), f"**Answered:** {chr(ord('A') + place)}."
        start = perf_counter()
        try:
            while not learner.shows(said):
                await learner.until(lambda: learner.widget(radio))
                before = learner.connections
                await learner.choose(radio, learner.widget(radio).options[place])
                await learner.until(
                    lambda before=before: learner.shows(said) or learner.connections > before
                )
        except Exception as error:
            shown = " | ".join(learner.texts)
            self.failures.append(f"{type(error).__name__} {error}, on a page that says {shown}")
            return
        self.waits.append(perf_counter() - start)
        self.confirmed[str(learner.rooms[self.code]["device"])] = choices[place]

    @property
    def polls(self) -> int:
        return sum(device.polls for device in (self.instructor, *self.learners))

    def answers(self) -> Sequence[Answer]:
        return self.database.answers(self.code, round=1)

    def _question(self) -> ChoiceQuestion:
        asked = self.database.rounds(self.code)[-1].asked
        question = Questions(COURSE).read(asked)
        assert isinstance(question, ChoiceQuestion)
        return question

    def _radio(self, vote: int) -> str:
        return f"class-{self.code}-1-{vote}"


@contextmanager
def running_database(kind: str) -> Iterator[str]:
    """An empty database of either kind; its address."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="honest-heatmaps-class-") as folder:
            yield f"sqlite:///{folder}/rooms.sqlite"
    else:
        with running_postgresql() as address:
            yield address


async def one_server(options: Namespace, database: Database, log: Path) -> list[Line]:
    """What a class meets on one server that is killed in its middle."""
    port, lines = free_port(), []
    alone = _Alone(options.seconds)
    async with AsyncExitStack() as leaving:
        servers = leaving.enter_context(ExitStack())
        server = await _start(servers, log, port)
        await _warm(server)
        there = await _enter(leaving, [server], options, database)
        await there.join()
        await there.ask()
        meanwhile, _ = await asyncio.gather(alone.learn(server), there.answer(1, options.seconds))
        await asyncio.sleep(COUNTED)
        lines += [*_counted(there, 1, options), *_seen(there, 1)]
        lines += _of_who_is_alone(meanwhile)
        lines += await _idle(there, server)
        await there.vote_again()
        lines += await _killed(there, servers, server, log, options)
    return lines


async def two_servers(options: Namespace, database: Database, log: Path) -> list[Line]:
    """What a class meets whose learners are on two servers."""
    async with AsyncExitStack() as leaving:
        servers = leaving.enter_context(ExitStack())
        both = [await _start(servers, log, free_port()) for _ in range(2)]
        await asyncio.gather(*map(_warm, both))
        there = await _enter(leaving, both, options, database)
        await there.join()
        await there.ask()
        await there.answer(1, options.seconds)
        await asyncio.sleep(COUNTED)
        return [*_counted(there, 1, options), *_seen(there, 1)]


async def _start(servers: ExitStack, log: Path, port: int) -> Server:
    server = running_server(log, port=port, database=os.environ["HONEST_HEATMAPS_DATABASE"])
    return await asyncio.to_thread(servers.enter_context, server)


async def _enter(
    leaving: AsyncExitStack, servers: Sequence[Server], options: Namespace, database: Database
) -> Class:
    """Open a room; the learners are there, and have not joined."""
    random = Random(options.seed)

    def device(number: int, **more: object) -> Device:
        address = servers[number % len(servers)].address
        return Device(address, "class", random=Random(random.random()), **more)  # type: ignore[arg-type]

    there = Class(
        device(0, noticed=lambda text: there.notice(text)),
        [device(number) for number in range(options.learners)],
        database,
        random,
    )
    for learner in there.learners:
        leaving.push_async_exit(learner)
    await leaving.enter_async_context(there.instructor)
    await there.open()
    return there


async def _warm(server: Server) -> None:
    """Let a first visitor have everything prepared, as on a server that has been there for long."""
    async with Visitor(server.address) as visitor:
        await visitor.open("class", "")
    end = perf_counter() + WARM
    while perf_counter() < end:
        before = use_of(server.process.pid).processor
        await asyncio.sleep(STILL)
        if use_of(server.process.pid).processor - before < 0.05 * STILL:
            return


class _Alone:
    """Somebody who is alone in a lesson for some seconds.

    Made before the class comes: the lesson is imported here, too, and nobody else acts meanwhile.
    """

    def __init__(self, seconds: float) -> None:
        self._tally = Tally()
        options = Namespace(seconds=seconds, think=ALONE_THINKS)
        self._learner = Learner(Random(1), options, self._tally)

    async def learn(self, server: Server) -> Tally:
        """What the learner meets."""
        await self._learner.learn(server.address)
        return self._tally


async def _idle(there: Class, server: Server) -> list[Line]:
    before, polled = use_of(server.process.pid), there.polls
    await asyncio.sleep(IDLE)
    after, polls = use_of(server.process.pid), there.polls - polled
    processor = after.processor - before.processor
    share = processor / IDLE
    return [
        Line(f"idle for {IDLE:.0f} s", ""),
        Line("  share of one core", f"{share:.0%}", "below 50 %", share < 0.5),
        Line("  a poll, of processor", f"{1000 * processor / polls:.1f} ms"),
        Line("  memory", f"{after.memory:,.0f} MB", "below 1,000 MB", after.memory < 1000),
    ]


async def _killed(
    there: Class, servers: ExitStack, server: Server, log: Path, options: Namespace
) -> list[Line]:
    """Kill the server while the class votes for the second time, and start it again."""
    answering = asyncio.create_task(there.answer(2, options.seconds))
    await asyncio.sleep(options.seconds / 2)
    server.process.kill()
    await asyncio.to_thread(server.process.wait)
    killed, before = perf_counter(), dict(there.confirmed)
    kept = there.answers()
    await _start(servers, log, int(server.address.rpartition(":")[2]))
    started = perf_counter() - killed
    back = await there.everybody_sees(vote=2)
    await answering
    await asyncio.sleep(COUNTED)
    gone = lost(before, kept, 2)
    return [
        Line("server killed in the second vote", f"{len(before)} had answered"),
        Line("  answers lost by then", str(len(gone)), "0", not gone),
        Line("  server there again after", f"{started:.1f} s"),
        Line("  pages show the room after it", _median_and_most(back)),
        *_counted(there, 2, options),
    ]


def _counted(there: Class, vote: int, options: Namespace) -> list[Line]:
    """The lines on one vote."""
    answers = there.answers()
    here = [answer for answer in answers if answer.vote == vote]
    gone, double = lost(there.confirmed, answers, vote), twice(answers, vote)
    everyone = len(here) == options.learners
    counted = there.seen[-1][1] if there.seen else 0
    return [
        Line(f"all answer within {options.seconds:.0f} s", ""),
        Line("  in the database", f"{len(here)} of {options.learners}", "all", everyone),
        Line("  lost", str(len(gone)), "0", not gone),
        Line("  counted twice", str(len(double)), "0", not double),
        Line("  counted by the instructor's page", str(counted), "all", counted == len(here)),
        *(Line("  failed", failure, "", False) for failure in there.failures),
    ]


def _seen(there: Class, vote: int) -> list[Line]:
    """How soon pages showed what was answered."""
    late = behind(there.answers(), vote, there.seen)
    return [
        Line("  each sees its own", *_within(there.waits, 1.0)),
        Line("  the instructor's page is behind", *_within(late, 2.0)),
    ]


def _of_who_is_alone(tally: Tally) -> list[Line]:
    moves = [run.seconds for run in tally.moves]
    p95 = percentile(moves, 95)
    return [
        Line("somebody alone in a lesson meanwhile", f"{len(moves)} moves"),
        Line("  a move, p95", f"{p95:.2f} s", "at most 0.5 s", p95 <= 0.5),
        *(Line("  failed", failure, "", False) for failure in tally.failures),
    ]


def _within(seconds: Sequence[float], most: float) -> tuple[str, str, bool]:
    p95, largest = percentile(seconds, 95), max(seconds, default=float("nan"))
    return f"p95 {p95:.2f} s, max {largest:.2f} s", f"at most {most:.0f} s", largest <= most


def _median_and_most(seconds: Sequence[float]) -> str:
    return f"p50 {percentile(seconds, 50):.1f} s, max {max(seconds):.1f} s"


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10, help="in which all answer")
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--seed", type=int, default=0, help="other moments, other answers")
    return parser.parse_args()


def main() -> int:
    """Print what was measured beside the goals; the exit code tells whether any was missed."""
    options = _options()
    log = Path(tempfile.gettempdir(), "honest-heatmaps-class.log")
    print(
        f"{options.learners} learners, {options.database}; the server writes to {log}", flush=True
    )
    lines = []
    with running_database(options.database) as address:
        os.environ["HONEST_HEATMAPS_DATABASE"] = address
        database = Database(address)
        parts = [("One server", one_server)]
        if options.database == "postgresql":
            parts.append(("Two servers on one database", two_servers))
        for title, part in parts:
            print(f"\n{title}", flush=True)
            for line in asyncio.run(part(options, database, log)):
                lines.append(line)
                print(_printed(line), flush=True)
        database.close()
    return any(line.reached is False for line in lines)


def _printed(line: Line) -> str:
    missed = "   MISSED" if line.reached is False else ""
    return f"{line.what:38}{line.measured:28}{line.goal}{missed}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
