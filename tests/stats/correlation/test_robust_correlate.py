"""robust_correlate beside pingouin's values, definitions in a loop, and what outliers can do."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.covariance import MinCovDet

from datasets import load
from lib.stats import correlate, robust_correlate

METHODS = pytest.mark.parametrize("method", ["biweight", "percentage bend", "skipped"])
QUICK = pytest.mark.parametrize("method", ["biweight", "percentage bend"])
FRAMES = ["r", "n", "p", "p_adjusted", "low", "high"]

# pingouin 0.7.0, corr(x, y, method="bicor") and "percbend", on the course's highway data.
PINGOUIN = {
    ("biweight", "rate", "acpt"): (0.5315932952580111, 0.000496775251149214),
    ("biweight", "len", "trks"): (0.48254558449674084, 0.0018638558338125604),
    ("biweight", "adt", "trks"): (-0.14122057285242318, 0.3911477265685131),
    ("biweight", "rate", "slim"): (-0.5910497089632019, 7.439437654663275e-05),
    ("percentage bend", "rate", "acpt"): (0.5420292218713211, 0.00036511383293084504),
    ("percentage bend", "len", "trks"): (0.5116536473083364, 0.0008709558133103231),
    ("percentage bend", "adt", "trks"): (-0.21272794391453786, 0.19353120740470428),
    ("percentage bend", "rate", "slim"): (-0.5943136828514626, 6.630099552222641e-05),
}
# The same of "skipped": r and outliers, of columns less their median over their median absolute
# deviation, since pingouin's depends on the units.
PINGOUIN_SKIPPED = {
    ("rate", "acpt"): (0.31899121224220056, 5),
    ("len", "trks"): (0.5076833417160372, 2),
    ("adt", "trks"): (-0.42353768389331503, 6),
    ("rate", "slim"): (-0.5210462965789486, 6),
}


@pytest.fixture(scope="module")
def highway():
    return load("highway").select_dtypes("number")


def table(rows=25, missing=0.0, seed=3):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        rng.standard_t(2, size=(rows, 3)) + rng.normal(size=(rows, 1)), columns=[*"abc"]
    )
    return frame.mask(rng.random(frame.shape) < missing)


def biweight(x, y):
    """By its definition, as Langfelder and Horvath (2012) write it."""
    scores = []
    for column in (x, y):
        median = np.median(column)
        mad = np.median(np.abs(column - median))
        u = (column - median) / (9 * mad)
        weights = (1 - u**2) ** 2 * (np.abs(u) < 1)
        products = (column - median) * weights
        scores.append(products / np.sqrt(np.sum(products**2)))
    return float(np.sum(scores[0] * scores[1]))


def percentage_bend(x, y):
    """By its definition, as Wilcox (1994) writes it, value by value."""
    scores = []
    for column in (x, y):
        median = np.median(column)
        omega = sorted(abs(value - median) for value in column)[int(0.8 * len(column)) - 1]
        low = sum(1 for value in column if (value - median) / omega < -1)
        high = sum(1 for value in column if (value - median) / omega > 1)
        middle = sum(value for value in column if abs((value - median) / omega) <= 1)
        centre = (omega * (high - low) + middle) / (len(column) - low - high)
        scores.append(np.array([max(-1, min(1, (value - centre) / omega)) for value in column]))
    a, b = scores
    return float(np.sum(a * b) / np.sqrt(np.sum(a**2) * np.sum(b**2)))


def skipped(x, y):
    """Projections of every point on the line to every other, one after another."""
    points = np.column_stack([x, y])
    points = points - np.median(points, axis=0)
    points = points / np.median(np.abs(points), axis=0)
    points = points - MinCovDet(random_state=0).fit(points).location_
    n = len(points)
    out = np.zeros(n, dtype=bool)
    for towards in points:
        distances = np.array([abs(point @ towards) for point in points]) / np.linalg.norm(towards)
        j = int(np.floor(n / 4 + 5 / 12))
        g = n / 4 + 5 / 12 - j
        up = np.sort(distances)
        low = (1 - g) * up[j - 1] + g * up[j]
        high = (1 - g) * up[n - j] + g * up[n - j - 1]
        reach = np.sqrt(stats.chi2.ppf(0.975, 2)) * (high - low)
        out |= distances > np.median(distances) + reach
    return float(stats.spearmanr(x[~out], y[~out]).statistic), int((~out).sum())


LOOPS = {"biweight": biweight, "percentage bend": percentage_bend}


# References ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "x", "y"), PINGOUIN)
def test_highway_equals_pingouin(highway, method, x, y):
    r, p = PINGOUIN[method, x, y]
    found = robust_correlate(highway[[x, y]], method)
    assert found.r.loc[x, y] == pytest.approx(r, abs=1e-12)
    assert found.p.loc[x, y] == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize(("x", "y"), PINGOUIN_SKIPPED)
def test_skipped_equals_pingouin(highway, x, y):
    r, outliers = PINGOUIN_SKIPPED[x, y]
    found = robust_correlate(highway[[x, y]], "skipped")
    assert found.r.loc[x, y] == pytest.approx(r, abs=1e-12)
    assert found.n.loc[x, y] == 39 - outliers


def test_missing_values_equal_pingouin():
    """Which leaves out the rows that lack one of the two."""
    air = load("airquality")[["Ozone", "Wind", "Solar.R"]]
    for method, r in (("biweight", 0.29151708072927685), ("percentage bend", 0.3577980359264019)):
        found = robust_correlate(air, method)
        assert found.r.loc["Ozone", "Solar.R"] == pytest.approx(r, abs=1e-12)
        assert found.n.loc["Ozone", "Solar.R"] == 111


@QUICK
@pytest.mark.parametrize("missing", [0, 0.2])
def test_each_pair_equals_its_definition(method, missing):
    data = table(missing=missing)
    found = robust_correlate(data, method, confidence=0.9)
    for x, y in itertools.combinations("abc", 2):
        pair = data[[x, y]].dropna().to_numpy()
        r, n = LOOPS[method](*pair.T), len(pair)
        t = r * np.sqrt((n - 2) / (1 - r**2))
        reach = stats.norm.ppf(0.95) / np.sqrt(n - 3)
        assert found.r.loc[x, y] == found.r.loc[y, x] == pytest.approx(r, abs=1e-12)
        assert found.n.loc[x, y] == n
        assert found.p.loc[x, y] == pytest.approx(2 * stats.t.sf(abs(t), n - 2), rel=1e-9)
        assert found.low.loc[x, y] == pytest.approx(np.tanh(np.arctanh(r) - reach), abs=1e-12)


@pytest.mark.parametrize("missing", [0, 0.2])
def test_skipped_equals_a_loop_over_points(missing):
    data = table(missing=missing)
    found = robust_correlate(data, "skipped")
    for x, y in itertools.combinations("abc", 2):
        r, n = skipped(*data[[x, y]].dropna().to_numpy().T)
        assert found.r.loc[x, y] == found.r.loc[y, x] == pytest.approx(r, abs=1e-12)
        assert found.n.loc[x, y] == n


# What comes back ----------------------------------------------------------------------------


@METHODS
def test_frames_are_aligned_symmetric_and_have_the_usual_diagonal(method):
    data = table(missing=0.1)
    found = robust_correlate(data, method, adjust="bh")
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(data.columns)
        pd.testing.assert_frame_equal(frame, frame.T, check_exact=True)
    assert np.diagonal(found.r).tolist() == [1] * 3
    assert np.diagonal(found.n).tolist() == data.count().tolist()
    assert (found.method, found.adjust) == (method, "bh")
    assert len(found.pairs()) == 3


def test_skipped_has_no_p_and_no_interval():
    pairs = robust_correlate(table(), "skipped").pairs()
    assert pairs["r"].notna().all()
    assert pairs[["p", "p_adjusted", "low", "high"]].isna().all(axis=None)


@QUICK
def test_complete_rows_on_request(method):
    data = table(missing=0.1)
    found = robust_correlate(data, method, missing="complete")
    expected = robust_correlate(data.dropna(), method)
    pd.testing.assert_frame_equal(found.r, expected.r)
    assert (found.n == len(data.dropna())).all(axis=None)


# Outliers -----------------------------------------------------------------------------------


@METHODS
@pytest.mark.parametrize("outlier", [1e3, 1e100])
def test_an_outlier_in_one_column_hardly_moves_it(method, outlier):
    rng = np.random.default_rng(0)
    x = rng.normal(size=40)
    data = pd.DataFrame({"x": x, "y": x + 0.5 * rng.normal(size=40)})
    clean = robust_correlate(data, method).r.loc["x", "y"]
    data.loc[0, "y"] = outlier
    assert abs(correlate(data).r.loc["x", "y"]) < 0.4
    assert robust_correlate(data, method).r.loc["x", "y"] == pytest.approx(clean, abs=0.1)


def test_rows_that_are_odd_in_the_pair_alone_need_skipped():
    """Each value is usual in its column: |x| and |y| are near 1.5, the others go up to 2."""
    up = np.linspace(-2, 2, 40)
    x = np.append(up, [-1.5, -1.4, 1.5, 1.4])
    y = np.append(up + 0.1 * np.sin(40 * up), [1.5, 1.4, -1.5, -1.4])
    data = pd.DataFrame({"x": x, "y": y})
    assert robust_correlate(data, "skipped").r.loc["x", "y"] > 0.98
    assert robust_correlate(data, "skipped").n.loc["x", "y"] == 40
    for method in ("biweight", "percentage bend"):
        assert robust_correlate(data, method).r.loc["x", "y"] < 0.8


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("equal", "defined"),
    [
        (9, {"biweight", "percentage bend", "skipped"}),
        (11, {"percentage bend"}),
        (16, set()),
        (20, set()),
    ],
)
@METHODS
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_a_column_with_many_equal_values(method, equal, defined, noise):
    """Of 20: up to half, more than half, four fifths, all. 0.3 and 0.1 + 0.2 are equal too."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=20) + 5
    x[:equal] = np.where(rng.random(equal) < 0.5 * noise, 0.1 + 0.2, 0.3)
    data = pd.DataFrame({"x": x, "y": rng.normal(size=20), "z": rng.normal(size=20)})
    found = robust_correlate(data, method)
    is_defined = method in defined
    assert np.isnan(found.r.loc["x", "y"]) == (not is_defined)
    assert np.isnan(found.r.loc["x", "x"]) == (not is_defined)
    assert np.isnan(found.p.loc["x", "y"]) == (not is_defined or method == "skipped")
    assert not np.isnan(found.r.loc["y", "z"])


@METHODS
def test_a_line_is_one(method):
    x = np.random.default_rng(2).normal(size=30)
    found = robust_correlate(pd.DataFrame({"x": x, "up": 2 * x + 7, "down": -3 * x}), method).r
    assert (found.loc["x", "up"], found.loc["x", "down"]) == (1, -1)


@METHODS
@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_values_around_1e8_keep_their_digits(method, offset):
    steps = pd.DataFrame(np.random.default_rng(9).integers(-9, 9, size=(30, 3)), columns=[*"abc"])
    found, expected = (robust_correlate(t, method).r for t in (steps + offset, steps))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@METHODS
@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_squares_neither_overflow_nor_vanish(method, scale):
    data = table()
    found = robust_correlate(data * scale, method).r
    np.testing.assert_allclose(found, robust_correlate(data, method).r, rtol=0, atol=1e-12)


@METHODS
@pytest.mark.filterwarnings("error")
def test_differences_of_the_largest_numbers(method):
    x = np.random.default_rng(4).permutation(np.linspace(-1, 1, 20))
    data = pd.DataFrame({"x": x, "y": np.arange(20) ** 2})
    found = robust_correlate(data.assign(x=x * 1.7e308), method).r
    np.testing.assert_allclose(found, robust_correlate(data, method).r, rtol=0, atol=1e-12)


@METHODS
def test_units_do_not_matter(method):
    data = table()
    moved = data.assign(b=1024 * data["b"], c=-data["c"] / 8)
    found, expected = robust_correlate(moved, method), robust_correlate(data, method)
    sign = np.array([1, 1, -1])
    np.testing.assert_allclose(found.r, expected.r * np.outer(sign, sign), rtol=0, atol=1e-12)
    pd.testing.assert_frame_equal(found.n, expected.n)


@METHODS
@pytest.mark.parametrize(("rows", "least"), [(2, 9), (3, 3), (4, 3), (5, 3)])
def test_few_rows(method, rows, least):
    found = robust_correlate(table(8).head(rows), method)
    least = 5 if method == "skipped" else least
    assert np.isnan(found.r.loc["a", "b"]) == (rows < least)


@METHODS
def test_an_empty_column_is_nan(method):
    found = robust_correlate(table().assign(empty=np.nan), method)
    assert found.r["empty"].isna().all()
    assert (found.n["empty"] == 0).all()
    assert not np.isnan(found.r.loc["a", "b"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "pearson"}, "Unknown method 'pearson': choose from biweight, percentage bend"),
        ({"confidence": 2}, "confidence is 2"),
        ({"adjust": "fdr"}, "Unknown adjustment 'fdr'"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing"),
    ],
)
def test_options_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        robust_correlate(table(), **options)


def test_columns_that_are_not_numeric_are_named():
    with pytest.raises(ValueError, match="Column 'town' is not numeric"):
        robust_correlate(table().assign(town="x"))
