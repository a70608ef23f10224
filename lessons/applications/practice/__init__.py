"""Exercises on six kinds of heatmaps: what to divide by, what to doubt, which colours to take."""

from lessons.applications.practice.cells import (
    count_for_the_same_density,
    fullest_cell_after_a_shift,
    marks_from_noise,
    rate_of_a_busy_hour,
    rate_that_stands_out,
    shares_in_order,
)
from lessons.applications.practice.classes import (
    better_than_saying_no,
    classes_in_order,
    fewest_that_were_found,
    line_that_divides,
    precision_elsewhere,
    recall_or_precision,
    threshold_for_two_wishes,
    worst_error_of_a_class,
)
from lessons.applications.practice.scales import (
    colours_for_these_numbers,
    pairs_below_the_colours,
    same_colour_of_two_rows,
    unusual_for_its_month,
    unusual_for_its_row,
    what_is_to_be_done,
)
from lessons.applications.practice.worth import (
    cases_behind_a_loss,
    dispensable_first,
    missed_together,
    which_column_was_diced,
)

__all__ = [
    "better_than_saying_no",
    "cases_behind_a_loss",
    "classes_in_order",
    "colours_for_these_numbers",
    "count_for_the_same_density",
    "dispensable_first",
    "fewest_that_were_found",
    "fullest_cell_after_a_shift",
    "line_that_divides",
    "marks_from_noise",
    "missed_together",
    "pairs_below_the_colours",
    "precision_elsewhere",
    "rate_of_a_busy_hour",
    "rate_that_stands_out",
    "recall_or_precision",
    "same_colour_of_two_rows",
    "shares_in_order",
    "threshold_for_two_wishes",
    "unusual_for_its_month",
    "unusual_for_its_row",
    "what_is_to_be_done",
    "which_column_was_diced",
    "worst_error_of_a_class",
]
