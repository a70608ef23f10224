"""Tables of numbers: what is accepted, which rows are shared, how pairs are laid out."""

from lib.stats.table.arrays import Booleans, Column, Floats, Integers
from lib.stats.table.aside import NameOrColumn, set_aside
from lib.stats.table.columns import column_of, settled
from lib.stats.table.definite import is_positive_semidefinite
from lib.stats.table.frames import Table, frame_of, side_by_side, square_of, table_of
from lib.stats.table.grid import Grid, Names, chosen, places_of, shown
from lib.stats.table.kinds import (
    Kind,
    holds,
    is_discrete,
    kind_of,
    kinds_of,
    refuse_category_as_target,
    refuse_held_categories,
)
from lib.stats.table.levels import coded, coded_table, cross_counted
from lib.stats.table.options import (
    check_choice,
    check_confidence,
    check_flag,
    check_names,
    check_number,
    check_whole,
    generator_of,
    is_among,
    said,
)
from lib.stats.table.pairs import (
    by_strength,
    framed,
    matrix_of,
    pairs_of,
    pairs_table,
    strongest_first,
)
from lib.stats.table.reading import float_array, numbers_of, numeric_matrix
from lib.stats.table.refusals import as_dict, as_list, counted, dropped, listed, plain, refuse
from lib.stats.table.rows import (
    Missing,
    blocks,
    complete_rows,
    refuse_too_few_rows,
    row_blocks,
    rows_to_use,
    shared_pair,
    shared_rows,
)
from lib.stats.table.scale import bounded, centred_columns, scaled_columns, standardised
from lib.stats.table.variation import constant_columns, vary, varying_in_shared_rows

__all__ = [
    "Booleans",
    "Column",
    "Floats",
    "Grid",
    "Integers",
    "Kind",
    "Missing",
    "NameOrColumn",
    "Names",
    "Table",
    "as_dict",
    "as_list",
    "blocks",
    "bounded",
    "by_strength",
    "centred_columns",
    "check_choice",
    "check_confidence",
    "check_flag",
    "check_names",
    "check_number",
    "check_whole",
    "chosen",
    "coded",
    "coded_table",
    "column_of",
    "complete_rows",
    "constant_columns",
    "counted",
    "cross_counted",
    "dropped",
    "float_array",
    "frame_of",
    "framed",
    "generator_of",
    "holds",
    "is_among",
    "is_discrete",
    "is_positive_semidefinite",
    "kind_of",
    "kinds_of",
    "listed",
    "matrix_of",
    "numbers_of",
    "numeric_matrix",
    "pairs_of",
    "pairs_table",
    "places_of",
    "plain",
    "refuse",
    "refuse_category_as_target",
    "refuse_held_categories",
    "refuse_too_few_rows",
    "row_blocks",
    "rows_to_use",
    "said",
    "scaled_columns",
    "set_aside",
    "settled",
    "shared_pair",
    "shared_rows",
    "shown",
    "side_by_side",
    "square_of",
    "standardised",
    "strongest_first",
    "table_of",
    "vary",
    "varying_in_shared_rows",
]
