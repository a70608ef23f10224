"""What the quiz and the misconceptions of "Stars and what they are worth" state in words."""

from collections.abc import Callable, Mapping

import pytest
from scipy import stats


def _critical(rows: int) -> float:
    """The |r| from which on a pair of so many rows has a star at 5 %."""
    t = stats.t.isf(0.025, rows - 2)
    return float(t / (t**2 + rows - 2) ** 0.5)


def _share_of_maps(s: Mapping) -> float:
    """How often so many tests of noise, taken as independent, give a number of stars between."""
    of_noise = stats.binom(s["pairs"], s["level"] / 100)
    return float(of_noise.cdf(s["high"]) - of_noise.cdf(s["low"] - 1))


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "stars_of_nothing": lambda s: (
        s["expected"] == pytest.approx(s["pairs"] * s["level"] / 100)
        and _share_of_maps(s) > 0.9
        and s["low"] < s["mean"] < s["high"]
    ),
    "largest_of_many": lambda s: (
        s["largest_p"] < 0.01
        and stats.binom(s["pairs"], s["level"] / 100).sf(0) > 0.99
        and _critical(int(s["rows"])) < s["largest"]
    ),
    "two_promises": lambda s: (
        s["bh_share"] <= s["level"] < s["bh_any"] and 0 < s["holm_any"] <= s["level"]
    ),
    "p_and_truth": lambda s: (
        40 < s["none_share"] < 60
        and s["none_wrong"] == pytest.approx(s["empty"] * s["level"] / 100, rel=0.05)
        and s["none_found"] < s["true"] == s["pairs"] - s["empty"]
        and s["r_true"] < 0.4
    ),
    "dependent_tests": lambda s: 0 < s["holm"] < s["by"] < s["raw"],
    "no_star": lambda s: (
        s["all_low"] < 0 < s["dropped_low"] < s["dropped_r"] < s["dropped_high"] < s["all_high"]
        and s["dropped"] == "shld–itg"
        and s["dropped"] not in s["stars"].split()
    ),
    "sure_and_tiny": lambda s: (
        s["all_p"] < 0.05
        and s["all_critical"] < s["all_r"] < 0.1
        and s["all_critical"] == pytest.approx(_critical(s["all_people"]), abs=1e-4)
        and s["highway_critical"] == pytest.approx(_critical(s["highway_rows"]), abs=1e-4)
        and s["all_percent"] == pytest.approx(100 * s["all_r"] ** 2)
    ),
    "twenty_rows": lambda s: (
        0 < s["low"] < s["low_highway"] < s["high_highway"] < s["high"]
        and s["width"] > 0.3
        and s["r_true"] - s["low"] > 2 * (s["high"] - s["r_true"])
    ),
    "diagonal": lambda s: s["matrix"] == "p" and s["pairs"] == 6 and not s["diagonal_is_empty"],
    "never_zero": lambda s: (
        s["dealt"] == 999
        and s["least"] == pytest.approx(1 / (s["dealt"] + 1))
        and s["all_p"] > 3 * s["all_t_p"]
    ),
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "noise_earns_no_stars": lambda s: (
        s["expected"] == pytest.approx(s["pairs"] * s["level"] / 100) and s["expected"] > 5
    ),
    "chance_counts_columns": lambda s: (
        s["pairs"] == s["columns"] * (s["columns"] - 1) / 2
        and s["expected"] == pytest.approx(s["pairs"] * s["level"] / 100)
    ),
    "one_draw_shows_chance": lambda s: (
        s["low"] < s["expected"] / 2 < s["expected"] < s["high"] / 1.5
    ),
    "rows_cure_chance": lambda s: (
        s["rows"] == "1000" and abs(s["mean"] - s["expected"]) < s["enough"] / 2
    ),
    "choosing_is_free": lambda s: s["mean_largest"] > _critical(int(s["rows"])),
    "adjusted_means_true": lambda s: 0 < s["starred_percent"] <= s["level_percent"],
    "adjusting_changes_little": lambda s: s["starred"] < s["raw_starred"] / 10,
    "level_counts_maps": lambda s: s["starred"] > 0.99 * s["tables"],
    "star_means_real": lambda s: s["none_share"] > 5 * s["level"],
    "adjusting_subtracts_the_false": lambda s: (
        len({s["raw"] - round(s["expected"]), s["holm"], s["bh"]}) == 3
    ),
    "adjusting_leaves_nothing": lambda s: s["holm"] > s["raw"] / 3,
    "adjustments_promise_the_same": lambda s: s["holm_any"] <= s["level"] < s["bh_any"] / 3,
    "strictest_is_best": lambda s: (
        s["bonferroni_found"]
        == min(s[f"{name}_found"] for name in ("none", "bonferroni", "holm", "bh", "by"))
        < s["bh_found"] - 1
        and s["bh_share"] <= s["level"]
    ),
    "no_star_means_zero": lambda s: (
        s["all_low"] < 0 < 0.5 < s["all_high"] and s["dropped"] not in s["stars"].split()
    ),
    "no_star_says_nothing": lambda s: s["low"] < 0 < s["high"] and s["high"] - s["low"] < 0.25,
    "dependent_tests_are_lost": lambda s: 0 < s["holm"] < s["by"] < s["raw"],
    "small_p_is_strong": lambda s: (
        s["all_p"] < 0.01 and s["all_percent"] < 0.1 and s["all_critical"] < s["all_r"]
    ),
    "r_is_a_share": lambda s: s["all_percent"] == pytest.approx(100 * s["all_r"] ** 2),
    "stars_measure_strength": lambda s: s["all_critical"] < s["highway_critical"] / 20,
    "p_is_chance_of_nothing": lambda s: s["none_share"] > 5 * s["level"],
    "interval_is_symmetric": lambda s: (
        s["r_true"] - s["low_ten"] > 1.5 * (s["high_ten"] - s["r_true"]) and s["high_ten"] < 1
    ),
    "cell_is_exact": lambda s: (
        s["low_highway"] < s["r_true"] - 0.1 < s["r_true"] + 0.1 < s["high_highway"]
    ),
    "width_goes_with_rows": lambda s: 0.65 < s["twice_width"] / s["width"] < 0.75,
    "gaps_take_care_of_themselves": lambda s: 0 < s["without"] == s["pairs"] - 1,
    "values_can_be_written": lambda s: s["pandas_major"] == 3 and "read-only" in s["message"],
    "complete_rows_cost_nothing": lambda s: (
        s["complete_n"] < s["days"]
        # Both gaps cost days, and on some days both were missing.
        and s["days"] - s["ozone_missing"] > s["complete_n"]
        and s["days"] - s["sun_missing"] > s["complete_n"]
        and abs(s["complete_wind_temp"]) > abs(s["own_wind_temp"])
    ),
    "t_test_is_exact": lambda s: s["all_p"] > 3 * s["all_t_p"],
    "shuffles_make_p_small": lambda s: s["all_p"] > s["all_t_p"],
    "few_shuffles_are_enough": lambda s: s["least"] == pytest.approx(1 / (s["dealt"] + 1)),
    "every_row_counts_alike": lambda s: s["left"] == 1 and s["r"] < s["all_r"] / 2,
    "outliers_may_go": lambda s: s["r"] < s["all_r"] / 2,
}
