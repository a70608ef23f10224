"""What is known of the course's tables, by the measures of categorical association."""

import numpy as np
import pandas as pd
import pytest

from datasets import load
from lib.stats import (
    adjusted_residuals,
    associate,
    associate_categories,
    correlation_ratio,
    cramers_v,
    stratified_odds_ratio,
    theils_u,
)


def one_row_a_case(name):
    table = load(name)
    return table.loc[table.index.repeat(table["count"])].drop(columns="count")


def rounded(number, digits=3):
    """Whatever rounds to this number."""
    return pytest.approx(number, abs=0.5 * 10**-digits)


# Hair and eyes ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hair_eye():
    return one_row_a_case("hair_eye")


def test_hair_and_eyes_go_together(hair_eye):
    found = associate_categories(hair_eye)
    assert found.n.loc["hair", "eye"] == 592
    assert found.v_uncorrected.loc["hair", "eye"] == rounded(0.279)
    assert found.chi_square.loc["hair", "eye"] == rounded(138.2898, 4)  # R: chisq.test
    assert found.freedom.loc["hair", "eye"] == 9
    assert found.p.loc["hair", "eye"] == pytest.approx(2.325e-25, rel=1e-3)


def test_which_hair_goes_with_which_eyes(hair_eye):
    residuals = adjusted_residuals(hair_eye["hair"], hair_eye["eye"])
    assert residuals.loc["Blond", "Blue"] == rounded(9.97, 2)
    assert residuals.loc["Blond", "Brown"] == rounded(-8.33, 2)
    assert residuals.loc["Black", "Brown"] == rounded(6.14, 2)
    assert sorted(residuals.abs().to_numpy().ravel())[-3:] == [
        rounded(size, 2) for size in (6.14, 8.33, 9.97)
    ]


def test_adjusting_makes_pearson_residuals_larger(hair_eye):
    """Mosaic plots often show Pearson's: +7.05, -5.85 and +4.40, whose variance is below 1."""
    residuals = adjusted_residuals(hair_eye["hair"], hair_eye["eye"])
    of_hair = hair_eye["hair"].value_counts(normalize=True)
    of_eyes = hair_eye["eye"].value_counts(normalize=True)
    for hair, eye, pearson in [
        ("Blond", "Blue", 7.05),
        ("Blond", "Brown", -5.85),
        ("Black", "Brown", 4.40),
    ]:
        shrunk = residuals.loc[hair, eye] * np.sqrt((1 - of_hair[hair]) * (1 - of_eyes[eye]))
        assert shrunk == rounded(pearson, 2)


def test_levels_are_shown_in_the_catalogue_s_order(hair_eye):
    residuals = adjusted_residuals(hair_eye["hair"], hair_eye["eye"])
    assert residuals.index.tolist() == ["Black", "Brown", "Red", "Blond"]
    assert residuals.columns.tolist() == ["Brown", "Blue", "Hazel", "Green"]
    assert (residuals.index.name, residuals.columns.name) == ("hair", "eye")


# Admissions ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def admissions():
    return one_row_a_case("ucb_admissions")


def test_departments_have_to_do_with_both_gender_and_admission(admissions):
    found = associate_categories(admissions)
    assert found.v_uncorrected.loc["gender", "admit"] == rounded(0.143)
    assert found.p.loc["gender", "admit"] == pytest.approx(7.8e-22, rel=0.01)
    assert found.v_uncorrected.loc["dept", "admit"] == rounded(0.415)
    assert found.v_uncorrected.loc["dept", "gender"] == rounded(0.486)


def test_the_department_says_more_about_the_admission_than_the_reverse(admissions):
    admit, dept, gender = admissions["admit"], admissions["dept"], admissions["gender"]
    assert theils_u(admit, given=dept) == rounded(0.142)
    assert theils_u(dept, given=admit) == rounded(0.053)
    assert theils_u(gender, given=dept) == rounded(0.200)
    assert theils_u(dept, given=gender) == rounded(0.076)


@pytest.fixture(scope="module")
def women_and_men(admissions):
    women_first = admissions["gender"].cat.reorder_categories(["Female", "Male"])
    return stratified_odds_ratio(women_first, admissions["admit"], admissions["dept"])


def test_women_s_odds_of_admission_are_about_half_of_men_s_until_departments_count(women_and_men):
    assert women_and_men.comparison == (
        "odds of Admitted against Rejected, for Female relative to Male"
    )
    assert women_and_men.crude == rounded(0.54, 2)
    assert women_and_men.pooled == rounded(1.11, 2)
    assert women_and_men.p == rounded(0.22, 2)
    assert women_and_men.n == 4526


def test_only_department_a_differs_and_in_favour_of_women(women_and_men):
    strata = women_and_men.strata
    assert strata.index.tolist() == list("ABCDEF")
    assert strata.loc["A", "phi"] == rounded(0.136)
    assert strata.loc["A", "p"] < 0.001
    assert strata.loc["B":, "phi"].abs().max() == rounded(0.041)
    assert (strata.loc["B":, "p"] > 0.3).all()


def test_one_odds_ratio_does_not_fit_all_departments_but_all_except_a(admissions, women_and_men):
    assert women_and_men.homogeneity_p < 0.01
    others = admissions[admissions["dept"] != "A"]
    found = stratified_odds_ratio(others["gender"], others["admit"], others["dept"])
    assert found.homogeneity_p > 0.3


def test_men_and_women_equals_r_s_mantelhaen_test(admissions):
    """R: mantelhaen.test(UCBAdmissions, correct = FALSE)."""
    found = stratified_odds_ratio(admissions["admit"], admissions["gender"], admissions["dept"])
    assert found.x_levels == ("Admitted", "Rejected")
    assert found.y_levels == ("Male", "Female")
    assert found.pooled == rounded(0.9046968, 7)
    assert found.low == rounded(0.7719074, 7)
    assert found.high == rounded(1.0603298, 7)
    assert found.p == rounded(0.2169, 4)


# Numbers by groups --------------------------------------------------------------------------


def test_salaries_depend_on_rank_more_than_on_discipline_or_sex():
    salaries = load("salaries")
    explained = {
        name: correlation_ratio(salaries[name], salaries["salary"]) ** 2
        for name in ["rank", "discipline", "sex"]
    }
    assert explained == {
        "rank": rounded(0.394),
        "discipline": rounded(0.024),
        "sex": rounded(0.019),
    }


def test_feed_explains_half_of_the_variance_of_weight_and_its_alphabetical_code_a_thirtieth():
    chicks = load("chickwts")
    assert correlation_ratio(chicks["feed"], chicks["weight"]) ** 2 == rounded(0.542)
    alphabetical = pd.Categorical(chicks["feed"].astype(str)).codes
    r = np.corrcoef(alphabetical, chicks["weight"])[0, 1]
    assert r**2 == rounded(0.03, 2)


# Mixed tables -------------------------------------------------------------------------------


def test_the_vote_s_best_partner_in_chile():
    found = associate(load("chile"), missing="complete")
    assert (found.n == 2431).all(axis=None)
    with_vote = found.value["vote"].drop("vote")
    assert with_vote.idxmax() == "statusquo"
    assert with_vote["statusquo"] ** 2 == rounded(0.598)
    assert found.measure.loc["vote", "statusquo"] == "correlation ratio"
    assert found.measure.loc["vote", "education"] == "correlation ratio of ranks"
    assert found.measure.loc["income", "education"] == "spearman"


def test_education_and_vote_in_chile():
    complete = load("chile").dropna()
    v = cramers_v(complete["education"], complete["vote"], corrected=False)
    assert v == rounded(0.167)


def test_survival_on_the_titanic():
    titanic = load("titanic")
    found = associate_categories(titanic[["survived", "sex", "passengerClass"]])
    assert found.v_uncorrected.loc["survived", "sex"] == rounded(0.529)
    assert found.v_uncorrected.loc["survived", "passengerClass"] == rounded(0.313)
    mixed = associate(titanic)
    assert mixed.value.loc["survived", "sex"] == found.v.loc["survived", "sex"]
    # Two groups: the point-biserial correlation, without its sign.
    assert mixed.value.loc["survived", "age"] == rounded(0.0555, 4)
    assert mixed.n.loc["survived", "age"] == 1309 - 263
