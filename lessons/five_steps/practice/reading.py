"""Exercises on reading a file: what enters the table, and what only numbers its rows."""

from io import StringIO
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.practising import Slip, bands, cell, measurements, one_of
from lib.charts import Heatmap, number_text
from lib.course import ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind


class _Survey(NamedTuple):
    """What was written down of each row: numbers, a word, a yes or no."""

    rows: str
    numbers: tuple[str, ...]
    word: str
    words: tuple[str, ...]
    truth: str


_SURVEYS = (
    _Survey("lakes", ("depth", "area", "salt", "oxygen", "height"), "shore",
            ("sand", "rock", "reed"), "bathing"),
    _Survey("bakeries", ("rent", "loaves", "staff", "ovens", "seats"), "street",
            ("market", "harbour", "station"), "parking"),
    _Survey("apple trees", ("age", "yield", "girth", "height", "fruits"), "sort",
            ("Cox", "Jonagold", "Elstar"), "grafted"),
    _Survey("buses", ("seats", "miles", "age", "delay", "repairs"), "route",
            ("north", "south", "ring"), "electric"),
)  # fmt: skip


def _written(generator: np.random.Generator, survey: _Survey, columns: list[str]) -> pd.DataFrame:
    """Four rows of a survey, with the columns in that order."""
    rows = 4
    values: dict[str, list[object]] = {
        survey.word: [one_of(generator, survey.words) for _ in range(rows)],
        survey.truth: [bool(generator.integers(2)) for _ in range(rows)],
    }
    for name in survey.numbers:
        values[name] = [int(value) for value in generator.integers(2, 90, rows)]
    return pd.DataFrame(values)[columns]


def _file(frame: pd.DataFrame) -> str:
    return _fenced(frame.to_csv(index=False))


def _fenced(text: str) -> str:
    return "\n".join(["```text", *text.splitlines()[:3], "...", "```"])


@kind(transfer=True)
def numeric_columns_of_a_file(generator: np.random.Generator) -> Exercise:
    """How many numeric columns a plain read finds in a file."""
    survey = one_of(generator, _SURVEYS)
    numbers = list(generator.permutation(survey.numbers)[: int(generator.integers(3, 6))])
    has_truth = bool(generator.integers(2))
    others = [survey.word, *([survey.truth] if has_truth else [])]
    frame = _written(generator, survey, [*map(str, generator.permutation([*numbers, *others]))])
    name = one_of(generator, ("", "line", "no"))
    frame.insert(0, name, range(1, len(frame) + 1))
    read = pd.read_csv(StringIO(frame.to_csv(index=False)))
    found = read.select_dtypes("number").shape[1]
    measured = len(numbers)
    called = "`Unnamed: 0`" if name == "" else f"`{name}`"
    slips = {
        measured: Slip(
            f"{measured} were measured. But the running number stands in the file like any other "
            f"column. pandas calls it {called} and counts it too: {found}.",
            "row_number_is_no_column",
        ),
        read.shape[1]: Slip(
            f"That is every column. `{survey.word}` holds words, so it is no number: {found} "
            "columns are numeric.",
            "every_column_is_a_number",
        ),
    }
    if has_truth:
        slips[found + 1] = Slip(
            f"`{survey.truth}` holds True and False. `select_dtypes` does not take these for "
            f"numbers: {found} columns remain.",
            "booleans_are_numbers",
        )
    other = Slip(
        f"Go through the header from left to right. {measured} columns hold measured numbers, and "
        f"one is a running number: {found}.",
        "right_shape_is_right_table",
    )
    return TypeNumber(
        question=f"A file about {survey.rows} begins like this:\n\n{_file(frame)}\n\n"
        'How many columns does `pd.read_csv(path).select_dtypes("number")` have?',
        value=found,
        tolerance=0,
        low=0,
        high=20,
        unit="columns",
        feedback=f"{measured} measurements, and the running number {called}: {found}. Columns of "
        "words, or of True and False, are left out.",
        bands=bands(found, 20, slips, other, other),
        holds=found == measured + 1,
    )


@kind(transfer=True)
def call_that_reads_a_file(generator: np.random.Generator) -> Exercise:
    """Which call reads what was measured, and nothing else."""
    survey = one_of(generator, _SURVEYS)
    numbers = [str(name) for name in generator.permutation(survey.numbers)[:3]]
    frame = _written(generator, survey, [*numbers, survey.word])
    if generator.random() < 0.2:
        return _without_a_header(survey, frame, numbers)
    where = one_of(generator, ("first", "within", "nowhere"))
    name = "" if where == "first" else "number"
    if where != "nowhere":
        place = 0 if where == "first" else int(generator.integers(1, 4))
        frame.insert(place, name, range(1, len(frame) + 1))
    text = frame.to_csv(index=False)
    by_name = "number" if where == "within" else numbers[0]
    calls = {
        "pd.read_csv(path)": pd.read_csv(StringIO(text)),
        "pd.read_csv(path, index_col=0)": pd.read_csv(StringIO(text), index_col=0),
        f'pd.read_csv(path, index_col="{by_name}")': pd.read_csv(StringIO(text), index_col=by_name),
        "pd.read_csv(path, header=None)": pd.read_csv(StringIO(text), header=None),
    }
    if where == "nowhere":
        # By its name or by its place: the same column would be lost twice.
        del calls["pd.read_csv(path, index_col=0)"]
    return ChooseOne(
        question=f"A file about {survey.rows} begins like this:\n\n{_file(frame)}\n\n"
        f"Which call leaves the measurements `{numbers[0]}`, `{numbers[1]}` and `{numbers[2]}` as "
        "the numeric columns, and no other?",
        choices=[_reply_to_call(call, read, numbers) for call, read in calls.items()],
    )


def _without_a_header(survey: _Survey, frame: pd.DataFrame, numbers: list[str]) -> Exercise:
    """The same measurements in a file that begins with its first row."""
    text = frame.to_csv(index=False, header=False)
    rows = len(frame)
    plain = pd.read_csv(StringIO(text))
    first_named = pd.read_csv(StringIO(text), index_col=0)
    bare = pd.read_csv(StringIO(text), header=None)
    first = ", ".join(plain.columns)
    taken = f"takes the first line for the names of the columns: {rows - 1} of {rows} rows are left"
    return ChooseOne(
        question=f"A file of {rows} {survey.rows} has no header. It holds `{numbers[0]}`, "
        f"`{numbers[1]}`, `{numbers[2]}` and `{survey.word}`, and begins like this:\n\n"
        f"{_fenced(text)}\n\nWhich call leaves all that was measured, and nothing else, as "
        "the numeric columns?",
        choices=[
            Reply(
                text="`pd.read_csv(path)`",
                feedback=f"This {taken}, and the columns are called {first}.",
                misconception="right_shape_is_right_table",
                holds=len(plain) == rows - 1,
            ),
            Reply(
                text="`pd.read_csv(path, index_col=0)`",
                feedback=f"This {taken}. And `{numbers[0]}` becomes the names of the rows.",
                misconception="right_shape_is_right_table",
                holds=len(first_named) == rows - 1
                and first_named.select_dtypes("number").shape[1] == len(numbers) - 1,
            ),
            Reply(
                text="`pd.read_csv(path, header=None)`",
                feedback=f"All {rows} rows, and the {len(numbers)} measurements are numeric. The "
                f"columns are called 0 to {bare.shape[1] - 1}, and can be given names.",
                right=True,
                holds=len(bare) == rows and bare.select_dtypes("number").shape[1] == len(numbers),
            ),
        ],
    )


def _reply_to_call(call: str, read: pd.DataFrame, numbers: list[str]) -> Reply:
    numeric = list(read.select_dtypes("number").columns)
    lost = [name for name in numbers if name not in numeric]
    stray = [name for name in numeric if name not in numbers]
    text = f"`{call}`"
    if "header" in call:
        return Reply(
            text=text,
            feedback="Without a header the names become a first row of data. Each column that has "
            f"one now holds a word: none of the {len(numbers)} measurements is numeric any more.",
            misconception="right_shape_is_right_table",
            holds=len(lost) == len(numbers),
        )
    if lost:
        return Reply(
            text=text,
            feedback=f"This makes `{lost[0]}` the names of the rows. A measurement is gone from "
            f"the table: {len(numbers) - 1} of {len(numbers)} are left.",
            misconception="right_shape_is_right_table",
            holds=len(lost) == 1,
        )
    if stray:
        return Reply(
            text=text,
            feedback=f"`{stray[0]}` is read as a column of numbers, {len(numeric)} in all. It "
            "would be correlated with the others, although it only counts the lines.",
            misconception="row_number_is_no_column",
            holds=len(stray) == 1,
        )
    return Reply(
        text=text,
        feedback=f"The numeric columns are {', '.join(f'`{name}`' for name in numeric)}: all that "
        "was measured, and nothing else.",
        right=True,
        holds=numeric == numbers,
    )


@kind(transfer=True)
def column_that_sorted_the_file(generator: np.random.Generator) -> Exercise:
    """Which cell shows by what a file was sorted."""
    while True:
        drawn = measurements(generator, 4)
        by, falls = one_of(generator, drawn.names), bool(generator.integers(2))
        data = drawn.data.sort_values(by, ascending=not falls).assign(
            line=range(1, len(drawn.data) + 1)
        )
        r = data.corr()
        with_line = r["line"].drop("line").abs().sort_values()
        if with_line.index[-1] == by and with_line.iloc[-1] > with_line.iloc[-2] + 0.15:
            break
    first, last = data[by].iloc[[0, -1]]
    by_r = number_text(cell(r, "line", by))
    title = f"{len(data)} {drawn.rows}"
    chart = Heatmap.lower(r, title=f"Pearson's r, {title}")

    def reply(row: str, column: str) -> Reply:
        text, value = f"{row} and {column}", number_text(cell(r, row, column))
        if row != "line":
            return Reply(
                text=text,
                feedback=f"Both of these were measured, and r is {value}. It would be the same in "
                f"any order of the lines. Look at the pairs with `line`: with {by} it has {by_r}.",
                misconception="an_order_means_nothing",
            )
        if column == by:
            return Reply(
                text=text,
                feedback=f"r is {by_r}, and no other pair with `line` is as far from zero. From "
                f"the first line to the last, {by} goes from {first:g} to {last:g}.",
                right=True,
                holds=(cell(r, "line", by) < 0) == (first > last) == falls,
            )
        return Reply(
            text=text,
            feedback=f"With {column} the line number has r = {value}. With {by} it has {by_r}, "
            "farther from zero, whatever the sign.",
            misconception="minus_is_weak" if falls else "colour_ranks_exactly",
        )

    names = [*drawn.names, "line"]
    cells = [(row, column) for place, row in enumerate(names) for column in names[:place]]
    return ClickCell(
        question=f"{title}, read from a file with its running number, `line`. Somebody sorted the "
        "file by one of the measurements. Click the cell that gives away by which.",
        figures=[chart],
        description=f"A map of {len(cells)} pairs: "
        + ", ".join(
            f"{row} and {column} {number_text(cell(r, row, column))}" for row, column in cells
        )
        + ".",
        chart=chart,
        cells=cells,
        reply=reply,
    )
