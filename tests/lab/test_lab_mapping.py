"""Maps of numbers, measured without what a mixed table needs; rows that pairs share."""

import numpy as np
import pandas as pd
import pytest

from lib.lab.checks import checks
from lib.lab.mapping import measured_map
from lib.stats import associate
from lib.tables import from_frame


def numbers(missing: float) -> pd.DataFrame:
    random = np.random.default_rng(4)
    values = random.normal(size=(60, 6)) + random.normal(size=(60, 1))
    values[random.random(values.shape) < missing] = np.nan
    table = pd.DataFrame(values, columns=list("abcdef"))
    return table.assign(f=np.arange(60) % 3, e=7.0)


@pytest.mark.parametrize("against", [(), ("b", "f")])
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_a_map_of_numbers_is_the_one_of_any_kinds(missing: float, against: tuple[str, ...]) -> None:
    table = numbers(missing)
    found = measured_map(table, None, "holm", against=against)
    mixed = associate(table, y=list(against) or None)
    for name in ("value", "n", "p_adjusted", "low", "high"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(mixed, name), rtol=1e-12)
    assert (found.measure == mixed.measure).all(axis=None)
    named = found.pairs.set_index(["x", "y"])
    expected = mixed.pairs().set_index(["x", "y"]).loc[named.index]
    pd.testing.assert_frame_equal(named, expected[named.columns], rtol=1e-12)


@pytest.mark.parametrize("gaps", [0, 1, 2, 4])
def test_the_pair_that_shares_fewest_rows_is_found_as_by_counting_each(gaps: int) -> None:
    random = np.random.default_rng(gaps)
    table = pd.DataFrame(random.normal(size=(50, 4)), columns=list("abcd"))
    for name in table.columns[:gaps]:
        table.loc[random.random(50) < 0.3, name] = np.nan
    shared = [len(table[[x, y]].dropna()) for x in table.columns for y in table.columns if x < y]
    assert checks(from_frame(table, "some"), list(table))["fewest_n"] == min(shared)
