"""What the quiz and the misconceptions of "From heatmap to action" state in words."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from lessons import COURSE


def _harm(s: Mapping, **changed: Any) -> Mapping:
    """The same comparison with other rows or another effect."""
    step = next(step for step in COURSE.lesson("action").steps if step.slug == "harm")
    return step.state({name: s[name] for name in step.controls} | changed)


def _keeps_both(s: Mapping) -> bool:
    return bool(s["mse_both"] < s["mse_one"])


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "vif": lambda s: 1 - 1 / s["max_vif"] > 0.98 and s["max_r"] < 0.4 and s["alarms"] == 0,
    "popular_alarm": lambda s: (
        s["r"] > s["popular"]
        and s["vif"] == pytest.approx(1 / (1 - s["r"] ** 2))
        and s["se_percent"] == pytest.approx(100 * (np.sqrt(s["vif"]) - 1))
    ),
    "weak_pairs": lambda s: s["parts"] == 20 and s["max_r"] < 0.3 and s["max_vif"] > 100,
    "who_is_harmed": lambda s: (
        s["mse_one"] < s["mse_both"]
        and s["effect"] < s["sd_second"]
        and _harm(s, effect=1.5)["vif"] == s["vif"] > 10
        and _keeps_both(_harm(s, effect=1.5))
        and _keeps_both(_harm(s, n=200))
    ),
    "inside_the_folds": lambda s: s["rmse_outside"] < s["rmse_mean"] - 0.3 < s["rmse_inside"] - 0.6,
    "greedy": lambda s: (
        s["both_ways"] < min(s["kept_forwards"], s["kept_backwards"])
        and s["accuracy"] < s["accuracy_all"]
        and s["kept"] == s["kept_forwards"]
    ),
    "leak": lambda s: (
        0 < s["score_r"] - s["bmi_r"] < 0.1
        and s["suspect"] == ""
        and s["explained_in_use"] < s["explained_honestly"] < s["explained_on_paper"]
    ),
    "own_value": lambda s: (
        abs(s["r_others"]) < 0.005
        and s["within_others"] == pytest.approx(-1)
        and s["explained_others"] > 0.9 > 0 > s["explained_fitted"]
    ),
    "sigs": lambda s: (
        s["rho_unlit"] == pytest.approx(-1)
        and abs(s["rho_counted"]) < abs(s["rho_signals"]) < abs(s["rho_built"]) / 2
        and s["p_counted"] > 0.05
    ),
    "simpson": lambda s: (
        abs(s["overall_r"]) < s["least"] < 0.2 < s["within_r"] and s["within_p"] > 0.05
    ),
    "one_star": lambda s: (
        s["ma_p"] < 0.05 < min(s["pa_p"], s["pa_apart_p"])
        and s["pa_r"] > 0.3
        and s["pa_apart_low"] < 0 < 0.5 < s["pa_apart_high"]
    ),
    "what_for": lambda s: (
        s["rmse_ridge"] == pytest.approx(s["rmse_ridge_without_adt"], abs=0.01)
        and s["max_vif_without_adt"] < s["limit"] < s["adt_vif"] == pytest.approx(s["max_vif"])
    ),
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "threshold_is_collinearity": lambda s: (
        s["vif"] == pytest.approx(1 / (1 - s["r"] ** 2))
        and s["threshold"] == pytest.approx(1 / (1 - s["threshold_r"] ** 2))
        and s["vif"] < s["threshold"]
    ),
    "vif_grows_evenly": lambda s: s["popular_vif"] - 1 < (s["vif"] - 1) / 20,
    "pairs_show_everything": lambda s: s["max_r"] < 0.4 and s["max_vif"] > 10 * s["limit"],
    "vif_belongs_to_a_column": lambda s: (
        s["adt_without_itg"] < s["adt_vif"] / 2 and s["max_name"] == "adt"
    ),
    "collinearity_spoils_prediction": lambda s: (
        s["mse_both"] < s["mse_one"]
        and not _keeps_both(_harm(s, effect=0.2))
        and s["sd_b"] > 3 * s["sd_unrelated"]
    ),
    "dropping_is_free": lambda s: s["accuracy"] < s["accuracy_all"] - 0.01,
    "shrinking_must_cost": lambda s: max(s["rmse_ridge"], s["rmse_combined"]) < s["rmse_plain"],
    "chosen_after_looking": lambda s: s["rmse_outside"] < s["rmse_mean"] < s["rmse_inside"],
    "noise_costs_nothing": lambda s: s["rmse_inside"] > s["rmse_mean"] + 0.1,
    "pruning_has_one_answer": lambda s: (
        s["both_ways"] < min(s["kept_forwards"], s["kept_backwards"])
    ),
    "strong_is_good": lambda s: (
        s["score_r"] > s["bmi_r"] + 0.2
        and s["explained_in_use"] < s["explained_honestly"] < s["explained_on_paper"]
    ),
    "encoding_is_innocent": lambda s: s["r_all"] > 0.3 > 5 * abs(s["r_fitted"]),
    "leave_one_out_is_safe": lambda s: (
        s["within_others"] == pytest.approx(-1)
        and s["r_others"] < 0
        and s["explained_others"] > 0.5 > 0 > s["explained_fitted"]
    ),
    "engineered_is_measured": lambda s: (
        s["rho_unlit"] == pytest.approx(-1) and abs(s["rho_counted"]) < 0.2
    ),
    "correlated_means_interacting": lambda s: (
        s["strongest_r"] > 0.9 and s["strongest_t"] < 2 < s["strongest_place"] and s["rho"] < 0.3
    ),
    "overall_holds_within": lambda s: abs(s["overall_r"]) < 0.1 < 0.3 < s["within_r"],
    "one_star_makes_a_difference": lambda s: (
        s["ma_p"] < 0.05 < s["fai_p"]
        and abs(s["fai_r"] - s["ma_r"]) < 0.01
        and s["fai_apart_p"] > 0.9
    ),
    "one_map_one_decision": lambda s: (
        s["rmse_ridge"] == pytest.approx(s["rmse_ridge_without_adt"], abs=0.01)
        and s["max_vif_without_adt"] < s["limit"] < s["adt_vif"]
    ),
}
