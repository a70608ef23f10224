"""How cost grows with rows and columns: measured into growth.csv, drawn into growth.svg.

Run it by `make growth`. Lines on doubly logarithmic axes: a slope of one is proportional cost.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import make_friedman1
from sklearn.ensemble import RandomForestRegressor

from lib.stats import correlate, interaction_strengths

FOLDER = Path(__file__).parent
ROWS = (1_000, 10_000, 100_000, 1_000_000)
COLUMNS = (10, 30, 100, 300, 1000, 2000)
BACKGROUND = (50, 100, 200, 500, 1000, 2000, 5000)
METHODS = ("pearson", "spearman", "kendall")
COLUMNS_WHILE_ROWS_GROW = 10
ROWS_WHILE_COLUMNS_GROW = 1000
SLOWEST_SECONDS = 10.0


def main() -> None:
    measured = pd.DataFrame(_measured(), columns=["grows", "series", "size", "seconds"])
    measured.to_csv(FOLDER / "growth.csv", index=False, float_format="%.4g")
    _draw(measured, FOLDER / "growth.svg")


def _measured() -> Iterator[tuple[str, str, int, float]]:
    for method in METHODS:
        for missing in (False, True):
            series = f"{method}, 5 % missing" if missing else method
            yield from _until_too_slow("rows", series, ROWS, _correlate_rows(method, missing))
            yield from _until_too_slow(
                "columns", series, COLUMNS, _correlate_columns(method, missing)
            )
    yield from _until_too_slow("background rows", "H of all pairs", BACKGROUND, _interactions())


def _until_too_slow(
    grows: str, series: str, sizes: tuple[int, ...], work: Callable[[int], Callable[[], object]]
) -> Iterator[tuple[str, str, int, float]]:
    for size in sizes:
        seconds = _seconds(work(size))
        print(f"{grows:16} {series:24} {size:9} {seconds:10.4f} s", flush=True)
        yield grows, series, size, seconds
        if seconds > SLOWEST_SECONDS:
            return


def _seconds(run: Callable[[], object]) -> float:
    times = []
    while sum(times) < 0.5 and len(times) < 5:
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)


def _correlate_rows(method: str, missing: bool) -> Callable[[int], Callable[[], object]]:
    return lambda rows: partial(correlate, _table(rows, COLUMNS_WHILE_ROWS_GROW, missing), method)


def _correlate_columns(method: str, missing: bool) -> Callable[[int], Callable[[], object]]:
    return lambda columns: partial(
        correlate, _table(ROWS_WHILE_COLUMNS_GROW, columns, missing), method
    )


def _table(rows: int, columns: int, missing: bool) -> pd.DataFrame:
    generator = np.random.default_rng(0)
    table = pd.DataFrame(generator.normal(size=(rows, columns)))
    return table.mask(generator.random(table.shape) < 0.05) if missing else table


def _interactions() -> Callable[[int], Callable[[], object]]:
    """A forest of 100 trees on ten features: 45 pairs."""
    features, response = make_friedman1(max(BACKGROUND), n_features=10, noise=1, random_state=0)
    table = pd.DataFrame(features, columns=[f"x{number}" for number in range(1, 11)])
    model = RandomForestRegressor(100, min_samples_leaf=5, random_state=0).fit(
        table[:1000], response[:1000]
    )
    return lambda rows: partial(interaction_strengths, model, table, background=rows)


def _draw(measured: pd.DataFrame, path: Path) -> None:
    panels = {
        "rows": f"correlate, {COLUMNS_WHILE_ROWS_GROW} columns",
        "columns": f"correlate, {ROWS_WHILE_COLUMNS_GROW} rows",
        "background rows": "H, forest of 100 trees, 45 pairs",
    }
    plt.rcParams["svg.hashsalt"] = "growth"  # the same numbers give the same file
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.5), layout="constrained", sharey=True)
    for axis, (grows, title) in zip(axes, panels.items(), strict=True):
        for series, line in measured[measured["grows"] == grows].groupby("series", sort=False):
            axis.loglog(line["size"], line["seconds"], marker="o", label=series)
        axis.set(title=title, xlabel=grows)
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("seconds")
    axes[0].legend(frameon=False, fontsize="small")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
