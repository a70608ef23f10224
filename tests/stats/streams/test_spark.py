"""Spark DataFrames as sources, of both kinds of session: `make engines`."""

import sys
from decimal import Decimal
from types import ModuleType

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from lib.stats import (
    associate,
    associate_categories,
    cluster,
    correlate,
    partial_correlate,
    sample,
    vif,
)
from lib.stats.streams import source_of

pytestmark = pytest.mark.engines

ROWS = 3000


def frame_of(rows):
    rng = np.random.default_rng(4)
    x, y, z = rng.normal(size=(3, rows))
    towns = rng.choice(["Bern", "Jena", "Ulm"], rows)
    return pd.DataFrame(
        {
            "a `quoted`.name": x + 1e8,
            "y": np.where(rng.random(rows) < 0.05, np.nan, x + y),
            "id": 2**60 + rng.integers(0, 1000, rows),
            "lit": y > 0.3,
            "price": [Decimal(int(cents)) / 100 for cents in 100 * z + 1000],
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 99, rows), "D"),
            "town": towns,
            "feed": np.where(rng.random(rows) < 0.5, towns, "hay"),
        }
    )


FRAME = frame_of(ROWS)
NUMBERS = FRAME.drop(columns=["town", "feed"])
TABLE = pa.Table.from_pandas(FRAME)
# Spark tells NaN from null, and both are missing.
FIRST = FRAME["y"].where(FRAME.index < ROWS / 2, None)
TABLE = TABLE.set_column(
    1, "y", pa.array(FRAME["y"], mask=(FIRST.isna() & (FRAME.index < ROWS / 2)).to_numpy())
)


@pytest.fixture(params=["classic", "connect"])
def source(request, sessions):
    return sessions[request.param].createDataFrame(TABLE).repartition(3)


def assert_close(found, expected):
    np.testing.assert_allclose(found.to_numpy(float), expected.to_numpy(float), rtol=0, atol=1e-12)


def assert_same(found, expected):
    assert_close(found.r, expected.r)
    assert (found.n == expected.n).all(axis=None)
    np.testing.assert_allclose(found.p_adjusted, expected.p_adjusted, rtol=1e-7, atol=1e-300)
    assert_close(found.low, expected.low)


def test_numbers(source):
    data = source.drop("town", "feed")
    assert_same(correlate(data), correlate(NUMBERS))
    assert_same(
        correlate(data, x="y", missing="complete"), correlate(NUMBERS, x="y", missing="complete")
    )


def test_a_fill_takes_no_digits_from_pairs_that_do_not_share_its_rows(sessions):
    """Of the partitions of the first half, none has a row that `beside` shares."""
    numbers = FRAME[["y", "id"]].assign(beside=FRAME["y"] + FRAME["id"] % 1000)
    measured = numbers[ROWS // 2 :].reset_index(drop=True)
    numbers.loc[: ROWS // 2 - 1, ["y", "id", "beside"]] = 9.97e36, 0, np.nan
    spark = sessions["classic"].createDataFrame(pa.Table.from_pandas(numbers)).coalesce(4)
    assert_close(correlate(spark, x="beside").r, correlate(measured, x="beside").r)


def test_regressions_and_clusters(sessions):
    data = sessions["classic"].createDataFrame(TABLE).drop("town", "feed")
    assert_same(partial_correlate(data), partial_correlate(NUMBERS))
    np.testing.assert_allclose(vif(data), vif(NUMBERS), rtol=1e-11)
    found, expected = cluster(data), cluster(NUMBERS)
    assert found.order == expected.order
    np.testing.assert_allclose(found.linkage, expected.linkage, atol=1e-12)


def test_all_kinds(source):
    found, expected = associate(source), associate(FRAME)
    for name in ("value", "n", "low", "high", "p"):
        assert_close(getattr(found, name), getattr(expected, name))
    texts = ["town", "feed", "lit"]
    found, expected = associate_categories(source.select(texts)), associate_categories(FRAME[texts])
    for name in ("v", "u", "n", "chi_square"):
        assert_close(getattr(found, name), getattr(expected, name))


def test_ranks(sessions):
    ticks = np.random.default_rng(5).integers(0, 2 * 86_400_000_000, ROWS)
    frame = NUMBERS.assign(
        again=NUMBERS["lit"].astype(int) * 2,
        zero=np.tile([0.0, -0.0], ROWS // 2),
        moment=pd.Timestamp("1969-12-31") + pd.to_timedelta(ticks, "us"),  # before 0 and after it
    )
    table = pa.Table.from_pandas(frame)
    spark = sessions["classic"].createDataFrame(table).repartition(3)
    spark = spark.withColumn("moment", spark["moment"].cast("timestamp_ntz"))
    assert_same(
        correlate(spark, "spearman", missing="complete"),
        correlate(frame, "spearman", missing="complete"),
    )
    few = frame_of(9).drop(columns=["town", "feed"])
    few["lit"] = few["y"] > 0
    of_few = sessions["connect"].createDataFrame(pa.Table.from_pandas(few))
    options = {"method": "spearman", "missing": "complete"}
    assert_same(correlate(of_few, **options), correlate(few, **options))
    of_ranks = partial_correlate(spark.drop("again", "zero", "moment"), method="spearman")
    assert_same(of_ranks, partial_correlate(NUMBERS, method="spearman"))


def test_a_sample(source):
    drawn = sample(source, 600, seed=1)
    assert drawn.columns.equals(FRAME.columns)
    pd.testing.assert_frame_equal(drawn, sample(source, 600, seed=1))
    assert not drawn.equals(sample(source, 600, seed=2))
    places = FRAME.reset_index().set_index("a `quoted`.name")["index"][drawn["a `quoted`.name"]]
    assert places.is_unique
    # The mean of 600 of 0 ... 2999 without replacement has a standard deviation of 31.6.
    assert abs(places.mean() - (ROWS - 1) / 2) < 4 * 31.6
    assert len(sample(source.limit(5), 600)) == 5


@pytest.fixture
def sent(sessions):
    """How many bytes have reached the driver so far, as Spark itself counts them."""
    context = sessions["classic"].sparkContext
    none = context._jvm.java.util.ArrayList()
    quantiles = context._gateway.new_array(context._jvm.double, 0)

    def count():
        stages = context._jsc.sc().statusStore().stageList(none, False, False, quantiles, none)
        return sum(stages.apply(place).resultSize() for place in range(stages.size()))

    return count


@pytest.mark.parametrize("session", ["classic", "connect"])
def test_nothing_but_sums_reaches_the_driver(sessions, sent, session):
    rows, columns = 250_000, 8
    numbers = [f"randn({seed}) as c{seed}" for seed in range(columns)]
    table = sessions[session].range(rows).selectExpr(*numbers, "string(id % 20) as town").cache()
    start = sent()
    assert table.toArrow().num_rows == rows
    of_table = sent() - start
    assert of_table > 8 * rows * columns
    for work in (lambda: partial_correlate(table.drop("town")), lambda: associate(table)):
        start = sent()
        work()
        assert 0 < sent() - start < of_table / 100
    table.unpersist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda spark: correlate(spark), "Columns 'town', 'feed' are not numeric"),
        (
            lambda spark: correlate(spark.selectExpr("y", "double('Infinity') as z")),
            "Column 'z' is infinite",
        ),
        (lambda spark: correlate(spark.select("y", "id"), "spearman"), "missing='complete'"),
        (lambda spark: correlate(spark.select("y", "id"), "kendall"), r"sample\(data, 100_000\)"),
        (lambda spark: correlate(spark.where("id < 0").select("y", "id")), "but no rows"),
        (
            lambda spark: associate(
                spark.selectExpr("town", "cast(`a ``quoted``.name` as string) as x")
            ),
            "Column 'x' is of [0-9,]+ levels or more",
        ),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(sessions, call, message):
    with pytest.raises(ValueError, match=message):
        call(sessions["classic"].createDataFrame(TABLE))


def test_workers_without_the_library_are_told_of(sessions, monkeypatch):
    elsewhere = ModuleType("elsewhere")
    exec("def sums(batch): return batch", elsewhere.__dict__)
    monkeypatch.setitem(sys.modules, "elsewhere", elsewhere)
    monkeypatch.setattr("lib.stats.streams.spark._LIBRARY", "elsewhere")
    source = source_of(sessions["classic"].range(3))
    with pytest.raises(ValueError, match="Spark's workers do not have 'elsewhere'"):
        list(source.parts(["id"], elsewhere.sums))
