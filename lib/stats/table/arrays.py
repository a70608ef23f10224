"""What columns and tables of numbers are called in signatures."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = "pd.Series[Any] | Sequence[Any] | NDArray[Any]"
