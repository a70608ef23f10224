"""What lesson two can ask again and again, each time with other numbers."""

from lessons.methods.practice.choosing import (
    chi_square_of_more_rows,
    measure_that_fits,
    nearer_to_its_ceiling,
    words_numbered_anew,
)
from lessons.methods.practice.dependence import beside_its_noise, what_the_measures_say
from lessons.methods.practice.looking import (
    clouds_in_order,
    r_without_each_row,
    what_a_change_does,
    what_one_point_does,
    where_measures_part,
    which_is_farther_from_zero,
)
from lessons.methods.practice.promises import (
    normal_clouds_on_two_scales,
    pairs_that_agree,
    rows_for_a_level,
    tau_of_five_rows,
    times_the_promise,
    what_the_test_will_do,
)

__all__ = [
    "beside_its_noise",
    "chi_square_of_more_rows",
    "clouds_in_order",
    "measure_that_fits",
    "nearer_to_its_ceiling",
    "normal_clouds_on_two_scales",
    "pairs_that_agree",
    "r_without_each_row",
    "rows_for_a_level",
    "tau_of_five_rows",
    "times_the_promise",
    "what_a_change_does",
    "what_one_point_does",
    "what_the_measures_say",
    "what_the_test_will_do",
    "where_measures_part",
    "which_is_farther_from_zero",
    "words_numbered_anew",
]
