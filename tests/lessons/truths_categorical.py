"""What the quiz and the misconceptions of "Words, ranks and mixed tables" state in words."""

from collections.abc import Callable, Mapping

QUIZ: dict[str, Callable[[Mapping], bool]] = {
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
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
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
}
