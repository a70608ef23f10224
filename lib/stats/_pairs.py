"""From k x k frames to one row a pair."""

from collections.abc import Mapping

import numpy as np
import pandas as pd


def pairs_table(measures: Mapping[str, pd.DataFrame], strongest: str) -> pd.DataFrame:
    """One row a pair: x, y and the measures, by size of the one named `strongest`, descending.

    All k (k - 1) / 2 pairs of the upper triangle, x before y as in the frames. Equal sizes keep
    the frames' order; pairs without a value come last.
    """
    frame = measures[strongest]
    first, second = np.triu_indices(len(frame), 1)
    names = frame.columns.to_flat_index()
    table = pd.DataFrame(
        {"x": names[first], "y": names[second]}
        | {name: measure.to_numpy()[first, second] for name, measure in measures.items()}
    )
    strongest_first = np.argsort(-table[strongest].abs().to_numpy(), kind="stable")
    return table.iloc[strongest_first].reset_index(drop=True)
