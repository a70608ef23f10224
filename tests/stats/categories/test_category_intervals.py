"""Intervals of V, U and eta: published ones, scipy's distributions in a loop, and coverage."""

import itertools
import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats
from statsmodels.stats.oneway import confint_effectsize_oneway

from lib.stats import associate, associate_categories, correlate
from lib.stats.categories.noncentral import of_chi_square, of_f

# Degree by employment: an example of corrNominal in FSDA (rosa.unipr.it/FSDA/corrNominal.html).
EMPLOYMENT = [[150, 80, 20, 50], [80, 250, 30, 140], [30, 50, 0, 120]]
# Gears by cylinders of R's mtcars.
MTCARS = [[1, 2, 12], [8, 4, 0], [2, 1, 2]]


def of_counts(counts, **options):
    """associate_categories of a table's rows with its columns."""
    row, column = np.indices(np.shape(counts)).reshape(2, -1)
    table = pd.DataFrame({"row": row, "column": column}).astype(str)
    found = associate_categories(
        table, weights=np.ravel(counts), weights_are="frequency", **options
    )
    return found.pairs().iloc[0]


def categories(missing=0.0, rows=120):
    """Columns of 2, 3, 4 and 5 levels that share a cause, as texts."""
    rng = np.random.default_rng(4)
    cause = rng.normal(size=rows)
    table = pd.DataFrame(
        {
            f"of {levels}": pd.cut(
                cause * rng.random() + rng.normal(size=rows), levels, labels=False
            ).astype(str)
            for levels in range(2, 6)
        }
    )
    return table.mask(rng.random(table.shape) < missing)


# Published ----------------------------------------------------------------------------------


def test_v_of_statpsych():
    """ci.cramer(.05, 19.21, 2, 3, 200): 0.3099, from 0.1601 to 0.4417."""
    ends = of_chi_square(np.array([19.21]), np.array([2.0]), 0.95)
    assert np.sqrt(np.ravel(ends) / 200) == pytest.approx([0.1601, 0.4417], abs=5e-5)


def test_v_of_fsda():
    found = of_counts(EMPLOYMENT)
    assert found["v_uncorrected"] == pytest.approx(0.3326, abs=5e-5)
    assert [found["v_low"], found["v_high"]] == pytest.approx([0.28471, 0.37287], abs=5e-6)


def test_u_of_fsda():
    found = of_counts(EMPLOYMENT)
    ends = [found["u_of_y_low"], found["u_of_y_high"]]
    assert found["u_of_y"] == pytest.approx(0.08716, abs=5e-6)
    assert ends == pytest.approx([0.065082, 0.10924], abs=5e-6)


def test_u_of_spicy_which_has_the_standard_errors_of_desctools():
    """uncertainty_coef of R's spicy, both directions of gears by cylinders."""
    found = of_counts(MTCARS)
    assert found["u_of_x"] == pytest.approx(0.3587709, abs=5e-8)
    assert found["u_of_y"] == pytest.approx(0.3424818, abs=5e-8)
    of_x, of_y = (found[[f"u_of_{side}_low", f"u_of_{side}_high"]].tolist() for side in "xy")
    assert of_x == pytest.approx([0.1755315, 0.5420102], abs=1e-7)
    assert of_y == pytest.approx([0.1712294, 0.5137342], abs=1e-7)


@pytest.mark.parametrize(
    ("f", "between", "within", "confidence", "low", "high"),
    [
        # ci.etasqr(.05, .241, 3, 116) and ci.etasqr(.05, .15, 2, 57) of R's statpsych
        (0.241 / 3 / (0.759 / 116), 3, 116, 0.95, 0.1040229, 0.3493431),
        (0.15 / 2 / (0.85 / 57), 2, 57, 0.95, 0.0102, 0.3008),
        # Smithson (2001), Educational and Psychological Measurement 61, 619
        (6.00, 1, 42, 0.90, 0.0117, 0.2801),
        (2.65, 6, 42, 0.90, 0.0174, 0.3577),
        # Fidler and Thompson (2001), the same volume, 594
        (1.50, 1, 16, 0.90, 0, 0.3167),
        (4.00, 3, 16, 0.90, 0.0357, 0.5671),
    ],
)
def test_eta_squared_of_others(f, between, within, confidence, low, high):
    degrees = np.array([[between], [within]], dtype=float)
    ends = np.ravel(of_f(np.array([f]), *degrees, confidence))
    found = ends / (ends + between + within + 1)
    assert found == pytest.approx([low, high], abs=5.1e-5)


# Peers in a loop ----------------------------------------------------------------------------


def noncentrality(share_below, share):
    """Where a share that falls with the noncentrality is `share`; 0 if it is lower throughout."""
    if share_below(0) <= share:
        return 0.0
    return optimize.brentq(lambda root: share_below(root) - share, 0, 1000, xtol=1e-12)


@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("confidence", [0.95, 0.5])
def test_v_of_all_pairs_equals_scipy_s_noncentral_chi_square(missing, confidence):
    table = categories(missing)
    rng = np.random.default_rng(0)
    table["noise"] = rng.integers(3, size=len(table)).astype(str)
    found = associate_categories(table, confidence=confidence)
    mixed = associate(table, confidence=confidence)
    for x, y in itertools.combinations(table, 2):
        counts = pd.crosstab(table[x], table[y]).to_numpy()
        test = stats.chi2_contingency(counts, correction=False)
        largest = counts.sum() * (min(counts.shape) - 1)

        def below(at, test=test):
            return stats.ncx2.cdf(test.statistic, test.dof, at)

        for frames, share in [("low", (1 + confidence) / 2), ("high", (1 - confidence) / 2)]:
            expected = min(np.sqrt(noncentrality(below, share) / largest), 1)
            for cell in [(x, y), (y, x)]:
                end = getattr(found, f"v_{frames}").loc[cell]
                assert end == pytest.approx(expected, abs=1e-9)
                assert getattr(mixed, frames).loc[cell] == end


def test_u_of_all_pairs_equals_the_delta_method_by_derivatives():
    """U's gradient by the cells' shares, numerically; the shares vary as those of n rows do."""
    table = categories(0.2)
    found = associate_categories(table)

    def u(shares):
        shares = shares / shares.sum()
        of_x, of_y = shares.sum(axis=1), shares.sum(axis=0)
        joint = stats.entropy(shares.ravel())
        return (stats.entropy(of_x) + stats.entropy(of_y) - joint) / stats.entropy(of_x)

    for x, y in itertools.permutations(table, 2):
        counts = pd.crosstab(table[x], table[y]).to_numpy(float)
        shares, n = counts / counts.sum(), counts.sum()
        gradient = np.zeros(shares.shape)
        for cell in np.argwhere(counts):
            step = np.zeros(shares.shape)
            step[tuple(cell)] = 1e-6 * shares[tuple(cell)]
            gradient[tuple(cell)] = (u(shares + step) - u(shares - step)) / (2 * step.sum())
        mean = (shares * gradient).sum()
        error = np.sqrt((shares * (gradient - mean) ** 2).sum() / n)
        value = u(shares)
        reach = stats.norm.ppf(0.975) * error
        for low, high, cell in [
            (found.u_low, found.u_high, (x, y)),
            (found.u_of_column_low, found.u_of_column_high, (y, x)),
        ]:
            assert low.loc[cell] == pytest.approx(max(value - reach, 0), abs=1e-6)
            assert high.loc[cell] == pytest.approx(min(value + reach, 1), abs=1e-6)


def numbers_in_groups(missing=0.0, rows=100):
    rng = np.random.default_rng(6)
    cause = rng.normal(size=rows)
    table = pd.DataFrame(
        {
            "town": pd.Series(pd.cut(cause, 4, labels=False)).map(lambda code: "ABCD"[code]),
            "noise": pd.Series(rng.integers(3, size=rows)).map(lambda code: "xyz"[code]),
            "rent": cause + rng.normal(size=rows),
            "rooms": np.round(cause + 2 * rng.normal(size=rows)),
            "size": pd.Categorical(pd.cut(cause, 3, labels=list("SML")), ordered=True),
        }
    )
    return table.mask(rng.random(table.shape) < missing)


@pytest.mark.parametrize("missing", [0, 0.2])
def test_eta_of_all_pairs_equals_statsmodels(missing):
    table = numbers_in_groups(missing)
    found = associate(table, confidence=0.9)
    for x, y in itertools.product(["town", "noise"], ["rent", "rooms"]):
        pair = table[[x, y]].dropna()
        groups = [members.to_numpy() for _, members in pair.groupby(x)[y]]
        f = stats.f_oneway(*groups).statistic
        degrees = len(groups) - 1, len(pair) - len(groups)
        for end, share in [("low", 0.95), ("high", 0.05)]:
            at = noncentrality(lambda at, f=f, df=degrees: stats.ncf.cdf(f, *df, at), share)
            for cell in [(x, y), (y, x)]:
                expected = np.sqrt(at / (at + len(pair)))
                assert getattr(found, end).loc[cell] == pytest.approx(expected, abs=1e-9)
        # statsmodels knows no end at 0, and looks for the others with a tolerance of its own.
        if found.low.loc[x, y] > 0:
            peer = np.sqrt(confint_effectsize_oneway(f, degrees, alpha=0.1).eta2)
            ends = found.low.loc[x, y], found.high.loc[x, y]
            assert ends == pytest.approx(tuple(peer), abs=1e-4)


def test_each_cell_has_the_interval_of_its_measure():
    table = numbers_in_groups(0.1)
    found = associate(table, confidence=0.8)
    numbers = correlate(table[["rent", "rooms"]], confidence=0.8)
    assert found.low.loc["rent", "rooms"] == pytest.approx(numbers.low.loc["rent", "rooms"])
    ranks = pd.DataFrame(
        {"rent": table["rent"], "size": table["size"].cat.codes.where(table["size"].notna())}
    )
    rho = correlate(ranks, "spearman", confidence=0.8)
    assert found.high.loc["rent", "size"] == pytest.approx(rho.high.loc["rent", "size"])
    v = associate_categories(table[["town", "noise"]], confidence=0.8)
    assert found.high.loc["town", "noise"] == v.v_high.loc["town", "noise"]
    assert found.measure.loc["town", "size"] == "correlation ratio of ranks"
    assert np.isnan(found.low.loc["town", "size"])
    assert np.isnan(found.high.loc["size", "town"])


def test_surveys_have_intervals_of_effective_rows():
    table, weights = numbers_in_groups(), np.random.default_rng(1).gamma(2, size=100)
    found = associate(table, weights=weights, weights_are="survey")
    effective_n = weights.sum() ** 2 / (weights**2).sum()
    eta = found.value.loc["town", "rent"]
    degrees = 3, effective_n - 4
    f = eta**2 / (1 - eta**2) * degrees[1] / degrees[0]
    at = noncentrality(lambda at: stats.ncf.cdf(f, *degrees, at), 0.975)
    expected = np.sqrt(at / (at + effective_n))
    assert found.low.loc["town", "rent"] == pytest.approx(expected, abs=1e-9)
    pair = associate_categories(
        table[["town", "noise"]], weights=weights, weights_are="survey"
    ).pairs()
    chi_square = pair.loc[0, "chi_square"]
    at = noncentrality(lambda at: stats.ncx2.cdf(chi_square, 6, at), 0.025)
    assert pair.loc[0, "v_high"] == pytest.approx(np.sqrt(at / effective_n / 2), abs=1e-9)


# Traps --------------------------------------------------------------------------------------


def test_both_ends_of_what_chi_square_calls_too_independent_are_0():
    found = of_counts([[25, 25], [25, 25]])
    assert (found["v_low"], found["v_high"]) == (0, 0)


def test_v_of_1_has_an_interval_that_ends_there():
    found = of_counts([[20, 0, 0], [0, 20, 0], [0, 0, 20]])
    low = noncentrality(lambda at: stats.ncx2.cdf(120, 4, at), 0.975)
    assert found["v_low"] == pytest.approx(np.sqrt(low / 120), abs=1e-9)
    assert found["v_high"] == 1


@pytest.mark.parametrize("f", [2.6e8, 1e12, 1e16])
def test_an_f_that_is_very_large_has_the_interval_of_its_limit(f):
    """Between groups all is noncentrality then, and within them is chi-square."""
    low, high = (end[0] for end in of_f(*map(np.atleast_1d, (f, 4.0, 35.0)), 0.95))
    assert low == pytest.approx(f * 4 / 35 * stats.chi2.ppf(0.025, 35), rel=1e-9)
    assert high == pytest.approx(f * 4 / 35 * stats.chi2.ppf(0.975, 35), rel=1e-9)
    if f < 1e9:  # beyond, scipy's own takes minutes
        assert stats.ncf.cdf(f, 4, 35, [low, high]) == pytest.approx([0.975, 0.025], abs=1e-6)


def test_a_chi_square_that_is_very_large_has_the_interval_of_its_limit():
    low, high = (end[0] for end in of_chi_square(np.array([1.2e9]), np.array([6.0]), 0.95))
    assert stats.ncx2.cdf(1.2e9, 6, [low, high]) == pytest.approx([0.975, 0.025], abs=1e-4)


def test_groups_that_nearly_tell_a_number_have_an_interval():
    """As five levels with nothing but rounding within them have."""
    rng = np.random.default_rng(0)
    level = np.tile(np.arange(5), 8)
    for rounding in (1e-3, 1e-6, 1e-9, 1e-12):
        number = 10 * level + rng.normal(size=40) * rounding
        pair = associate(pd.DataFrame({"g": list("abcde") * 8, "v": number})).pairs().iloc[0]
        assert 0.999 < pair["low"] <= pair["high"] <= 1
        assert pair["low"] - 1e-12 <= pair["value"] <= pair["high"] + 1e-12


def test_u_of_0_and_1_has_no_interval():
    """Its standard error is 0 there, and would be sure of too much."""
    perfect, none = of_counts([[20, 0], [0, 20]]), of_counts([[20, 10], [40, 20]])
    for found, u in [(perfect, 1), (none, 0)]:
        assert found["u_of_x"] == pytest.approx(u, abs=1e-15)
        assert found[["u_of_x_low", "u_of_x_high", "u_of_y_low"]].isna().all()


def test_identifiers_have_an_interval_of_v_at_0_and_none_of_u():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"id": [f"row {i}" for i in range(60)], "x": rng.choice(list("abc"), 60)})
    pair = associate_categories(table).pairs().iloc[0]
    assert pair["v_uncorrected"] == 1
    assert pair["v"] == pair["v_low"] == 0
    assert pair["v_high"] < 0.6
    assert np.isnan(pair["u_of_y_low"])


def test_a_constant_column_has_no_interval():
    table = categories().assign(flat="a")
    found = associate_categories(table)
    for end in (found.v_low, found.v_high, found.u_low, found.u_of_column_high):
        assert np.isnan(end.loc["flat", "of 2"])
        assert np.isnan(end.loc["flat", "flat"])


def test_groups_without_any_spread_have_an_eta_of_1_and_no_interval():
    table = pd.DataFrame({"group": list("aabbcc"), "value": [1, 1, 2, 2, 5, 5]})
    found = associate(table)
    assert found.value.loc["group", "value"] == 1
    assert np.isnan([found.low.loc["group", "value"], found.high.loc["group", "value"]]).all()


def test_p_from_025_to_05_goes_with_an_interval_that_begins_at_0():
    """A 90 % interval leaves out 0 exactly where p is below .05."""
    rng = np.random.default_rng(3)
    seen = set()
    for _ in range(60):
        group = rng.choice(list("abc"), 24)
        table = pd.DataFrame({"group": group, "value": rng.normal(size=24) + 0.9 * (group == "a")})
        wide, narrow = (associate(table, confidence=level).pairs().iloc[0] for level in (0.95, 0.9))
        assert (wide["low"] > 0) == (wide["p"] < 0.025)
        assert (narrow["low"] > 0) == (wide["p"] < 0.05)
        seen.add((bool(wide["low"] > 0), bool(narrow["low"] > 0)))
    assert seen == {(False, False), (False, True), (True, True)}


def test_groups_of_one_row_each_have_no_interval():
    found = associate(pd.DataFrame({"group": list("abcd"), "value": [1, 3, 2, 5]}))
    assert found.value.loc["group", "value"] == 1
    assert np.isnan(found.low.loc["group", "value"])


def test_huge_statistics_keep_their_intervals():
    chi_square, degrees = np.array([1e6, 1e8]), np.array([4.0, 10.0])
    low, high = of_chi_square(chi_square, degrees, 0.95)
    np.testing.assert_allclose(stats.ncx2.cdf(chi_square, degrees, low), 0.975, atol=1e-9)
    np.testing.assert_allclose(stats.ncx2.cdf(chi_square, degrees, high), 0.025, atol=1e-9)
    f, between, within = np.array([1e5]), np.array([3.0]), np.array([1e5])
    low, high = of_f(f, between, within, 0.95)
    np.testing.assert_allclose(stats.ncf.cdf(f, between, within, low), 0.975, atol=1e-9)
    np.testing.assert_allclose(stats.ncf.cdf(f, between, within, high), 0.025, atol=1e-9)


def test_ends_of_f_are_found_where_scipy_has_no_share_on_the_way():
    """Far above the ends, scipy has NaN in place of some shares that vanish."""
    rng = np.random.default_rng(0)
    between, within = (
        rng.integers(1, 30, 2000).astype(float),
        np.round(10 ** rng.uniform(0, 5, 2000)),
    )
    f = 10 ** rng.uniform(-1, 3, 2000)
    for end, share in zip(of_f(f, between, within, 0.95), [0.975, 0.025], strict=True):
        found = stats.ncf.cdf(f, between, within, end)
        np.testing.assert_allclose(found[end > 0], share, atol=1e-9)
        assert (stats.f.cdf(f, between, within)[end == 0] <= share + 1e-12).all()


def test_more_confidence_is_wider():
    table = numbers_in_groups()
    low, high = (
        [getattr(associate(table, confidence=c), end) for c in (0.5, 0.9, 0.999)]
        for end in ("low", "high")
    )
    for narrow, wide in itertools.pairwise(low):
        assert ((wide <= narrow) | narrow.isna()).all(axis=None)
    for narrow, wide in itertools.pairwise(high):
        assert ((wide >= narrow) | narrow.isna()).all(axis=None)


def test_results_can_be_stored():
    table = numbers_in_groups(0.1)
    for found, name in [
        (associate(table), "low"),
        (associate_categories(table[["town", "noise", "size"]]), "u_high"),
    ]:
        stored = pickle.loads(pickle.dumps(found))  # noqa: S301
        pd.testing.assert_frame_equal(getattr(stored, name), getattr(found, name))


# Coverage -----------------------------------------------------------------------------------


def test_eta_is_covered_as_often_as_said_in_groups_of_fixed_size():
    """800 samples of 4 groups of 10 with an eta² of .3: 95 %, within four standard errors."""
    rng = np.random.default_rng(2)
    groups = np.repeat(list("abcd"), 10)
    means = np.repeat([-1.0, -1, 1, 1], 10) * np.sqrt(0.3 / 0.7)
    samples = pd.DataFrame(means[:, np.newaxis] + rng.normal(size=(40, 800)))
    table = samples.rename(columns=str).assign(group=groups)
    found = associate(table, x="group")
    eta = np.sqrt(0.3)
    covered = ((found.low <= eta) & (eta <= found.high)).to_numpy().mean()
    assert covered == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / 800))


@pytest.mark.parametrize(
    ("share", "v_covered", "u_covered"),
    [(0.0, 0.975, None), (0.3, 0.94, 0.95), (0.9, 0.999, 0.91)],
)
def test_how_often_v_and_u_are_covered(share, v_covered, u_covered):
    """800 columns of 3 levels in 210 rows, of which that share repeats another column.

    V's interval is too wide near 1, and U's too narrow. Tolerance: four standard errors.
    """
    rng = np.random.default_rng(5)
    x = np.repeat([0, 1, 2], 70)
    follows = rng.random((210, 800)) < share
    levels = np.where(follows, x[:, np.newaxis], rng.integers(3, size=(210, 800)))
    table = pd.DataFrame(levels).rename(columns=str).assign(x=x).astype("category")
    found = associate_categories(table, x="x")
    cells = (1 - share) / 9 + share * np.eye(3) / 3
    for low, high, value, covered in [
        (found.v_low, found.v_high, share, v_covered),
        (found.u_low, found.u_high, 1 - stats.entropy(cells.ravel()) / np.log(3) + 1, u_covered),
    ]:
        if covered is not None:
            inside = ((low <= value) & (value <= high)).to_numpy().mean()
            tolerance = 4 * np.sqrt(covered * (1 - covered) / 800)
            assert inside == pytest.approx(covered, abs=tolerance)


def test_u_of_independent_columns_of_many_levels_is_hardly_ever_covered():
    """400 columns of 6 levels in 50 rows beside one of 4: U is 0, and its interval does not know.

    What the docstring warns of: 6 % in the simulation that it reports.
    """
    rng = np.random.default_rng(7)
    table = pd.DataFrame(rng.integers(6, size=(50, 400))).rename(columns=str)
    table["x"] = rng.integers(4, size=50)
    found = associate_categories(table.astype("category"), x="x")
    assert (found.u_low == 0).to_numpy().mean() < 0.2
