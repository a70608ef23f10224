"""Dependence in many tables at once: of rows in other orders, or drawn again."""

import numpy as np

from ..resampling import (
    NUMBERS,
    DrawnKind,
    OfTables,
    PairMeasure,
    numbers_alone,
)
from ..table import Floats, constant_columns
from .distance import DistanceCorrelation
from .information import MutualInformation

_NEIGHBOURS = 3  # as `mutual_information` has it


def _distance_of_tables(x: Floats, y: Floats) -> Floats:
    """Distance correlations of tables x rows; NaN where x or y is constant."""
    varying = np.flatnonzero(~(constant_columns(x.T) | constant_columns(y.T)))
    found = np.full(len(x), np.nan)
    if len(varying):
        columns = np.vstack([x[varying], y[varying]]).T
        in_order = np.tile(np.arange(len(columns)), (1, columns.shape[1], 1))
        places = np.arange(len(varying))
        measure = DistanceCorrelation(columns)
        found[varying] = measure(in_order, places, places + len(varying))[0]
    return found


def _information_of_kinds(x: DrawnKind, y: DrawnKind) -> OfTables:
    """Mutual information of columns that are discrete unless they are numeric."""
    discrete = np.array([kind != "numeric" for kind in (x, y)])

    def of_tables(x: Floats, y: Floats) -> Floats:
        noise = np.random.default_rng(0).standard_normal((x.shape[1], 2))
        in_order = np.tile(np.arange(x.shape[1]), (1, 2, 1))
        constant = constant_columns(x.T) | constant_columns(y.T)
        found = np.full(len(x), np.nan)
        for table in np.flatnonzero(~constant):
            columns = np.column_stack([x[table], y[table]])
            measure = MutualInformation(columns, discrete, noise, _NEIGHBOURS)
            found[table] = measure(in_order, np.array([0]), np.array([1]))[0, 0]
        return found

    return of_tables


DRAWN_MEASURES = {
    "distance correlation": PairMeasure(numbers_alone(_distance_of_tables), takes=NUMBERS),
    "mutual information": PairMeasure(
        _information_of_kinds,
        takes="numbers, text, categories and booleans",
        copies=("boolean", "ordinal", "nominal"),
    ),
}
