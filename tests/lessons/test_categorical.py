"""The numbers of lesson six, as they are known elsewhere, and where else its tasks pass.

That scipy, statsmodels and scikit-learn find the same is held by the scripts of the steps.
"""

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.cross_decomposition import CCA
from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder
from sklearn.tree import DecisionTreeClassifier
from statsmodels.stats.contingency_tables import StratifiedTable

import datasets
from lessons.categorical import LESSON
from lib.charts import Bars, Heatmap, Intervals, Scatter
from lib.course import Standing


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


# Codes


def test_codes_give_any_r_and_one_v() -> None:
    found = facts("codes")
    assert (found["students"], found["orders"], found["strong"]) == (592, 576, 4)
    assert found["by_alphabet"] == pytest.approx(0.1207, abs=5e-5)
    assert found["lowest"] == pytest.approx(-0.4307, abs=5e-5)
    assert found["highest"] == pytest.approx(0.4307, abs=5e-5)
    assert found["v"] == pytest.approx(0.2790, abs=5e-5)


def test_any_pair_of_strong_opposites_counts() -> None:
    up, down = "Black Brown Red Blond", "Blond Red Brown Black"
    for eyes in ("Brown Hazel Green Blue", "Blue Green Hazel Brown"):
        for left, right in ((up, down), (down, up)):
            assert standing("codes", eyes=eyes, hair=left, other=right) is Standing.PASSED
        assert standing("codes", eyes=eyes, hair=up, other=up) is Standing.MISTAKE


# Residuals


def test_residuals_of_either_kind() -> None:
    found = facts("residuals")
    expected = {"blond_blue": 7.05, "blond_brown": -5.85, "black_brown": 4.40}
    adjusted = {"blond_blue": 9.97, "blond_brown": -8.33, "black_brown": 6.14}
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=0.005)
    for name, value in adjusted.items():
        assert found[f"{name}_adjusted"] == pytest.approx(value, abs=0.005)
    assert found["chi_square"] == pytest.approx(138.29, abs=0.005)
    assert (found["largest_count"], found["blond_blue_count"]) == (119, 94)
    assert found["strongest"] == "Blond Blue"


@pytest.mark.parametrize("shown", ["Pearson residuals", "adjusted residuals"])
def test_either_residual_in_even_colours_counts(shown: str) -> None:
    cell = {"shown": shown, "hair": "Blond", "eyes": "Brown"}
    assert standing("residuals", **cell, limits="the same both ways") is Standing.PASSED
    assert standing("residuals", **cell, limits="lowest to highest") is Standing.MISTAKE
    assert standing("residuals", **cell) is Standing.MISTAKE


def test_the_cell_that_is_most_too_empty() -> None:
    counts = pd.crosstab(*people())
    expected = stats.contingency.expected_freq(counts)
    residuals = (counts - expected) / np.sqrt(expected)
    hair, eyes = np.unravel_index(residuals.to_numpy().argmin(), residuals.shape)
    least = f"{counts.index[hair]} {counts.columns[eyes]}"
    assert least == facts("residuals")["least"] == "Blond Brown"
    even = {"shown": "Pearson residuals", "limits": "the same both ways"}
    assert standing("residuals", **even, hair="Blond", eyes="Blue") is Standing.MISTAKE
    assert standing("residuals", **even, hair="Black", eyes="Blue") is Standing.MISTAKE


def people() -> tuple[pd.Series, pd.Series]:
    counts = datasets.load("hair_eye")
    rows = counts.loc[counts.index.repeat(counts["count"])]
    return rows["hair"].astype(str), rows["eye"].astype(str)


def test_no_numbers_reach_more_than_the_first_canonical_correlation() -> None:
    hair, eyes = (pd.get_dummies(words, drop_first=True, dtype=float) for words in people())
    model = CCA(n_components=1).fit(hair, eyes)
    first, second = model.transform(hair, eyes)
    r = np.corrcoef(first[:, 0], second[:, 0])[0, 1]
    assert facts("codes")["best_codes"] == pytest.approx(r, abs=1e-4)


def test_white_falls_where_the_limits_meet() -> None:
    found = facts("residuals", shown="Pearson residuals", limits="lowest to highest")
    assert found["neutral"] == pytest.approx((7.0496 - 5.8510) / 2, abs=5e-5)
    assert found["overrun"] == 0


# Bias


def test_theory_is_for_the_mean_square_of_v() -> None:
    """With many faces its root is also about the mean; with two the mean is far below."""
    coins, dice = (
        [facts("bias", levels=faces, draw=draw) for draw in range(4)] for faces in (2, 20)
    )
    rng = np.random.default_rng(0)
    v = np.array([_v_of_coins(*rng.integers(0, 2, (2, 100))) for _ in range(2000)])
    assert np.sqrt((v**2).mean()) == pytest.approx(coins[0]["expected"], abs=0.005)
    assert np.mean([found["mean_v"] for found in coins]) == pytest.approx(v.mean(), abs=0.01)
    assert v.mean() < 0.82 * coins[0]["expected"]
    assert np.mean([found["mean_v"] for found in dice]) == pytest.approx(
        dice[0]["expected"], abs=0.01
    )


def _v_of_coins(first: np.ndarray, second: np.ndarray) -> float:
    """Of two columns of zeros and ones V is the size of Pearson's r."""
    return abs(np.corrcoef(first, second)[0, 1])


def test_chance_alone_gives_v_and_the_correction_takes_it_off() -> None:
    ten = [facts("bias", draw=draw) for draw in range(10)]
    assert np.mean([found["mean_v"] for found in ten]) == pytest.approx(0.30, abs=0.01)
    assert np.mean([found["mean_corrected"] for found in ten]) == pytest.approx(0.05, abs=0.02)
    assert ten[0]["expected"] == pytest.approx(math.sqrt(9 / 99))
    twenty = [facts("bias", levels=20, rows="50", draw=draw)["mean_v"] for draw in range(5)]
    assert np.mean(twenty) == pytest.approx(0.61, abs=0.01)


def test_only_the_correction_helps_a_small_table() -> None:
    for draw in range(10):
        two = {"linked": "the one with two levels", "draw": draw}
        assert standing("bias", **two, corrected=True) is Standing.PASSED
        assert standing("bias", **two, rows="50") is Standing.MISTAKE


def test_of_two_maps_in_print_the_larger_v_is_chance() -> None:
    found = facts("bias")
    for levels, v in ((10, found["ten_v"]), (2, found["two_v"])):
        p = stats.chi2.sf(100 * v**2 * (levels - 1), (levels - 1) ** 2)
        assert (p < 0.05) == (levels == 2)


# Direction


def test_u_of_berkeley() -> None:
    found = facts("direction")
    expected = {
        ("admit", "dept"): 0.142,
        ("dept", "admit"): 0.053,
        ("gender", "dept"): 0.200,
        ("dept", "gender"): 0.076,
    }
    for (told, known), value in expected.items():
        assert found[f"{told}_by_{known}"] == pytest.approx(value, abs=5e-4)


def test_a_cell_is_read_from_its_column_to_its_row() -> None:
    assert standing("direction", known="dept", told="gender") is Standing.PASSED
    assert standing("direction", known="gender", told="dept") is Standing.MISTAKE
    assert standing("direction", known="dept") is Standing.NOT_YET
    chart = LESSON.step("direction").exhibit({"measure": "U"}).figures[0]
    assert isinstance(chart, Heatmap)
    assert chart.values.loc["gender", "dept"] == pytest.approx(0.1997, abs=5e-5)
    assert chart.values.loc["dept", "gender"] == pytest.approx(0.0760, abs=5e-5)


# Berkeley


def test_berkeley_all_together() -> None:
    found = facts("berkeley")
    assert found["v"] == pytest.approx(0.143, abs=5e-4)
    assert found["p"] == pytest.approx(7.8136e-22, rel=1e-4)
    assert found["dept_admit"] == pytest.approx(0.415, abs=5e-4)
    assert found["dept_gender"] == pytest.approx(0.486, abs=5e-4)
    assert found["men_admitted"] == pytest.approx(1198 / 2691)
    assert found["women_admitted"] == pytest.approx(557 / 1835)


def test_berkeley_within_departments() -> None:
    found = facts("berkeley")
    # Odds of men over those of women; the other way round these are 0.54 and 1.11.
    assert found["crude"] == pytest.approx(1198 * 1278 / (1493 * 557))
    assert 1 / found["crude"] == pytest.approx(0.543, abs=5e-4)
    applied = datasets.load("ucb_admissions")
    tables = {
        dept: there.pivot_table("count", "gender", "admit", sort=False).to_numpy()
        for dept, there in applied.groupby("dept")
    }
    # One ratio for all six is refused, and one for the five without A is not.
    assert StratifiedTable([*tables.values()]).test_equal_odds().pvalue < 0.01
    (a, b), (c, d) = tables.pop("A")
    others = StratifiedTable([*tables.values()])
    assert others.test_equal_odds().pvalue > 0.3
    assert found["a_odds"] == pytest.approx(a * d / (b * c))
    assert found["others_odds"] == pytest.approx(others.oddsratio_pooled)
    assert found["others_p"] == pytest.approx(others.test_null_odds().pvalue)
    assert (round(found["a_odds"], 2), round(found["others_odds"], 2)) == (0.35, 1.03)
    assert found["a_v"] == pytest.approx(0.136, abs=5e-4)
    assert found["elsewhere"] < 0.0415
    assert found["elsewhere_p"] > 0.3
    assert (found["ahead"], found["against_women"]) == (2, 0)
    # D, E and F admit fewest.
    assert found["women_in_hard"] == pytest.approx((375 + 393 + 341) / 1835)
    assert found["men_in_hard"] == pytest.approx((417 + 191 + 373) / 2691)
    assert (found["a_men"], found["a_women"]) == (
        pytest.approx(512 / 825),
        pytest.approx(89 / 108),
    )


@pytest.mark.parametrize("dept", list("BCDEF"))
def test_no_other_department_has_a_gap_beyond_chance(dept: str) -> None:
    for leading in ("men", "women"):
        assert standing("berkeley", split=True, dept=dept, leading=leading) is Standing.MISTAKE


def test_what_a_department_opens() -> None:
    opened = LESSON.step("berkeley").exhibit({"split": True}).behind("A", "men ahead")
    assert isinstance(opened.chart, Heatmap)
    assert "−0.136" in opened.sentence
    assert "933" in opened.sentence


# Groups


def test_eta_squared_of_groups() -> None:
    found = facts("groups")
    for name, value in {"rank": 0.394, "discipline": 0.024, "sex": 0.019}.items():
        assert found[f"{name}_eta2"] == pytest.approx(value, abs=5e-4)
    assert found["feed_eta2"] == pytest.approx(0.542, abs=5e-4)
    assert found["feed_r"] == pytest.approx(0.1804, abs=5e-5)
    assert found["feed_r2"] == pytest.approx(0.0326, abs=5e-5)


@pytest.mark.parametrize("codes", ["alphabet", "frequency", "group means", "no codes: η²"])
def test_two_groups_are_point_biserial_by_any_codes(codes: str) -> None:
    salaries = datasets.load("salaries")
    r = stats.pointbiserialr(salaries["sex"] == "Male", salaries["salary"]).statistic
    assert facts("groups", groups="sex", codes=codes)["explained"] == pytest.approx(r**2)


def test_codes_reach_eta_squared_as_group_means_only() -> None:
    explained = {
        codes: facts("groups", groups="feed", codes=codes)["explained"]
        for codes in ("alphabet", "frequency", "group means", "no codes: η²")
    }
    assert explained["group means"] == pytest.approx(explained["no codes: η²"])
    assert max(explained["alphabet"], explained["frequency"]) < 0.06
    assert standing("groups", groups="feed", codes="group means") is Standing.PASSED


# Ordered


def test_r_depends_on_the_order_of_ordered_words() -> None:
    found = facts("ordered")
    assert found["rank_right"] == pytest.approx(0.617, abs=5e-4)
    assert found["rank_alphabet"] == pytest.approx(0.522, abs=5e-4)
    assert found["education_right"] == pytest.approx(0.439, abs=5e-4)
    assert found["education_alphabet"] == pytest.approx(0.209, abs=5e-4)
    assert found["rank_r"] == found["rank_alphabet"]
    assert found["respondents"] == 2593
    for name in ("rank", "education"):
        assert found[f"{name}_right"] < found[f"{name}_eta"]


def test_a_ladder_upside_down_is_met() -> None:
    down = {"rank": "Prof < AssocProf < AsstProf", "education": "PS < S < P"}
    assert standing("ordered", **down) is Standing.MISTAKE
    assert facts("ordered", **down)["rank_r"] == pytest.approx(-0.617, abs=5e-4)


# Mixed


def test_the_vote_is_guessed_from_one_column() -> None:
    found = facts("mixed")
    assert (found["rows"], found["complete_rows"], found["no_vote"]) == (2700, 2431, 168)
    chile = datasets.load("chile").dropna()
    for name in ("education", "region", "statusquo"):
        column = chile[name]
        if name == "statusquo":
            column = np.searchsorted(column.quantile([0.25, 0.5, 0.75]), column)
        model = DecisionTreeClassifier(random_state=0)
        dummies = pd.get_dummies(pd.Series(np.asarray(column).astype(str)))
        right = model.fit(dummies, chile["vote"]).score(dummies, chile["vote"])
        assert found[f"guess_{name}"] == pytest.approx(right, abs=1e-9)
    assert found["guesses_best"] == "statusquo"


def test_a_level_called_na_is_lost() -> None:
    found = facts("mixed")
    assert (found["american"], found["american_lost"]) == (2, 2)


def test_either_table_has_its_partners() -> None:
    vote = {"number": "statusquo", "words": "sex"}
    assert standing("mixed", **vote) is Standing.PASSED
    assert standing("mixed", **vote, people="complete only") is Standing.PASSED
    assert standing("mixed", **vote, data="titanic") is Standing.MISTAKE
    assert standing("mixed", data="titanic", number="age", words="sex") is Standing.PASSED
    assert standing("mixed", number="statusquo") is Standing.NOT_YET


def test_every_cell_names_its_measure() -> None:
    chart = LESSON.step("mixed").exhibit({}).figures[0]
    assert chart.text.loc["vote", "statusquo"] == "η 0.77"
    assert chart.text.loc["vote", "sex"] == "V 0.16"
    assert chart.text.loc["vote", "education"] == "η* 0.22"
    assert chart.text.loc["income", "education"] == "ρ 0.49"
    assert chart.text.loc["statusquo", "population"] == "r −0.20"


def test_a_measure_that_ends_at_one_does_not_reach_it_with_every_pair() -> None:
    """The best that a pair can do is to be sorted, or to fill a table from a corner."""
    chile = datasets.load("chile")
    both = chile[["education", "income"]].dropna()
    levels = both["education"].astype(str).map({"P": 0, "S": 1, "PS": 2})
    assert stats.spearmanr(np.sort(levels), np.sort(both["income"])).statistic < 0.9
    votes = chile.dropna(subset=["vote", "sex"])
    best = 0.0
    for order in permutations(votes["vote"].unique()):
        place = {vote: number for number, vote in enumerate(order)}
        table = pd.crosstab(
            np.sort(votes["vote"].astype(str).map(place)), np.sort(votes["sex"].astype(str))
        )
        best = max(best, stats.contingency.association(table, method="cramer"))
    assert round(best, 3) == 0.909


def test_what_a_cell_opens_depends_on_its_columns() -> None:
    behind = LESSON.step("mixed").exhibit({}).behind
    words, groups, numbers, ordered = (
        behind("vote", "sex"),
        behind("vote", "statusquo"),
        behind("income", "age"),
        behind("income", "education"),
    )
    assert isinstance(words.chart, Heatmap)
    assert sum(int(count) for count in words.chart.text.to_numpy().ravel()) == 2532
    assert isinstance(groups.chart, Intervals)
    assert list(groups.chart.values.index) == ["A", "N", "U", "Y"]
    assert "0.77" in groups.sentence
    assert isinstance(numbers.chart, Scatter)
    assert "2,601" in numbers.sentence
    assert isinstance(ordered.chart, Intervals)
    assert ordered.sentence.startswith("ρ = 0.49 over 2,593 people;")
    assert "with itself" in behind("vote", "vote").sentence


def test_a_cell_opens_its_interval_and_the_interval_its_kind() -> None:
    behind = LESSON.step("mixed").exhibit({}).behind
    chile = datasets.load("chile")
    both = chile[["education", "income"]].dropna()
    levels = both["education"].astype(str).map({"P": 0, "S": 1, "PS": 2})
    rho = stats.spearmanr(levels, both["income"]).statistic
    error = math.sqrt((1 + rho**2 / 2) / (len(both) - 3))
    low, high = np.tanh(np.arctanh(rho) + error * stats.norm.ppf([0.025, 0.975]))
    said = behind("income", "education").sentence
    assert said.endswith(f"; 95 % interval {low:.2f} to {high:.2f} by Fisher's z.")
    r = stats.pearsonr(*chile[["population", "statusquo"]].dropna().to_numpy().T)
    low, high = r.confidence_interval()
    said = behind("statusquo", "population").sentence.replace("−", "-")
    assert said.endswith(f"; 95 % interval {low:.2f} to {high:.2f} by Fisher's z.")
    assert behind("vote", "statusquo").sentence.endswith(" 0.76 to 0.78 by noncentral F.")
    assert behind("vote", "sex").sentence.endswith(" 0.13 to 0.20 by noncentral chi-square.")
    assert behind("vote", "education").sentence == (
        "η of ranks = 0.22 over 2,522 people. No interval: noncentral F does not fit ranks."
    )


def test_the_numbers_say_which_pairs_have_no_interval() -> None:
    listed = LESSON.step("mixed").exhibit({"data": "titanic"}).table
    without = listed["interval"] == "none"
    assert set(listed.index[without]) == {"survived–passengerClass", "sex–passengerClass"}
    assert (listed[["low", "high"]].isna().all(axis=1) == without).all()


def test_people_drawn_again_agree_with_the_intervals() -> None:
    """`statusquo` is not normal within the votes, so its ends may be a little off."""
    found, chile = facts("mixed"), datasets.load("chile")
    for name, column in (("best_number", "statusquo"), ("best_words", "sex")):
        both = chile[["vote", column]].dropna()
        votes = pd.factorize(both["vote"])[0]
        values = both[column] if column == "statusquo" else both[column].eq("F")
        values = values.to_numpy(float)
        drawn = np.random.default_rng(0).integers(len(both), size=(400, len(both)))
        again = [_eta(votes[rows], values[rows]) for rows in drawn]
        ends = found[f"{name}_low"], found[f"{name}_high"]
        assert ends == pytest.approx(tuple(np.quantile(again, [0.025, 0.975])), abs=0.015)


def _eta(groups: np.ndarray, values: np.ndarray) -> float:
    """V, where the values are zeros and ones."""
    means = np.bincount(groups, values) / np.bincount(groups)
    return means[groups].std() / values.std()


# Encodings


@pytest.mark.play
def test_the_leak_grows_as_the_formula_says() -> None:
    for offices in (9, 40, 160):
        drawn = [facts("encodings", offices=offices, draw=draw) for draw in range(20)]
        expected = (offices - 1) / 396
        seen = np.mean([found["office_all"] ** 2 for found in drawn])
        assert seen == pytest.approx(expected, abs=0.25 * expected)
        assert abs(np.mean([found["office_others"] for found in drawn])) < 0.1


def test_leave_one_out_takes_many_offices_to_about_zero_and_does_not_turn_them_over() -> None:
    drawn = [facts("encodings", draw=draw) for draw in range(12)]
    assert all(abs(found["many_others"]) < 0.2 for found in drawn)
    assert abs(np.mean([found["many_others"] for found in drawn])) < 0.06
    assert all(found["many_all"] > 0.6 for found in drawn)


def test_how_many_offices_match_sex_and_rank() -> None:
    found = facts("encodings")
    for name, offices in (("sex", 9), ("rank", 158)):
        assert found[f"as_{name}"] == offices
        assert (offices - 2) / 396 < found[f"{name}_all"] ** 2 <= (offices - 1) / 396


def test_leave_one_out_runs_against_the_salary_and_a_tree_reads_it() -> None:
    salary = datasets.load("salaries")["salary"].astype(float)
    for draw in range(5):
        found = facts("encodings", draw=draw)
        doors = np.random.default_rng(draw).permutation(np.arange(len(salary)) % 4)
        for door in range(4):
            there = salary[doors == door]
            others = (there.sum() - there) / (len(there) - 1)
            assert others.corr(there) == pytest.approx(-1)
        assert found["within"] == pytest.approx(-1, abs=1e-4)  # one office has one more
        assert found["few_others"] > 0.8
        assert max(found["few_all"], found["few_fitted"]) < 0.1


def test_cross_fitted_neither_many_offices_nor_few_are_flattered() -> None:
    folds = KFold(5, shuffle=True, random_state=0)
    encoder = TargetEncoder(cv=folds, smooth=0.0, target_type="continuous")
    salary = datasets.load("salaries")["salary"].astype(float)
    for draw in range(10):
        doors = np.random.default_rng(draw).permutation(np.arange(len(salary)) % 198)
        r = np.corrcoef(encoder.fit_transform(doors[:, None], salary)[:, 0], salary)[0, 1]
        assert facts("encodings", draw=draw)["many_fitted"] == pytest.approx(r)
        assert abs(r) < 0.3


def test_both_faults_are_to_be_named() -> None:
    named = {"many": "mean of all", "few": "leave-one-out"}
    for encoding in ("one-hot", "mean of all", "leave-one-out"):
        assert standing("encodings", **named, encoding=encoding) is Standing.MISTAKE
    assert standing("encodings", **named, encoding="cross-fitted") is Standing.PASSED
    assert standing("encodings", encoding="cross-fitted") is Standing.NOT_YET


# Blocks


def test_families_are_found_by_v_whatever_the_numbering() -> None:
    drawn = [facts("blocks", draw=draw) for draw in range(10)]
    assert all(found["agreement_v"] == 1 for found in drawn)
    assert np.mean([found["agreement_codes"] for found in drawn]) < 0.7


def test_clustering_moves_cells_and_changes_none() -> None:
    came, clustered = (
        LESSON.step("blocks").exhibit({"measure": "V", "order": order})
        for order in ("as it came", "clustered")
    )
    before, after = came.figures[0].values, clustered.figures[0].values
    pd.testing.assert_frame_equal(after.loc[before.index, before.columns], before)
    assert list(after.index) != list(before.index)
    assert clustered.facts["shown"] == clustered.facts["after"] > clustered.facts["before"]


def test_noise_clusters_too_and_passes_nothing() -> None:
    for draw in range(5):
        noise = {"data": "noise", "measure": "V", "order": "clustered", "draw": draw}
        found = facts("blocks", **noise)
        assert found["after"] > found["before"]
        assert standing("blocks", **noise, families=3) is Standing.MISTAKE


def test_bars_show_both_measures_of_all_groups() -> None:
    chart = LESSON.step("groups").exhibit({}).figures[1]
    assert isinstance(chart, Bars)
    assert chart.values.shape == (4, 2)


# On your own


def test_three_words_tell_more_of_income_than_eight() -> None:
    found = facts("eight_words_or_three", number="ppgdp", measure="η²")
    rows = datasets.load("un")[["region", "group", "ppgdp"]].dropna()
    by_group, by_region = (
        stats.f_oneway(*(part["ppgdp"] for _, part in rows.groupby(name, observed=True)))
        for name in ("group", "region")
    )

    def share(f: float, words: int) -> float:
        """η² from F: between over between and within."""
        return f * (words - 1) / (f * (words - 1) + len(rows) - words)

    assert found["group_share"] == pytest.approx(share(by_group.statistic, 3))
    assert found["region_share"] == pytest.approx(share(by_region.statistic, 8))
    assert found["lead"] > found["margin"]
    assert found["region_chance"] == pytest.approx(100 * 7 / 198)


@pytest.mark.parametrize("number", ["infantMortality", "fertility", "lifeExpF", "pctUrban"])
def test_of_no_other_number_do_three_words_tell_so_much_more(number: str) -> None:
    assert facts("eight_words_or_three", number=number, measure="η²")["lead"] < 5


# Written


def test_residuals_of_either_kind_may_be_written() -> None:
    expected = (
        "n = counts.to_numpy().sum()\nrow = counts.sum(axis=1) / n\ncolumn = counts.sum() / n\n"
        "expected = n * np.outer(row, column)\n"
    )
    pearson = expected + "(counts - expected) / expected ** 0.5"
    adjusted = expected + "(counts - expected) / np.sqrt(expected * np.outer(1 - row, 1 - column))"
    for lines in (pearson, adjusted):
        assert standing("write_the_residuals", lines=lines) is Standing.PASSED
    hair_eye = datasets.load("hair_eye")
    counts = hair_eye.pivot_table("count", "hair", "eye", aggfunc="sum", observed=True)
    chi_square = stats.chi2_contingency(counts).statistic
    assert facts("write_the_residuals", lines=pearson)["squares"] == pytest.approx(chi_square)


@pytest.mark.parametrize(
    "lines",
    [
        "(counts.T / counts.sum(axis=1)).T",
        "100 * counts.div(counts.sum(axis=1), axis=0)",
        "sums = counts.to_numpy().sum(axis=1)\ncounts.to_numpy() / sums[:, np.newaxis]",
    ],
)
def test_any_shares_of_rows_are_passed(lines: str) -> None:
    assert standing("write_the_shares", lines=lines) is Standing.PASSED


def test_where_men_and_women_applied() -> None:
    found = facts("write_the_shares")
    # Bickel, Hammel and O'Connell's totals
    assert (found["all_men"], found["all_women"]) == (2691, 1835)
    assert (found["men_sum"], found["women_sum"]) == (2691, 1835)


def test_of_most_numbers_more_words_tell_more() -> None:
    nations = datasets.load("un")

    def lead(number: pd.Series) -> float:
        shares = {}
        for name in ("region", "group"):
            rows = nations[["region", "group"]].assign(number=number).dropna()
            means = rows.groupby(name, observed=True)["number"].transform("mean")
            shares[name] = means.var() / rows["number"].var()
        return 100 * (shares["group"] - shares["region"])

    found = facts("eight_words_or_three", number="ppgdp", measure="η²")
    behind = [lead(nations[x]) < 0 for x in nations.select_dtypes("number") if x in _OF_NATIONS]
    assert found["region_ahead"] == sum(behind) == len(behind) - 1
    assert found["log_lead"] == pytest.approx(lead(np.log(nations["ppgdp"])))
    assert found["log_lead"] < found["margin"]


_OF_NATIONS = {"infantMortality", "fertility", "ppgdp", "lifeExpF", "pctUrban"}
