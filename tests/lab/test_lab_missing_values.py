"""Missing values: what tells where gaps are is said, and a block beside a drift makes no p."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import bundled, check_script, play
from scipy import stats
from scipy.stats.contingency import association

from lib.lab import instrument
from lib.lab.gaps import missing_by_level
from lib.tables import Sheet, from_frame

pytestmark = pytest.mark.usefixtures("undrawn")

GAPS = instrument("missing_values")


def table(seed: int = 3, n: int = 400, **gaps: Any) -> Sheet:
    """Four columns that have nothing to do with each other, with gaps where they are said."""
    g = np.random.default_rng(seed)
    frame = pd.DataFrame(g.normal(size=(n, 3)), columns=list("abc"))
    frame["kind"] = pd.Categorical(g.choice(["one", "two", "three"], n))
    for name, rows in gaps.items():
        frame.loc[np.asarray(rows), name] = np.nan
    return from_frame(frame, "planted")


def lot(share: float, seed: int, n: int = 400) -> np.ndarray:
    return np.random.default_rng(seed).random(n) < share


def said(sheet: Sheet, **setting: Any) -> str:
    exhibit = play(GAPS, sheet, setting)
    check_script(exhibit, sheet)
    return " ".join([*GAPS.found(exhibit), *GAPS.beware(exhibit)])


def test_gaps_that_go_with_a_category_are_said() -> None:
    sheet = bundled("titanic")
    exhibit = play(GAPS, sheet, {})
    facts, frame = exhibit.facts, sheet.frame
    missing = frame["age"].isna()
    shares = missing.groupby(frame["passengerClass"], observed=True).mean()
    assert (facts["depends"], facts["depends_on"]) == ("age", "passengerClass")
    assert (facts["most_level"], facts["least_level"]) == ("3rd", "2nd")
    assert facts["most_share"] == pytest.approx(shares["3rd"])
    assert facts["least_share"] == pytest.approx(shares["2nd"])
    cramers_v = association(pd.crosstab(frame["passengerClass"], missing), "cramer")
    assert facts["depends_size"] == pytest.approx(cramers_v)
    # Survivors' ages and women's are known more often, too.
    assert facts["depends_count"] == facts["tested_count"] == 3
    assert "goes with passengerClass. Where that is 3rd, 29 %" in said(sheet)


def test_all_pairs_are_corrected_together() -> None:
    sheet = table(b=lot(0.2, 1), kind=lot(0.1, 2))
    frame, facts = sheet.frame, play(GAPS, sheet, {}).facts
    assert facts["tested_count"] == 6  # b beside a, c, kind; kind beside a, b, c
    smallest = min(
        stats.pearsonr(frame[gap].isna()[shared], frame.loc[shared, name]).pvalue
        for gap in ("b", "kind")
        for name in "abc"
        if name != gap
        for shared in [frame[name].notna()]
    )
    assert facts["depends_p"] == pytest.approx(min(1, 6 * smallest), rel=0.1)


def test_of_gaps_by_lot_nothing_is_said_but_what_cannot_be_known() -> None:
    words = said(table(b=lot(0.2, 1), c=lot(0.2, 2)))
    assert "No column here is shown to tell where gaps are" in words
    assert "No two columns are shown to miss together, or apart" in words
    assert "in runs" not in words


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (lot(0.1, 5) | (lot(0.2, 1) & lot(0.4, 6)), "tend to be missing in the same rows"),
        (lot(0.4, 5) & ~lot(0.2, 1), "tend to be missing in different rows"),
    ],
)
def test_gaps_that_go_together_a_little_or_apart_are_said(other: Any, words: str) -> None:
    sheet = table(b=lot(0.2, 1), c=other)
    facts = play(GAPS, sheet, {}).facts
    assert 0.1 < abs(facts["together_r"]) < 0.5
    missing = sheet.frame[["b", "c"]].isna()
    exact = stats.fisher_exact(pd.crosstab(missing["b"], missing["c"])).pvalue
    assert facts["together_p"] == pytest.approx(exact, rel=0.6)
    assert facts["with_share"] == pytest.approx(missing["c"][missing["b"]].mean())
    assert words in said(sheet)
    assert "in runs" not in said(sheet)


def test_blocks_of_gaps_that_avoid_each_other_tell_little() -> None:
    rows = np.arange(400)
    words = said(table(b=(rows < 150), c=(rows >= 150) & (rows < 250)))
    assert "b and c are missing in runs of rows" in words
    assert "Nearest to it are b and c: r of the two gaps is −0.45" in words


def test_a_block_of_gaps_beside_a_drift_has_no_p() -> None:
    """Taken for independent rows, these made p < 0.05 in most tables."""
    naive = found = 0
    for seed in range(20):
        g = np.random.default_rng(seed)
        frame = pd.DataFrame({"walk": g.normal(size=200).cumsum(), "b": g.normal(size=200)})
        frame.loc[80:130, "b"] = np.nan
        naive += stats.pearsonr(frame["b"].isna(), frame["walk"]).pvalue < 0.05
        found += GAPS.exhibit(from_frame(frame, "walk")).facts["depends_p"] < 0.05
    assert naive > 12
    assert found == 0


def test_a_block_of_gaps_beside_a_drift_is_said() -> None:
    frame = table(b=np.arange(400) > 300).frame
    frame["walk"] = np.arange(400) / 20 + frame["a"]
    words = said(from_frame(frame, "walk"))
    assert "b is missing in runs of rows, and walk changes little from row to row" in words
    assert "No column here" not in words
    assert "after correction by Holm. So the rows" not in words


def test_rare_levels_are_tested_exactly() -> None:
    found = missing_by_level(["rare", "a", "b"], np.array([5, 2, 3]), np.array([5, 190, 205]))
    assert found.names == ["rare", "another level"]
    assert found.p == pytest.approx(stats.fisher_exact([[5, 0], [5, 390]]).pvalue)
    plain = missing_by_level(["a", "b"], np.array([20, 40]), np.array([100, 100]))
    expected = stats.chi2_contingency([[20, 80], [40, 60]], correction=False)
    assert plain.p == pytest.approx(expected.pvalue)
    assert plain.v == pytest.approx(np.sqrt(expected.statistic / 200))
