"""Exercises on acting upon a map: collinear predictors, honest choices, third variables."""

from lessons.action.practice.choices import (
    column_that_comes_too_late,
    error_of_a_choice,
    first_to_go,
    how_many_stay,
    outcome_from_its_code,
)
from lessons.action.practice.groups import (
    do_they_differ,
    line_for_the_groups,
    parallel_or_not,
    rate_or_count,
    within_the_groups,
)
from lessons.action.practice.predictors import (
    does_a_column_follow,
    growth_of_the_standard_error,
    keep_the_second,
    largest_vif_of_two,
    vif_by_head,
    worst_known_first,
)

__all__ = [
    "column_that_comes_too_late",
    "do_they_differ",
    "does_a_column_follow",
    "error_of_a_choice",
    "first_to_go",
    "growth_of_the_standard_error",
    "how_many_stay",
    "keep_the_second",
    "largest_vif_of_two",
    "line_for_the_groups",
    "outcome_from_its_code",
    "parallel_or_not",
    "rate_or_count",
    "vif_by_head",
    "within_the_groups",
    "worst_known_first",
]
