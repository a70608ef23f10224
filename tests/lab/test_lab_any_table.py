"""Any table at any setting: measured or refused in words, and the script agrees."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import check_charts, check_script, play, settings

from lib.charts import LIGHT
from lib.lab import instruments
from lib.tables import Sheet, from_frame

pytestmark = pytest.mark.usefixtures("undrawn")

Draw = Callable[[np.random.Generator, int], Any]

KINDS: dict[str, Draw] = {
    "normal": lambda g, n: g.normal(size=n),
    "skewed": lambda g, n: np.exp(4 * g.normal(size=n)),
    "ties": lambda g, n: g.integers(0, 4, n).astype(float),
    "constant": lambda _, n: np.full(n, 3.0),
    "rare": lambda g, n: (g.random(n) < 0.3).astype(float),
    "words": lambda g, n: pd.Categorical(g.choice(list("abcd")[: g.integers(1, 5)], n)),
    "order": lambda g, n: pd.Categorical(g.choice(list("abc"), n), list("abcd"), ordered=True),
    "days": lambda g, n: g.permutation(pd.date_range("2020", periods=n)),
    "names": lambda g, n: [f"t{number}x" for number in g.integers(0, n, n)],
}


def some_table(seed: int) -> pd.DataFrame:
    """Columns of any kind, some with gaps, and one that another follows from."""
    g = np.random.default_rng(seed)
    n = int(g.choice([3, 5, 8, 12, 30, 60]))
    kinds = g.choice(list(KINDS), int(g.integers(2, 6)))
    table = pd.DataFrame({f"c{i}": KINDS[str(kind)](g, n) for i, kind in enumerate(kinds)})
    first = table.select_dtypes("float")
    if first.shape[1]:
        table["same"] = 1 - 2 * first.iloc[:, 0]
    for name in table.columns[g.random(table.shape[1]) < 0.4]:
        table[name] = table[name].mask(g.random(n) < g.choice([0.1, 0.5, 0.9]))
    return table


def check(seed: int) -> None:
    g = np.random.default_rng(seed)
    sheet = from_frame(some_table(seed), "some")
    for instrument in instruments():
        if instrument.fits(sheet):
            continue
        ways = list(settings(instrument, sheet))
        exhibit = play(instrument, sheet, ways[g.integers(len(ways))])
        check_charts(exhibit)
        _open_a_cell(exhibit, g)
        if not exhibit.stopped:
            check_script(exhibit, sheet)


def _open_a_cell(exhibit: Any, g: np.random.Generator) -> None:
    for number, figure in enumerate(exhibit.figures):
        opens = exhibit.behind_cell(number)
        if opens is not None:
            row, column = (str(g.choice(axis)) for axis in figure.values.axes)
            assert opens(row, column).chart.screen(LIGHT).data


@pytest.mark.parametrize("seed", range(1))
def test_any_table_at_any_setting(seed: int) -> None:
    check(seed)


@pytest.mark.play
@pytest.mark.parametrize("seed", range(1, 40))
def test_many_tables_at_any_setting(seed: int) -> None:
    check(seed)


@pytest.mark.play
def test_three_hundred_columns_are_drawn() -> None:
    g = np.random.default_rng(0)
    wide = pd.DataFrame(g.normal(size=(50, 300))).add_prefix("c")
    sheet: Sheet = from_frame(wide, "wide")
    exhibit = instruments()[0].exhibit(sheet)
    assert exhibit.facts["pair_count"] == 300 * 299 / 2
    assert exhibit.figures[0].shape == (299, 299)
    assert exhibit.figures[0].screen(LIGHT).data
