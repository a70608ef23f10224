"""Tables of numbers: what is accepted, which rows are shared, how pairs are laid out."""

from lib.stats.table.arrays import Booleans, Column, Floats, Integers
from lib.stats.table.definite import is_positive_semidefinite
from lib.stats.table.frames import Table, table_of
from lib.stats.table.levels import Kind, coded, coded_table, cross_counted, kind_of
from lib.stats.table.options import check_choice, check_confidence
from lib.stats.table.pairs import framed, matrix_of, pairs_of, pairs_table, strongest_first
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
from lib.stats.table.variation import constant_columns, vary, varying_in_shared_rows

__all__ = [
    "Booleans",
    "Column",
    "Floats",
    "Integers",
    "Kind",
    "Missing",
    "Table",
    "blocks",
    "bounded",
    "centred_columns",
    "check_choice",
    "check_confidence",
    "coded",
    "coded_table",
    "complete_rows",
    "constant_columns",
    "cross_counted",
    "framed",
    "is_positive_semidefinite",
    "kind_of",
    "listed",
    "matrix_of",
    "numeric_matrix",
    "pairs_of",
    "pairs_table",
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
    "vary",
    "varying_in_shared_rows",
]
