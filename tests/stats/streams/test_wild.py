"""Values and columns that a file may hold beside the table: fills far out, an index of pandas."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import dataset
from scipy.stats import pearsonr

from lib.stats import associate, cluster, correlate, sample, vif

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
    return pytest.importorskip("polars").scan_parquet(path)


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


def test_an_index_with_a_name_is_none_either(tmp_path: Path) -> None:
    path = tmp_path / "named.parquet"
    linked(2).rename_axis("when").iloc[::-1].to_parquet(path)
    assert list(correlate(path).r) == ["a", "b", "c"]
