"""The Lab against its goals of speed: reading, maps, settings, tweaks, what is taken away.

    make lab
    python -m benchmarks.lab --only settings
    python -m benchmarks.lab_memory      what a server holds, measured from outside

Each line has seconds, or milliseconds, of processor and then of a clock. The processor's hardly
depend on what else the machine does; those of a clock are what a visitor waits, and mean little
where others compute as well. Goals are for two quiet cores. What is measured is measured in one
process without a server, after a small table went the same way: what is imported once is not
counted.

Of settings, each instrument has its defaults in one line, and in the next the dearest of all that
was tried: every control alone, up to four values of each choice. Of tweaks, each is applied to a
column that it takes.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from time import perf_counter, process_time
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from benchmarks.lab_tables import csv_of, mixed, mixed_sheet, numbers, parquet_of
from benchmarks.moves import random_value
from lib.charts import LIGHT, Chart, Page, render
from lib.course import Choice, Control, Exhibit, Value
from lib.lab import Instrument, instrument, slugs
from lib.lab.export import numbers_xlsx, page_of, report_of
from lib.tables import Recipe, Sheet, apply_recipe, from_frame, read, recipe_from_json

MOST_VALUES = 4
NUMBER, OTHER, WORD = "column 1", "column 2", "place 0"
TWEAKS: dict[str, dict[str, Any]] = {
    "EditCell": {"row": 3, "column": NUMBER, "value": 2.5},
    "FilterRows": {"column": NUMBER, "comparison": ">", "value": 0.0},
    "DropRows": {"rows": [1, 2, 3]},
    "DropColumns": {"columns": [NUMBER]},
    "Log": {"column": NUMBER},
    "Rank": {"column": NUMBER},
    "Standardise": {"column": NUMBER},
    "Difference": {"column": NUMBER},
    "SeasonOut": {"column": NUMBER, "period": 12},
    "Cut": {"column": NUMBER},
    "MergeRare": {"column": WORD, "fewer": 250},
    "AddOutlier": {"columns": [NUMBER, OTHER]},
    "Shuffle": {"column": NUMBER},
    "AddNoise": {},
    "PlantDuplicate": {"column": NUMBER, "name": "twin"},
    "PlantLeak": {"target": NUMBER},
    "RemoveValues": {"column": NUMBER},
}


class Cost(NamedTuple):
    """Seconds of processor, and of a clock."""

    processor: float
    clock: float


def costs(work: Callable[[], Any]) -> tuple[Any, Cost]:
    """What some work gives, and what it costs."""
    processor, clock = process_time(), perf_counter()
    made = work()
    return made, Cost(process_time() - processor, perf_counter() - clock)


def main() -> None:
    """Print all of it, or one part."""
    parts = {"files": _files, "settings": _settings, "tweaks": _tweaks, "exports": _exports}
    parser = ArgumentParser(prog="python -m benchmarks.lab")
    parser.add_argument("--only", choices=parts, help="one part")
    only = parser.parse_args().only
    with catch_warnings():
        simplefilter("ignore")
        for name in [only] if only else parts:
            print(f"\n{name:44}{'processor':>12}{'clock':>9}")
            for line in parts[name]():
                print(line, flush=True)


def _line(name: str, cost: Cost, more: str = "") -> str:
    return f"  {name:42}{cost.processor:10.2f} s{cost.clock:7.2f} s  {more}"


def _shown(tool: Instrument, sheet: Sheet, values: dict[str, Value] | None = None) -> Exhibit:
    """Measured, and its figures as the browser gets them."""
    exhibit = tool.exhibit(sheet, values or {})
    for figure in exhibit.figures:
        _on_screen(figure)
    return exhibit


def _on_screen(figure: Chart | Page) -> None:
    if not isinstance(figure, Page):
        figure.screen(LIGHT).to_json()


def _files() -> Iterator[str]:
    tool = instrument("association_map")
    _shown(tool, read(csv_of(mixed(200)), "small.csv"))
    for name, data, goal in (
        ("200,000 x 100.parquet", parquet_of(numbers(200_000, 100)), "goal 3 s for the map"),
        ("numbers, 20 MB.csv", csv_of(numbers(95_000, 30)), "goal 4 s in all"),
        ("mixed, 20 MB.csv", csv_of(mixed(160_000)), "goal 4 s in all"),
    ):
        sheet, reading = costs(partial(read, data, name))
        _, mapping = costs(partial(_shown, tool, sheet))
        yield _line(f"{name} ({len(data) / 1e6:.0f} MB): read", reading)
        yield _line("    map", mapping, goal)
        yield _line("    both", Cost(*(a + b for a, b in zip(reading, mapping, strict=True))))
    wide = from_frame(numbers(1000, 300), "wide")
    yield _line("300 x 300: map", costs(partial(_shown, tool, wide))[1], "goal 2 s in the browser")


def _settings() -> Iterator[str]:
    sheet = mixed_sheet(1000)
    yield "  1,000 x 20, milliseconds; goal 300"
    for slug in slugs():
        tool = instrument(slug)
        if tool.fits(sheet):
            continue
        _shown(tool, sheet)
        _, cost = costs(partial(_shown, tool, sheet))
        yield f"  {slug:30}{1000 * cost.processor:6.0f}{1000 * cost.clock:7.0f}"
        name, value, most = _dearest(tool, sheet)
        shown = f"    {name} = {str(value)[:40]}"
        yield f"{shown:62}{1000 * most.processor:6.0f}{1000 * most.clock:7.0f}"


def _dearest(tool: Instrument, sheet: Sheet) -> tuple[str, Value, Cost]:
    random = Random(1)
    tried = [
        (name, value, costs(partial(_shown, tool, sheet, {name: value}))[1])
        for name, control in tool.controls_on(sheet).items()
        for value in _some_values(control, random)
    ]
    return max(tried, key=lambda each: each[2].processor)


def _some_values(control: Control, random: Random) -> list[Value]:
    if isinstance(control, Choice):
        return [*control.named[:MOST_VALUES]]
    return [random_value(control, random), random_value(control, random)]


def _tweaks() -> Iterator[str]:
    sheet = mixed_sheet(1000)
    yield "  1,000 x 20, milliseconds; goal 300, together with the map that follows"
    for recipe in _recipes():
        applied, cost = costs(partial(apply_recipe, recipe, sheet))
        failed = applied.failed[0][1] if applied.failed else ""
        name = type(recipe[0]).__name__
        yield f"  {name:30}{1000 * cost.processor:6.1f}{1000 * cost.clock:7.1f}  {failed}"


def _recipes() -> Iterator[Recipe]:
    for name, settings in TWEAKS.items():
        yield recipe_from_json([{"tweak": name, **settings}])


def _exports() -> Iterator[str]:
    tool = instrument("association_map")
    small = read(csv_of(numbers(50, 3)), "small.csv")
    report_of(small, (), tool, tool.exhibit(small), date="today")
    for columns in (50, 300):
        sheet = read(csv_of(numbers(1000, columns)), "wide.csv")
        exhibit = _shown(tool, sheet)
        ways: dict[str, Callable[[], str | bytes]] = {
            "page": partial(page_of, sheet, (), tool, exhibit),
            "report": partial(report_of, sheet, (), tool, exhibit, date="today"),
            "svg": lambda: render(exhibit.figures[0].paper(), "svg"),  # noqa: B023
            "pdf": lambda: render(exhibit.figures[0].paper(), "pdf"),  # noqa: B023
            "workbook": partial(numbers_xlsx, exhibit),
        }
        for name, make in ways.items():
            made, cost = costs(make)
            size = len(made.encode() if isinstance(made, str) else made) / 1e6
            yield _line(f"{columns} columns, {name}", cost, f"{size:.2f} MB")


if __name__ == "__main__":
    main()
