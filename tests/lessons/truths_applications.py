"""What the quiz and the misconceptions of lesson nine state in words, beside their numbers."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from lessons import COURSE
from lessons.applications.tables import nations
from lib.course import State


def _elsewhere(step: str, **controls: str) -> State:
    """What another setting knows of what is said here."""
    return COURSE.lesson("applications").step(step).state(controls)


def _changes_by_sign() -> int:
    """How often the sign changes along the rows where nations' columns are ordered by sign."""
    r = nations().corr()
    order = r["lifeExpF"].sort_values().index
    signs = np.sign(r.loc[order, order].to_numpy())
    return int((signs[:, 1:] != signs[:, :-1]).sum())


def _would_be_noticed_among_rare(state: Mapping) -> float:
    """Bayes' rule: the precision where one in two hundred is malignant."""
    truly, falsely = 0.005 * state["recall"], 0.995 * state["alarms"] / state["benign"]
    return truly / (truly + falsely)


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "divide_by_rows": lambda s: (
        (s["least_found"], s["least_trusted"]) == (2, 8)
        and s["twos_read_as_eight"] == s["largest_error"]
        and max(s["lowest_recall"], s["lowest_precision"]) < s["accuracy"]
    ),
    "spam": lambda s: s["lowest_precision"] < s["accuracy"] - 0.05,
    "hide_the_diagonal": lambda s: (
        s["contrast"] == pytest.approx(s["largest_error"] / s["largest_right"])
        and s["contrast"] < 0.25
        and s["largest_errors"] > 1
    ),
    "rare_and_right": lambda s: (
        s["held_at_least"] == s["held_found"] == s["malignant"] - s["held_errors"]
        and s["held_found"] < s["malignant"] / 2 < s["usual_found"]
        and s["always_benign"] > 0.9
    ),
    "screening": lambda s: (
        s["precision_in_screening"] == pytest.approx(_would_be_noticed_among_rare(s))
        and s["precision_in_screening"] < s["precision"] / 2
        and s["alarms"] / s["benign"] < 0.05
        and s["recall"] == 1
    ),
    "noise_in_front": lambda s: (
        s["noise_rank"] == 1
        and s["on_training"] > 0.999 > 0.85 > s["on_test"]
        and s["noise_values"] == s["passengers"]
        and abs(s["noise_test"]) < s["one_passenger"] < 0.1 < s["male_test"]
    ),
    "nothing_matters": lambda s: (
        9 * s["largest_alone"] < 0.1 < s["size_cost"] < s["with_dents_cost"] and s["accuracy"] > 0.9
    ),
    "the_hottest_cell": lambda s: (
        s["left_hottest"] < s["shifted_hottest"]
        and 1 < s["grids_that_share"] < 8
        and (s["energy_column"], s["energy_row"]) != (s["left_column"], s["left_row"])
        and s["largest_share"] < s["energy_share"]
    ),
    "a_degree_is_no_area": lambda s: (
        s["area_south"] < 0.9 and np.cos(np.radians(60)) == pytest.approx(1 / 2)
    ),
    "when_more_often": lambda s: (
        s["bh_marked"] == s["lifted"] == s["raw_marked"] - s["raw_false"]
        and _elsewhere("visits", marked="BH at 5 %")["false"] == 0
        and s["orders_by_visits"] > 4 * abs(s["orders_by_rate"])
        and (s["orders_day"], s["orders_hour"]) != (s["rate_day"], s["rate_hour"])
    ),
    "where_to_send": lambda s: (
        s["away_at_best"] == round(s["visits_at_best"] * (1 - s["rate_most"]))
        and s["away_at_busiest"] == round(s["visits_most"] * (1 - s["rate_at_busiest"]))
        and s["away_at_best"] < s["away_at_busiest"]
    ),
    "wild_rates": lambda s: (
        s["one_week_least"] < s["usual"] / 2 < 3 * s["usual"] < s["one_week_most"]
        and s["one_week_found"] < s["lifted"] == s["bh_marked"]
        and s["rate_most"] < s["one_week_most"]
    ),
    "which_axis": lambda s: (
        min(s["raw_loudness"], s["every_loudness"]) > 0.5
        and _elsewhere("express", scaled="each gene")["share"] < 1e-9
        and _elsewhere("express", scaled="each patient")["share"] > 0.5
    ),
    "unusual_months": lambda s: s["raw_loudness"] > 0.5,
    "one_side_or_two": lambda s: s["low"] == -s["high"] < 0 < s["beyond"],
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "correlation_has_one_end": lambda s: (
        s["low"] == 0 < s["lost"] == s["negative"]
        and s["shown_r"] == pytest.approx(s["log_r"])
        and s["log_r"] < -0.8
    ),
    "order_is_given": lambda s: s["changes"] > s["columns"] == _changes_by_sign(),
    "one_worst_class": lambda s: s["least_found"] != s["least_trusted"],
    "rows_are_columns": lambda s: (
        s["least_found"] != s["least_trusted"] and s["lowest_precision"] < s["lowest_recall"]
    ),
    "brightest_is_worst": lambda s: (
        s["contrast"] == pytest.approx(s["largest_error"] / s["largest_right"])
        and s["contrast"] < 0.25
    ),
    "diagonal_says_nothing": lambda s: s["accuracy"] == pytest.approx(444 / s["images"]),
    "accuracy_is_enough": lambda s: (
        s["always_benign"] < s["held_accuracy"] and s["held_found"] < s["malignant"] / 2
    ),
    "rare_class_is_hopeless": lambda s: (
        (s["strength"], s["weights"], s["threshold"]) == ("1", "equal", 50)
        and s["usual_found"] > 0.85 * s["malignant"]
    ),
    "recall_is_free": lambda s: (
        s["found"] == s["malignant"] > s["held_found"] and s["alarms"] > 2 * s["malignant"]
    ),
    "precision_travels": lambda s: (
        s["precision_in_screening"] == pytest.approx(_would_be_noticed_among_rare(s))
        and s["precision_in_screening"] < s["precision"] / 2
    ),
    "mdi_is_importance": lambda s: s["noise_rank"] == 1 and s["noise_test"] < s["one_passenger"],
    "any_data_will_judge": lambda s: (
        s["on_training"] > 0.999 and s["noise_grown"] > 0.1 > 10 * abs(s["noise_test"])
    ),
    "zero_cost_is_useless": lambda s: s["size_cost"] > 20 * s["largest_alone"],
    "groups_add_up": lambda s: s["columns"] == 9 and s["joint"] > 0.2 > 100 * abs(s["sum_alone"]),
    "grid_is_given": lambda s: (
        s["left_hottest"] < s["shifted_hottest"] and 1 < s["grids_that_share"] < 8
    ),
    "degrees_are_areas": lambda s: 0.5 < s["area_south"] < 0.9,
    "hot_is_hot": lambda s: (
        (s["column"], s["row"]) != (s["left_column"], s["left_row"])
        and s["inside"] < s["left_hottest"]
    ),
    "most_is_best": lambda s: (
        (s["visits_day"], s["visits_hour"]) != (s["rate_day"], s["rate_hour"])
        and s["rate_at_busiest"] < s["rate_most"] / 3
    ),
    "cells_are_no_tests": lambda s: s["raw_false"] > s["raw_marked"] / 2,
    "rates_need_no_crowd": lambda s: (
        s["one_week_least"] < s["usual"] / 2 < 3 * s["usual"] < s["one_week_most"]
    ),
    "colour_shows_patients": lambda s: s["raw_loudness"] > 0.5,
    "loudness_is_all": lambda s: 0.5 < s["raw_loudness"] < 0.8,
    "either_axis_will_do": lambda s: (
        s["share"] >= s["raw_loudness"]
        and _elsewhere("express", scaled="each gene")["share"] < 1e-9
    ),
    "any_normaliser_will_do": lambda s: s["low"] == -s["high"] == -s["largest"] < -9,
    "correlation_answers_all": lambda s: s["recipe"] == "correlation" and s["recipes"] > 1,
}
