"""One call draws the numbers that scipy and pandas find, and says what is true of them."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy import stats
from statsmodels.stats.multitest import multipletests

from datasets import load
from lib.notebook import Drawn, heatmap
from lib.stats import Associations, Correlations


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    return load("highway").select_dtypes("number")


@pytest.fixture(scope="module")
def gaps() -> pd.DataFrame:
    return load("airquality").select_dtypes("number")


def cells(drawn: Drawn[Associations | Correlations]) -> QuadMesh:
    (mesh,) = (each for each in drawn.figure.axes[0].collections if isinstance(each, QuadMesh))
    return mesh


def written(drawn: Drawn[Associations | Correlations]) -> list[str]:
    return [text.get_text() for text in drawn.figure.axes[0].texts]


@pytest.mark.parametrize(("adjust", "way"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_what_it_says_of_significance_is_what_scipy_and_statsmodels_find(gaps, adjust, way):
    pairs = [gaps[[x, y]].dropna() for x, y in combinations(gaps, 2)]
    p = [stats.spearmanr(pair.iloc[:, 0], pair.iloc[:, 1]).pvalue for pair in pairs]
    expected = int((multipletests(p, method=way)[1] < 0.01).sum())
    assert 0 < expected < len(p)

    said = heatmap(gaps, method="spearman", adjust=adjust, alpha=0.01).says

    assert f"{expected} of {len(p)} pairs are significant at 1 % after" in said[-1]
    rows = [len(pair) for pair in pairs]
    assert f"A pair has {min(rows)} to {max(rows)} rows." in said
    assert said[0] == "Measured by Spearman's ρ."


def test_the_colours_are_symmetric_whatever_the_values_and_pale_where_it_says(numbers):
    drawn = heatmap(numbers[["adt", "lane", "itg"]])
    assert drawn.found.value.to_numpy().min() > 0.6
    assert cells(drawn).get_clim() == (-1, 1)
    r = numbers[["adt", "lane", "itg"]].corr().round(2)
    expected = [r.loc["lane", "adt"], r.loc["itg", "adt"], r.loc["itg", "lane"]]
    assert [float(text) for text in written(drawn)] == expected
    assert drawn.says[-1] == "All 3 pairs are significant at 5 % after Holm's correction."


def test_numbers_and_categories_stand_on_one_map_without_a_sign():
    table = load("chickwts")
    drawn = heatmap(table)
    groups = [group["weight"] for _, group in table.groupby("feed", observed=True)]
    within = sum(((group - group.mean()) ** 2).sum() for group in groups)
    between = ((table["weight"] - table["weight"].mean()) ** 2).sum()
    n, k = len(table), len(groups)
    eta = np.sqrt(1 - within / between * (n - 1) / (n - k))  # Kelley's epsilon
    assert written(drawn) == [f"{eta:.2f}"]
    assert cells(drawn).get_clim() == (0, 1)
    assert drawn.says[0] == "Measured by the correlation ratio η."
    assert "strength alone, from 0 to 1" in drawn.says[1]


def test_several_measures_are_named_with_what_they_fit_and_counted_in_one_correction():
    drawn = heatmap(load("salaries"))
    measures = set(drawn.found.pairs()["measure"])
    for measure, words in {
        "pearson": "Pearson's r for two numbers",
        "correlation ratio": "η for a category beside a number",
        "cramers_v": "Cramér's V for two categories",
    }.items():
        assert (words in drawn.says[0]) == (measure in measures)
    assert len(measures) > 2
    assert f"of {len(drawn.found.pairs())} pairs" in drawn.says[-1]


def test_where_a_category_takes_the_signs_away_it_is_said_how_to_keep_them():
    table = load("breast_cancer")
    table = table[[*table.columns[:3], "diagnosis"]]
    advice = "For signs in the colours, pass the columns of numbers alone."
    mixed = heatmap(table)
    assert cells(mixed).get_clim() == (0, 1)
    assert advice in mixed.says
    numbers = heatmap(table.select_dtypes("number"))
    assert cells(numbers).get_clim() == (-1, 1)
    assert advice not in numbers.says
    assert advice not in heatmap(load("chickwts")).says  # no pair of it has a sign


def test_the_signs_of_ordered_categories_are_kept_with_those_of_numbers():
    table = load("salaries")
    mixed = heatmap(table)
    assert (
        "For signs in the colours, pass the columns of numbers and ordered categories alone."
        in (mixed.says)
    )
    kept = [
        name
        for name in table
        if pd.api.types.is_numeric_dtype(table[name])
        or getattr(table[name].dtype, "ordered", False)
    ]
    assert cells(heatmap(table[kept])).get_clim() == (-1, 1)


@pytest.mark.parametrize("columns", [5, 31])
def test_the_colours_key_is_true_with_letters_in_the_cells_and_without(columns):
    table = load("breast_cancer")
    drawn = heatmap(table.iloc[:, -columns:])
    assert bool(written(drawn)) == (columns == 5)
    assert drawn.figure.axes[1].get_ylabel() == "strength (|r|, η)"


@pytest.mark.parametrize("letters", [30, 100, 400])
def test_a_long_title_stays_over_its_map(numbers, letters):
    title = ("what the sections of a highway have to say " * 10)[:letters].strip()
    figure = heatmap(numbers[["rate", "len", "adt"]], title=title).figure
    figure.draw_without_rendering()
    axes, bar = figure.axes
    (shown,) = (text for text in axes.findobj(Text) if text.get_text().startswith("what"))
    assert shown.get_text().split() == title.split()
    box = shown.get_window_extent()
    assert box.x1 < bar.get_window_extent().x0
    assert box.y1 <= figure.bbox.y1


def test_what_cannot_be_tested_is_neither_counted_nor_called_pale():
    table = pd.DataFrame({"x": range(9), "y": [0, 2, 1, 3, 5, 4, 6, 8, 7], "flat": 1})
    assert heatmap(table, method="pearson").says[3] == (
        "The only pair that can be tested is significant at 5 %."
    )
    table["z"] = [8, 7, 6, 5, 4, 3, 2, 0, 1]
    assert heatmap(table, method="pearson").says[3] == (
        "All 3 pairs that can be tested are significant at 5 % after Holm's correction."
    )


def test_the_path_of_a_csv_file_is_answered_by_who_reads_it(tmp_path):
    path = tmp_path / "cars.csv"
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read") as refused:
        heatmap(path)
    assert str(refused.value) == (
        f"{str(path)!r} cannot be read as Parquet: pass pd.read_csv({str(path)!r})."
    )


def test_a_rectangle_has_the_rows_and_columns_that_were_asked_for(numbers):
    drawn = heatmap(numbers, x=["rate", "len"], y=["adt", "trks", "slim"], method="kendall")
    axes = drawn.figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["rate", "len"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["adt", "trks", "slim"]
    tau = stats.kendalltau(numbers["len"], numbers["slim"]).statistic
    assert written(drawn)[-1].replace("−", "-") == f"{tau:.2f}"
    assert "of 6 pairs" in drawn.says[3]


def test_the_order_moves_cells_and_changes_no_number(numbers):
    by_name = heatmap(numbers, order="by name", method="pearson")
    labels = [label.get_text() for label in by_name.figure.axes[0].get_xticklabels()]
    assert labels == sorted(numbers, key=str.casefold)[:-1]
    as_filed = heatmap(numbers, method="pearson")
    assert sorted(written(by_name)) == sorted(written(as_filed))
    assert by_name.says == as_filed.says


def test_no_correction_is_said_with_what_chance_alone_would_give():
    noise = pd.DataFrame(np.random.default_rng(1).normal(size=(30, 7)))
    p = [stats.pearsonr(noise[x], noise[y]).pvalue for x, y in combinations(noise, 2)]
    count = sum(each < 0.05 for each in p)
    assert count > 0
    assert heatmap(noise, adjust="none").says[-1] == (
        f"{count} of 21 pairs {'is' if count == 1 else 'are'} significant at 5 % without a "
        "correction, and of as many that are none, about 1.1 would be; pale cells are not."
    )
    assert heatmap(noise).says[-1].startswith("None of 21 pairs is significant at 5 % after Holm's")


def test_a_pair_without_a_value_has_a_cross_and_is_told():
    table = pd.DataFrame({"x": [1.0, 2, 3, 4], "y": [2.0, 1, 4, 3], "flat": [5.0, 5, 5, 5]})
    drawn = heatmap(table)
    assert "2 pairs have no value, and crosses" in drawn.says[-1]
    assert written(drawn).count("×") == 0
    crosses = [each for each in drawn.figure.axes[0].collections if each.get_offsets().size]
    assert sum(len(each.get_offsets()) for each in crosses if each.get_paths()[0].codes is not None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": "spearmen"}, "Unknown method 'spearmen'"),
        ({"adjust": "bonf"}, "bonf"),
        (
            {"order": "cluster"},
            "Unknown order 'cluster': choose from as filed, clustered,",
        ),
        ({"backend": "bokeh"}, "Unknown backend 'bokeh': choose from matplotlib, plotly."),
        ({"alpha": 5}, "alpha is 5: choose a level between 0 and 1, say 0.05."),
        ({"alpha": "5 %"}, "alpha is '5 %': choose a level between 0 and 1, say 0.05."),
        ({"x": "speed"}, "speed"),
    ],
)
def test_a_wrong_argument_is_answered_in_one_sentence(numbers, wrong, words):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        heatmap(numbers, **wrong)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_method_for_numbers_refuses_words_by_their_column():
    with pytest.raises(ValueError, match="feed"):
        heatmap(load("chickwts"), method="pearson")


def test_any_table_that_lib_stats_takes_is_taken():
    polars = pytest.importorskip("polars")
    columns = {"x": [1, 2, 3, 4, 5], "y": [2, 1, 4, 3, 5]}
    drawn = heatmap(polars.DataFrame(columns))
    assert isinstance(drawn.figure, Figure)
    assert drawn.found.value.loc["x", "y"] == pytest.approx(0.8)
