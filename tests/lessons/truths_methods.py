"""What the quiz and the misconceptions of "Which correlation?" state in words."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

import datasets
from lessons.highway import NUMBERS


def _is_the_higher_one_somewhere() -> bool:
    """Whether on most pairs of some table Spearman's value is farther from zero than Pearson's."""
    highway = datasets.load("highway")[list(NUMBERS)]
    above = np.triu_indices(len(NUMBERS), k=1)
    r, rho = (highway.corr(method=name).to_numpy()[above] for name in ("pearson", "spearman"))
    return float(np.mean(abs(rho) > abs(r))) > 0.6


def _r_of_accidents() -> float:
    """That of traffic with the accidents of a section, and not with their rate."""
    highway = datasets.load("highway")
    return float(highway["adt"].corr(highway["rate"] * highway["adt"] * highway["len"]))


def _r_of_tau(tau: float) -> float:
    """That of the normal cloud with this tau (Greiner)."""
    return float(np.sin(np.pi * tau / 2))


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "zero": lambda s: (
        max(abs(s["r"]), abs(s["rho"])) < s["almost_zero"]
        and s["mi"] > s["a_lot"]
        and s["r_upper"] < -s["visible"] < s["visible"] < s["r_lower"]
    ),
    "turn": lambda s: (
        s["rho"] < 0 < s["r"] < 0.2 > -s["rho"]
        and s["r_upper"] < -0.5 < 0.5 < s["r_lower"]
        and s["mi"] > s["a_lot"]
    ),
    "reciprocal": lambda s: (
        s["order_kept"]
        and s["rho"] == pytest.approx(-s["rho_before"])
        and abs(abs(s["r"]) - abs(s["r_before"])) > 0.1
    ),
    "larger_rho": lambda s: (
        s["rho"] < s["r_one_out"] - 0.3 and s["r_one_out"] == pytest.approx(s["r"], abs=0.02)
    ),
    "outlier": lambda s: (
        s["corner_r"] > s["strong"]
        and max(abs(s["corner_rho"]), abs(s["r"])) < s["weak"]
        and _is_the_higher_one_somewhere()
    ),
    "kendall_scale": lambda s: (
        _r_of_tau(s["tau"]) == pytest.approx(s["strength"])
        and s["agree"] == pytest.approx(50 * (1 + s["tau"]))
    ),
    "units": lambda s: s["theory"] == pytest.approx(-np.log(1 - s["strength"] ** 2) / 2),
    "floor": lambda s: (
        s["strength"] == 0 < s["floor_mean"] < s["floor"]
        and s["floor_mean"] == pytest.approx(0.04, abs=0.005)
        and s["zeros"] > s["shuffled"] / 4
    ),
    "needs": lambda s: (
        s["unequal"] > s["too_often"] * s["level_percent"]
        and max(s["exponential"], s["lognormal"], s["parted"]) < 1.2 * s["level_percent"]
        and s["exponential_rising"] > 3 * s["exponential_falling"]
        and s["worst"] == "unequal spread"
    ),
    "tails": lambda s: (
        s["times"] == pytest.approx(s["percent"] / s["level_percent"])
        and s["times"] > 3
        and s["at_five"] == pytest.approx(5, abs=1)
        and s["percent"] < s["at_five"]
    ),
    "six_rows": lambda s: (
        s["orders"] == 720
        and s["least_p"] == pytest.approx(2 / s["orders"])
        and s["least_p"] < s["alpha"] < s["least_p_before"] == pytest.approx(2 / 120)
    ),
    "point_biserial": lambda s: (
        s["r"] == pytest.approx(s["point_biserial"])
        and s["ceiling_half"] == pytest.approx(np.sqrt(2 / np.pi), abs=1e-6)
        and s["rare_r"] == 0.35 < s["rare_of_ceiling"] == s["rare_r"] / s["ceiling_tenth"]
    ),
    "chi_square": lambda s: (
        s["chi_square_twice"] == pytest.approx(2 * s["chi_square"]) and s["v"] < 0.1
    ),
    "codes": lambda s: (
        s["value_by_frequency"] < 0.7 * s["value_by_alphabet"] and not s["fits"] and s["coded"]
    ),
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "ranking_may_come_first": lambda s: (
        abs(s["ranked_first"] - s["rho"]) > 1e-6 and s["complete"] < s["nations"]
    ),
    "groups_count_alike": lambda s: abs(s["feeds_alike"] - s["eta"]) > 0.05,
    "eta_is_a_share": lambda s: abs(s["eta"] ** 2 - s["share"]) < 1e-9,
    "speed_is_danger": lambda s: s["slim_rate"] < -0.5,
    "traffic_is_danger": lambda s: abs(s["adt_rate"]) < 0.1 and _r_of_accidents() > 0.5,
    "strength_can_be_guessed": lambda s: abs(s["adt_rate"]) < 0.1 < 0.5 < s["acpt_rate"],
    "same_r_same_picture": lambda s: s["spread"] < 0.001,
    "smooth_is_monotone": lambda s: s["spearman_two"] < 0.8,
    "one_row_is_little": lambda s: (
        s["without_ruler"] < s["all_rows"] / 2 and s["ruler_acpt"] > 1.5 * s["next_acpt"]
    ),
    "every_row_weighs_the_same": lambda s: abs(s["before"]) < 0.1 < 0.6 < s["corner_r"],
    "ranks_are_cautious": lambda s: s["rho"] < s["r"] < 0,
    "rank_is_robust_r": lambda s: (
        s["r"] < s["rho_before"] < s["r_one_out"] - 0.3 < s["r_before"] < 0
    ),
    "ranks_see_every_shape": lambda s: (
        max(abs(s["r"]), abs(s["rho"])) < s["almost_zero"] and s["mi"] > s["a_lot"]
    ),
    "transform_changes_units_only": lambda s: (
        s["r"] < s["r_before"] - 0.3 and s["rho"] == pytest.approx(s["rho_before"])
    ),
    "ranks_ignore_direction": lambda s: s["rho"] == pytest.approx(-s["rho_before"]),
    "ranks_move_with_the_axis": lambda s: (
        s["r"] < s["r_before"] - 0.2 and s["rho"] == pytest.approx(s["rho_before"])
    ),
    "zero_means_independent": lambda s: (
        s["is_measured"] and abs(s["r"]) < s["almost_zero"] and s["mi"] > s["a_lot"]
    ),
    "only_a_line_has_a_high_r": lambda s: s["pair"] == "parabola" and s["r_upper"] > 0.9,
    "halves_show_everything": lambda s: (
        max(abs(s["r_lower"]), abs(s["r_upper"]), abs(s["r"])) < s["almost_zero"]
        and s["mi"] > s["a_lot"]
    ),
    "positive_information_is_a_link": lambda s: 0 == s["strength"] < s["floor_mean"] < s["floor"],
    "noise_has_one_floor": lambda s: s["n"] == 300 > s["few"] and s["floor"] < s["few_floor"] / 2,
    "under_the_floor_is_nothing": lambda s: 0 < s["mi"] < s["floor"] and s["theory"] > 0.1,
    "information_is_a_share": lambda s: (
        s["theory"] == pytest.approx(-np.log(1 - s["strength"] ** 2) / 2)
        and s["theory"] < -np.log(1 - 0.95**2) / 2 > 1
    ),
    "pearson_needs_normality": lambda s: (
        abs(s["exponential"] - s["level_percent"]) < s["margin"]
        and s["exponential_rising"] > 3 * s["exponential_falling"]
        and s["unequal"] > s["too_often"] * s["level_percent"]
    ),
    "independence_is_enough": lambda s: (
        s["times"] > 3 and s["at_five"] == pytest.approx(5, abs=0.8)
    ),
    "strict_levels_are_safe": lambda s: s["times"] > 10 and s["level_percent"] == 0.1,
    "more_rows_mend_a_test": lambda s: (
        s["n"] >= 300 and s["unequal"] > s["too_often"] * s["level_percent"]
    ),
    "few_rows_break_every_test": lambda s: (
        s["n"] == 10 and abs(s["percent"] - s["level_percent"]) < s["margin"]
    ),
    "smaller_tau_is_weaker": lambda s: (
        s["tau"] < s["strength"] == pytest.approx(_r_of_tau(s["tau"]))
    ),
    "tau_is_the_share_that_agrees": lambda s: (
        s["agree"] - (100 - s["agree"]) == pytest.approx(100 * s["tau"])
    ),
    "kendall_is_best_in_small_samples": lambda s: (
        s["kendall_percent"] < s["exact_percent"] < s["level_percent"]
        and s["level_percent"] < min(s["t_percent"], s["bell_percent"])
    ),
    "any_p_will_do": lambda s: s["exact_percent"] <= s["level_percent"] < s["t_percent"],
    "a_perfect_order_is_proof": lambda s: (
        s["orders"] == 24 and s["least_p"] == pytest.approx(2 / 24) and s["least_p"] > 0.05
    ),
    "few_rows_show_nothing": lambda s: (
        s["least_p"] == pytest.approx(2 / s["orders"]) and s["least_p"] < s["alpha"]
    ),
    "two_groups_need_their_own_measure": lambda s: s["r"] == pytest.approx(s["point_biserial"]),
    "r_can_always_reach_one": lambda s: s["ceiling_tenth"] < s["ceiling_half"] < 1,
    "halves_keep_nothing": lambda s: s["ceiling_half"] > 0.75,
    "codes_are_measurements": lambda s: (
        s["value_by_frequency"] < 0.6 * s["value_by_alphabet"] and s["coded"]
    ),
    "it_computes_so_it_fits": lambda s: (
        not s["fits"]
        and s["kind_x"] == s["kind_y"] == "number"
        and s["measure"] not in s["fitting"]
    ),
    "chi_square_is_strength": lambda s: s["chi_square_twice"] == pytest.approx(2 * s["chi_square"]),
}
