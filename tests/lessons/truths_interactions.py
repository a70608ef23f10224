"""What the quiz and the misconceptions of lesson eight state in words, beside their numbers."""

from collections.abc import Callable, Mapping

import pytest

from lessons import COURSE
from lib.course import State


def _elsewhere(step: str, **controls: str) -> State:
    """What another step, or another setting, knows of what is said here."""
    return COURSE.lesson("interactions").step(step).state(controls)


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "definition": lambda s: s["percent"] < 1 < 100 * (s["high"] - s["low"]),
    "bands": lambda s: (
        max(s["share_sum"], s["share_steps"]) < 1e-9 and 0.5 < s["share_difference"] < 1
    ),
    "saddle": lambda s: s["share_ring"] < 1e-9 and s["share_product"] == pytest.approx(1),
    "scale": lambda s: (
        s["logistic_unlike"] < 1e-6
        and s["logistic_most"] > s["logistic_least"] + 0.3
        and _elsewhere("titanic")["share_log_odds"] > 0.05
    ),
    "ratio": lambda s: (
        s["highest_rms"] < s["strongest_rms"]
        and s["highest_h"] > s["strongest_h"] > s["mapped_h"]
        and s["mapped_rms"] < s["highest_rms"]
        # H is rms over what the pair does in all.
        and s["highest_rms"] / s["highest_h"] < 0.5 * s["strongest_rms"] / s["strongest_h"]
    ),
    "second_column": lambda s: s["ones"] == "benign" and s["benign"] > s["malignant"],
    "held_at_mean": lambda s: (
        s["cloud"] > 0.9
        and s["grid_least"] < s["ratio_least"] / 2
        and s["ratio_most"] < s["grid_most"]
        and s["radius_low"] < s["radius_of_perimeter"] < s["radius_high"] / 2
    ),
    "flat_mean": lambda s: (
        s["mean_swing"] < s["hardly"] < s["plenty"] < s["largest_swing"] and s["unmoved"] > 0.9
    ),
    "blank_correlations": lambda s: (
        max(abs(s["r_first"]), abs(s["r_second"]), abs(s["r_features"])) < 0.02 and s["h"] > 0.95
    ),
    "floor": lambda s: (
        s["floor"] < s["next_h"] < s["true_h"] / 3
        and s["next_pair"] != "x1 × x2"
        and s["above"] > 1
        and _elsewhere("known", model="stumps")["largest_h"] < 1e-6
    ),
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "diagonal_is_interaction": lambda s: (
        s["share_sum"] < 1e-9 and s["share_product"] == pytest.approx(1)
    ),
    "sharp_is_interaction": lambda s: (
        max(s[f"share_{name}"] for name in ("steps", "waves", "ring")) < 1e-9
    ),
    "smooth_cannot_interact": lambda s: s["share_product"] == pytest.approx(1),
    "map_is_interaction": lambda s: not s["residual"] and s["percent"] < 1,
    "adds_up_anywhere": lambda s: s["share_log_odds"] < 1e-9 < 0.05 < s["share_sigmoid"],
    "both_means_hold_the_mean": lambda s: abs(s["mean_of_all"]) > 0.1,
    "autoscale_is_neutral": lambda s: (
        s["high"] - s["low"] < 0.25 and s["benign_cells"] == s["side"] ** 2 and s["low"] > 0.5
    ),
    "class_one_is_the_disease": lambda s: s["ones"] == "benign" and s["benign"] > s["malignant"],
    "columns_go_by_name": lambda s: not s["ordered"] and "same order" in s["message"],
    "heatmap_is_a_plot": lambda s: not s["invert"] and s["top"] < s["bottom"],
    "average_row_is_typical": lambda s: (
        s["p_mean"] < s["p_median"] and 3 * s["near"] < s["near_two"] < 0.6 * s["near_normal"]
    ),
    "filler_does_not_matter": lambda s: s["high_malignant"] < 0.1 < 0.8 < s["low_benign"],
    "range_is_enough": lambda s: (
        s["cloud"] > 0.9 and s["grid_least"] < s["ratio_least"] < s["ratio_most"] < s["grid_most"]
    ),
    "near_is_possible": lambda s: s["neighbour"] == 0 and s["outline"] > 0.9,
    "mean_curve_is_everybodys": lambda s: (
        s["mean_swing"] < s["hardly"] < s["plenty"] < s["largest_swing"]
    ),
    "every_feature_matters": lambda s: s["largest_swing"] < s["hardly"] and s["unmoved"] == 1,
    "shown_pair_is_strong": lambda s: 100 < s["mapped_rank"] < s["pairs"],
    "highest_h_is_strongest": lambda s: (
        s["highest"] != s["strongest"]
        and s["highest_h"] > s["strongest_h"]
        and s["strongest_rms"] > 10 * s["highest_rms"]
    ),
    "every_model_interacts": lambda s: s["scale"] == "log-odds" and s["highest_h"] == 0,
    "forest_h_has_no_floor": lambda s: (
        s["above"] > 1 and s["floor"] < s["next_h"] and s["next_pair"] != "x1 × x2"
    ),
    "interaction_is_only_scale": lambda s: (
        s["share_log_odds"] > 0.05
        and s["odds_1"] > s["odds_2"] > 5 * s["odds_3"]
        and _elsewhere("gallery")["share_log_odds"] < 1e-9
    ),
    "interaction_shows_in_r": lambda s: (
        max(abs(s["r_first"]), abs(s["r_second"])) < 0.02 and s["h"] > 0.95
    ),
    "measures_of_interaction_disagree": lambda s: (
        s["splits"] == "two" and s["r"] > 0.9995 and 0.8 < s["r_counted"] < s["r"]
    ),
}
