"""What the quiz and the misconceptions of "Five steps to a heatmap" state in words."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

import datasets


def _nearly_all_change_colour(s: Mapping) -> bool:
    """Whether the 256 colours of a map fall to other r once the ones are hidden."""
    columns = datasets.load("highway").select_dtypes("number")
    r = columns.corr().to_numpy()[np.tril_indices(columns.shape[1], k=-1)]
    place = (r - s["low"]) / (s["high_with"] - s["low"])
    moved = (r - s["low"]) / (s["high_without"] - s["low"])
    return float(np.mean((256 * place).astype(int) != (256 * moved).astype(int))) > 0.9


QUIZ: dict[str, Callable[[Mapping], bool]] = {
    "index_col": lambda s: (
        s["row_number_r"] < -0.5
        and s["first_traffic"] > 5 * s["last_traffic"]
        and s["numeric_columns"] == s["columns"] - 1 == s["named"]
        and s["row_number_inside"]
    ),
    "numeric_only": lambda s: s["outcome"] == "matrix" and s["side"] == len(s["columns"]),
    "pairs_of_seven": lambda s: (
        s["side"] == 7
        and s["ordered"] == s["cells"] - 7 == 2 * s["pairs"]
        and s["with_diagonal"] == s["pairs"] + 7
    ),
    "vanished": lambda s: (
        s["outcome"] == "matrix"
        and s["columns"] == s["numbers"]
        and s["together"] == s["columns"] + s["kinds"]
    ),
    "two_kinds": lambda s: (
        s["kinds"] > 2
        and -1 < s["r_pa_ma"] < 0
        and s["r_pa_ma"] == pytest.approx(s["r_by_counts"])
        # The same formula with two kinds, of which each is what the other is not.
        and _r_of_kinds(s["pa"], s["rows"] - s["pa"], s["rows"]) == pytest.approx(-1)
        and _r_of_kinds(s["pa"], s["ma"], s["rows"]) == pytest.approx(s["r_by_counts"])
    ),
    "true_hides": lambda s: s["hidden"] + s["visible"] == s["cells"] and s["hidden"] > 0,
    "diagonal": lambda s: (
        s["k"] == s["ones"] == 0
        and s["once"] == s["visible"] == s["pairs"]
        and s["with_diagonal"] == s["visible"] + s["rows"]
    ),
    "symmetric": lambda s: (
        s["high"] - s["low"] < 2
        and s["neutral"] == pytest.approx((s["low"] + s["high"]) / 2)
        and abs(s["neutral"]) > 0.1
    ),
    "ones_hidden": lambda s: (
        s["high"] == s["high_without"] < s["high_with"] == 1
        and s["neutral"] == pytest.approx((s["low"] + s["high_without"]) / 2)
        and 0 < s["neutral"] < (s["low"] + s["high_with"]) / 2
        and _nearly_all_change_colour(s)
    ),
    "sign": lambda s: s["low"] < 0 < s["neutral"] == pytest.approx((s["low"] + s["high"]) / 2),
    "tight": lambda s: (
        s["number"] > s["cell"]
        and s["page_width"] < 100 * s["width"]
        and s["page_height"] > 80 * s["width"]
    ),
    "dots_per_inch": lambda s: s["number"] > s["cell"] and s["page_width"] == 100 * s["width"],
}

TRUTHS: dict[str, Callable[[Mapping], bool]] = {
    "dropna_drops_empty_rows": lambda s: (
        s["kept_by_any"] == 0 < s["kept_by_all"] == s["rows_of_r"] - 1
    ),
    "hidden_is_not_missing": lambda s: s["kept_by_any"] < s["kept_by_all"],
    "zero_is_hidden": lambda s: 0 < s["wrong"] < s["visible"],
    "row_number_is_no_column": lambda s: s["row_number_inside"] and s["row_number_r"] < -0.5,
    "an_order_means_nothing": lambda s: (
        abs(s["row_number_r"]) > 0.5 and s["first_traffic"] > 5 * s["last_traffic"]
    ),
    "every_column_is_a_number": lambda s: s["numeric_columns"] < s["columns"],
    "right_shape_is_right_table": lambda s: (
        (s["rows"], s["columns"]) == (s["sections"], s["named"])
        and s["lost"] == 1
        and s["read"] == 'index_col="rate"'
    ),
    "corr_skips_words": lambda s: s["outcome"] == "error" and bool(s["message"]),
    "corr_codes_words": lambda s: s["outcome"] == "error" and "to float" in s["message"],
    "every_cell_is_a_finding": lambda s: s["pairs"] < s["cells"] / 2,
    "pairs_go_with_columns": lambda s: (
        s["pairs"] == s["side"] * (s["side"] - 1) / 2 > 2 * s["side"]
    ),
    "diagonal_is_a_finding": lambda s: s["with_diagonal"] == s["pairs"] + s["side"],
    "dummies_are_measurements": lambda s: (
        s["r_pa_ma"] == pytest.approx(s["r_by_counts"])
        and s["r_by_counts"] == pytest.approx(_r_of_kinds(s["pa"], s["ma"], s["rows"]))
    ),
    "every_dummy_is_needed": lambda s: s["rank"] == s["kinds"] < s["kinds"] + 1,
    "no_dummy_is_needed": lambda s: s["rank"] == s["kinds"] and min(s["pa"], s["ma"]) > 0,
    "booleans_are_numbers": lambda s: (
        s["dummies"] == "True / False" and s["columns"] == s["together"] - s["kinds"]
    ),
    "mask_keeps_the_diagonal": lambda s: (
        s["k"] == s["ones"] == 0 and s["visible"] < s["with_diagonal"]
    ),
    "true_shows": lambda s: s["hidden"] + s["visible"] == s["cells"] and s["hidden"] > 0,
    "masks_change_values": lambda s: 0 < s["hidden"] < s["cells"],
    "mask_leaves_no_trace": lambda s: s["empty_rows"] == s["empty_columns"] == 1,
    "trimming_loses_pairs": lambda s: (
        s["rows"] == s["with_diagonal"] - s["pairs"] - 1
        and s["empty_rows"] == 0
        and s["visible"] == s["pairs"]
        and s["rate_shown"] == s["columns"]
    ),
    "pale_means_zero": lambda s: s["low"] < 0 < 0.1 < s["neutral"],
    "limits_are_the_same_everywhere": lambda s: (
        s["limits"] == "center=0" and s["neutral"] == 0 and s["high_without"] < s["high_with"]
    ),
    "any_colours_will_do": lambda s: not s["diverging"] and s["neutral"] == 0,
    "red_and_green_are_opposites": lambda s: s["ends_apart"] < s["ends_apart_usually"] / 5,
    "colour_ranks_exactly": lambda s: (
        s["lowest_r"] < s["second_lowest_r"] < s["lowest_r"] + 1 / 256
        and 0 < s["turned"] < s["sections"]
    ),
    "minus_is_weak": lambda s: s["lowest_r"] < -0.6,
    "defaults_fit": lambda s: s["font"] == 10 and s["number"] > s["cell"],
    "fitting_is_reading": lambda s: s["fits"] and s["font"] < s["smallest"],
    "tight_fixes_everything": lambda s: s["tight"] and s["number"] > s["cell"],
    "what_is_drawn_is_saved": lambda s: not s["tight"] and s["cut"],
}


def _r_of_kinds(first: int, second: int, rows: int) -> float:
    """Pearson's r of the dummies of two kinds, by their counts."""
    return -float(np.sqrt(first * second / ((rows - first) * (rows - second))))
