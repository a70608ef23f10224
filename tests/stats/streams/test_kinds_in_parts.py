"""Categories, and tables of both, that are read in parts."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import dataset

from lib.stats import associate, associate_categories
from lib.stats.streams import Counts, Grouped, coded_column

ROWS = 1500


def mixed(gaps):
    rng = np.random.default_rng(8)
    towns = rng.choice(["Bern", "Jena", "Ulm", "Rom"], ROWS)
    sizes = [["small", "large", "huge"][place] for place in rng.integers(0, 3, ROWS)]
    frame = pd.DataFrame(
        {
            "town": towns,
            "near 1e8": rng.normal(size=ROWS) + (towns == "Ulm") + 1e8,
            "feed": np.where(rng.random(ROWS) < 0.5, towns, rng.choice(["a", "b"], ROWS)),
            "lit": rng.random(ROWS) < 0.4,
            "one": "one",
            "count": rng.integers(0, 9, ROWS),
            "size": pd.Categorical(sizes, ["small", "large", "huge"], ordered=True),
        }
    )
    frame["wish"] = frame["size"].where(rng.random(ROWS) < 0.5, frame["size"].sample(frac=1).array)
    return frame.convert_dtypes().mask(rng.random(frame.shape) < 0.1) if gaps else frame


FRAMES = {gaps: mixed(gaps) for gaps in (False, True)}
OF_BOTH = ["town", "near 1e8", "feed", "lit", "one", "count"]
OF_LEVELS = ["town", "feed", "one", "size", "wish"]


def in_batches(frame):
    table = pa.Table.from_pandas(frame)
    return dataset.dataset(table.to_batches(max_chunksize=170), schema=table.schema)


def assert_same(found, expected, names):
    for name in names:
        one, other = getattr(found, name), getattr(expected, name)
        assert one.columns.equals(other.columns)
        np.testing.assert_allclose(
            one.to_numpy(float), other.to_numpy(float), rtol=1e-9, atol=1e-12, err_msg=name
        )


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize(
    ("columns", "options"),
    [
        (OF_BOTH, {"corrected": True}),
        (OF_BOTH, {"missing": "complete", "x": ["feed", "count"]}),
        (OF_BOTH, {"x": ["lit", "town", "feed"], "y": ["town", "count", "lit"], "adjust": "bh"}),
        (OF_LEVELS, {}),
    ],
)
def test_associate(columns, options, gaps):
    frame = FRAMES[gaps][columns]
    found, expected = associate(in_batches(frame), **options), associate(frame, **options)
    assert_same(found, expected, ("value", "n", "p", "p_adjusted", "low", "high"))
    assert (found.measure == expected.measure).all(axis=None)


def test_categories_alone():
    frame = FRAMES[True][["town", "feed", "lit", "one"]]
    found, expected = associate_categories(in_batches(frame)), associate_categories(frame)
    names = ("v", "v_uncorrected", "u", "u_of_column", "n", "chi_square", "freedom", "p")
    names += ("p_adjusted", "smallest_expected", "v_low", "v_high", "u_low", "u_high")
    assert_same(found, expected, names)


def test_counts_and_groups_of_parts_add_up():
    """Levels that come in another order, and some that one part alone has."""
    towns = ["Ulm", None, "Bern", "Ulm", "Rom", "Bern", "Jena", "Rom"]
    feeds = ["a", "b", "b", None, "a", "b", "c", "a"]
    values = np.array([[4.0, 2.0, 1.0, 3.0, np.nan, 3.0, 7.0, 9.0]]) + 1e8

    def part(some):
        columns = [coded_column(pa.array(side[some])) for side in (towns, feeds)]
        grouped = Grouped.of(columns[0], values[:, some], np.zeros((2, 1)))
        return Counts.of(["town", "feed"], columns), grouped

    (counts, grouped), (more_counts, more) = part(slice(5, 8)), part(slice(0, 5))
    counts, grouped = counts.merge(more_counts), grouped.merge(more)
    table = pd.DataFrame(counts.tables[0, 1], *counts.levels)
    expected = pd.crosstab(pd.Series(towns), pd.Series(feeds))
    assert (table.loc[expected.index, expected.columns] == expected).all(axis=None)
    by_town = pd.Series(values[0]).groupby(pd.Series(towns))
    found = pd.DataFrame(
        {"n": grouped.n[:, 0], "squares": grouped.squares[:, 0]}, index=grouped.levels
    ).loc[by_town.count().index]
    assert found["n"].tolist() == by_town.count().tolist()
    squares = by_town.apply(lambda part: ((part - part.mean()) ** 2).sum())
    np.testing.assert_allclose(found["squares"], squares, rtol=1e-12)


IDENTIFIERS = pl.LazyFrame({"id": [f"row {row}" for row in range(3000)], "x": range(3000)})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: associate(IDENTIFIERS), "Column 'id' is of [0-9],[0-9]{3} levels or more"),
        (
            lambda: associate(in_batches(FRAMES[False])),
            "Columns 'size', 'wish' are of ordered levels beside numbers",
        ),
        (
            lambda: associate(pl.LazyFrame({"x": [1.0], "list": [[1]]})),
            "Column 'list' is neither numbers nor text nor categories",
        ),
        (
            lambda: associate_categories(IDENTIFIERS),
            "Column 'x' is not text, categories or booleans",
        ),
        (lambda: associate(IDENTIFIERS.head(0)), "but no rows"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()
