"""What is known of the tables from elsewhere: published counts, and the libraries' own copies."""

import pandas as pd
import pytest
import sklearn.datasets
import statsmodels.api

from datasets import load


def missing(name: str) -> dict[str, int]:
    counts = load(name).isna().sum()
    return counts[counts > 0].to_dict()


@pytest.mark.parametrize(
    ("name", "column", "counts"),
    [
        ("breast_cancer", "diagnosis", {"malignant": 212, "benign": 357}),
        ("highway", "htype", {"FAI": 5, "PA": 19, "MA": 13, "MC": 2}),
        ("iris", "species", {"setosa": 50, "versicolor": 50, "virginica": 50}),
        ("wine", "cultivar", {"class_0": 59, "class_1": 71, "class_2": 48}),
        ("titanic", "survived", {"no": 809, "yes": 500}),
        ("titanic", "passengerClass", {"1st": 323, "2nd": 277, "3rd": 709}),
        ("salaries", "rank", {"AsstProf": 67, "AssocProf": 64, "Prof": 266}),
    ],
)
def test_levels_are_as_frequent_as_published(name, column, counts):
    assert load(name)[column].value_counts().to_dict() == counts


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("airquality", {"Ozone": 37, "Solar.R": 7}),
        ("titanic", {"age": 263}),
        ("co2", {"co2": 5}),
        ("breast_cancer", {}),
        ("golub", {}),
        ("vocab", {}),
    ],
)
def test_as_many_values_are_missing_as_stated(name, counts):
    assert missing(name) == counts


def test_2431_respondents_in_chile_answered_everything():
    assert len(load("chile").dropna()) == 2431


@pytest.mark.parametrize(("name", "total"), [("hair_eye", 592), ("ucb_admissions", 4526)])
def test_a_contingency_table_has_every_combination_once_and_its_total(name, total):
    table = load(name)
    assert table["count"].sum() == total
    combinations = table.drop(columns="count")
    assert not combinations.duplicated().any()
    assert len(table) == combinations.nunique().prod()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("nottingham", "1920-01", "1939-12"),
        ("air_passengers", "1949-01", "1960-12"),
        ("co2", "1958-03", "2001-12"),
        ("lynx", "1821", "1934"),
        ("sunspots", "1700", "2008"),
    ],
)
def test_a_series_spans_the_years_of_its_title(name, first, last):
    index = load(name).index
    assert (str(index[0]), str(index[-1])) == (first, last)


def test_the_surveys_and_quarters_span_the_years_of_their_titles():
    assert load("vocab")["year"].agg(["min", "max"]).to_list() == [1974, 2016]
    assert load("us_macro")["year"].agg(["min", "max"]).to_list() == [1959, 2009]
    assert load("airquality")["Month"].unique().tolist() == [5, 6, 7, 8, 9]
    assert load("eu_stocks").index.astype(int)[[0, -1]].tolist() == [1991, 1998]


def test_anscombes_four_pairs_share_means_variances_and_r():
    table = load("anscombe")
    for pair in "1234":
        x, y = table[f"x{pair}"], table[f"y{pair}"]
        assert (x.mean(), x.var()) == (9, 11)
        assert y.mean() == pytest.approx(7.50, abs=0.005)
        assert y.var() == pytest.approx(4.125, abs=0.005)
        assert x.corr(y) == pytest.approx(0.816, abs=0.001)


def test_golub_has_27_all_and_11_aml_samples():
    samples = load("golub").select_dtypes("float").columns.str[:3]
    assert samples.value_counts().to_dict() == {"ALL": 27, "AML": 11}


def test_golubs_gene_1042_is_cyclin_d3():
    """The row that courses on this table look at first, counted from one."""
    assert "Cyclin D3" in load("golub").iloc[1041]["description"]


def test_one_over_the_length_is_part_of_sigs1():
    highway = load("highway")
    signals_and_one = highway["sigs1"] * highway["len"]
    assert signals_and_one.min() == pytest.approx(1)


def test_a_digit_is_64_pixels_of_0_to_16():
    pixels = load("digits").drop(columns="digit")
    assert pixels.shape[1] == 64
    assert (pixels.min(axis=None), pixels.max(axis=None)) == (0, 16)


@pytest.mark.parametrize(
    ("name", "label", "load_theirs"),
    [
        ("breast_cancer", "diagnosis", sklearn.datasets.load_breast_cancer),
        ("iris", "species", sklearn.datasets.load_iris),
        ("wine", "cultivar", sklearn.datasets.load_wine),
    ],
)
def test_a_classification_table_equals_scikit_learns_exactly(name, label, load_theirs):
    ours, theirs = load(name), load_theirs(as_frame=True)
    pd.testing.assert_frame_equal(ours.drop(columns=label), theirs.data, check_exact=True)
    assert list(ours[label].cat.categories) == list(theirs.target_names)
    assert list(ours[label].cat.codes) == list(theirs.target)


def test_diabetes_equals_scikit_learns_unscaled_table_exactly():
    theirs = sklearn.datasets.load_diabetes(as_frame=True, scaled=False).frame
    theirs = theirs.rename(columns={"target": "progression"})
    pd.testing.assert_frame_equal(load("diabetes"), theirs, check_exact=True)


def test_digits_equal_scikit_learns_exactly():
    theirs = sklearn.datasets.load_digits(as_frame=True).frame.rename(columns={"target": "digit"})
    # Theirs are whole numbers kept as floats.
    pd.testing.assert_frame_equal(load("digits"), theirs.astype("int64"), check_exact=True)


def test_sunspots_equal_statsmodels_exactly():
    theirs = statsmodels.api.datasets.sunspots.load_pandas().data
    ours = load("sunspots")["sunspots"]
    assert ours.index.tolist() == theirs["YEAR"].tolist()
    assert ours.tolist() == theirs["SUNACTIVITY"].tolist()


def test_us_macro_equals_statsmodels_macrodata_exactly():
    theirs = statsmodels.api.datasets.macrodata.load_pandas().data
    whole = {"year": "int64", "quarter": "int64"}
    pd.testing.assert_frame_equal(load("us_macro"), theirs.astype(whole), check_exact=True)


def test_co2_is_the_monthly_mean_of_statsmodels_weekly_readings():
    weekly = statsmodels.api.datasets.co2.load_pandas().data["co2"]
    monthly = weekly.groupby(weekly.index.to_period("M")).mean()
    assert list(load("co2").index) == list(monthly.index)
    # The file keeps three decimals.
    pd.testing.assert_series_equal(
        load("co2")["co2"], monthly, check_names=False, rtol=0, atol=0.0005
    )
