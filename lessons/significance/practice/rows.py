"""Exercises on the rows behind a star: gaps, shuffles, and one row that decides."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.practising import Slip, fair, p_of_r, ranges
from lib.charts import Heatmap, Scatter, number_text, p_text
from lib.course import Band, ChooseOne, Exercise, Reply, TypeNumber, kind

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@kind
def rows_behind_a_cell(generator: np.random.Generator) -> Exercise:
    """How many rows stand behind a cell where values are missing."""
    names = list("ABCD")
    first, second = (int(place) for place in generator.choice(4, 2, replace=False))

    def counts(seen: Flags) -> tuple[int, int, int]:
        """Rows that both columns have, that all have, and that either column has at least."""
        pair = seen[:, [first, second]]
        return int(pair.all(axis=1).sum()), int(seen.all(axis=1).sum()), int(pair.sum(axis=0).min())

    def is_fair(seen: Flags) -> bool:
        both, complete, fewer_gaps = counts(seen)
        return bool(seen.sum(axis=0).min() >= 5 and 3 <= both < fewer_gaps and complete < both)

    seen = fair(lambda: generator.random((8, 4)) > 0.22, is_fair)
    both, complete, fewer_gaps = counts(seen)
    values = np.where(seen, generator.integers(1, 10, (8, 4)), np.nan)
    table = pd.DataFrame(values, [f"day {day}" for day in range(1, 9)], names)
    x, y = names[first], names[second]
    missing = {name: table.index[table[name].isna()].to_list() for name in names}
    told = ". ".join(
        f"{name} is missing on {', '.join(days) if days else 'no day'}"
        for name, days in missing.items()
    )
    counted = f"On {both} of the 8 days both {x} and {y} were measured"
    return TypeNumber(
        question="Eight days of four measurements; a cross is a missing value. How many days stand "
        f"behind r({x}, {y}) if pandas computes the matrix by `corr()`?",
        figures=[
            Heatmap(table, (1, 9), colours="viridis", decimals=0, scale="value", colour_bar=False)
        ],
        description=f"A table of eight days and the columns A to D. {told}.",
        value=both,
        tolerance=0,
        low=0,
        high=8,
        unit="days",
        feedback=f"{counted}, and `corr()` takes each pair's own days. The whole table has "
        f"{complete} complete {'day' if complete == 1 else 'days'}.",
        bands=[
            Band(
                low=0,
                high=both,
                feedback=f"{counted}. `corr()` does not ask for days that are complete in all "
                f"columns, of which there {'is' if complete == 1 else 'are'} {complete}.",
                misconception="complete_rows_cost_nothing",
            ),
            Band(
                low=both,
                high=9,
                feedback=f"A pair needs both of its values on the same day. {counted}, though "
                f"each alone was measured on {fewer_gaps} days or more.",
                misconception="gaps_take_care_of_themselves",
            ),
        ],
    )


@kind(transfer=True)
def pairs_without_p(generator: np.random.Generator) -> Exercise:
    """How many cells a loop of `pearsonr` leaves empty."""
    columns = int(generator.integers(6, 15))
    gappy = int(generator.integers(2, columns - 2))
    pairs, whole = columns * (columns - 1) // 2, (columns - gappy) * (columns - gappy - 1) // 2
    value = pairs - whole
    counted = (
        f"A pair has a p if both columns are whole. {columns - gappy} are, which makes {whole} of "
        f"{pairs} pairs. The other {value} are NaN"
    )
    return TypeNumber(
        question=f"A table of patients has {columns} columns of numbers. In {gappy} of them some "
        "values are missing, in the others none. A loop calls `scipy.stats.pearsonr` for each pair "
        "of columns, as they are. How many pairs get no p?",
        value=value,
        tolerance=0,
        low=0,
        high=pairs,
        unit="pairs",
        feedback=f"{counted}: one gap in either column is enough.",
        bands=ranges(
            0,
            (
                gappy + 1,
                Slip(
                    "{said} is too few. A gap takes the p from every pair of its column. "
                    f"{counted}.",
                    "gaps_take_care_of_themselves",
                ),
            ),
            (
                value,
                Slip(
                    f"{{said}} leaves some out: each of the {gappy} columns with gaps is in "
                    f"{columns - 1} pairs. {counted}.",
                    "gaps_take_care_of_themselves",
                ),
            ),
            (
                pairs + 1,
                Slip(
                    "{said} is too many. A pair of two columns with gaps is one pair, and two "
                    f"whole columns keep theirs. {counted}.",
                    "gaps_take_care_of_themselves",
                ),
            ),
        ),
    )


_LINES = {
    "both": "seen.T @ seen",
    "own": "seen.sum()",
    "all": "len(table)",
    "complete": "len(table.dropna())",
}


@kind(transfer=True)
def line_that_counts_rows(generator: np.random.Generator) -> Exercise:
    """Which line of code counts the rows behind a number."""

    def draw() -> Flags:
        rows = int(generator.integers(40, 90))
        return generator.random((rows, 3)) > [0.05, 0.25, 0.25]

    def counts(seen: Flags) -> tuple[int, int, int, int]:
        """Rows of the pair, of its first column, of the table, and complete ones."""
        return (
            int(seen[:, 1:].all(axis=1).sum()),
            int(seen[:, 1].sum()),
            len(seen),
            int(seen.all(axis=1).sum()),
        )

    pair, own, rows, complete = counts(fair(draw, lambda seen: len(set(counts(seen))) == 4))
    asked = str(generator.choice(list(_LINES)))
    purpose = {
        "both": "behind each cell of `table.corr()`",
        "own": "behind the mean of each column",
        "all": "in the table, gaps or none",
        "complete": "on which a regression on all columns can be fitted",
    }[asked]
    gives = {
        "both": f"for each pair the rows that have both, such as {pair} for dose and pulse",
        "own": f"for each column its own rows, such as {own} for dose",
        "all": f"all {rows} rows, whatever is missing in them",
        "complete": f"the {complete} rows in which nothing is missing",
    }
    beliefs = {"all": "gaps_take_care_of_themselves", "own": "gaps_take_care_of_themselves"}
    return ChooseOne(
        question=f"`table` holds the age, dose and pulse of {rows} patients, with gaps, and "
        f"`seen = table.notna().astype(int)`. Which line says how many rows there are {purpose}?",
        choices=[
            Reply(
                text=f"`{line}`",
                feedback=f"`{line}` gives {gives[name]}."
                if name == asked
                else f"`{line}` gives {gives[name]}. What is asked for: {gives[asked]}.",
                right=name == asked,
                misconception=None
                if name == asked
                else beliefs.get(name, "complete_rows_cost_nothing"),
            )
            for name, line in _LINES.items()
        ],
    )  # fmt: skip


@kind
def p_of_shuffles(generator: np.random.Generator) -> Exercise:
    """Which p so many shuffles give."""
    dealt = int(generator.choice([19, 49, 99, 199, 499, 999]))
    reached = int(generator.integers(0, 4))
    value = (reached + 1) / (dealt + 1)
    counted = (
        f"What was seen is one of the orders that chance could have dealt. So ({reached} + 1) / "
        f"({dealt} + 1) = {value:.4f}"
    )
    times = {0: "None of them reaches", 1: "1 of them reaches"}.get(
        reached, f"{reached} of them reach"
    )
    return TypeNumber(
        question=f"One column is dealt anew {dealt} times. {times} the |r| that was seen. Counted "
        "so that p can never be zero, p is ...",
        value=value,
        tolerance=0.3 / (dealt + 1),
        low=0,
        high=1,
        decimals=4,
        feedback=f"{counted}. With {dealt} shuffles no p can be below {1 / (dealt + 1):.4f}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} is too small. {counted}: what {dealt} deals did not show is "
                "not impossible.",
                misconception="few_shuffles_are_enough",
            ),
            Band(
                low=value,
                high=1.01,
                feedback=f"{{said}} is too large. Count what reaches the r that was seen, itself "
                f"among it. {counted}.",
                misconception="shuffles_make_p_small",
            ),
        ],
    )


@kind(transfer=True)
def what_makes_the_star(generator: np.random.Generator) -> Exercise:
    """Whether a star hangs on one row."""
    rows = int(generator.integers(18, 36))
    is_one_row = bool(generator.integers(2))

    def draw() -> Floats:
        x = generator.standard_normal(rows)
        y = (0 if is_one_row else 1.2) * x + generator.standard_normal(rows)
        if is_one_row:
            place = generator.integers(rows)
            x[place], y[place] = generator.uniform(5, 7, 2) * [1, generator.choice([-1, 1])]
        return np.array([20 + 5 * x, 40 + 6 * y]).round(1)

    def without_each(drawn: Floats) -> Floats:
        """r without the first row, without the second, and so on."""
        return np.array([_r(np.delete(drawn, row, axis=1)) for row in range(rows)])

    def is_fair(drawn: Floats) -> bool:
        r = _r(drawn)
        if p_of_r(r, rows) > (0.01 if is_one_row else 0.001):
            return False
        left = _farthest_from(without_each(drawn), r)[1]
        p = p_of_r(left, rows - 1)
        return p > 0.2 if is_one_row else p < 0.001

    drawn = fair(draw, is_fair)
    r = _r(drawn)
    place, left = _farthest_from(without_each(drawn), r)
    row = place + 1
    units = pd.DataFrame(drawn.T, range(1, rows + 1), ["hours", "errors"])
    hours, errors = units["hours"], units["errors"]
    others, is_early = hours.drop(index=row), hours <= hours.median()
    star = f"r = {number_text(r)} over {rows} rows, {p_text(p_of_r(r, rows))}"
    rest = f"Without row {row} r is {number_text(left)}, {p_text(p_of_r(left, rows - 1))}"
    return ChooseOne(
        question=f"Hours and errors of {rows} workers: {star}. What makes this star?",
        figures=[Scatter(units["hours"], units["errors"])],
        description=f"Hours against errors of {rows} workers. "
        + (
            f"{rows - 1} of them lie between {others.min():.0f} and {others.max():.0f} hours. Row "
            f"{row} has {hours[row]:.0f} hours and {number_text(errors[row], 0)} errors."
            if is_one_row
            else f"The hours run from {hours.min():.0f} to {hours.max():.0f}. The half with fewer "
            f"hours makes {errors[is_early].mean():.0f} errors on average, the other half "
            f"{errors[~is_early].mean():.0f}."
        ),
        choices=[
            Reply(
                text="One row, far from all others",
                feedback=f"{rest}. That is a question to the data, and no reason to clean them."
                if is_one_row
                else f"No row decides here. {rest}, and no other changes r more.",
                right=is_one_row,
                misconception=None if is_one_row else "outliers_may_go",
                holds=(p_of_r(left, rows - 1) > 0.2) == is_one_row,
            ),
            Reply(
                text="Most of the rows together",
                feedback=f"{rest}. The others show no link that is clear of chance."
                if is_one_row
                else f"{rest}, and no other row changes r more.",
                right=not is_one_row,
                misconception="every_row_counts_alike" if is_one_row else None,
                holds=(p_of_r(left, rows - 1) < 0.05) != is_one_row,
            ),
            Reply(
                text=f"Nothing: {rows} rows are too few for a star",
                feedback=f"The test knows n, and {star}. "
                + (f"But it trusts every row. {rest}." if is_one_row else f"{rest}."),
                misconception="few_rows_show_nothing",
            ),
        ],
    )


def _farthest_from(values: Floats, r: float) -> tuple[int, float]:
    """The place and the value of the one that differs most from r."""
    place = int(np.abs(values - r).argmax())
    return place, float(values[place])


def _r(columns: Floats) -> float:
    """Pearson's r of two columns, given as the rows of an array."""
    x, y = columns - columns.mean(axis=1, keepdims=True)
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))
