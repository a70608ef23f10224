"""Whatever holds columns, as a pandas frame: the one gate that tables come in by."""

from typing import TypeAlias

import pandas as pd

Table: TypeAlias = pd.DataFrame


def table_of(data: Table) -> pd.DataFrame:
    """The table as a pandas frame."""
    return data
