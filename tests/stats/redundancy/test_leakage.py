"""leakage_suspects: what it computes, what it finds, and how often it is wrong."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from datasets import load
from lib.stats import leakage_suspects


def standardised(values):
    return (values - values.mean()) / values.std()


def with_r(target, r, seed):
    """A column whose correlation with the target is r exactly."""
    z = standardised(np.asarray(target, dtype=float))
    noise = np.random.default_rng(seed).normal(size=len(z))
    noise = noise - noise.mean() - z * (z @ noise) / (z @ z)
    return r * z + np.sqrt(1 - r**2) * standardised(noise)


@pytest.fixture
def table():
    """A target and four honest columns with r = .6, .5, -.4 and 0."""
    target = np.random.default_rng(0).normal(size=60)
    honest = {f"x{i}": with_r(target, r, i) for i, r in enumerate([0.6, 0.5, -0.4, 0.0])}
    return pd.DataFrame({"target": target, **honest})


def suspects(data, target="target"):
    found = leakage_suspects(data, target)
    return found.index[found["suspect"]].tolist()


# What it computes -----------------------------------------------------------------------------


def test_correlations_equal_scipy_over_the_shared_rows():
    table = load("airquality")
    found = leakage_suspects(table, "Ozone")
    known = table[table["Ozone"].notna()]
    for name in found.index:
        x, y = known.dropna(subset=[name])[[name, "Ozone"]].to_numpy(dtype=float).T
        assert found.loc[name, "n"] == len(x)
        assert found.loc[name, "r"] == pytest.approx(stats.pearsonr(x, y)[0], abs=1e-12)
        assert found.loc[name, "rho"] == pytest.approx(stats.spearmanr(x, y)[0], abs=1e-12)
    gone = known["Solar.R"].isna()
    expected = stats.pearsonr(gone, known["Ozone"])[0]
    assert found.loc["Solar.R", "r_missing"] == pytest.approx(expected, abs=1e-12)
    assert found["r_missing"].notna().sum() == 1


def test_strength_lead_and_order(table):
    found = leakage_suspects(table, "target")
    assert found["strength"].is_monotonic_decreasing
    sizes = found[["r", "rho", "r_missing"]].abs()
    assert found["strength"].tolist() == sizes.max(axis=1).tolist()
    best, second = found["strength"].iloc[:2]
    expected = [best - second] + [strength - best for strength in found["strength"].iloc[1:]]
    assert found["lead"].tolist() == expected


def test_columns_of_the_result(table):
    found = leakage_suspects(table[["x1", "target", "x0"]], "target")
    names = "r rho n r_missing strength lead duplicate_of suspect reason"
    assert found.columns.tolist() == names.split()
    assert found["suspect"].dtype == bool
    assert (found["suspect"] == (found["reason"] != "")).all()


def test_the_table_is_left_as_it_was(table):
    before = table.copy()
    leakage_suspects(table, "target")
    pd.testing.assert_frame_equal(table, before)


def test_a_single_column_has_nothing_to_lead(table):
    found = leakage_suspects(table[["target", "x0"]], "target")
    assert found["lead"].isna().all()
    assert not found["suspect"].any()
    assert suspects(table[["target"]].assign(copy=-table["target"])) == ["copy"]


@pytest.mark.parametrize(
    "names", [[3, 1, 2], [("a", 1), ("a", 2), ("b", 1)], [None, "a", "b"]], ids=str
)
def test_any_unique_column_names_will_do(table, names):
    three = table[["target", "x0", "x1"]].assign(x1=2 * table["x0"])
    three.columns = pd.Index(names)
    found = leakage_suspects(three, three.columns[0])
    assert set(found.index) == set(three.columns[1:])
    assert found["duplicate_of"].tolist() == [None, names[1]]


# What it finds --------------------------------------------------------------------------------


def test_diabetes_planted_column_stands_out_from_the_best_honest_one():
    table = load("diabetes")
    assert suspects(table, "progression") == []
    table["follow_up"] = with_r(table["progression"], 0.845, seed=0)
    found = leakage_suspects(table, "progression")
    assert found.index[found["suspect"]].tolist() == ["follow_up"]
    assert found.loc["follow_up", "r"] == pytest.approx(0.845, abs=1e-12)
    honest = found.drop(index="follow_up")["r"].abs()
    assert (honest.idxmax(), honest.max()) == ("bmi", pytest.approx(0.586, abs=0.0005))
    assert found.loc["follow_up", "reason"] == (
        "leaves 28.6% of the target unexplained, the next best, 's5', 65.3%"
    )


@pytest.mark.parametrize("copy", [lambda y: 1e6 - 3 * y, lambda y: y / 1000 + 1e5])
def test_a_copy_in_other_units(table, copy):
    found = leakage_suspects(table.assign(copy=copy(table["target"])), "target")
    assert found.index[found["suspect"]].tolist() == ["copy"]
    assert found.loc["copy", "reason"] == "the target in other units"


@pytest.mark.parametrize(("sign", "word"), [(1, "same"), (-1, "opposite")])
def test_a_monotone_function_of_the_target(table, sign, word):
    found = leakage_suspects(table.assign(steep=sign * np.exp(9 * table["target"])), "target")
    assert found.index[found["suspect"]].tolist() == ["steep"]
    assert found.loc["steep", "reason"] == f"the {word} order as the target"
    assert abs(found.loc["steep", "r"]) < 0.6
    assert found.loc["steep", "rho"] == sign


@pytest.mark.parametrize("filled", [1.0, 0.0])
def test_a_column_missing_exactly_where_the_target_is_one_value(filled):
    """A lifeboat's number is recorded for those who survived: every value of it is honest."""
    titanic = load("titanic")
    survived = titanic["survived"] == "yes"
    boat = pd.Series(np.random.default_rng(0).integers(1, 17, size=len(titanic)))
    table = pd.DataFrame(
        {
            "survived": survived.to_numpy(),
            "age": titanic["age"].to_numpy(),
            "male": (titanic["sex"] == "male").to_numpy(),
            "boat": boat.where(survived.to_numpy() == filled),
        }
    )
    found = leakage_suspects(table, "survived")
    assert found.index[found["suspect"]].tolist() == ["boat"]
    assert found.loc["boat", "reason"].startswith("missing exactly where")
    assert np.isnan(found.loc["boat", "r"])
    assert abs(found.loc["age", "r_missing"]) == pytest.approx(0.108, abs=0.0005)


def test_a_missing_pattern_that_nearly_gives_the_target_away():
    rng = np.random.default_rng(0)
    target = rng.random(200) < 0.4
    nearly = np.where(rng.random(200) < 0.03, ~target, target)
    table = pd.DataFrame({"target": target, "x": rng.normal(size=200)})
    table["date"] = np.where(nearly, rng.normal(size=200), np.nan)
    found = leakage_suspects(table, "target")
    assert found.index[found["suspect"]].tolist() == ["date"]
    assert found.loc["date", "strength"] == -found.loc["date", "r_missing"]


def test_duplicates_of_a_leak_do_not_hide_it(table):
    leak = with_r(table["target"], 0.9, seed=9)
    table = table.assign(leak=leak, in_feet=leak / 0.3048, x4=-table["x1"])
    found = leakage_suspects(table, "target")
    assert suspects(table) == ["leak", "in_feet"]
    assert found.loc["in_feet", "duplicate_of"] == "leak"
    assert found.loc["x4", "duplicate_of"] == "x1"
    others = [name for name in found.index if name not in ("in_feet", "x4")]
    assert found.loc[others, "duplicate_of"].isna().all()


def test_two_leaks_of_equal_strength_hide_each_other(table):
    """The limit that the documentation states; each is found once the other is gone."""
    one, other = (with_r(table["target"], 0.9, seed) for seed in (8, 9))
    both = table.assign(one=one, other=other)
    assert suspects(both) == []
    assert suspects(both.drop(columns="one")) == ["other"]


@pytest.mark.parametrize(("own", "found"), [(0.7, False), (0.9, True)])
def test_half_as_much_unexplained_as_the_next_best(own, found):
    """1 - .7² is .51 and 1 - .9² is .19; half of 1 - .6² is .32."""
    target = np.random.default_rng(1).normal(size=400)
    table = pd.DataFrame(
        {"target": target, "a": with_r(target, own, 2), "b": with_r(target, 0.6, 3)}
    )
    assert suspects(table) == (["a"] if found else [])


# How often it is wrong ------------------------------------------------------------------------


def test_the_usual_targets_of_the_bundled_tables_have_no_suspects():
    """Strong and honest: worst concave points know the diagnosis with r = .79."""
    targets = {
        "diabetes": "progression",
        "mtcars": "mpg",
        "highway": "rate",
        "airquality": "Ozone",
        "salaries": "salary",
        "vocab": "vocabulary",
    }
    for name, target in targets.items():
        assert suspects(load(name).select_dtypes("number"), target) == []
    for name, category in [("breast_cancer", "diagnosis"), ("wine", "cultivar"), ("chile", "vote")]:
        table = load(name)
        numbers = table.select_dtypes("number")
        for level in table[category].dropna().unique():
            assert suspects(numbers.assign(target=table[category] == level)) == []
    cancer = load("breast_cancer")
    numbers = cancer.select_dtypes("number").assign(target=cancer["diagnosis"] == "malignant")
    found = leakage_suspects(numbers, "target")
    assert found.loc["worst concave points", "r"] == pytest.approx(0.79, abs=0.005)


@pytest.mark.parametrize(
    ("name", "target", "flagged"),
    [
        ("quakes", "mag", "stations"),  # a stronger quake reaches more stations: its consequence
        ("un", "lifeExpF", "infantMortality"),  # one of the death rates that it is made of
        ("diabetes", "s3", "s4"),  # s4 is total cholesterol divided by s3
        ("iris", "petal length (cm)", "petal width (cm)"),  # innocent
    ],
)
def test_suspects_worth_a_look_and_not_all_guilty(name, target, flagged):
    assert suspects(load(name).select_dtypes("number"), target) == [flagged]


def test_noise_is_rarely_suspected():
    """In 150 tables of 6 columns with 10 rows: standard error 2 points, tolerance 6. In 60 with 20
    rows: none or one."""
    rng = np.random.default_rng(0)
    shares = {}
    for rows, tables in [(10, 150), (20, 60)]:
        wrong = [bool(suspects(pd.DataFrame(rng.normal(size=(rows, 6))), 0)) for _ in range(tables)]
        shares[rows] = np.mean(wrong)
    assert shares[10] == pytest.approx(0.065, abs=0.06)
    assert shares[20] < 0.02


# Traps ----------------------------------------------------------------------------------------


def test_fewer_than_ten_rows_are_not_judged(table):
    short = table.assign(copy=table["target"]).head(9)
    found = leakage_suspects(short, "target")
    assert found[["r", "rho", "r_missing", "strength"]].isna().all(axis=None)
    assert not found["suspect"].any()
    assert (found["n"] == 9).all()
    assert suspects(table.assign(copy=table["target"]).head(10)) == ["copy"]


def test_a_constant_column_is_no_suspect_and_comes_last(table):
    found = leakage_suspects(table.assign(flat=0.1), "target")
    assert found.index[-1] == "flat"
    assert np.isnan(found.loc["flat", "strength"])
    assert not found["suspect"].any()


def test_a_constant_target_has_no_suspects(table):
    found = leakage_suspects(table.assign(target=1), "target")
    assert found["strength"].isna().all()
    assert not found["suspect"].any()


def test_rows_without_the_target_are_left_out(table):
    gaps = table.assign(x0=table["x0"].where(table.index != 3))
    gaps.loc[40:, "target"] = np.nan
    gaps.loc[50:, "x1"] = np.nan
    pd.testing.assert_frame_equal(
        leakage_suspects(gaps, "target"), leakage_suspects(gaps.head(40), "target")
    )


def test_copies_around_1e8_are_seen_as_copies(table):
    table = table.round(3)
    assert suspects(table.assign(copy=table["target"] * 1000 + 1e8)) == ["copy"]


@pytest.mark.parametrize(
    ("change", "target", "message"),
    [
        (lambda t: t, "y", "The table has no column 'y' to be the target"),
        (lambda t: t.assign(target=np.nan), "target", "Column 'target' has no values"),
        (lambda t: t.assign(kind="x"), "target", "Column 'kind' is not numeric"),
        (lambda t: t[["target"]], "target", "only column 'target'"),
        (lambda t: t.assign(x0=np.inf), "target", "Column 'x0' is infinite in places"),
    ],
)
def test_refusals(table, change, target, message):
    with pytest.raises(ValueError, match=message):
        leakage_suspects(change(table), target)
