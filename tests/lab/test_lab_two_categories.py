"""Two categories: what misleads is said of planted tables, and a clean one is left in peace."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import WAYS, bundled, check_charts, check_script, play
from scipy import stats
from scipy.stats.contingency import association
from sklearn.metrics import mutual_info_score
from statsmodels.stats.contingency_tables import StratifiedTable, Table

from lib.lab import instrument
from lib.tables import Sheet, from_frame

pytestmark = pytest.mark.usefixtures("undrawn")

PAIR = instrument("two_categories")


def of_counts(counts: dict[tuple[str, ...], int], *names: str) -> Sheet:
    rows = [row for row, count in counts.items() for _ in range(count)]
    frame = pd.DataFrame(rows, columns=list(names)).astype("category")
    return from_frame(frame, "planted")


def clean() -> Sheet:
    """Women are ill more often, in both towns alike."""
    one = {("f", "ill"): 30, ("f", "well"): 20, ("m", "ill"): 20, ("m", "well"): 30}
    counts = {(*pair, town): n for pair, n in one.items() for town in ("east", "west")}
    return of_counts(counts, "sex", "state", "town")


def rare() -> Sheet:
    counts = {("f", "ill"): 4, ("f", "well"): 60, ("m", "ill"): 2, ("m", "well"): 60}
    return of_counts(counts, "sex", "state")


def naming() -> Sheet:
    code = pd.Categorical([f"c{row // 3 if row < 30 else row}" for row in range(80)])
    return from_frame(pd.DataFrame({"code": code, "sex": pd.Categorical(40 * ["f", "m"])}), "codes")


def turning() -> Sheet:
    """Within each town more women are treated; all together more men are."""
    counts = {
        ("f", "yes", "east"): 32,
        ("f", "no", "east"): 4,
        ("m", "yes", "east"): 240,
        ("m", "no", "east"): 80,
        ("f", "yes", "west"): 80,
        ("f", "no", "west"): 240,
        ("m", "yes", "west"): 4,
        ("m", "no", "west"): 32,
    }
    return of_counts(counts, "sex", "treated", "town")


def fading() -> Sheet:
    """Within each town the odds are the same."""
    counts = {
        ("f", "yes", "east"): 15,
        ("f", "no", "east"): 5,
        ("m", "yes", "east"): 120,
        ("m", "no", "east"): 40,
        ("f", "yes", "west"): 40,
        ("f", "no", "west"): 120,
        ("m", "yes", "west"): 5,
        ("m", "no", "west"): 15,
    }
    return of_counts(counts, "sex", "treated", "town")


def differing() -> Sheet:
    """Women are ahead in the east, men in the west, all together none."""
    one = {("f", "yes"): 30, ("f", "no"): 10, ("m", "yes"): 10, ("m", "no"): 30}
    other = {("m" if sex == "f" else "f", state): n for (sex, state), n in one.items()}
    counts = {(*pair, "east"): n for pair, n in one.items()}
    return of_counts(counts | {(*pair, "west"): n for pair, n in other.items()}, "s", "t", "town")


def unknown() -> Sheet:
    counts = {("f", "ill"): 30, ("f", "NA"): 20, ("m", "ill"): 20, ("m", "NA"): 30}
    return of_counts(counts, "sex", "state")


def many_levels() -> Sheet:
    rows = np.arange(1600)
    frame = {
        "street": [f"s{row % 40:02}" for row in rows],
        "side": ["l" if row < 800 else "r" for row in rows],
    }
    return from_frame(pd.DataFrame(frame).astype("category"), "streets")


def of_sites() -> Sheet:
    """Each of 34 sites has three rows or fewer, and nothing to do with the group."""
    sites = [f"site {row % 34}" for row in range(100)]
    groups = np.random.default_rng(1).choice(list("abc"), 100)
    return from_frame(pd.DataFrame({"site": sites, "g": groups}).astype("category"), "sites")


PLANTED: dict[str, tuple[Callable[[], Sheet], dict[str, Any]]] = {
    "this looks like a table of counts": (lambda: bundled("hair_eye"), {"counted": "none"}),
    "In 2 of 4 cells": (rare, {}),
    "code has 60 levels in 80 rows": (naming, {}),
    "Within town it turns round": (turning, {"strata": "town"}),
    "Within town most of it goes": (fading, {"strata": "town"}),
    "The strata of town differ": (differing, {"strata": "town"}),
    "NA is a level of state, in 50 rows": (unknown, {}),
    "The map shows the 30 most frequent levels": (many_levels, {}),
}


@pytest.mark.parametrize("words", PLANTED)
def test_what_is_planted_is_said(words: str) -> None:
    make, setting = PLANTED[words]
    table = make()
    exhibit = play(PAIR, table, setting)
    assert words in " ".join(PAIR.beware(exhibit))
    check_script(exhibit, table)
    check_charts(exhibit)


def test_every_beware_has_its_planted_table_and_a_clean_one_has_none() -> None:
    assert len(PLANTED) == len(PAIR.bewares)
    assert not PAIR.beware(play(PAIR, clean(), {"strata": "town"}))


@pytest.mark.parametrize(("name", "n"), [("hair_eye", 592), ("ucb_admissions", 4526)])
def test_a_table_of_counts_is_counted_at_the_defaults(name: str, n: int) -> None:
    table = bundled(name)
    exhibit = play(PAIR, table, {})
    assert exhibit.setting["counted"] == "count"
    assert exhibit.facts["n"] == n
    sides = [exhibit.setting["x"], exhibit.setting["y"]]
    counts = table.frame.pivot_table("count", *sides, aggfunc="sum", observed=True)
    assert exhibit.facts["p"] == pytest.approx(stats.chi2_contingency(counts, False).pvalue)
    assert not any("table of counts" in words for words in PAIR.beware(exhibit))
    assert any(f"counts as count says: {n:,}" in words for words in PAIR.found(exhibit))


def test_a_map_of_some_columns_of_a_table_of_counts_is_warned_of_too() -> None:
    table, other = bundled("hair_eye"), instrument("association_map")
    exhibit = play(other, table, {"columns": ["hair", "count"]})
    assert any("they become 592" in words for words in other.beware(exhibit))
    check_script(exhibit, table)


def test_numbers_that_count_nothing_are_not_taken_for_counts() -> None:
    frame = bundled("hair_eye").frame
    halves = frame.assign(count=frame["count"] / 2)
    twice = pd.concat([frame, frame.head(1)], ignore_index=True)
    two = frame.assign(other=np.arange(len(frame)) * 1.5)
    large = frame.assign(count=frame["count"] * 10_000)
    for table in (halves, twice, two, large):
        assert PAIR.setting(from_frame(table, "other"))["counted"] == "none"


def test_what_chance_tells_is_said_beside_u() -> None:
    table = of_sites()
    exhibit = play(PAIR, table, {"x": "site", "y": "g"})
    draw = np.random.default_rng(0)
    site, g = (table.frame[name].cat.codes.to_numpy() for name in ("site", "g"))
    drawn = [mutual_info_score(site, draw.permutation(g)) for _ in range(200)]
    entropy = stats.entropy(np.bincount(g))
    assert exhibit.facts["chance_y"] == pytest.approx(np.mean(drawn) / entropy, abs=0.01)
    assert exhibit.facts["chance_y"] > 0.25
    assert any("chance alone would make that 3" in words for words in PAIR.found(exhibit))
    check_script(exhibit, table)
    assert "site has 34 levels in 100 rows" in " ".join(PAIR.beware(exhibit))


def test_strength_is_that_of_scipy() -> None:
    table = bundled("titanic")
    facts = PAIR.exhibit(table, {"x": "passengerClass", "y": "survived"}).facts
    counts = pd.crosstab(table.frame["passengerClass"], table.frame["survived"])
    chi_square = stats.chi2_contingency(counts, correction=False)
    assert facts["v_plain"] == pytest.approx(association(counts, "cramer"))
    assert facts["p"] == pytest.approx(chi_square.pvalue)
    # At the ends of the interval, this chi-square leaves a fortieth above it, and below it.
    for end, share in (("v_low", 0.975), ("v_high", 0.025)):
        apart = facts["n"] * facts[end] ** 2
        assert stats.ncx2.cdf(chi_square.statistic, 2, apart) == pytest.approx(share)
    resid = Table(counts, shift_zeros=False).standardized_resids
    assert facts["far_residual"] == pytest.approx(resid.loc[facts["far_row"], facts["far_column"]])
    assert abs(facts["far_residual"]) == pytest.approx(resid.abs().max(axis=None))


def test_knowing_the_cause_tells_more_than_knowing_the_effect() -> None:
    counts = {("cat", "4"): 10, ("dog", "4"): 10, ("hen", "2"): 10, ("duck", "2"): 10}
    facts = PAIR.exhibit(of_counts(counts, "animal", "legs")).facts
    assert (facts["u_y"], facts["u_x"]) == pytest.approx((1, 0.5))


def test_berkeley_fades_within_its_departments() -> None:
    table = bundled("ucb_admissions")
    setting = {"x": "gender", "y": "admit", "strata": "dept", "counted": "count"}
    exhibit = play(PAIR, table, setting)
    facts, cases = exhibit.facts, table.frame
    assert facts["n"] == 4526
    each = [
        part.pivot_table("count", "gender", "admit", observed=True).to_numpy()
        for _, part in cases.groupby("dept", observed=True)
    ]
    expected = StratifiedTable(each)
    (a, b), (c, d) = sum(each)
    assert facts["crude"] == pytest.approx(a * d / (b * c))
    assert facts["pooled"] == pytest.approx(expected.oddsratio_pooled)
    assert (facts["pooled_low"], facts["pooled_high"]) == pytest.approx(
        expected.oddsratio_pooled_confint()
    )
    assert any("Within dept most of it goes" in words for words in PAIR.beware(exhibit))
    check_script(exhibit, table)


@pytest.mark.parametrize(
    ("show", "cell"),
    [
        ("counts", 60),
        ("shares of each row", 0.6),
        ("shares of each column", 0.6),
        ("shares of all", 0.3),
        ("adjusted residuals", 2.8284271),  # 10 / sqrt(100 * 100 / 200 * (1 / 2) ** 2)
    ],
)
def test_the_map_shows_what_was_asked_for(show: str, cell: float) -> None:
    table = clean()
    exhibit = play(PAIR, table, {"show": show})
    assert exhibit.figures[0].values.loc["f", "ill"] == pytest.approx(cell)
    check_script(exhibit, table)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ({"y": "sex"}, "chosen twice"),
        ({"strata": "state"}, "chosen twice"),
        ({"counted": "size"}, "size does not count rows"),
        ({"x": "one"}, "one has one level"),
    ],
)
def test_what_cannot_be_computed_is_said(setting: dict[str, Any], reason: str) -> None:
    frame = clean().frame.assign(size=0.5)
    frame["one"] = pd.Categorical(["a", *[None] * 199])
    assert reason in PAIR.exhibit(from_frame(frame, "sizes"), setting).stopped


def test_a_table_without_two_categories_is_refused_with_a_way_out() -> None:
    assert "two columns of categories" in PAIR.fits(bundled("highway"))
    assert not PAIR.fits(bundled("titanic"))


@pytest.mark.parametrize("ways", WAYS)
def test_a_bundled_table_plays_at_every_option(ways: Any) -> None:
    table = bundled("chile")
    for setting in ways(PAIR, table):
        play(PAIR, table, setting)
    check_script(play(PAIR, table, {}), table)
