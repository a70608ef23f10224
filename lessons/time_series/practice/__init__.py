"""Exercises on series: what made them wander, what is left of a link, and who leads."""

from lessons.time_series.practice.cures import (
    cure_of_a_story,
    lines_of_code,
    season_out_by_head,
    what_made_them_wander,
)
from lessons.time_series.practice.delays import (
    how_far_back,
    lags_outside_by_chance,
    missed_by_the_usual_map,
    who_follows,
)
from lessons.time_series.practice.links import (
    changes_that_overlap,
    levels_and_growth,
    made_of_what,
    rows_without_overlap,
)
from lessons.time_series.practice.stars import (
    most_false_stars,
    rows_of_an_echo,
    stars_on_a_map_of_walks,
    ten_times_the_rows,
)

__all__ = [
    "changes_that_overlap",
    "cure_of_a_story",
    "how_far_back",
    "lags_outside_by_chance",
    "levels_and_growth",
    "lines_of_code",
    "made_of_what",
    "missed_by_the_usual_map",
    "most_false_stars",
    "rows_of_an_echo",
    "rows_without_overlap",
    "season_out_by_head",
    "stars_on_a_map_of_walks",
    "ten_times_the_rows",
    "what_made_them_wander",
    "who_follows",
]
