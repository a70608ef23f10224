"""DuckDB and Ibis as sources: `make engines`, since the app itself needs neither."""

import numpy as np
import pandas as pd
import pytest

from lib.stats import associate, correlate, distance_correlate, partial_correlate, sample, vif

pytestmark = pytest.mark.engines

ROWS = 30_000


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(2, ROWS))
    return pd.DataFrame(
        {
            'a "quoted" name': x + 1e8,
            "y": np.where(rng.random(ROWS) < 0.05, np.nan, x + y),
            "id": 2**60 + rng.integers(0, 1000, ROWS),
            "lit": y > 0.3,
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 99, ROWS), "D"),
            "town": rng.choice(["Bern", "Jena", "Ulm"], ROWS),
        }
    )


@pytest.fixture(params=["duckdb", "ibis"])
def source(request, frame):
    engine = pytest.importorskip(request.param)
    if request.param == "ibis":
        return engine.memtable(frame)
    connection = engine.connect()
    connection.register("rows", frame)
    return connection.sql("from rows")


def without_town(source):
    if hasattr(source, "drop"):
        return source.drop("town")
    return source.project("* exclude (town)")


def assert_close(found, expected):
    np.testing.assert_allclose(found.to_numpy(float), expected.to_numpy(float), rtol=0, atol=1e-12)


def test_numbers(source, frame):
    numbers, data = frame.drop(columns="town"), without_town(source)
    for options in ({}, {"method": "spearman", "missing": "complete"}, {"x": "y"}):
        found, expected = correlate(data, **options), correlate(numbers, **options)
        assert_close(found.r, expected.r)
        assert (found.n == expected.n).all(axis=None)
        np.testing.assert_allclose(found.p_adjusted, expected.p_adjusted, rtol=1e-7, atol=1e-300)
    assert_close(partial_correlate(data).r, partial_correlate(numbers).r)
    np.testing.assert_allclose(vif(data), vif(numbers), rtol=1e-11)


@pytest.mark.parametrize("name", ["duckdb", "ibis"])
def test_a_fill_takes_no_digits_from_pairs_that_do_not_share_its_rows(name, frame):
    engine, early = pytest.importorskip(name), ROWS // 3
    numbers = frame[["y", "id"]].assign(beside=frame["y"] + frame["id"] % 1000)
    measured = numbers[early:].reset_index(drop=True)
    numbers.loc[: early - 1, ["y", "id", "beside"]] = 9.97e36, 0, np.nan
    if name == "ibis":
        table = engine.memtable(numbers)
    else:
        connection = engine.connect()
        connection.register("numbers", numbers)
        table = connection.sql("from numbers")
    assert_close(correlate(table, x="beside").r, correlate(measured, x="beside").r)


def test_all_kinds(source, frame):
    found, expected = associate(source), associate(frame)
    for name in ("value", "n", "low", "high"):
        assert_close(getattr(found, name), getattr(expected, name))


def test_a_sample(source, frame):
    drawn = sample(source, 1000, seed=1)
    assert drawn.columns.equals(frame.columns)
    pd.testing.assert_frame_equal(drawn, sample(source, 1000, seed=1))
    assert drawn['a "quoted" name'].isin(frame['a "quoted" name']).all()


def test_a_pass_that_stops_leaves_the_connection_free(frame):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    relation = connection.sql("select range::varchar as id, random() as x from range(1000000)")
    with pytest.raises(ValueError, match=r"Column 'id' is of [0-9,]+ levels or more"):
        associate(relation)
    assert connection.sql("select 42").fetchall() == [(42,)]


def test_what_needs_all_rows_says_so(source):
    with pytest.raises(ValueError, match=r"sample\(data, 100_000\)"):
        distance_correlate(source)
    with pytest.raises(ValueError, match=r"sample\(data, 100_000\)"):
        correlate(source, "kendall")
