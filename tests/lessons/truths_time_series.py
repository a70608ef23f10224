"""What the quiz and the misconceptions of "What time does to a correlation" state in words."""

from collections.abc import Callable, Mapping

QUIZ: dict[str, Callable[[Mapping], bool]] = {
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
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
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
}
