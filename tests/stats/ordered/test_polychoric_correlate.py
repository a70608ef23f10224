"""polychoric_correlate: published values, scipy's optimiser in a loop, and simulation."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats
from scipy.stats import multivariate_normal, norm

from lib.stats import adjust_p_values, associate_ordered, correlate, polychoric_correlate

FRAMES = ["r", "measure", "standard_error", "n", "p", "p_adjusted", "low", "high"]
FRAMES += ["g_square", "freedom", "p_of_normality", "smallest_fitted"]
UNKNOWN = ["r", "standard_error", "p", "low", "high", "g_square", "p_of_normality"]
LEVELS = pd.CategoricalDtype(ordered=True)


def answers(counts):
    """The rows of data that a table of counts was made of, as ordered categories r and c."""
    counts = np.array(counts)
    levels = np.indices(counts.shape).reshape(2, -1)
    rows = levels.repeat(counts.ravel(), axis=1).T
    return pd.DataFrame(rows, columns=["r", "c"]).astype(LEVELS)


def only(found):
    """The only pair of a table of two columns."""
    return found.pairs().loc[0]


def normal_rows(seed, rows, correlation):
    rng = np.random.default_rng(seed)
    x, noise = rng.normal(size=(2, rows))
    return x, correlation * x + np.sqrt(1 - correlation**2) * noise


def mixed(seed, rows=200, missing=0.1):
    """Two numbers, two columns of ordered levels and a boolean, with a common cause."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(rows, 5)) + rng.normal(size=(rows, 1))
    table = pd.DataFrame(latent[:, :2] * [3, 1e4] + [1e6, 0], columns=["small", "large"])
    table["three"] = pd.cut(latent[:, 2], [-np.inf, -1, 1, np.inf])
    table["five"] = pd.cut(-latent[:, 3], [-np.inf, -2, -1, 0.5, 1, np.inf])
    table["flag"] = pd.array(latent[:, 4] > 0.7, dtype="boolean")
    return table.mask(rng.random(table.shape) < missing)


# By definition, with scipy alone ------------------------------------------------------------


def cell_probabilities(h, k, r):
    normal = multivariate_normal([0, 0], [[1, r], [r, 1]])
    corners = np.array([[normal.cdf([a, b]) for b in k] for a in h])
    return np.diff(np.diff(corners, axis=0), axis=1)


def with_ends(thresholds):
    return np.concatenate([[-40], thresholds, [40]])


def thresholds_of(counts):
    return with_ends(norm.ppf(np.cumsum(counts)[:-1] / counts.sum()))


def most_likely(log_likelihood):
    found = optimize.minimize_scalar(
        lambda r: -log_likelihood(r), bounds=(-0.9999, 0.9999), options={"xatol": 1e-9}
    )
    return found.x, -found.fun


def polychoric_by_scipy(counts):
    """r, the likelihood ratio's p and G²."""
    counts = np.array(counts)
    h, k = thresholds_of(counts.sum(axis=1)), thresholds_of(counts.sum(axis=0))

    def log_likelihood(r):
        return (counts * np.log(np.maximum(cell_probabilities(h, k, r), 1e-15))).sum()

    r, largest = most_likely(log_likelihood)
    seen = counts[counts > 0]
    g_square = 2 * ((seen * np.log(seen / counts.sum())).sum() - largest)
    return r, stats.chi2.sf(2 * (largest - log_likelihood(0)), 1), g_square


def polyserial_by_scipy(numbers, levels):
    """r and the likelihood ratio's p."""
    z = (numbers - numbers.mean()) / numbers.std()
    cuts = thresholds_of(np.bincount(levels))

    def log_likelihood(r):
        edges = [(cuts[levels + side] - r * z) / np.sqrt(1 - r**2) for side in (0, 1)]
        return np.log(np.maximum(norm.cdf(edges[1]) - norm.cdf(edges[0]), 1e-300)).sum()

    r, largest = most_likely(log_likelihood)
    return r, stats.chi2.sf(2 * (largest - log_likelihood(0)), 1)


# Published values ---------------------------------------------------------------------------

# Drasgow's (1988) table, by R's polycor in a letter of its author's, John Fox, to R-help (2006).
DRASGOW = [[58, 52, 1], [26, 58, 3], [8, 12, 9]]
# Brown's (1977), from the same letter.
BROWN = [[1562, 42], [383, 94]]
# polycor's README: 1000 rows of rmvnorm after set.seed(12345), cut; R's generator made again.
README = [[155, 437, 162, 21], [7, 88, 84, 46]]
# Ten rows, by R's polycor, from a public script.
SATISFACTION, PRICE = [5, 2, 3, 1, 1, 2, 3, 3, 4, 0], [4, 1, 2, 2, 0, 3, 1, 3, 5, 1]

OPTIMISE = 1.2e-4  # how near R's optimise comes by default, and polycor with it


@pytest.mark.parametrize(
    ("table", "r"),
    [
        (answers(DRASGOW), 0.42),
        (answers(BROWN), 0.595824),
        (answers(README), 0.5230474),
        (pd.DataFrame({"r": SATISFACTION, "c": PRICE}).astype(LEVELS), 0.7377534),
    ],
)
def test_r_is_polycors_in_two_steps(table, r):
    found = only(polychoric_correlate(table))
    assert found["r"] == pytest.approx(r, abs=OPTIMISE)
    assert found["measure"] == "polychoric"


def test_bivariate_normality_is_polycors():
    found = only(polychoric_correlate(answers(DRASGOW)))
    assert (found["g_square"], found["freedom"]) == (pytest.approx(11.55, abs=0.005), 3)
    assert found["p_of_normality"] == pytest.approx(0.009078, abs=5e-5)


@pytest.mark.parametrize(
    ("table", "error"),
    [(DRASGOW, 0.07616), (README, 0.03819)],
)
def test_standard_error_is_near_polycors_of_everything_at_once(table, error):
    """Full likelihood's; polycor's after two steps takes the thresholds for known: .07474."""
    found = only(polychoric_correlate(answers(table)))
    assert found["standard_error"] == pytest.approx(error, rel=0.003)


def test_polyserial_of_ordinalcorrs_documentation():
    table = pd.DataFrame({"x": [0.1, 0.1, 0.2, 0.2, 0.3, 0.3], "y": [0, 0, 0, 1, 1, 2]})
    found = only(polychoric_correlate(table.astype({"y": LEVELS})))
    assert found["r"] == pytest.approx(0.9017, abs=5e-5)
    assert found["measure"] == "polyserial"


def test_one_row_against_a_thousand_in_order():
    """Its cell has a probability of 1e-19; r by mpmath with 60 digits."""
    table = np.diag([200] * 5)
    table[0, 4] = 1
    found = only(polychoric_correlate(answers(table)))
    assert found["r"] == pytest.approx(0.991417030004, abs=1e-10)
    assert found["p_of_normality"] < 1e-80


# Against scipy ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "counts",
    [
        DRASGOW,
        [[40, 10], [20, 30]],
        [[3, 0, 9], [0, 4, 1], [7, 2, 0]],
        [[1, 30, 4, 0], [0, 12, 25, 40]],
        [[0, 0, 6], [1, 8, 1], [9, 2, 0]],
    ],
)
def test_polychoric_is_the_most_likely(counts):
    found = only(polychoric_correlate(answers(counts)))
    r, p, g_square = polychoric_by_scipy(counts)
    assert found["r"] == pytest.approx(r, abs=1e-6)
    assert found["p"] == pytest.approx(p, rel=1e-6)
    if found["freedom"]:
        assert found["g_square"] == pytest.approx(g_square, rel=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_correlation_is_likelier(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.4, 4, size=(3, 4))) + np.array([[1, 0, 0, 1]] * 3)
    found = only(polychoric_correlate(answers(counts)))["r"]
    counts = counts[:, counts.any(axis=0)]
    h, k = thresholds_of(counts.sum(axis=1)), thresholds_of(counts.sum(axis=0))

    def log_likelihood(r):
        return (counts * np.log(np.maximum(cell_probabilities(h, k, r), 1e-15))).sum()

    largest = max(log_likelihood(r) for r in np.sin(np.linspace(-1.5, 1.5, 31)))
    assert log_likelihood(found) >= largest - 1e-9


@pytest.mark.parametrize("split", [1, 7, 20, 33, 39])
def test_halves_have_sheppards_correlation(split):
    """Cut at both medians, r is the sine of what the first quadrant has beyond a quarter."""
    found = only(polychoric_correlate(answers([[split, 40 - split], [40 - split, split]])))
    assert found["r"] == pytest.approx(np.sin(2 * np.pi * (split / 80 - 0.25)), abs=1e-12)
    assert found["freedom"] == 0
    assert np.isnan(found["p_of_normality"])


@pytest.mark.parametrize("missing", [0, 0.3])
def test_each_pair_of_a_mixed_table_is_as_if_alone(missing):
    table = mixed(1, missing=missing)
    found = polychoric_correlate(table)
    pearson = correlate(table[["small", "large"]])
    for x, y in itertools.combinations(table.columns, 2):
        shared = table[[x, y]].dropna()
        assert found.n.loc[x, y] == len(shared)
        numbers = [name for name in (x, y) if name in ("small", "large")]
        codes = {
            name: pd.factorize(shared[name], sort=True)[0] for name in (x, y) if name not in numbers
        }
        if len(numbers) == 2:
            expected = pearson.r.loc[x, y], pearson.p.loc[x, y]
        elif numbers:
            values = shared[numbers[0]].to_numpy(float)
            expected = polyserial_by_scipy(values, *codes.values())
        else:
            expected = polychoric_by_scipy(pd.crosstab(codes[x], codes[y]))[:2]
        assert found.r.loc[x, y] == pytest.approx(expected[0], abs=1e-6)
        assert found.p.loc[x, y] == pytest.approx(expected[1], rel=1e-5)


def test_what_the_columns_hold_decides_the_measure():
    found = polychoric_correlate(mixed(0)).measure
    assert found.loc["small"].tolist() == ["pearson"] * 2 + ["polyserial"] * 3
    assert found.loc["flag"].tolist() == ["polyserial"] * 2 + ["polychoric"] * 3


def test_numbers_have_pearsons_interval():
    table = mixed(2)[["small", "large"]]
    found, expected = polychoric_correlate(table, confidence=0.9), correlate(table, confidence=0.9)
    for name in ("r", "p", "low", "high", "n"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
    assert found.freedom.eq(0).all(axis=None)
    assert found.p_of_normality.isna().all(axis=None)


def test_polyserial_standard_error_is_near_that_of_the_full_likelihood():
    """scipy's optimiser over mean, deviation, thresholds and r at once; a numerical Hessian."""
    x, y = normal_rows(4, 400, 0.6)
    levels = np.digitize(y, [-0.5, 1])

    def negative(parameters):
        mean, log_deviation, fisher_z, *cuts = parameters
        r = np.tanh(fisher_z)
        z = (x - mean) / np.exp(log_deviation)
        edges = (with_ends(cuts) - r * z[:, np.newaxis]) / np.sqrt(1 - r**2)
        within = np.diff(norm.cdf(edges))[np.arange(len(x)), levels]
        return -(norm.logpdf(z) - log_deviation + np.log(within)).sum()

    start = [0.0, 0.0, 0.7, -0.5, 1.0]
    best = optimize.minimize(negative, start, method="BFGS", options={"gtol": 1e-4}).x
    steps = np.eye(5) * 1e-3
    hessian = [
        [
            sum(a * b * negative(best + a * s + b * t) for a in (1, -1) for b in (1, -1)) / 4e-6
            for s in steps
        ]
        for t in steps
    ]
    table = pd.DataFrame({"x": x, "y": levels}).astype({"y": LEVELS})
    found = only(polychoric_correlate(table))
    r = np.tanh(best[2])
    assert found["r"] == pytest.approx(r, abs=0.002)
    error = np.sqrt(np.linalg.inv(hessian)[2, 2]) * (1 - r**2)
    assert found["standard_error"] == pytest.approx(error, rel=0.01)


# Simulation ---------------------------------------------------------------------------------


def replicates(correlation, rows, x_cuts, y_cuts, tables=100):
    """r and standard errors of many tables; x stays a number without cuts."""
    found = []
    for seed in range(tables):
        x, y = normal_rows(seed, rows, correlation)
        table = pd.DataFrame({"x": np.digitize(x, x_cuts) if x_cuts else x})
        table["y"] = np.digitize(y, y_cuts)
        levels = ["x", "y"] if x_cuts else ["y"]
        found.append(only(polychoric_correlate(table.astype(dict.fromkeys(levels, LEVELS)))))
    return pd.DataFrame(found)


@pytest.mark.parametrize("x_cuts", [[-1, 0.3], None])
def test_estimates_are_unbiased_and_vary_as_their_standard_errors_say(x_cuts):
    truth = 0.75
    found = replicates(truth, 250, x_cuts, [-0.6, 0.2, 1])
    error_of_mean = found["r"].std() / np.sqrt(len(found))
    assert found["r"].mean() == pytest.approx(truth, abs=3 * error_of_mean)
    # The standard deviation of 100 values is known to 7 %.
    assert found["standard_error"].mean() == pytest.approx(found["r"].std(), rel=0.15)
    covered = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    assert 0.9 <= covered <= 0.99


# What comes back ----------------------------------------------------------------------------


def test_frames_are_aligned_symmetric_and_named_by_the_table():
    table = mixed(0)
    found = polychoric_correlate(table)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)
        assert frame.equals(frame.T)
    assert np.diagonal(found.r).tolist() == [1] * 5
    assert np.diagonal(found.n).tolist() == table.count().tolist()
    assert np.diagonal(found.freedom).tolist() == [0] * 5
    for name in [name for name in UNKNOWN if name != "r"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()
    for name in ("n", "freedom"):
        assert (getattr(found, name).dtypes == np.int64).all()


def test_degrees_of_freedom():
    """Cells less 1, less the thresholds and r; a number stands in four quarters of its own."""
    found = polychoric_correlate(mixed(0)).freedom
    assert found.loc["three", "five"] == 15 - 1 - 2 - 4 - 1
    assert found.loc["three", "flag"] == 6 - 1 - 2 - 1 - 1
    assert found.loc["small", "three"] == 12 - 1 - 2 - 1
    assert found.loc["small", "flag"] == 8 - 1 - 1 - 1


def test_pairs_lists_every_pair_once_strongest_first():
    table = mixed(0).assign(flat=1)
    found = polychoric_correlate(table)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", *FRAMES]
    assert len(pairs) == 15
    assert pairs["r"].abs().dropna().is_monotonic_decreasing
    assert pairs["r"].tail(5).isna().all()
    for row in pairs.itertuples():
        for name in FRAMES:
            assert getattr(row, name) == pytest.approx(
                getattr(found, name).loc[row.x, row.y], nan_ok=True
            )


@pytest.mark.parametrize("adjust", ["none", "bonferroni", "holm", "bh", "by"])
def test_each_pair_is_one_test(adjust):
    pairs = polychoric_correlate(mixed(0).assign(flat=1), adjust=adjust).pairs()
    expected = adjust_p_values(pairs["p"], adjust)
    pd.testing.assert_series_equal(pairs["p_adjusted"], expected, check_names=False)


def test_result_is_frozen_and_remembers_what_was_asked():
    found = polychoric_correlate(mixed(0), adjust="bh", confidence=0.8, missing="complete")
    assert (found.adjust, found.confidence, found.missing) == ("bh", 0.8, "complete")
    assert (found.n == len(mixed(0).dropna())).all(axis=None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.r = found.n


def test_complete_rows_only():
    table = mixed(0)
    found = polychoric_correlate(table, missing="complete")
    expected = polychoric_correlate(table.dropna())
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def test_the_size_of_the_blocks_changes_nothing(monkeypatch):
    table = mixed(0)
    expected = polychoric_correlate(table)
    monkeypatch.setattr("lib.stats.ordered.polychoric._CORNERS_AT_ONCE", 1)
    monkeypatch.setattr("lib.stats.ordered.polyserial._VALUES_AT_ONCE", 1)
    found = polychoric_correlate(table)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), rtol=1e-9)


def test_whether_the_matrix_is_positive_semidefinite():
    assert polychoric_correlate(mixed(0, rows=2000)).is_positive_semidefinite
    # x goes with y, y with z, and x against z: each pair in rows of its own.
    apart = pd.DataFrame(
        {
            "x": [1, 2, 2, 1] * 5 + [1, 2, 2, 2] * 5 + [None] * 20,
            "y": [1, 2, 2, 2] * 5 + [None] * 20 + [1, 2, 2, 1] * 5,
            "z": [None] * 20 + [2, 1, 1, 2] * 5 + [1, 2, 2, 2] * 5,
        }
    ).astype(LEVELS)
    assert not polychoric_correlate(apart).is_positive_semidefinite


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "r"),
    [([[5, 0], [3, 4]], 1), ([[0, 5], [3, 4]], -1), ([[4, 2, 0], [0, 3, 5]], 1), (np.eye(4), 1)],
)
def test_where_nothing_contradicts_it_r_is_1_and_p_alone_says_what_that_means(counts, r):
    counts = np.array(counts, dtype=int)
    found = only(polychoric_correlate(answers(counts)))
    assert found["r"] == r
    assert found[[name for name in UNKNOWN if name not in ("r", "p")]].isna().all()
    assert found["freedom"] == 0
    n = counts.sum()
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / n
    seen = counts > 0
    ratio = 2 * (counts[seen] * np.log(counts[seen] / expected[seen])).sum()
    assert found["p"] == pytest.approx(stats.chi2.sf(ratio, 1), rel=1e-9)
    assert associate_ordered(answers(counts)).value.loc["r", "c"] == r


def test_numbers_within_their_levels_have_an_r_of_1():
    table = pd.DataFrame({"x": [-1.0, 0.0, 1.0], "y": [0, 1, 2], "z": [2, 1, 0]})
    found = polychoric_correlate(table.astype({"y": LEVELS, "z": LEVELS}))
    assert found.r.loc["x"].tolist() == [1, 1, -1]
    # Without x, each row has a third of all chances for its level.
    assert found.p.loc["x", "y"] == pytest.approx(stats.chi2.sf(2 * 3 * np.log(3), 1))
    assert np.isnan(found.standard_error.loc["x", "y"])


def test_numbers_in_order_but_not_where_their_levels_lie_have_less():
    table = pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 600], "y": [0, 0, 0, 1, 1, 1]})
    found = only(polychoric_correlate(table.astype({"y": LEVELS})))
    r, _ = polyserial_by_scipy(table["x"].to_numpy(), table["y"].to_numpy())
    assert 0.6 < found["r"] < 0.7
    assert found["r"] == pytest.approx(r, abs=1e-6)


def test_independent_columns_have_no_correlation():
    found = only(polychoric_correlate(answers(np.outer([4, 2, 6], [3, 5]))))
    assert found["r"] == pytest.approx(0, abs=1e-12)
    assert found["p"] == pytest.approx(1)
    assert found["p_of_normality"] == pytest.approx(1)


def test_columns_that_do_not_vary_say_nothing():
    table = mixed(0).assign(flat=1.5, level=pd.Categorical(["a"] * 200, ordered=True))
    found = polychoric_correlate(table)
    for name in UNKNOWN:
        for column in ("flat", "level"):
            assert getattr(found, name).loc[column].isna().all()
    assert found.r.loc["small", "three"] == polychoric_correlate(mixed(0)).r.loc["small", "three"]


def test_columns_that_do_not_vary_in_the_rows_shared_say_nothing():
    table = pd.DataFrame(
        {"x": [1, 1, 1, 1, 2, 3], "y": [1.0, 2, 3, 4, None, None], "z": [1, 2, 1, 2, None, None]}
    )
    found = polychoric_correlate(table.astype({"x": LEVELS, "z": LEVELS}))
    assert found.r.loc["x", ["y", "z"]].isna().all()
    assert found.r.loc["x", "x"] == 1
    assert found.is_positive_semidefinite is False


@pytest.mark.filterwarnings("error")
def test_empty_columns_and_levels_in_rows_not_shared_change_nothing():
    table = mixed(5)
    gone = table["five"].cat.codes < 1
    table["small"] = table["small"].mask(gone)
    table["flag"] = table["flag"].mask(gone)
    table = table.assign(none=np.nan, never=pd.Categorical([None] * 200, [1, 2], ordered=True))
    found = polychoric_correlate(table)
    for name in UNKNOWN:
        for column in ("none", "never"):
            assert getattr(found, name).loc[column].isna().all()
    for other in ("small", "flag", "three"):
        alone = only(polychoric_correlate(table[["five", other]].dropna()))
        for name in ("r", "standard_error", "p", "g_square", "freedom", "smallest_fitted"):
            assert getattr(found, name).loc["five", other] == pytest.approx(alone[name], rel=1e-9)


def test_two_rows_say_nothing():
    table = pd.DataFrame({"x": [1, 2], "y": [1, 2], "z": [0.1, 0.2]})
    found = polychoric_correlate(table.astype({"x": LEVELS, "y": LEVELS}))
    for name in UNKNOWN:
        assert getattr(found, name).isna().all(axis=None)


def test_a_level_with_one_row():
    counts = [[0, 1, 0], [20, 15, 4], [5, 18, 30]]
    found = only(polychoric_correlate(answers(counts)))
    r, p, _ = polychoric_by_scipy(counts)
    assert (found["r"], found["p"]) == (pytest.approx(r, abs=1e-6), pytest.approx(p, rel=1e-6))
    assert 0 < found["standard_error"] < 0.2
    assert found["smallest_fitted"] < 1


def test_levels_without_rows_change_nothing():
    table = answers(DRASGOW)
    wider = table.astype(pd.CategoricalDtype([-3, 0, 7, 1, 8, 2, 9], ordered=True))
    expected = polychoric_correlate(table).pairs()
    pd.testing.assert_frame_equal(polychoric_correlate(wider).pairs(), expected)
    # The widest column of a table decides how much room the others' levels have.
    wide = pd.concat([table, pd.Series(range(227), name="wide").mod(30).astype(LEVELS)], axis=1)
    found = polychoric_correlate(wide)
    for name in ("r", "standard_error", "p", "g_square", "freedom", "smallest_fitted"):
        assert getattr(found, name).loc["r", "c"] == pytest.approx(expected[name][0], rel=1e-9)


def test_large_offsets_and_scales_of_numbers_change_nothing():
    x, y = normal_rows(7, 200, 0.5)
    table = pd.DataFrame({"x": x, "y": np.digitize(y, [-1, 1])}).astype({"y": LEVELS})
    expected = only(polychoric_correlate(table))
    for offset, scale, digits in [(1e8, 1, 1e-6), (0, 1e300, 1e-9), (0, 1e-300, 1e-9)]:
        found = only(polychoric_correlate(table.assign(x=offset + scale * x)))
        for name in ("r", "standard_error", "p", "g_square"):
            assert found[name] == pytest.approx(expected[name], rel=digits)


def test_turning_a_column_round_turns_the_sign():
    table = mixed(3)
    turned = table["five"].cat.reorder_categories(table["five"].cat.categories[::-1])
    found = polychoric_correlate(table)
    other = polychoric_correlate(table.assign(five=turned))
    for name in ("small", "three", "flag"):
        assert other.r.loc["five", name] == pytest.approx(-found.r.loc["five", name], rel=1e-9)
        assert other.low.loc["five", name] == pytest.approx(-found.high.loc["five", name], rel=1e-9)
        assert other.p.loc["five", name] == pytest.approx(found.p.loc["five", name], rel=1e-6)


def test_what_is_not_normal_is_told():
    """Equal r, other tables: one is a cut normal distribution, the other a V of 600 rows."""
    x, y = normal_rows(0, 600, 0.4)
    cuts = [-1, 0, 1]
    normal = pd.DataFrame({"x": np.digitize(x, cuts), "y": np.digitize(y, cuts)}).astype(LEVELS)
    bent = normal.assign(y=pd.Series(np.digitize(np.abs(x) - 0.8 + y / 2, cuts)).astype(LEVELS))
    assert only(polychoric_correlate(normal))["p_of_normality"] > 0.05
    assert only(polychoric_correlate(bent))["p_of_normality"] < 1e-10
    skewed = normal.assign(x=np.exp(2 * x))
    assert only(polychoric_correlate(skewed))["p_of_normality"] < 1e-10
    assert only(polychoric_correlate(normal.assign(x=x)))["p_of_normality"] > 0.05


def test_the_table_is_left_as_it_was():
    table = mixed(0)
    before = table.copy()
    polychoric_correlate(table)
    pd.testing.assert_frame_equal(table, before)


# Refused, with a way out --------------------------------------------------------------------


def test_text_is_refused_and_the_way_out_works():
    table = pd.DataFrame({"size": ["low", "high", "middle", "low"] * 9, "x": range(36)})
    with pytest.raises(ValueError, match="Column 'size' is without an order") as refused:
        polychoric_correlate(table)
    assert "pd.CategoricalDtype(['high', 'low', 'middle'], ordered=True)" in str(refused.value)
    dtype = pd.CategoricalDtype(["low", "middle", "high"], ordered=True)
    found = polychoric_correlate(table.assign(size=table["size"].astype(dtype)))
    assert not np.isnan(found.r.loc["size", "x"])


def test_many_levels_are_refused_and_numbers_are_not():
    table = pd.DataFrame({"x": range(101), "y": range(101)})
    with pytest.raises(ValueError, match="Columns 'x', 'y' are of more than 100 levels"):
        polychoric_correlate(table.astype(LEVELS))
    assert polychoric_correlate(table).r.loc["x", "y"] == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"r": np.inf}, "Column 'r' is infinite"),
        ({"r": [1, "a"] * 113 + [1]}, "Column 'r' is neither"),
    ],
)
def test_other_values_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        polychoric_correlate(answers(DRASGOW).assign(**change))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"confidence": 0}, "confidence is 0"),
        ({"adjust": "fdr"}, "Unknown adjustment 'fdr'"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        polychoric_correlate(answers(DRASGOW), **options)
