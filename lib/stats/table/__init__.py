"""Tables of numbers: what is accepted, which rows are shared, how pairs are laid out."""

from lib.stats.table.arrays import Booleans, Column, Floats, Integers
from lib.stats.table.frames import Table, table_of
from lib.stats.table.grid import Grid, Names, chosen, places_of
from lib.stats.table.levels import Kind, coded, coded_table, cross_counted, kind_of
from lib.stats.table.options import check_choice, check_confidence
from lib.stats.table.pairs import (
    by_strength,
    framed,
    matrix_of,
    pairs_of,
    pairs_table,
    strongest_first,
)
from lib.stats.table.reading import listed, numeric_matrix, refuse, side_by_side
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
from lib.stats.table.variation import constant_columns, varying_in_shared_rows

__all__ = [
    "Booleans",
    "Column",
    "Floats",
    "Grid",
    "Integers",
    "Kind",
    "Missing",
    "Names",
    "Table",
    "blocks",
    "bounded",
    "by_strength",
    "centred_columns",
    "check_choice",
    "check_confidence",
    "chosen",
    "coded",
    "coded_table",
    "complete_rows",
    "constant_columns",
    "cross_counted",
    "framed",
    "kind_of",
    "listed",
    "matrix_of",
    "numeric_matrix",
    "pairs_of",
    "pairs_table",
    "places_of",
    "refuse",
    "refuse_too_few_rows",
    "row_blocks",
    "rows_to_use",
    "scaled_columns",
    "shared_pair",
    "shared_rows",
    "side_by_side",
    "standardised",
    "strongest_first",
    "table_of",
    "varying_in_shared_rows",
]
