"""Exercises on trees: reading them, what they measure by, and whether to believe them."""

from lessons.clustermaps.practice.believing import (
    an_honest_choice_of_rows,
    more_than_clustered_noise,
    next_door,
    the_more_faithful_tree,
)
from lessons.clustermaps.practice.distances import (
    after_a_change_of_units,
    far_by_which_distance,
    merged_first,
    share_of_squared_distances,
    the_colour_in_the_middle,
    which_side_to_standardise,
)
from lessons.clustermaps.practice.trees import (
    an_order_that_no_drawing_has,
    drawings_of_one_tree,
    groups_left_by_a_cut,
    linkage_behind_a_height,
    the_height_of_a_third,
    what_a_cut_promises,
    who_is_met_first,
)

__all__ = [
    "after_a_change_of_units",
    "an_honest_choice_of_rows",
    "an_order_that_no_drawing_has",
    "drawings_of_one_tree",
    "far_by_which_distance",
    "groups_left_by_a_cut",
    "linkage_behind_a_height",
    "merged_first",
    "more_than_clustered_noise",
    "next_door",
    "share_of_squared_distances",
    "the_colour_in_the_middle",
    "the_height_of_a_third",
    "the_more_faithful_tree",
    "what_a_cut_promises",
    "which_side_to_standardise",
    "who_is_met_first",
]
