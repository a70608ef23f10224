"""What a server holds of visitors' tables, measured from outside: a large one, then fifty.

    make lab
    python -m benchmarks.lab_memory --visitors 50

A server of its own is warmed up by a visitor who leaves. Then one visitor loads 200,000 x 100
numbers as Parquet and looks at the map: the most that the server holds meanwhile may be 600 MB
above what it held before. Once the visitor has left and the session has ended, it should be back
near there. Then fifty visitors load a CSV of 1 MB each, and stay: below 1 GB in all. Seconds are of
the server's processor, then of a clock.
"""

import asyncio
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from benchmarks.lab_tables import csv_of, mixed, numbers, parquet_of
from benchmarks.tally import Use, use_of
from benchmarks.visitor import Visitor
from tests.browser.browser_server import running_server

WARM = 20.0
"""Seconds after which a server has imported everything."""
ENDED = 5
"""Seconds after which a session has ended whose visitor left; the app has two minutes."""
CLEARED = 95.0
"""Seconds in which a server has looked three times for what is held by nothing."""


class Peak:
    """The most that a process holds while the block runs."""

    def __init__(self, process: int) -> None:
        self.most, self._process, self._over = 0.0, process, Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        watch = Thread(target=self._watch)
        watch.start()
        try:
            yield
        finally:
            self._over.set()
            watch.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, use_of(self._process).memory)


def main() -> None:
    """Print what was measured."""
    parser = ArgumentParser(prog="python -m benchmarks.lab_memory")
    parser.add_argument("--visitors", type=int, default=50)
    visitors = parser.parse_args().visitors
    os.environ["STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"] = str(ENDED)
    log = Path(tempfile.gettempdir(), "honest-heatmaps-lab.log")
    with running_server(log) as server:
        asyncio.run(_measure(server.address, server.process.pid, visitors))


async def _measure(address: str, process: int, visitors: int) -> None:
    async with Visitor(address) as first:
        await first.open("lab", "")
        await asyncio.sleep(WARM)
        await first.upload("small.csv", csv_of(mixed(200)))
    await _gone(address)
    await _one_large(address, process)
    await _many(address, process, visitors)


async def _one_large(address: str, process: int) -> None:
    data = parquet_of(numbers(200_000, 100))
    before, peak = use_of(process), Peak(process)
    async with Visitor(address) as visitor:
        await visitor.open("lab", "")
        with peak.watched():
            start = perf_counter()
            await visitor.upload("large.parquet", data)
            took = perf_counter() - start
        after = use_of(process)
        print(f"200,000 x 100 as Parquet, {len(data) / 1e6:.0f} MB")
        print(f"  read and mapped   {after.processor - before.processor:.2f} s, {took:.2f} s")
        print(f"  at most           +{peak.most - before.memory:.0f} MB (goal: below 600)")
        print(f"  while it is there +{after.memory - before.memory:.0f} MB")
    await _gone(address)
    print(f"  after it has gone +{use_of(process).memory - before.memory:.0f} MB")


async def _gone(address: str) -> None:
    """Wait until sessions have ended: Streamlit notices when the next visitor leaves."""
    await asyncio.sleep(ENDED + 1)
    for _ in range(2):
        async with Visitor(address) as visitor:
            await visitor.open("lab", "")
    await asyncio.sleep(CLEARED)


async def _many(address: str, process: int, visitors: int) -> None:
    table = mixed(8_300)
    before = use_of(process)
    there = [Visitor(address) for _ in range(visitors)]
    for number, visitor in enumerate(there):
        await visitor.__aenter__()
        await visitor.open("lab", "")
        # Each has a table of its own.
        await visitor.upload(f"{number}.csv", csv_of(table.assign(number=number)))
    after = use_of(process)
    _say_many(visitors, before, after)
    for visitor in there:
        await visitor.__aexit__(None, None, None)
    await _gone(address)
    print(f"  after they left   {use_of(process).memory:.0f} MB")


def _say_many(visitors: int, before: Use, after: Use) -> None:
    print(f"{visitors} visitors with a CSV of 1 MB each")
    print(f"  in all            {after.memory:.0f} MB (goal: below 1,000)")
    print(f"  each              {(after.memory - before.memory) / visitors:.1f} MB")
    print(
        f"  each              {(after.processor - before.processor) / visitors:.2f} s of processor"
    )


if __name__ == "__main__":
    main()
