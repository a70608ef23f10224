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


def test_a_tree_of_such_a_table_is_that_in_memory() -> None:
    table = linked(3)
    table.loc[5, ["a", "b"]] = FILL, np.nan
    there, here = cluster(reader(table, 100)), cluster(table)
    np.testing.assert_allclose(there.linkage, here.linkage, rtol=0, atol=1e-12)


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
