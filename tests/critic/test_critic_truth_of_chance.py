"""What the critic's sentences state of chance, of gaps and of formats, computed."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from scipy import stats
from sklearn.feature_selection import mutual_info_regression
from statsmodels.stats.multitest import multipletests

from lib.critic import review_text


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1718)


def test_the_same_link_among_twice_the_people_has_about_twice_the_chi_square() -> None:
    counts = np.array([[30, 10], [12, 28]])
    one, two = (stats.chi2_contingency(each).statistic for each in (counts, 2 * counts))
    assert two / one == pytest.approx(2, rel=0.1)


def test_chi_square_grows_with_words_by_chance_and_ranks_them_before_a_closer_link(
    rng: np.random.Generator,
) -> None:
    ill = rng.integers(2, size=400)
    two = np.where(rng.random(400) < 0.6, ill, 1 - ill)
    many = rng.integers(40, size=400)
    tables = [pd.crosstab(column, ill) for column in (two, many)]
    few_words, many_words = (stats.chi2_contingency(each).statistic for each in tables)
    assert many_words > few_words
    v = [stats.contingency.association(each) for each in tables]
    chance = np.sqrt([1 / 400, 39 / 400])  # V of no link, by the degrees of freedom
    assert v[0] > 2 * chance[0]
    assert v[1] < 1.5 * chance[1]


def test_many_a_column_of_noise_has_information_above_zero_and_many_have_none(
    rng: np.random.Generator,
) -> None:
    found = mutual_info_regression(rng.normal(size=(200, 40)), rng.normal(size=200), random_state=0)
    assert found.max() > 0
    assert 0.2 < np.mean(found > 0) < 0.8


def test_of_a_hundred_pairs_of_noise_about_five_have_a_star_and_by_holm_hardly_one(
    rng: np.random.Generator,
) -> None:
    p = stats.pearsonr(*rng.normal(size=(2, 10_000, 30)), axis=1).pvalue
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.01)
    hundreds = p.reshape(100, 100)
    starred = [(multipletests(each, method="holm")[1] < 0.05).any() for each in hundreds]
    assert np.mean(starred) < 0.12


def test_ones_on_the_diagonal_of_p_count_in_a_share_and_not_in_a_number() -> None:
    blank = np.full((3, 3), 0.01)
    np.fill_diagonal(blank, np.nan)
    ones = np.where(np.isnan(blank), 1, blank)
    assert (ones < 0.05).sum() == (blank < 0.05).sum()
    assert (ones < 0.05).mean() < np.mean(blank[~np.isnan(blank)] < 0.05)


def test_a_column_can_follow_from_many_of_which_none_is_close_to_it(
    rng: np.random.Generator,
) -> None:
    others = rng.normal(size=(1000, 9))
    table = np.column_stack([others, others.sum(axis=1) + 0.3 * rng.normal(size=1000)])
    r = np.corrcoef(table.T)
    assert abs(r - np.eye(10)).max() < 0.5
    assert np.linalg.inv(r)[9, 9] > 50


def test_two_predictors_have_the_vif_that_is_said_for_pearson_alone() -> None:
    code = "r = df.corr({})\nmulticollinear = r[r.abs() > 0.8].stack()"
    pearson, spearman = (
        review_text(code.format(method)).findings[0].sentence for method in ("", "'spearman'")
    )
    assert "VIF of 2.8;" in pearson
    assert np.linalg.inv([[1, 0.8], [0.8, 1]])[0, 0] == pytest.approx(2.8, abs=0.05)
    assert "VIF of" not in spearman


def test_a_whole_number_format_stops_seaborn_and_none_after_the_point_makes_them_alike() -> None:
    assert f"{0.1:.0f}" == f"{0.4:.0f}" == "0"
    for fmt, said in (("d", "seaborn stops with an error"), (".0f", "0.1 and 0.4 are both 0")):
        code = f"sns.heatmap(df.corr(), annot=True, fmt='{fmt}', vmin=-1, vmax=1, cmap='vlag')"
        (finding,) = review_text(code).findings
        assert said in finding.sentence
    with pytest.raises(ValueError, match="format code 'd'"):
        sns.heatmap([[0.5]], annot=True, fmt="d", ax=plt.figure().subplots())
    plt.close("all")


@pytest.mark.parametrize(
    ("column", "stops"), [("['x', 'y', 'z', 'x']", True), ("['1', '2', '3', '5']", False)]
)
def test_corr_stops_at_words_and_takes_texts_of_digits_for_numbers(
    column: str, stops: bool
) -> None:
    code = f"t = pd.DataFrame({{'a': {column}, 'b': [1, 2, 4, 3]}})\nr = t.corr()"
    found = [each.rule for each in review_text(code).findings]
    names: dict[str, object] = {"pd": pd}
    if stops:
        assert found == ["text-columns"]
        with pytest.raises(ValueError, match="could not convert"):
            exec(code, names)
    else:
        assert found == []
        exec(code, names)
        assert isinstance(names["r"], pd.DataFrame)
        assert names["r"].loc["a", "b"] == pytest.approx(
            np.corrcoef([1, 2, 3, 5], [1, 2, 4, 3])[0, 1]
        )


def test_corr_takes_categories_of_numbers_so_the_critic_asks() -> None:
    code = "t = pd.read_csv('a.csv')\nt['a'] = t['a'].astype('category')\nr = t.corr()"
    (finding,) = review_text(code).findings
    assert finding.is_question
    table = pd.DataFrame({"a": [1, 2, 3, 5], "b": [1, 2, 4, 3]}).astype({"a": "category"})
    assert table.corr().loc["a", "b"] == pytest.approx(table.astype(int).corr().loc["a", "b"])


def test_a_first_column_of_names_stops_corr_and_one_of_numbers_does_not() -> None:
    for first, stops in (("1,2,3", False), ("Rome,Oslo,Bonn", True)):
        rows = "".join(f"{name},{k},{k * k}\n" for k, name in enumerate(first.split(",")))
        table = pd.read_csv(io.StringIO("rownames,a,b\n" + rows))
        if stops:
            with pytest.raises(ValueError, match="could not convert"):
                table.corr()
        else:
            assert "rownames" in table.corr()
