"""What the quiz and the misconceptions of "Blocks, branches and blind spots" state in words."""

from collections.abc import Callable, Mapping

import pytest

QUIZ: dict[str, Callable[[Mapping], bool]] = {
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
    "neighbours_are_nearest": lambda s: s["drawings"] == 2 ** (s["columns"] - 1),
    "a_tree_has_one_order": lambda s: s["drawings"] == 2 ** s["merges"],
    "defaults_cluster_by_r": lambda s: (
        s["is_with_lane"] and not s["is_with_rate"] and s["slim_lane"] < -s["slim_rate"] / 2
    ),
    "minus_is_far": lambda s: s["absolute_agreement"] > 0.99 > 0.5 > s["signed_agreement"],
    "linkage_is_a_detail": lambda s: s["single_sizes"] != s["average_sizes"],
    "a_faithful_tree_is_true": lambda s: s["single_cophenetic"] < s["average_cophenetic"],
    "noise_has_no_blocks": lambda s: s["few_clustered"] > 1.5 * s["few_filed"],
    "blocks_never_mean_anything": lambda s: s["b_clustered"] > s["noise_most"],
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
