"""associate_ordered: published values, scipy in a loop, and rows compared one by one."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import adjust_p_values, associate_ordered, correlate

FRAMES = ["value", "standard_error", "n", "p", "p_adjusted", "low", "high"]
MEASURES = ["gamma", "somers_d", "tau_c"]


def rows_of(counts):
    """The rows of data that a table of counts was made of: columns r and c."""
    counts = np.array(counts)
    levels = np.indices(counts.shape).reshape(2, -1)
    return pd.DataFrame(levels.repeat(counts.ravel(), axis=1).T, columns=["r", "c"])


def ordered(seed, rows=120, columns=4, missing=0.1):
    """Columns of 2, 3, 4 ... levels that share a cause."""
    rng = np.random.default_rng(seed)
    cause = rng.normal(size=rows)
    table = pd.DataFrame(
        {
            f"of {levels}": pd.cut(cause * rng.random() + rng.normal(size=rows), levels)
            for levels in range(2, columns + 2)
        }
    )
    return table.mask(rng.random(table.shape) < missing)


def codes(table):
    return table.apply(lambda column: column.cat.codes).astype(float).where(table.notna())


def by_definition(weights, measure):
    """A measure of a table of weights, by comparing every cell with every other.

    Of Somers' D, that of the columns given the rows.
    """
    cells = [(place, weight) for place, weight in np.ndenumerate(weights)]
    concordant = discordant = tied_in_columns = 0.0
    for (place, weight), (other, other_weight) in itertools.product(cells, cells):
        across, along = np.sign(np.subtract(place, other))
        concordant += weight * other_weight * (across * along > 0)
        discordant += weight * other_weight * (across * along < 0)
        tied_in_columns += weight * other_weight * (across != 0 and along == 0)
    difference = concordant - discordant
    if measure == "gamma":
        return difference / (concordant + discordant)
    if measure == "somers_d":
        return difference / (concordant + discordant + tied_in_columns)
    fewer = min((weights.sum(axis=0) > 0).sum(), (weights.sum(axis=1) > 0).sum())
    return difference * fewer / (weights.sum() ** 2 * (fewer - 1))


def error_by_differences(counts, measure):
    """The delta method with numerical derivatives by the counts."""
    counts = np.array(counts, dtype=float)
    slopes = np.zeros(counts.shape)
    for place in np.ndindex(counts.shape):
        step = np.zeros(counts.shape)
        step[place] = 1e-4
        above, below = (by_definition(counts + side * step, measure) for side in (1, -1))
        slopes[place] = (above - below) / 2e-4
    mean = (counts * slopes).sum() / counts.sum()
    return np.sqrt((counts * (slopes - mean) ** 2).sum())


# Published values ---------------------------------------------------------------------------

# SAS, PROC FREQ, option MEASURES: class by survived of the Titanic's 1309 passengers.
TITANIC = [[123, 200], [158, 119], [528, 181]]
# R, spicy's assoc_measures: gear by cyl of mtcars.
CARS = [[1, 2, 12], [8, 4, 0], [2, 1, 2]]


@pytest.mark.parametrize(
    ("counts", "measure", "told", "expected"),
    [
        (TITANIC, "gamma", "r", (-0.5067, 0.0375)),
        (TITANIC, "tau_c", "r", (-0.3141, 0.0274)),
        (TITANIC, "somers_d", "c", (-0.2613, 0.0226)),
        (TITANIC, "somers_d", "r", (-0.3326, 0.0286)),
        (CARS, "gamma", "r", (-0.6573705, 0.1727847)),
        (CARS, "tau_c", "r", (-0.4833984, 0.1320920)),
        (CARS, "somers_d", "r", (-0.5015198, 0.1407720)),
        (CARS, "somers_d", "c", (-0.5238095, 0.1605058)),
    ],
)
def test_published_values_and_standard_errors(counts, measure, told, expected):
    found = associate_ordered(rows_of(counts), measure)
    known = "c" if told == "r" else "r"
    values = found.value.loc[told, known], found.standard_error.loc[told, known]
    digits = 4 if counts is TITANIC else 7
    assert values == pytest.approx(expected, abs=0.51 * 10**-digits)


def test_job_satisfaction_as_vcdextra_has_it():
    """R, vcdExtra's GKgamma(JobSat)."""
    found = associate_ordered(
        rows_of([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]])
    )
    row = found.pairs().loc[0]
    assert (row["value"], row["standard_error"]) == pytest.approx((0.221, 0.117), abs=0.00051)


# Against scipy and the definition ------------------------------------------------------------


@pytest.mark.parametrize("missing", [0, 0.1, 0.5])
def test_all_pairs_equal_scipy(missing):
    table = ordered(3, missing=missing)
    numbers = codes(table)
    found = {measure: associate_ordered(table, measure) for measure in MEASURES}
    for told, known in itertools.permutations(table.columns, 2):
        shared = numbers[[told, known]].dropna()
        x, y = shared[known], shared[told]
        expected = {
            "gamma": by_definition(pd.crosstab(x, y).to_numpy(), "gamma"),
            "somers_d": stats.somersd(x, y).statistic,
            "tau_c": stats.kendalltau(x, y, variant="c").statistic,
        }
        p = stats.kendalltau(x, y, method="asymptotic").pvalue
        for measure, result in found.items():
            assert result.n.loc[told, known] == len(shared)
            assert result.value.loc[told, known] == pytest.approx(expected[measure], abs=1e-12)
            assert result.p.loc[told, known] == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    "counts",
    [CARS, [[5, 1], [2, 9]], [[1, 0, 4, 2], [3, 3, 0, 1]], [[0, 7, 1], [5, 0, 2], [1, 1, 0]]],
)
def test_standard_errors_are_those_of_the_delta_method(counts, measure):
    found = associate_ordered(rows_of(counts), measure)
    assert found.value.loc["c", "r"] == pytest.approx(by_definition(np.array(counts), measure))
    error = error_by_differences(counts, measure)
    assert found.standard_error.loc["c", "r"] == pytest.approx(error, rel=1e-6)


# What comes back ----------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES)
def test_frames_are_aligned_with_the_columns_of_the_table(measure):
    table = ordered(0)
    found = associate_ordered(table, measure)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)
    for name in [*FRAMES[3:], "standard_error"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()
    assert np.diagonal(found.n).tolist() == table.count().tolist()


def test_a_column_beside_itself():
    table = rows_of(CARS)
    alone = np.diag([15, 12, 5])
    for measure in MEASURES:
        found = associate_ordered(table, measure)
        assert found.value.loc["r", "r"] == pytest.approx(by_definition(alone, measure))
    assert associate_ordered(table, "gamma").value.loc["r", "r"] == 1


def test_result_is_frozen_and_remembers_what_was_asked():
    found = associate_ordered(ordered(0), "tau_c", adjust="bh", confidence=0.8, missing="complete")
    asked = (found.measure, found.adjust, found.confidence, found.missing)
    assert asked == ("tau_c", "bh", 0.8, "complete")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.value = found.n


@pytest.mark.parametrize("measure", ["gamma", "tau_c"])
def test_pairs_lists_every_pair_once_strongest_first(measure):
    table = ordered(0).assign(flat=1)
    found = associate_ordered(table, measure)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", *FRAMES]
    assert len(pairs) == 10
    assert pairs["value"].abs().dropna().is_monotonic_decreasing
    assert pairs["value"].tail(4).isna().all()
    for row in pairs.itertuples():
        for name in FRAMES:
            expected = getattr(found, name).loc[row.x, row.y]
            assert getattr(row, name) == pytest.approx(expected, nan_ok=True)


def test_pairs_of_somers_d_has_both_directions():
    table = ordered(0)
    found = associate_ordered(table, "somers_d")
    pairs = found.pairs()
    assert sorted(zip(pairs["x"], pairs["y"], strict=True)) == sorted(
        itertools.permutations(table.columns, 2)
    )
    assert pairs["value"].abs().is_monotonic_decreasing
    for row in pairs.itertuples():
        for name in FRAMES:
            assert getattr(row, name) == getattr(found, name).loc[row.x, row.y]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("adjust", ["none", "bonferroni", "holm", "bh", "by"])
def test_each_pair_is_one_test(adjust, measure):
    found = associate_ordered(ordered(0).assign(flat=1), measure, adjust=adjust)
    above = np.triu_indices(5, 1)
    expected = adjust_p_values(found.p.to_numpy()[above], adjust)
    np.testing.assert_allclose(found.p_adjusted.to_numpy()[above], expected)
    assert found.p_adjusted.equals(found.p_adjusted.T)


def test_complete_rows_only():
    table = ordered(0)
    found = associate_ordered(table, missing="complete")
    expected = associate_ordered(table.dropna())
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def test_the_table_is_left_as_it_was():
    table = ordered(0)
    before = table.copy()
    associate_ordered(table)
    pd.testing.assert_frame_equal(table, before)


# What may come in ---------------------------------------------------------------------------


def test_numbers_booleans_and_ordered_categories_are_levels():
    table = rows_of(CARS)
    expected = associate_ordered(table).value
    names = pd.CategoricalDtype(["none", "zebra", "ant", "mule", "never"], ordered=True)
    others = [
        table * 1e8 + 3,
        table.astype("Int8"),
        table.map({0: "zebra", 1: "ant", 2: "mule"}.get).astype(names),
        table.astype(float) / 3,
    ]
    for other in others:
        pd.testing.assert_frame_equal(associate_ordered(other).value, expected)


def test_a_boolean_is_false_then_true():
    numbers = rows_of([[5, 1], [2, 9]])
    booleans = numbers.astype(bool)
    with_gaps = pd.concat([booleans, pd.DataFrame({"r": [None], "c": [True]})]).astype("boolean")
    expected = associate_ordered(numbers)
    for table in (booleans, with_gaps):
        assert associate_ordered(table).pairs().equals(expected.pairs())


def test_yules_q_of_two_by_two():
    assert associate_ordered(rows_of([[5, 1], [2, 9]])).value.loc["r", "c"] == pytest.approx(
        (5 * 9 - 1 * 2) / (5 * 9 + 1 * 2)
    )


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES)
def test_one_level_says_nothing(measure):
    found = associate_ordered(rows_of(CARS).assign(flat=4), measure)
    for name in ["value", "standard_error", "p", "low", "high"]:
        assert getattr(found, name).loc["flat"].isna().all()
        assert getattr(found, name)["flat"].isna().all()
    assert found.n.loc["flat", "r"] == 32


@pytest.mark.parametrize("measure", MEASURES)
def test_one_level_within_the_rows_shared_says_nothing(measure):
    table = pd.DataFrame({"x": [1, 1, 1, 1, 2, 3], "y": [1, 2, 3, 4, None, None]})
    found = associate_ordered(table, measure)
    assert np.isnan(found.value.loc["x", "y"])
    assert np.isnan(found.value.loc["y", "x"])
    assert found.value.loc["x", "x"] > 0


@pytest.mark.parametrize("measure", MEASURES)
def test_levels_without_rows_change_nothing(measure):
    table = rows_of(CARS)
    wider = table.astype(pd.CategoricalDtype(range(-2, 9), ordered=True))
    assert (
        associate_ordered(wider, measure).pairs().equals(associate_ordered(table, measure).pairs())
    )


def test_perfect_order_has_no_standard_error_and_an_exact_p():
    """Two of the six orders of two and two put the rows like this or the other way round."""
    table = rows_of([[2, 0], [0, 2]])
    for measure in MEASURES:
        row = associate_ordered(table, measure).pairs().loc[0]
        assert row["value"] == 1
        assert row[["standard_error", "low", "high"]].isna().all()
        assert row["p"] == pytest.approx(2 / 6)
    assert (associate_ordered(rows_of([[0, 2], [2, 0]])).pairs()["value"] == -1).all()


def test_gamma_is_1_where_no_rows_are_discordant_and_the_others_are_not():
    table = rows_of([[8, 0], [4, 3]])
    gamma, tau_c = (associate_ordered(table, name).pairs().loc[0] for name in ("gamma", "tau_c"))
    assert gamma["value"] == 1
    assert np.isnan(gamma["standard_error"])
    assert tau_c["value"] < 0.5
    assert tau_c["standard_error"] > 0
    assert gamma["p"] == tau_c["p"]


@pytest.mark.parametrize("measure", MEASURES)
def test_two_rows_say_nothing_and_three_something(measure):
    two = associate_ordered(pd.DataFrame({"x": [1, 2], "y": [1, 2]}), measure)
    assert two.pairs()[["value", "p", "low"]].isna().all(axis=None)
    three = associate_ordered(pd.DataFrame({"x": [1, 2, 3], "y": [1, 2, 3]}), measure)
    assert (three.pairs()["value"] == 1).all()
    assert three.pairs()["p"].tolist() == pytest.approx([1 / 3] * len(three.pairs()))


def test_intervals_are_fishers_and_stay_within_the_measure():
    found = associate_ordered(rows_of([[6, 1], [1, 6]]), confidence=0.999)
    z, error = np.arctanh(35 / 37), found.standard_error.loc["r", "c"] / (1 - (35 / 37) ** 2)
    reach = stats.norm.ppf(0.9995) * error
    limits = found.low.loc["r", "c"], found.high.loc["r", "c"]
    assert limits == pytest.approx((np.tanh(z - reach), np.tanh(z + reach)))
    assert -1 < limits[0] < limits[1] < 1


def test_intervals_of_few_rows_cover_what_is_true():
    rng = np.random.default_rng(0)
    chances = np.array([[0.2, 0.1, 0.05], [0.1, 0.15, 0.1], [0.02, 0.08, 0.2]])
    truth = by_definition(chances, "gamma")
    samples = rng.multinomial(30, chances.ravel(), size=60).reshape(-1, 3, 3)
    found = pd.concat([associate_ordered(rows_of(counts)).pairs() for counts in samples])
    covered = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    assert 0.9 <= covered <= 0.99


def test_many_rows_keep_their_digits():
    small = associate_ordered(rows_of(CARS), "somers_d")
    large = associate_ordered(rows_of(np.array(CARS) * 1_500), "somers_d")
    assert large.value.loc["r", "c"] == pytest.approx(small.value.loc["r", "c"], rel=1e-12)
    expected = small.standard_error.loc["r", "c"] / np.sqrt(1_500)
    assert large.standard_error.loc["r", "c"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
def test_turning_a_column_round_turns_the_sign(measure):
    table = codes(ordered(1))
    found = associate_ordered(table, measure)
    turned = associate_ordered(table.assign(**{"of 3": -table["of 3"]}), measure)
    assert turned.value.loc["of 3", "of 4"] == pytest.approx(-found.value.loc["of 3", "of 4"])
    assert turned.low.loc["of 3", "of 4"] == pytest.approx(-found.high.loc["of 3", "of 4"])
    assert turned.value.loc["of 2", "of 4"] == found.value.loc["of 2", "of 4"]


# Refused, with a way out --------------------------------------------------------------------


def test_text_is_refused_and_the_way_out_works():
    table = rows_of(CARS).assign(size=["low", "middle", "high", "low"] * 8)
    with pytest.raises(ValueError, match="Column 'size' is without an order") as refused:
        associate_ordered(table)
    assert "pd.CategoricalDtype(['high', 'low', 'middle'], ordered=True)" in str(refused.value)
    dtype = pd.CategoricalDtype(["low", "middle", "high"], ordered=True)
    found = associate_ordered(table.assign(size=table["size"].astype(dtype)))
    assert found.value.loc["size"].notna().all()
    with pytest.raises(ValueError, match="without an order"):
        associate_ordered(table.astype({"size": "category"}))


def test_dates_are_levels_in_the_order_of_time():
    days = pd.to_datetime(["2024-01-01", "2024-01-02"] * 16)
    found = associate_ordered(rows_of(CARS).assign(day=days))
    expected = associate_ordered(rows_of(CARS).assign(day=(days.day - 1)))
    assert found.pairs().equals(expected.pairs())


def test_mixed_objects_are_refused():
    table = rows_of(CARS)
    with pytest.raises(ValueError, match="Column 'odd' is neither numbers nor text"):
        associate_ordered(table.assign(odd=[1, "a"] * 16))


def test_many_levels_are_refused_and_the_ways_out_work():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"few": rng.integers(4, size=500), "many": rng.normal(size=500)})
    with pytest.raises(ValueError, match="Column 'many' is of more than 100 levels") as refused:
        associate_ordered(table)
    assert "pd.qcut(column, 5)" in str(refused.value)
    assert "correlate(data, 'kendall')" in str(refused.value)
    cut = associate_ordered(table.assign(many=pd.qcut(table["many"], 5)))
    assert cut.value.loc["few", "many"] == pytest.approx(0, abs=0.15)
    assert not np.isnan(correlate(table, "kendall").r.loc["few", "many"])
    hundred = pd.DataFrame({"x": range(100), "y": range(100)})
    assert associate_ordered(hundred).value.loc["x", "y"] == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"r": np.inf}, "Column 'r' is infinite"),
        ({"r": [[1]] * 32}, "Column 'r' is neither"),
    ],
)
def test_other_values_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        associate_ordered(rows_of(CARS).assign(**change))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "tau_b"}, "Unknown measure 'tau_b': choose from gamma, somers_d, tau_c"),
        ({"confidence": 1}, "confidence is 1"),
        ({"adjust": "fdr"}, "Unknown adjustment 'fdr'"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        associate_ordered(rows_of(CARS), **options)


def test_tables_without_pairs_are_refused():
    for table, message in [
        (rows_of(CARS)[["r"]], "only column 'r'"),
        (rows_of(CARS).head(0), "no rows"),
        (pd.DataFrame(), "no columns"),
        (pd.DataFrame([[1, 2], [2, 1]], columns=["x", "x"]), "more than once"),
    ]:
        with pytest.raises(ValueError, match=message):
            associate_ordered(table)
