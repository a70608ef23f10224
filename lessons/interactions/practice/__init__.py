"""Exercises on interactions: what a sum cannot do, how a map is asked, and whom it speaks of."""

from lessons.interactions.practice.asking import (
    column_one_of_predict_proba,
    held_at_one_value,
    the_row_that_nobody_is,
    what_a_line_leaves,
    which_end_is_up,
)
from lessons.interactions.practice.believing import (
    curves_of_single_rows,
    ranked_by_what_they_do,
    the_leaf_of_a_sum,
    together_or_alike,
    what_the_mean_curve_shows,
)
from lessons.interactions.practice.sums import (
    difference_of_differences,
    on_which_scale,
    share_of_a_map,
    the_cell_that_departs,
    what_is_left_in_a_cell,
    which_map_is_the_odd_one,
)

__all__ = [
    "column_one_of_predict_proba",
    "curves_of_single_rows",
    "difference_of_differences",
    "held_at_one_value",
    "on_which_scale",
    "ranked_by_what_they_do",
    "share_of_a_map",
    "the_cell_that_departs",
    "the_leaf_of_a_sum",
    "the_row_that_nobody_is",
    "together_or_alike",
    "what_a_line_leaves",
    "what_is_left_in_a_cell",
    "what_the_mean_curve_shows",
    "which_end_is_up",
    "which_map_is_the_odd_one",
]
