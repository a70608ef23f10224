"""mutual_information against scikit-learn, plain loops, closed forms and the course's numbers."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import digamma
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression
from sklearn.feature_selection._mutual_info import _compute_mi_cc, _compute_mi_cd
from sklearn.metrics import mutual_info_score

from datasets import load
from lib.stats import mutual_information
from lib.stats.dependence.information import MutualInformation

FRAMES = ["value", "n", "p", "p_adjusted", "floor"]


def information(x, y, **options):
    table = pd.DataFrame({"x": pd.Series(x).array, "y": pd.Series(y).array})
    return mutual_information(table, **options).value.loc["x", "y"]


def continuous(seed, rows):
    x, y = np.random.default_rng(seed).normal(size=(2, rows))
    return x, y + x**2


# Two continuous columns ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [4, 10, 50, 400])
@pytest.mark.parametrize("neighbours", [1, 3])
def test_continuous_equal_scikit_learn_in_both_directions(rows, neighbours):
    x, y = continuous(rows, rows)
    for one, other in [(x, y), (y, x)]:
        expected = mutual_info_regression(
            one[:, np.newaxis], other, n_neighbors=neighbours, random_state=0
        )[0]
        assert information(x, y, neighbours=neighbours) == pytest.approx(expected, abs=1e-12)


def test_continuous_equal_the_published_formula_in_a_plain_loop():
    x, y = continuous(1, 60)
    x, y = x / x.std(), y / y.std()
    total = 0.0
    for i in range(60):
        dx, dy = np.delete(np.abs(x - x[i]), i), np.delete(np.abs(y - y[i]), i)
        radius = np.sort(np.maximum(dx, dy))[2]
        total += digamma((dx < radius).sum() + 1) + digamma((dy < radius).sum() + 1)
    expected = digamma(3) + digamma(60) - total / 60
    assert information(x, y) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", ["quakes", "wine"])
def test_ties_equal_scikit_learn_s_estimate_of_the_same_values_with_noise(name):
    table = load(name).select_dtypes("number").iloc[:, :4]
    values = table.to_numpy(float)
    noise = np.random.default_rng(0).standard_normal(values.shape)
    columns = MutualInformation(values, np.zeros(4, bool), noise, 3)._values
    found = mutual_information(table).value.to_numpy()
    for i, j in itertools.combinations(range(4), 2):
        np.testing.assert_allclose(
            columns[i], (values[:, i] - values[:, i].mean()) / values[:, i].std(), atol=1e-9
        )
        expected = _compute_mi_cc(columns[i], columns[j], 3)
        assert found[i, j] == found[j, i] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("r", [0, 0.5, 0.9])
def test_of_many_normal_rows_it_is_the_population_s(r):
    """-log(1 - r²) / 2 at 4000 rows; tolerance .04."""
    x, noise = np.random.default_rng(2).normal(size=(2, 4000))
    found = information(x, r * x + np.sqrt(1 - r**2) * noise)
    assert found == pytest.approx(-np.log(1 - r**2) / 2, abs=0.04)


@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_values_around_1e8_keep_their_digits(offset):
    x, y = np.round(np.array(continuous(3, 100)) * 2**20)  # exact when the offset is added
    assert information(x + offset, y + offset) == pytest.approx(information(x, y), abs=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_squares_neither_overflow_nor_vanish(scale):
    x, y = continuous(4, 50)
    assert information(x * scale, y) == pytest.approx(information(x, y), abs=1e-12)


def test_rows_that_are_there_many_times_have_a_number():
    steps = np.repeat([0.0, 1.0], 500)
    assert 0 <= information(steps, steps) < np.inf


# A discrete column --------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [80, 400])
@pytest.mark.parametrize("neighbours", [1, 3])
def test_mixed_equal_scikit_learn_in_both_directions(rows, neighbours):
    rng = np.random.default_rng(rows)
    groups = rng.integers(0, 4, size=rows)
    values = rng.normal(size=rows) + groups
    found = information(groups.astype(str), values, neighbours=neighbours)
    by_value = mutual_info_classif(
        values[:, np.newaxis], groups, n_neighbors=neighbours, random_state=0
    )[0]
    by_group = mutual_info_regression(
        groups[:, np.newaxis],
        values,
        discrete_features=True,
        n_neighbors=neighbours,
        random_state=0,
    )[0]
    assert found == pytest.approx(by_value, abs=1e-12)
    assert found == pytest.approx(by_group, abs=1e-12)
    assert information(values, groups.astype(str), neighbours=neighbours) == found


@pytest.mark.parametrize("neighbours", [1, 3])
@pytest.mark.parametrize(
    "groups", [[0] * 20 + [1] * 2 + [2] + [3], [0] * 5 + [1] * 3 + [2] * 2 + [3] * 2, [0] * 9 + [1]]
)
def test_mixed_with_small_groups_equal_the_published_formula_in_a_plain_loop(groups, neighbours):
    """scikit-learn measures distances in small groups less exactly than it compares them with.

    Whether it counts the farthest neighbour is then a matter of rounding.
    """
    groups = np.array(groups)
    values = np.random.default_rng(5).normal(size=len(groups)) + groups
    kept = np.bincount(groups)[groups] > 1
    terms = []
    for i in np.flatnonzero(kept):
        size = (groups == groups[i]).sum()
        k = min(neighbours, size - 1)
        radius = np.sort(np.abs(values[groups == groups[i]] - values[i]))[k]
        closer = (np.abs(values[kept] - values[i]) < radius).sum()
        terms.append(digamma(k) - digamma(size) - digamma(closer))
    expected = max(digamma(kept.sum()) + np.mean(terms), 0)
    found = information(pd.Categorical(groups), values, neighbours=neighbours)
    assert found == pytest.approx(expected, abs=1e-12)


def test_mixed_ties_equal_scikit_learn_s_estimate_of_the_same_values_with_noise():
    rng = np.random.default_rng(6)
    groups, values = rng.integers(0, 3, size=(2, 150))
    noise = np.random.default_rng(0).standard_normal((150, 2))
    table = np.column_stack([groups, values]).astype(float)
    column = MutualInformation(table, np.array([True, False]), noise, 3)._values[1]
    expected = _compute_mi_cd(column, groups, 3)
    assert information(groups.astype(str), values) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("levels", [2, 5, 40])
def test_discrete_equal_scikit_learn(levels):
    rng = np.random.default_rng(levels)
    x = rng.integers(0, levels, size=200)
    y = (x + rng.integers(0, 2, size=200)) % levels
    expected = mutual_info_score(x, y)
    assert information(x.astype(str), pd.Categorical(y)) == pytest.approx(expected, abs=1e-12)


def test_a_fair_coin_says_one_bit_about_itself():
    coin = pd.Series([True, False] * 8)
    assert information(coin, ~coin) == pytest.approx(np.log(2), abs=1e-15)


def test_an_identifier_says_everything_about_everything_and_its_floor_says_so_too():
    rng = np.random.default_rng(7)
    table = pd.DataFrame(
        {"id": [f"row {i}" for i in range(40)], "coin": rng.choice(["h", "t"], size=40)}
    )
    found = mutual_information(table, shuffles=20)
    share = (table["coin"] == "h").mean()
    entropy = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert found.value.loc["id", "coin"] == pytest.approx(entropy, abs=1e-12)
    assert found.floor.loc["id", "coin"] == pytest.approx(entropy, abs=1e-12)
    assert found.p.loc["id", "coin"] == 1


def test_two_identifiers_of_many_rows_need_no_table_of_all_combinations():
    rows = np.arange(100_000)
    found = information(rows.astype(str), pd.Categorical(rows[::-1]))
    assert found == pytest.approx(np.log(100_000), abs=1e-9)


def test_an_identifier_beside_a_number_is_nan():
    table = pd.DataFrame({"id": list("abcdef"), "x": np.arange(6.0)})
    found = mutual_information(table, shuffles=5)
    for name in ["value", "p", "p_adjusted", "floor"]:
        assert getattr(found, name).isna().all(axis=None)


@pytest.mark.parametrize("kind", ["str", "object", "string", "category", "string[pyarrow]"])
def test_all_kinds_of_text_are_discrete(kind):
    groups = np.random.default_rng(8).integers(0, 3, size=60)
    values = np.random.default_rng(9).normal(size=60) + groups
    expected = information(pd.Categorical(groups), values)
    assert information(pd.Series(groups).astype("str").astype(kind), values) == expected


@pytest.mark.parametrize("kind", ["bool", "boolean", "bool[pyarrow]", "object"])
def test_booleans_are_discrete(kind):
    truth = pd.Series(np.random.default_rng(10).random(60) < 0.4)
    values = np.random.default_rng(11).normal(size=60) + truth
    expected = information(truth.map({True: "yes", False: "no"}), values)
    assert information(truth.astype(kind), values) == expected


def test_whole_numbers_are_continuous_until_they_are_categories():
    month = np.tile(np.arange(1, 13), 20)
    value = np.random.default_rng(12).normal(size=240) + 4 * np.cos(month)
    as_category = information(pd.Categorical(month), value)
    expected = mutual_info_classif(value[:, np.newaxis], month, random_state=0)[0]
    assert as_category == pytest.approx(expected, abs=1e-12)
    assert information(month, value) != pytest.approx(as_category, abs=1e-3)


# The course ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "x", "y", "expected"),
    [("quakes", "lat", "depth", 0.54), ("wine", "flavanoids", "color_intensity", 0.479)],
)
def test_pairs_that_r_misses(name, x, y, expected):
    """Ties are broken by noise, which alone moves these values by .002 to .004: tolerance .01."""
    table = load(name)[[x, y]]
    assert abs(table.corr().iloc[0, 1]) < 0.2
    found = mutual_information(table, shuffles=30)
    assert found.value.loc[x, y] == pytest.approx(expected, abs=0.01)
    assert found.value.loc[x, y] > 4 * found.floor.loc[x, y]


def test_months_say_much_about_the_temperature():
    table = load("nottingham")
    table = table.assign(month=table.index.month)
    expected = mutual_info_classif(table[["temperature"]], table["month"], random_state=0)[0]
    found = mutual_information(table.astype({"month": "category"})).value.iloc[0, 1]
    assert found == pytest.approx(expected, abs=0.01)  # ties again


@pytest.mark.parametrize(
    ("rows", "mean", "largest", "tolerance"),
    [(30, 0.039, 0.156, 0.02), (1000, 0.009, 0.039, 0.005)],
)
def test_noise_has_a_floor(rows, mean, largest, tolerance):
    """Independent normal columns: mean and 95th percentile of 190 pairs of 20 columns."""
    noise = pd.DataFrame(np.random.default_rng(13).normal(size=(rows, 20)))
    values = mutual_information(noise).pairs()["value"]
    assert values.mean() == pytest.approx(mean, abs=tolerance / 2)
    assert np.percentile(values, 95) == pytest.approx(largest, abs=tolerance)


def test_shuffling_finds_the_floor():
    """Of 200 shuffles at 30 rows; tolerance .04."""
    found = mutual_information(
        pd.DataFrame(np.random.default_rng(14).normal(size=(30, 2))), shuffles=200
    )
    assert found.floor.iloc[0, 1] == pytest.approx(0.156, abs=0.04)


# Shuffles -----------------------------------------------------------------------------------


def test_p_and_floor_equal_a_plain_loop():
    rng = np.random.default_rng(15)
    table = pd.DataFrame(rng.normal(size=(40, 3)), columns=["x", "y", "group"])
    table["y"] += table["x"]
    table["group"] = np.where(table["group"] > 0, "up", "down")
    found = mutual_information(table, shuffles=40, seed=4, adjust="none")
    draws = np.random.default_rng(4).permuted(np.tile(np.arange(40), (40, 3, 1)), axis=2)
    null = []
    for orders in draws:
        x, y, group = (table[name].to_numpy()[o] for name, o in zip(table, orders, strict=True))
        null.append(
            [
                mutual_info_regression(x[:, np.newaxis], y, random_state=0)[0],
                mutual_info_classif(x[:, np.newaxis], group, random_state=0)[0],
                mutual_info_classif(y[:, np.newaxis], group, random_state=0)[0],
            ]
        )
    pairs = np.triu_indices(3, 1)
    observed = found.value.to_numpy()[pairs]
    expected = (1 + (np.array(null) >= observed - 1e-9).sum(axis=0)) / 41
    np.testing.assert_allclose(found.p.to_numpy()[pairs], expected, rtol=0, atol=1e-15)
    np.testing.assert_allclose(
        found.floor.to_numpy()[pairs], np.percentile(null, 95, axis=0), rtol=0, atol=1e-12
    )
    pd.testing.assert_frame_equal(found.p_adjusted, found.p)


def test_p_is_uniform_or_larger_without_any_dependence():
    """100 pairs of independent columns of 15 rows; values of 0 tie. Three standard errors."""
    rng = np.random.default_rng(16)
    p = np.array(
        [
            mutual_information(
                pd.DataFrame(rng.lognormal(size=(15, 2))), shuffles=19, seed=seed
            ).p.iloc[0, 1]
            for seed in range(100)
        ]
    )
    for level in [0.05, 0.1, 0.25]:
        tolerance = 3 * np.sqrt(level * (1 - level) / 100)
        assert np.mean(p <= level + 1e-9) <= level + tolerance


# What comes back ----------------------------------------------------------------------------


def mixed(seed, rows=30):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(rows, 2)), columns=["x", "y"])
    table["group"] = rng.choice(["a", "b", "c"], size=rows)
    table["truth"] = rng.random(rows) < 0.5
    return table


def test_frames_are_aligned_and_symmetric_with_an_empty_diagonal():
    table = mixed(17)
    found = mutual_information(table, shuffles=9)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        pd.testing.assert_frame_equal(frame, frame.T, check_exact=True)
    for name in ["value", "p", "p_adjusted", "floor"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()
    assert found.measure == "mutual information"


def test_missing_values_of_every_kind_are_left_out_pair_by_pair():
    table = mixed(18)
    table["truth"] = table["truth"].astype("boolean")
    table.loc[:3, "x"] = np.nan
    table.loc[2:6, "group"] = None
    table.loc[5:9, "truth"] = pd.NA
    found = mutual_information(table)
    for one, other in itertools.combinations(table.columns, 2):
        pair = table[[one, other]].dropna()
        assert found.n.loc[one, other] == len(pair)
        expected = mutual_information(pair).value.loc[one, other]
        assert found.value.loc[one, other] == pytest.approx(expected, abs=1e-12)
    complete = mutual_information(table, missing="complete")
    assert (complete.n == len(table.dropna())).all(axis=None)


@pytest.mark.parametrize("value", ["same", 1.5, True])
def test_constant_column_is_nan(value):
    table = mixed(19)
    found = mutual_information(table.assign(flat=value), shuffles=5)
    for name in ["value", "p", "floor"]:
        assert getattr(found, name)["flat"].isna().all()
    np.testing.assert_array_equal(found.value.iloc[:4, :4], mutual_information(table).value)


def test_all_missing_column_is_nan():
    found = mutual_information(mixed(20).assign(empty=np.nan, none=None))
    assert found.value[["empty", "none"]].isna().all(axis=None)
    assert (found.n["none"] == 0).all()


@pytest.mark.parametrize(("rows", "defined"), [(2, False), (3, False), (4, True)])
def test_continuous_columns_need_more_rows_than_neighbours(rows, defined):
    x, y = continuous(21, rows)
    assert np.isnan(information(x, y)) != defined


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"neighbours": 0}, "neighbours is 0: look at 1 at least"),
        ({"shuffles": -1}, "shuffles is -1: choose 0 or more"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing"),
    ],
)
def test_choices_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        mutual_information(mixed(22), **options)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (mixed(23).assign(odd=[1, "a", None] * 10), "Column 'odd' is not numeric"),
        (mixed(23).assign(x=np.inf), "Column 'x' is infinite in places"),
        (mixed(23)[["x", "group", "group"]], "Column 'group' is there more than once"),
        (mixed(23)[["group"]], "only column 'group'"),
        (mixed(23).head(0), "but no rows"),
        (pd.DataFrame(), "no columns"),
    ],
)
def test_tables_that_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        mutual_information(table)


# Properties ---------------------------------------------------------------------------------


@given(seed=st.integers(0, 10**6), shift=st.integers(-999, 999), power=st.integers(-9, 9))
@settings(max_examples=15, deadline=None)
def test_shift_scale_sign_and_order_of_rows_change_nothing(seed, shift, power):
    table = mixed(seed)
    moved = table.assign(x=(shift - table["x"]) * 2.0**power).sample(frac=1, random_state=seed)
    found, expected = mutual_information(moved).value, mutual_information(table).value
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@given(seed=st.integers(0, 10**6), data=st.data())
@settings(max_examples=15, deadline=None)
def test_order_of_columns_and_names_of_groups_only_move_the_results(seed, data):
    table = mixed(seed)
    order = data.draw(st.permutations(table.columns.tolist()))
    names = dict(zip("abc", data.draw(st.permutations("abc")), strict=True))
    found = mutual_information(table[order].assign(group=table["group"].map(names))).value
    expected = mutual_information(table).value.loc[order, order]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_never_negative_and_no_more_than_a_discrete_column_can_say(seed):
    found = mutual_information(mixed(seed, rows=12)).value
    assert not (found < 0).any(axis=None)
    assert not found.loc["group", "truth"] > np.log(2) + 1e-12
