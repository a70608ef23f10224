"""What lesson one can ask again and again, each time with other numbers."""

from lessons.five_steps.practice.matrix import (
    fewest_dummies,
    pairs_of_a_matrix,
    pairs_that_columns_add,
    two_dummies_of_one_column,
    what_a_call_returns,
)
from lessons.five_steps.practice.page import largest_numbers_that_fit, what_makes_room
from lessons.five_steps.practice.picture import (
    cells_that_a_mask_leaves,
    colours_for_a_signed_map,
    limits_for_differences,
    middle_of_the_colours,
    one_shade_on_two_maps,
    pairs_by_strength,
    strongest_by_its_colour,
    which_triangle_a_mask_leaves,
)
from lessons.five_steps.practice.reading import (
    call_that_reads_a_file,
    column_that_sorted_the_file,
    numeric_columns_of_a_file,
)

__all__ = [
    "call_that_reads_a_file",
    "cells_that_a_mask_leaves",
    "colours_for_a_signed_map",
    "column_that_sorted_the_file",
    "fewest_dummies",
    "largest_numbers_that_fit",
    "limits_for_differences",
    "middle_of_the_colours",
    "numeric_columns_of_a_file",
    "one_shade_on_two_maps",
    "pairs_by_strength",
    "pairs_of_a_matrix",
    "pairs_that_columns_add",
    "strongest_by_its_colour",
    "two_dummies_of_one_column",
    "what_a_call_returns",
    "what_makes_room",
    "which_triangle_a_mask_leaves",
]
