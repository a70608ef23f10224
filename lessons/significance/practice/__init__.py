"""Exercises on stars: how many chance earns, what an adjustment leaves, how much and how sure."""

from lessons.significance.practice.looks import (
    adjustment_for_a_job,
    any_false_alarm,
    bonferroni_line,
    false_among_stars,
    how_many_tests,
    stars_of_noise,
    survivors_by_head,
)
from lessons.significance.practice.rows import (
    line_that_counts_rows,
    p_of_shuffles,
    pairs_without_p,
    rows_behind_a_cell,
    what_makes_the_star,
)
from lessons.significance.practice.sure import (
    clearest_first,
    no_star_is_no_proof,
    rows_for_a_narrower_interval,
    share_of_variance,
    smallest_p_on_the_map,
    what_a_star_takes,
    widest_first,
)

__all__ = [
    "adjustment_for_a_job",
    "any_false_alarm",
    "bonferroni_line",
    "clearest_first",
    "false_among_stars",
    "how_many_tests",
    "line_that_counts_rows",
    "no_star_is_no_proof",
    "p_of_shuffles",
    "pairs_without_p",
    "rows_behind_a_cell",
    "rows_for_a_narrower_interval",
    "share_of_variance",
    "smallest_p_on_the_map",
    "stars_of_noise",
    "survivors_by_head",
    "what_a_star_takes",
    "what_makes_the_star",
    "widest_first",
]
