"""Values and columns that a file may hold beside the table: fills far out, an index of pandas."""

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import dataset, parquet
from scipy.stats import pearsonr, spearmanr
from scipy.stats.contingency import association

from lib.stats import associate, cluster, correlate, sample, vif
from lib.stats.streams import Moments

FILL = 9.969209968386869e36
"""What netCDF writes where nothing was measured."""


def linked(seed: int, rows: int = 3000) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    cause = generator.normal(size=rows)
    beside = generator.normal(size=(rows, 2))
    return pd.DataFrame({"a": cause, "b": cause + beside[:, 0], "c": beside[:, 1] - cause})


def reader(table: pd.DataFrame, rows: int) -> pa.RecordBatchReader:
    whole = pa.Table.from_pandas(table, preserve_index=False)
    return pa.RecordBatchReader.from_batches(whole.schema, whole.to_batches(rows))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    wild=st.sampled_from([1e9, -1e12, 1e15, -1e15, FILL, 1e60]),
    row=st.sampled_from([0, 1, 17, 1500, 2999]),
    at_a_time=st.sampled_from([1, 2, 13, 700, 3000]),
)
def test_a_wild_value_takes_no_digits_from_pairs_that_do_not_share_its_row(
    seed: int, wild: float, row: int, at_a_time: int
) -> None:
    table = linked(seed)
    r, p = pearsonr(table["a"].drop(row), table["b"].drop(row))
    table.loc[row, "a"], table.loc[row, "b"] = wild, np.nan
    found = correlate(reader(table, at_a_time))
    assert found.r.loc["a", "b"] == pytest.approx(r, abs=1e-12)
    assert found.p.loc["a", "b"] == pytest.approx(p, rel=1e-9)
    assert found.n.loc["a", "b"] == 2999
    np.testing.assert_allclose(found.r, correlate(table).r, rtol=0, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    wild=st.sampled_from([-999.0, 1e9, -1e15, FILL, 1e60]),
    share=st.sampled_from([0.02, 0.6, 0.97]),
    together=st.booleans(),
    at_a_time=st.sampled_from([13, 700, 1100, 6000]),
)
def test_as_much_holds_where_most_of_a_column_is_wild(
    seed: int, wild: float, share: float, together: bool, at_a_time: int
) -> None:
    """Here and there, or before anything was measured: then no early part has the pair at all."""
    table = linked(seed, 6000)
    generator = np.random.default_rng(seed)
    filled = np.arange(6000) < 6000 * share if together else generator.random(6000) < share
    expected = table[~filled].corr()
    table.loc[filled, "a"], table.loc[filled, ["b", "c"]] = wild, np.nan
    np.testing.assert_allclose(correlate(reader(table, at_a_time)).r, expected, rtol=0, atol=1e-12)


def r_of_fractions(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson's r of the shared rows, rounded once."""
    shared = ~(np.isnan(x) | np.isnan(y))
    ones = [Fraction(value) for value in x[shared].tolist()]
    others = [Fraction(value) for value in y[shared].tolist()]

    def about_means(left: list[Fraction], right: list[Fraction]) -> Fraction:
        products = sum(one * other for one, other in zip(left, right, strict=True))
        return len(left) * products - sum(left) * sum(right)

    between = about_means(ones, others)
    within = about_means(ones, ones) * about_means(others, others)
    return float(np.sign(between)) * math.sqrt(between**2 / within) if within else math.nan


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    wild=st.sampled_from([1e6, -1e12, 1e15, FILL]),
    share=st.sampled_from([0.02, 0.3, 0.9]),
    cuts=st.lists(st.integers(0, 60), max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_any_parts_in_any_order_against_fractions(
    seed: int, wild: float, share: float, cuts: list[int], order: Random
) -> None:
    """Two columns have wild values, in rows that some of the others share and some do not."""
    generator = np.random.default_rng(seed)
    values = linked(seed, 60).assign(d=generator.normal(size=60)).to_numpy() + 1e4
    for column in (0, 1):
        filled = generator.random(60) < share
        values[filled, column] = wild
        values[np.ix_(filled, generator.permutation([2, 3, 1 - column])[:2])] = np.nan
    parts = np.split(values, sorted(cuts))
    order.shuffle(parts)
    found = Moments.none(4)
    for part in parts:
        found = found.merge(Moments.of(np.array(part.T, order="C")))
    expected = [[r_of_fractions(x, y) for x in values.T] for y in values.T]
    np.testing.assert_allclose(found.r("abcd"), expected, rtol=0, atol=1e-12)


LOWEST = -(2**63)
"""What stands for a missing whole number or time in many a file."""


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize(
    ("near", "wild", "type_of_column"),
    [
        (0, LOWEST, pa.int64()),
        (2**60, 0, pa.int64()),
        (2**60, LOWEST, pa.int64()),
        (2**63 + 2**60, 0, pa.uint64()),
        (1_700_000_000 * 10**9, 1 - 2**63, pa.timestamp("ns")),
        (1_700_000_000 * 10**6, 253_402_214_400 * 10**6, pa.timestamp("us")),
    ],
)
def test_whole_numbers_and_times_keep_their_digits_beside_a_wild_one(
    near: int, wild: int, type_of_column: pa.DataType, together: bool
) -> None:
    rows = 6000
    generator = np.random.default_rng(7)
    small = generator.integers(0, 1000, rows)
    beside = small + 300 * generator.normal(size=rows)
    filled = np.arange(rows) < 3000 if together else generator.random(rows) < 0.6
    filled[0] = True
    values = [near + int(value) for value in small]
    a = [wild if is_filled else value for value, is_filled in zip(values, filled, strict=True)]
    table = pa.table({"a": pa.array(a, type_of_column), "b": pa.array(beside, mask=filled)})
    found = correlate(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(700)))
    r, _ = pearsonr(small[~filled], beside[~filled])
    assert found.r.loc["a", "b"] == pytest.approx(r, abs=1e-12)
    if pa.types.is_integer(type_of_column):
        assert correlate(table).r.loc["a", "b"] == pytest.approx(r, abs=1e-12)


def test_a_value_that_stands_for_what_is_missing_and_has_no_square_is_named() -> None:
    table = linked(5)
    table.loc[7, ["a", "b"]] = np.finfo(np.float64).max, np.nan
    with pytest.raises(ValueError, match=r"'a' is of a size .* make that missing"):
        correlate(reader(table, 700))


def test_a_tree_of_such_a_table_is_that_in_memory() -> None:
    table = linked(3)
    table.loc[5, ["a", "b"]] = FILL, np.nan
    there, here = cluster(reader(table, 100)), cluster(table)
    np.testing.assert_allclose(there.linkage, here.linkage, rtol=0, atol=1e-12)


@pytest.mark.parametrize("beside", [FILL, 1e9, -999.0])
@pytest.mark.parametrize("level", [0.1, 1e8 + 0.1, 2**20 / 3])
def test_no_r_of_rounding_beside_a_wild_value(beside: float, level: float) -> None:
    """One value wherever the pair has rows, of which a part has many, one or none."""
    table = linked(6, 6000)
    generator = np.random.default_rng(6)
    filled = np.concatenate([generator.random(3000) < 0.5, np.ones(3000, dtype=np.bool_)])
    filled[[3500, 4600]] = False
    table.loc[:, "a"] = np.where(filled, beside * generator.normal(size=6000), level)
    table.loc[filled, "b"] = np.nan
    found = correlate(reader(table, 1100))
    assert np.isnan(found.r.loc["a", "b"])
    assert not np.isnan(found.r.loc["a", "c"])


def test_a_column_that_is_constant_where_a_pair_shares_rows_has_no_r() -> None:
    table = linked(4, 400)
    table.loc[:199, "b"] = np.nan
    table.loc[200:, "a"] = 0.1 + 1e8
    found = correlate(reader(table, 50))
    assert np.isnan(found.r.loc["a", "b"])
    assert not np.isnan(found.r.loc["a", "c"])


def by_path(path: Path) -> Any:
    return path


def by_dataset(path: Path) -> Any:
    return dataset.dataset(path)


def by_reader(path: Path) -> Any:
    return dataset.dataset(path).scanner().to_reader()


def by_plan(path: Path) -> Any:
    return pl.scan_parquet(path)


@pytest.mark.parametrize("opened", [by_path, by_dataset, by_reader, by_plan])
def test_an_index_that_pandas_wrote_is_no_column(
    tmp_path: Path, opened: Callable[[Path], Any]
) -> None:
    table, path = linked(1).sort_values("a"), tmp_path / "sorted.parquet"
    table.to_parquet(path)
    found = correlate(opened(path)).r
    assert list(found) == ["a", "b", "c"]
    np.testing.assert_allclose(found, correlate(table).r, rtol=0, atol=1e-12)
    assert vif(opened(path)).index.tolist() == ["a", "b", "c"]
    assert list(associate(opened(path)).value) == ["a", "b", "c"]
    assert list(sample(opened(path), 10)) == ["a", "b", "c"]


def test_an_index_is_no_column_of_a_table_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "sorted.parquet"
    linked(1).sort_values("a").to_parquet(path)
    for table in (pd.read_parquet(path), parquet.read_table(path), pl.read_parquet(path)):
        assert list(correlate(table).r) == ["a", "b", "c"]
        assert list(associate(table).value) == ["a", "b", "c"]


@pytest.mark.parametrize("opened", [by_path, by_dataset, by_reader])
def test_an_index_with_a_name_is_none_either(tmp_path: Path, opened: Callable[[Path], Any]) -> None:
    path = tmp_path / "named.parquet"
    linked(2).sort_values("a").rename_axis("when").to_parquet(path)
    assert list(correlate(opened(path)).r) == ["a", "b", "c"]
    assert list(correlate(parquet.read_table(path)).r) == ["a", "b", "c"]


def test_polars_forgets_which_column_was_an_index_with_a_name(tmp_path: Path) -> None:
    """docs/engines.md says so. Where polars keeps it one day, this fails, and that can go."""
    path = tmp_path / "named.parquet"
    linked(2).sort_values("a").rename_axis("when").to_parquet(path)
    for table in (pl.scan_parquet(path), pl.read_parquet(path)):
        assert list(correlate(table).r) == ["a", "b", "c", "when"]


def test_polars_forgets_the_order_of_categories_unless_it_is_an_enum(tmp_path: Path) -> None:
    """docs/engines.md says so: the same file by ranks, and by Cramér's V."""
    generator = np.random.default_rng(8)
    levels = ["small", "large", "huge"]
    codes = generator.integers(0, 3, (300, 2))
    codes[:150, 1] = codes[:150, 0]
    frame = pd.DataFrame(codes, columns=["size", "wish"]).apply(
        lambda column: pd.Categorical.from_codes(column, levels, ordered=True)
    )
    path = tmp_path / "ordered.parquet"
    frame.to_parquet(path)
    rho, _ = spearmanr(codes)
    squared = association(pd.crosstab(codes[:, 0], codes[:, 1]), method="cramer") ** 2
    v = np.sqrt((2 * squared - 4 / 299) / (2 - 4 / 299))  # Bergsma (2013), of 3 levels and 300 rows
    as_text = pl.col("size", "wish").cast(pl.String)
    in_order = pl.scan_parquet(path).with_columns(as_text.cast(pl.Enum(levels)))
    for table in (path, dataset.dataset(path), parquet.read_table(path), in_order):
        assert associate(table).measure.loc["size", "wish"] == "spearman"
        assert associate(table).value.loc["size", "wish"] == pytest.approx(rho, abs=1e-12)
    for table in (pl.scan_parquet(path), pl.read_parquet(path)):
        found = associate(table)
        assert found.measure.loc["size", "wish"] == "cramers_v"
        assert found.value.loc["size", "wish"] == pytest.approx(v, abs=1e-12)
