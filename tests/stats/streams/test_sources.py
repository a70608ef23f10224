"""A table that is read in parts gives what the frame gives."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import dataset

from lib.stats import (
    cluster,
    correlate,
    distance_correlate,
    partial_correlate,
    sample,
    vif,
)

ROWS = 4000


def numbers(gaps):
    """Numbers of every type: near 1e8, whole, beyond 2^53, booleans, decimals, dates, none."""
    rng = np.random.default_rng(5)
    x, y, z = rng.normal(size=(3, ROWS))
    start = datetime(2020, 1, 1)
    frame = pd.DataFrame(
        {
            "near 1e8": x + 1e8,
            "float": (x + y).astype(np.float32),
            "whole": (10 * z).round().astype(np.int32),
            "id": 2**60 + (1000 * (y + z)).round().astype(np.int64),
            "lit": x + z > 0,
            "price": [Decimal(round(100 * value)) / 100 for value in y],
            "date": [start + timedelta(seconds=int(10 * value)) for value in x - z],
            "constant": 0.3,
        }
    )
    frame["empty"] = pd.Series(np.nan, frame.index)
    if gaps:
        frame = frame.convert_dtypes().mask(rng.random(frame.shape) < 0.1)
    return frame


FRAMES = {gaps: numbers(gaps) for gaps in (False, True)}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Each frame as a Parquet file with small groups of rows."""
    folder = tmp_path_factory.mktemp("stored")
    paths = {}
    for gaps, frame in FRAMES.items():
        paths[gaps] = folder / f"{gaps}.parquet"
        pl.from_pandas(frame).write_parquet(paths[gaps], row_group_size=700)
    return paths


def in_a_folder(path):
    folder = path.with_suffix("")
    if not folder.exists():
        table = pl.read_parquet(path)
        for part, some in enumerate((table[:999], table[999:])):
            (folder / f"part={part}").mkdir(parents=True)
            some.write_parquet(folder / f"part={part}" / "rows.parquet")
    return str(folder)


SOURCES = {
    "path": str,
    "polars": pl.scan_parquet,
    "Arrow dataset": dataset.dataset,
    "reader": lambda path: dataset.dataset(path).scanner(batch_size=123).to_reader(),
}


def assert_same(found, expected):
    for name in ("r", "n", "p", "p_adjusted", "low", "high"):
        one, other = getattr(found, name), getattr(expected, name)
        assert one.columns.equals(other.columns)
        assert one.index.equals(other.index)
        np.testing.assert_allclose(
            one.to_numpy(float), other.to_numpy(float), rtol=1e-9, atol=1e-12, err_msg=name
        )
    assert found.method == expected.method
    assert found.accounted_for == expected.accounted_for


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("source", SOURCES)
def test_pearson(source, gaps, stored):
    data = SOURCES[source](stored[gaps])
    assert_same(correlate(data, adjust="bh"), correlate(FRAMES[gaps], adjust="bh"))


def test_some_rows_of_a_dataset(stored):
    data = dataset.dataset(stored[False]).filter(dataset.field("whole") > 0)
    assert_same(correlate(data), correlate(FRAMES[False].query("whole > 0")))


@pytest.mark.parametrize(
    "options", [{"x": "id"}, {"x": ["date", "lit"], "y": ["price", "lit"], "missing": "complete"}]
)
def test_some_columns_of_a_folder(options, stored):
    frame = FRAMES[True].drop(columns="empty")
    plan = pl.scan_parquet(stored[True]).drop("empty")
    assert_same(correlate(plan, **options), correlate(frame, **options))
    if "y" in options:
        found = correlate(in_a_folder(stored[True]), min_n=4, confidence=0.9, **options)
        assert_same(found, correlate(frame, min_n=4, confidence=0.9, **options))


WITH_VALUES = ["near 1e8", "float", "whole", "id", "lit", "price", "date", "constant"]


@pytest.mark.parametrize("rows", [8, 40, ROWS])
def test_spearman(rows, stored):
    frame = FRAMES[False][WITH_VALUES][:rows].assign(twice=lambda table: table["near 1e8"])
    plan = pl.scan_parquet(stored[False]).select(WITH_VALUES).head(rows)
    plan = plan.with_columns(twice=pl.col("near 1e8"))
    assert_same(correlate(plan, "spearman"), correlate(frame, "spearman"))


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_partial_correlations(method, stored):
    complete = {gaps: pl.scan_parquet(path).select(WITH_VALUES) for gaps, path in stored.items()}
    for gaps, semipartial in ((False, True), (True, False)):
        options = {"method": method, "semipartial": semipartial}
        expected = partial_correlate(FRAMES[gaps][WITH_VALUES], **options)
        assert_same(partial_correlate(complete[gaps], **options), expected)
    options = {"given": ["id", "constant", "lit"], "method": method, "semipartial": True}
    expected = partial_correlate(FRAMES[False][WITH_VALUES], **options)
    assert_same(partial_correlate(complete[False], **options), expected)


def test_vif_and_its_refusals(stored):
    columns = ["near 1e8", "float", "id", "lit", "constant"]
    for gaps in (False, True):
        plan = pl.scan_parquet(stored[gaps]).select(columns)
        expected = vif(FRAMES[gaps][columns])
        np.testing.assert_allclose(vif(plan), expected, rtol=1e-10)
    total = pl.scan_parquet(stored[False]).select("float", "whole")
    total = total.with_columns(total=pl.col("float").cast(pl.Float64) * 2 - pl.col("whole"))
    assert np.isinf(vif(total)).all()
    with pytest.raises(ValueError, match="0 complete rows for 9 columns: variance inflation"):
        vif(stored[True])


def test_nearly_collinear_columns_keep_their_digits():
    """What others leave of a column is a part in 1e5: of its square, products lose ten digits."""
    rng = np.random.default_rng(2)
    x, y, left = rng.normal(size=(3, 3000))
    frame = pd.DataFrame({"x": x + 1e4, "y": y, "sum": x + y + 1e-5 * left})
    np.testing.assert_allclose(vif(pl.LazyFrame(frame)), vif(frame), rtol=1e-8)
    found, expected = partial_correlate(pl.LazyFrame(frame)), partial_correlate(frame)
    np.testing.assert_allclose(found.r, expected.r, rtol=0, atol=1e-12)


def test_cluster(stored):
    columns = ["near 1e8", "float", "whole", "id", "lit", "price", "date"]
    plan = pl.scan_parquet(stored[True]).select(columns)
    for distance in ("1-|r|", "1-r"):
        found, expected = (
            cluster(data, distance=distance, linkage="complete")
            for data in (plan, FRAMES[True][columns])
        )
        assert found.order == expected.order
        np.testing.assert_allclose(found.linkage, expected.linkage, atol=1e-12)


def test_a_sample_is_the_same_however_the_rows_are_parted(stored):
    drawn = sample(stored[False], 500, seed=3)
    in_parts = dataset.dataset(stored[False]).scanner(batch_size=77).to_reader()
    pd.testing.assert_frame_equal(drawn, sample(in_parts, 500, seed=3))
    assert not drawn.equals(sample(stored[False], 500, seed=4))
    frame = FRAMES[False]
    places = frame.reset_index().set_index("near 1e8")["index"][drawn["near 1e8"]]
    assert places.is_monotonic_increasing
    assert len(set(places)) == 500
    assert len(sample(stored[False], ROWS + 1)) == ROWS


def test_each_row_is_drawn_equally_often():
    """400 draws of 5 of 20 rows: 100 times each, with a standard deviation of 8.7."""
    plan = pl.LazyFrame({"row": range(20)})
    drawn = np.concatenate([sample(plan, 5, seed=seed)["row"] for seed in range(400)])
    counts = np.bincount(drawn, minlength=20)
    assert np.abs(counts - 100).max() < 35


NO_ROWS = pl.LazyFrame({"x": [], "y": []}, schema={"x": pl.Float64, "y": pl.Float64})
MIXED = pl.LazyFrame({"x": [1.0, np.inf], "town": ["Ulm", "Jena"], "y": [None, 2.0]})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: correlate("no.parquet"), "There is no file or folder 'no.parquet'"),
        (lambda: correlate(__file__), "cannot be read as Parquet: pass a file or a folder of"),
        (lambda: correlate(MIXED), "Column 'town' is not numeric: convert it where"),
        (lambda: correlate(MIXED, x="x", y="y"), "Column 'x' is infinite in places"),
        (lambda: correlate(MIXED, "spearman", x="x", y="y"), "Column 'x' is infinite in places"),
        (lambda: correlate(MIXED.select("y", z="y"), "spearman"), "choose missing='complete'"),
        (lambda: correlate(MIXED, "town"), "method is 'town', which is a column"),
        (lambda: correlate(MIXED, x="here"), "Column 'here' is not in the table, but in x"),
        (lambda: correlate(MIXED.select("x")), "The table has only column 'x'"),
        (lambda: correlate(NO_ROWS), re.escape("has columns ('x', 'y') but no rows")),
        (lambda: correlate(NO_ROWS, missing="complete"), "No row is complete"),
        (lambda: correlate(NO_ROWS, "kendall"), "Kendall's tau needs all rows in memory at once"),
        (lambda: correlate(NO_ROWS, weights="x", weights_are="survey"), r"sample\(data, 100_000\)"),
        (lambda: cluster(NO_ROWS, distance="euclidean"), "Distance 'euclidean' needs all rows"),
        (lambda: partial_correlate(NO_ROWS), "0 complete rows for 2 columns"),
        (lambda: distance_correlate(NO_ROWS), r"lazy: .*or draw some.* sample\(data, 100_000\)"),
        (lambda: distance_correlate("no.parquet"), r"is no table: .* sample\(data, 100_000\)"),
        (lambda: sample(pd.DataFrame({"x": [1]}), 1), "which is in memory, or no table"),
        (lambda: sample(NO_ROWS, 0), "rows is 0: draw at least 1"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_reader_that_was_read_says_so():
    reader = pa.table({"x": [1.0, 2.0, 4.0], "y": [1.0, 3.0, 2.0]}).to_reader()
    correlate(reader)
    with pytest.raises(ValueError, match="no rows left: it gives them once"):
        correlate(reader)
