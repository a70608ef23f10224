"""What may be done to a column before it is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Transformation:
    """A change of every value; `code` writes it around the expression {column}."""

    apply: "Callable[[pd.Series[Any]], pd.Series[Any]]"
    code: str

    def around(self, column: str) -> str:
        """The change in code.

        >>> TRANSFORMS["log"].around('un["gdp"]')
        'np.log(un["gdp"])'
        """
        return self.code.format(column=column)


TRANSFORMS = {
    "as it is": Transformation(lambda values: values, "{column}"),
    "log": Transformation(np.log, "np.log({column})"),
    "exp": Transformation(np.exp, "np.exp({column})"),
    "square": Transformation(lambda values: values**2, "{column} ** 2"),
    "square root": Transformation(np.sqrt, "np.sqrt({column})"),
    "reciprocal": Transformation(lambda values: 1 / values, "1 / {column}"),
    "minus": Transformation(lambda values: -values, "-{column}"),
    "rank": Transformation(lambda values: values.rank(), "{column}.rank()"),
}
"""By the name that a learner chooses. Values outside a function's domain become NaN or infinite."""
