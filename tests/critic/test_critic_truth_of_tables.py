"""What the critic says of tables, tests and predictors, computed."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.outliers_influence import variance_inflation_factor

from lib.critic import RULES, review_text
from lib.stats import cramers_v

_RULES = {rule.id: rule for rule in RULES}


@pytest.fixture
def table() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    drawn = pd.DataFrame(rng.normal(size=(60, 3)), columns=list("abc"))
    drawn["b"] += drawn["a"]
    return drawn


def test_words_stop_a_correlation(table: pd.DataFrame) -> None:
    table["word"] = "x"
    with pytest.raises(ValueError, match="could not convert"):
        table.corr()


def test_booleans_are_lost_by_the_selection_and_kept_by_corr(table: pd.DataFrame) -> None:
    table["high"] = table["a"] > 0
    assert "high" not in table.select_dtypes("number")
    assert "high" in table.select_dtypes(["number", "bool"]).corr()


def test_the_old_row_numbers_become_a_column(table: pd.DataFrame) -> None:
    assert "index" in table[table["a"] > 0].reset_index().corr()
    assert "index" not in table[table["a"] > 0].reset_index(drop=True).corr()


def test_ranks_are_those_of_spearman_only_without_gaps(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(table.rank().corr(), table.corr("spearman"))
    table.loc[:20, "a"] = np.nan
    assert table.rank().corr().loc["a", "b"] != pytest.approx(table.corr("spearman").loc["a", "b"])


def test_complete_rows_cost_pairs_that_have_no_gap(table: pd.DataFrame) -> None:
    whole = table.corr().loc["a", "b"]
    table.loc[:30, "c"] = np.nan
    assert table.corr().loc["a", "b"] == pytest.approx(whole)
    assert table.dropna().corr().loc["a", "b"] != pytest.approx(whole)


@pytest.mark.parametrize("example", range(2))
def test_the_corrected_v_is_that_of_bergsma(example: int) -> None:
    code = _RULES["uncorrected-v"].faulty[example].code
    fix = next(each.fix for each in review_text(code).findings if each.rule == "uncorrected-v")
    assert fix is not None
    expression = fix.edits[0].text
    rng = np.random.default_rng(2)
    x, y = pd.Series(rng.integers(0, 5, 80)), pd.Series(rng.integers(0, 4, 80))
    counts = pd.crosstab(x, y)
    chi2 = chi2_contingency(counts).statistic
    n = counts.to_numpy().sum()
    r, k = counts.shape
    names = {"chi2": chi2, "n": n, "r": r, "k": k, "ct": counts}
    corrected = eval(expression, {"max": max, "min": min, **names})  # noqa: S307
    assert corrected == pytest.approx(cramers_v(x, y, corrected=True))
    assert corrected < np.sqrt(chi2 / n / (min(r, k) - 1))


def test_the_vif_of_two_predictors_is_the_one_that_is_named() -> None:
    code = _RULES["threshold-is-no-collinearity"].faulty[0].code
    (sentence,) = [each.sentence for each in review_text(code).findings]
    rng = np.random.default_rng(0)
    x, other = np.linalg.qr(rng.normal(size=(50, 2)) - rng.normal(size=2))[0].T
    x, other = x - x.mean(), other - other.mean()
    other -= x * (x @ other) / (x @ x)
    y = 0.8 * x / np.sqrt(x @ x) + 0.6 * other / np.sqrt(other @ other)
    vif = variance_inflation_factor(np.column_stack([x, y, np.ones(50)]), 0)
    assert f"VIF of {vif:.1f};" in sentence


def test_without_a_constant_the_means_count() -> None:
    rng = np.random.default_rng(1)
    far = rng.normal(100, 1, size=(50, 2))
    alone = variance_inflation_factor(far, 0, standardize=False)
    with_one = variance_inflation_factor(np.column_stack([far, np.ones(50)]), 0, standardize=False)
    assert with_one < 1.5
    assert alone > 1000
