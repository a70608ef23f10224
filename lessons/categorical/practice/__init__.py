"""Exercises on words: what a table of counts says, what groups explain, which measure fits."""

from lessons.categorical.practice.chance import (
    told_by_u,
    v_of_chance,
    what_the_correction_leaves,
)
from lessons.categorical.practice.counts import (
    cell_that_adds_most,
    everybody_more_than_once,
    expected_by_head,
    residual_by_head,
    v_by_head,
)
from lessons.categorical.practice.encoded import (
    families_on_a_map,
    gaps_that_were_words,
    mean_of_the_others,
    offices_by_chance,
)
from lessons.categorical.practice.within import (
    alphabet_of_an_order,
    codes_and_groups,
    eta_by_head,
    like_with_like,
    measure_that_fits,
)

__all__ = [
    "alphabet_of_an_order",
    "cell_that_adds_most",
    "codes_and_groups",
    "eta_by_head",
    "everybody_more_than_once",
    "expected_by_head",
    "families_on_a_map",
    "gaps_that_were_words",
    "like_with_like",
    "mean_of_the_others",
    "measure_that_fits",
    "offices_by_chance",
    "residual_by_head",
    "told_by_u",
    "v_by_head",
    "v_of_chance",
    "what_the_correction_leaves",
]
