"""V and U of all pairs of categories beside dython, which gives neither chi-square nor p."""

from typing import Any

import numpy as np
import pandas as pd
from dython.nominal import associations

from benchmarks.comparison import Comparison
from lib.stats import CategoricalAssociations, associate_categories

_ROWS, _COLUMNS = 2000, 12


def comparisons() -> list[Comparison]:
    data = _table()

    def dython() -> tuple[Any, Any]:
        # Each measure is a run of its own. Complete data leave nan_strategy nothing to do.
        v = associations(data, nom_nom_assoc="cramer", compute_only=True)["corr"]
        u = associations(data, nom_nom_assoc="theil", compute_only=True)["corr"]
        return v, u

    return [
        Comparison(
            work=f"V, U, chi-square and p, {_COLUMNS} categorical columns, {_ROWS} rows",
            peer="dython.nominal.associations, V and U",
            ours=lambda: associate_categories(data),
            theirs=dython,
            same=_same,
            at_least=80,
        )
    ]


def _table() -> pd.DataFrame:
    """Columns with a common cause, of 3 to 9 levels: of two, dython's V has Yates' correction."""
    rng = np.random.default_rng(0)
    cause = rng.normal(size=_ROWS)
    return pd.DataFrame(
        {
            f"c{column}": pd.cut(
                cause * rng.random() + rng.normal(size=_ROWS), 3 + column % 7, labels=False
            ).astype(str)
            for column in range(_COLUMNS)
        }
    )


def _same(ours: CategoricalAssociations, theirs: tuple[Any, Any]) -> None:
    v, u = theirs
    np.testing.assert_allclose(ours.v, v.astype(float), rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.u, u.astype(float), rtol=0, atol=1e-12)
