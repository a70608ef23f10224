"""What quizzes and misconceptions of five lessons state in words, beside their numbers.

A question is filled at its setting, a misconception at its own: there each statement has to hold.
"""

from collections.abc import Callable, Mapping

import pytest
import truths_applications
import truths_interactions

from lessons import COURSE
from lib.course import Step

_LESSONS = ("time_series", "categorical", "clustermaps", "interactions", "applications")

QUIZ: dict[str, Callable[[Mapping], bool]] = {
    # What time does to a correlation
    "two_trends": lambda s: s["levels_r"] > 0.8 and s["line_before"] > 80 and s["levels_p"] < 1e-6,
    "walk_or_trend": lambda s: (
        s["walks_difference"] < s["most"] < 50 < min(s["walks_detrend"], s["walks_season"])
    ),
    "too_much_of_it": lambda s: (
        s["trends_detrend"] < s["most"] < s["trends_difference"] < s["trends_nothing"] / 4
        and s["seasons_difference"] > 90
    ),
    "summer": lambda s: (
        max(abs(s["season_r"]), abs(s["year_r"])) < 0.2
        and s["difference_p"] < 0.05
        and s["detrend_r"] > 0.7
    ),
    "rows_that_count": lambda s: (
        abs(s["effective"] / s["short"] - 1) < 0.02
        and s["share"] > 2 * s["level"]
        and s["lost"] > s["n"] / 3
    ),
    "do_differences_kill": lambda s: 0.5 < s["returns_dax_smi"] < s["levels_dax_smi"],
    "hidden_by_levels": lambda s: abs(s["gdp_unemp_level"]) < 0.1 and s["gdp_unemp_change"] < -0.5,
    "the_dickey_fuller_test": lambda s: 0 < s["walks_changes"] < s["walks_levels"] / 2,
    "who_leads": lambda s: (
        s["white_peak"] == s["peak"] > 0 and s["white_largest"] > 10 * abs(s["white_now"])
    ),
    "the_band": lambda s: s["raw_outside"] > 3 * s["by_chance"] > s["white_outside"],
    "a_year_ago": lambda s: (
        s["fourth_low"] < s["year_r"] < s["fourth_high"]
        and s["worth"] < s["n"] / 2
        and 10 * s["year_p"] < min(s["honest"], s["fourth_p_low"])
    ),
    "how_far_back": lambda s: s["outside_echo"] > s["outside_direct"] == 2 > s["largest_direct"],
    "run_backwards": lambda s: min(s["strongest_backwards"], s["returns_dax_smi"]) > 0.5,
    # Words, ranks and mixed tables
    "codes_of_words": lambda s: s["by_alphabet"] < s["highest"] / 2 and s["lowest"] < 0,
    "where_the_link_is": lambda s: (
        s["blond_blue_count"] < s["largest_count"]
        and s["largest_residual"] < s["blond_blue"]
        and s["strongest"] == "Blond Blue"
    ),
    "two_residuals": lambda s: s["blond_blue"] < s["blond_blue_adjusted"],
    "chi_square_or_v": lambda s: s["p"] < 0.001 and s["v"] < 0.2,
    "v_of_dice": lambda s: (
        abs(s["mean_v"] / s["expected"] - 1) < 0.05 and s["mean_corrected"] < s["mean_v"] / 4
    ),
    "direction_of_u": lambda s: (
        s["admit_by_dept"] > s["dept_by_admit"] and s["entropy_dept"] > s["entropy_admit"]
    ),
    "within_departments": lambda s: (
        s["a_p"] < 0.05 < min(s["elsewhere_p"], s["others_p"])
        and s["a_odds"] < 0.5 < s["others_odds"]
        and s["women_in_hard"] > s["men_in_hard"]
        and s["ahead"] < 3
    ),
    "two_words_and_more": lambda s: s["feed_eta2"] > 10 * s["feed_r2"],
    "lost_order": lambda s: s["education_right"] > 1.5 * s["education_alphabet"],
    "a_level_called_na": lambda s: s["american"] == s["american_lost"] > 0 < s["no_vote"],
    "leaking_means": lambda s: (
        s["office_all"] > 0.3 > 2 * max(abs(s["office_others"]), abs(s["office_fitted"]))
    ),
    "two_buildings": lambda s: (
        s["within"] < -0.999 and s["tree_others"] > 0.5 > 5 * max(s["tree_fitted"], s["tree_all"])
    ),
    "squares_of_noise": lambda s: s["before"] < s["after"] and s["largest"] == s["largest_after"],
    "what_sorting_does": lambda s: s["before"] < s["after"] and s["largest"] == s["largest_after"],
    # Blocks, branches and blind spots
    "default_distance": lambda s: (
        s["is_with_lane"] and not s["is_with_rate"] and abs(s["slim_lane"]) < 0.3 < -s["slim_rate"]
    ),
    "values_after": lambda s: s["changed"] == 0 and s["neighbours"] > s["filed"],
    "mobile": lambda s: s["drawings"] == 2 ** s["merges"],
    "neutral": lambda s: (
        s["default_neutral"] - s["lowest"] == pytest.approx(1 - s["default_neutral"])
    ),
    "up_and_down": lambda s: (
        max(s["rows_agreement"], s["signed_agreement"]) < 0.5 < s["absolute_agreement"]
    ),
    "faithful": lambda s: s["single_cophenetic"] < s["average_cophenetic"],
    "noise_blocks": lambda s: (
        s["few_clustered"] > s["more_clustered"] == s["noise_clustered"] < s["noise_most"]
    ),
    "sawing": lambda s: s["height"] + s["least"] == pytest.approx(1) and s["weakest"] < s["least"],
    "currencies": lambda s: min(s["litres_share"], s["raw_share"]) > 0.95,
    "next_door": lambda s: (
        s["agreement"] > 0.99 > 0.8 > s["other_agreement"] and abs(s["all_agreement"]) < 0.1
    ),
    "double_dip": lambda s: (
        s["noise_mean"] > 0.8
        and max(abs(s["blind_mean"]), abs(s["halves_mean"])) < 0.1 < s["real_halves_mean"] / 5
    ),
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    # What time does to a correlation
    "rows_are_always_independent": lambda s: s["truth"] > 10 * s["level"],
    "more_rows_cure_drift": lambda s: s["truth_short"] < s["truth_middle"] < s["truth_long"],
    "detrending_cures_everything": lambda s: s["walks_detrend"] > 5 * s["walks_difference"],
    "differencing_cures_everything": lambda s: (
        min(s["seasons_difference"], s["trends_difference"]) > s["most"]
    ),
    "nothing_helps_walks": lambda s: s["walks_difference"] < s["most"] < s["walks_nothing"],
    "one_cure_for_all": lambda s: (
        s["trends_detrend"] < s["most"] < min(s["walks_detrend"], s["seasons_detrend"])
    ),
    "little_echo_no_harm": lambda s: s["share"] > 3 * s["level"] and s["effective"] < s["n"] / 2,
    "short_formula_fits_any_n": lambda s: s["short"] < 0.8 * s["effective"],
    "strong_levels_are_links": lambda s: s["gdp_cpi_level"] > 0.9 > 5 * abs(s["gdp_cpi_change"]),
    "weak_levels_are_no_link": lambda s: (
        abs(s["gdp_unemp_level"]) < 0.1 and s["gdp_unemp_change"] < -0.5
    ),
    "no_rejection_is_proof": lambda s: 0 < s["walks_changes"] < s["walks_levels"],
    "differencing_kills_every_link": lambda s: s["returns_dax_smi"] > 0.5,
    "any_difference_will_do": lambda s: (
        abs(s["quarter_calm_r"] - s["quarter_r"]) < 0.05
        and s["year_r"] > 3 * max(abs(s["quarter_r"]), abs(s["quarter_calm_r"]))
    ),
    "overlap_makes_r": lambda s: (
        s["fourth_low"] < s["year_r"] < s["fourth_high"] and 100 * s["year_p"] < s["fourth_p_low"]
    ),
    "overlap_costs_nothing": lambda s: (
        s["worth"] < s["year_n"] / 3 and 100 * s["year_p"] < s["honest"]
    ),
    "overlap_costs_everything": lambda s: s["worth"] > s["fourth_n"],
    "acf_shows_how_far_it_looks": lambda s: s["outside_direct"] == s["made_from"] < 10,
    "largest_echo_is_last": lambda s: s["largest_direct"] < s["made_from"],
    "ccf_band_holds_for_all": lambda s: s["raw_outside"] > 3 * s["by_chance"] > s["white_outside"],
    "lag_sign_is_arbitrary": lambda s: s["white_peak"] == s["peak"] > 0,
    "zero_now_is_zero_always": lambda s: (
        s["most_hidden"] == "realcons–realinv" and abs(s["hidden_now"]) < s["band"] < s["hidden_r"]
    ),
    # Words, ranks and mixed tables
    "alphabet_is_neutral": lambda s: s["lowest"] < 0 < s["by_alphabet"] < s["highest"] / 2,
    "codes_make_anything": lambda s: s["highest"] < s["best_codes"] < 0.5,
    "renumbering_is_harmless": lambda s: s["strong"] == 4 and s["by_alphabet"] < s["highest"] / 2,
    "large_counts_make_the_link": lambda s: (
        s["blond_blue_count"] < s["largest_count"] and s["largest_residual"] < s["blond_blue"]
    ),
    "v_is_everywhere": lambda s: s["share"] > 4 / s["cells"],
    "every_map_ends_at_one": lambda s: s["lowest"] < -1 < 1 < s["highest"] and s["overrun"] > 5,
    "one_kind_of_residual": lambda s: s["blond_blue"] < s["blond_blue_adjusted"],
    "independent_means_no_v": lambda s: s["mean_v"] > 0.2 > 3 * s["mean_corrected"],
    "v_has_one_scale": lambda s: s["mean_v"] > 0.5,
    "association_is_symmetric": lambda s: s["admit_by_dept"] > 2 * s["dept_by_admit"],
    "more_levels_are_told_better": lambda s: s["dept_by_admit"] < s["admit_by_dept"],
    "any_gap_is_bias": lambda s: s["ahead"] > 0 == s["against_women"],
    "weak_r_weak_groups": lambda s: s["feed_eta2"] > 10 * s["feed_r2"],
    "order_is_a_detail": lambda s: s["education_right"] > 1.5 * s["education_alphabet"],
    "best_order_is_the_order": lambda s: s["best_of_six"] > 1.2 * s["known_order"],
    "signs_need_no_direction": lambda s: s["rank_r"] < 0 < s["rank_right"],
    "background_decides": lambda s: (
        s["guess_statusquo"] > max(s["guess_education"], s["guess_region"]) > s["guess_nothing"]
        and s["guesses_best"] == "statusquo"
    ),
    "na_is_a_word": lambda s: s["american"] == s["american_lost"],
    "levels_cost_nothing": lambda s: 2 < s["as_sex"] < 20 < s["as_rank"] < s["rows"],
    "one_hot_is_free": lambda s: s["office_share"] > 0.3,
    "sorting_changes_cells": lambda s: (
        s["largest"] == s["largest_after"] and s["before"] < s["after"]
    ),
    "a_square_is_a_finding": lambda s: s["before"] < s["after"] and s["true_families"] == 0,
    "any_order_shows_families": lambda s: s["before"] < s["after"] / 2,
    # Blocks, branches and blind spots
    "neighbours_are_nearest": lambda s: s["drawings"] == 2 ** (s["columns"] - 1),
    "a_tree_has_one_order": lambda s: s["drawings"] == 2 ** s["merges"],
    "defaults_cluster_by_r": lambda s: (
        s["is_with_lane"] and not s["is_with_rate"] and s["slim_lane"] < -s["slim_rate"] / 2
    ),
    "minus_is_far": lambda s: s["absolute_agreement"] > 0.99 > 0.5 > s["signed_agreement"],
    "linkage_is_a_detail": lambda s: s["single_sizes"] != s["average_sizes"],
    "a_faithful_tree_is_true": lambda s: s["single_cophenetic"] < s["average_cophenetic"],
    "noise_has_no_blocks": lambda s: s["few_clustered"] > 1.5 * s["few_filed"],
    "data_say_how_many_groups": lambda s: (
        s["groups"] < s["strict"] and 1 - s["strict_r"] < s["height"]
    ),
    "height_is_r": lambda s: s["height"] + s["least"] == pytest.approx(1),
    "units_do_not_matter": lambda s: s["raw_share"] > 0.99,
    "more_genes_see_more": lambda s: abs(s["all_agreement"]) < 0.1 < s["hundred_agreement"],
    "one_good_setting_is_enough": lambda s: s["agreement"] > 0.99 > 0.5 > s["other_agreement"],
    "chosen_genes_prove": lambda s: s["noise_mean"] > 0.8,
    "unsupervised_is_innocent": lambda s: abs(s["blind_mean"]) < 0.1 < s["noise_mean"],
}

for more in (truths_interactions, truths_applications):
    QUIZ |= more.QUIZ
    TRUTHS |= more.TRUTHS


def _step(lesson: str, slug: str) -> Step:
    return next(step for step in COURSE.lesson(lesson).steps if step.slug == slug)


@pytest.mark.parametrize("lesson", _LESSONS)
def test_what_a_quiz_says_holds_where_it_is_asked(lesson: str) -> None:
    wrong = [
        question.slug
        for question in COURSE.lesson(lesson).quiz
        if not QUIZ[question.slug](_step(lesson, question.step).state(question.at))
    ]
    assert wrong == []


@pytest.mark.parametrize("lesson", _LESSONS)
def test_the_truth_about_a_misconception_holds_where_it_is_told(lesson: str) -> None:
    wrong = [
        slug
        for slug, misconception in COURSE.misconceptions.items()
        if misconception.lesson == lesson
        and not TRUTHS[slug](_step(lesson, misconception.step).state(misconception.at))
    ]
    assert wrong == []
