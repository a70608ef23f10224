"""A surface over two features: how much of it is interaction, and where data support it."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy import special

from ..table import Floats, frame_of, numbers_of
from .predictions import Scale
from .support import Support

_FLAT = 1e-12


@dataclass(frozen=True, eq=False)
class Surface:
    """One number for each pair of values of two features; ``values.stack()`` is one row a cell.

    Made by `slice_grid`, `partial_dependence` and `accumulated_effects` from a model, or from any
    frame of numbers: a formula on a grid, a table of means.

    Attributes
    ----------
    values
        Index: the values of y; columns: the values of x. Their names are the features' names. NaN
        where a computation was stopped. An array, or a table of another library, becomes a frame.
    scale
        What the numbers are: "probability", "log-odds" or "response".
    support
        What the data say about each cell; None for a surface made from values alone.

    Raises
    ------
    ValueError
        For values that are not numbers, infinite, or none at all.

    Examples
    --------
    A product of two features is smooth, and yet 40 % of this one is interaction:

    >>> product = Surface(pd.DataFrame([[2, 1, 0], [0, 0, 0], [-2, -1, 0]]))
    >>> product.main_effects()
         0    1    2
    0  1.0  1.0  1.0
    1  0.0  0.0  0.0
    2 -1.0 -1.0 -1.0
    >>> product.interaction()
         0    1    2
    0  1.0  0.0 -1.0
    1  0.0  0.0  0.0
    2 -1.0  0.0  1.0
    >>> product.interaction_share
    0.4
    """

    values: pd.DataFrame
    scale: Scale = "response"
    support: Support | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frame_of(self.values))
        numbers = self._numbers()
        if not numbers.size:
            raise ValueError("The surface has no values: give each feature at least one.")
        if np.isinf(numbers).any():
            row, column = np.argwhere(np.isinf(numbers))[0]
            raise ValueError(
                f"The surface is infinite in row {self.values.index.tolist()[row]!r}, column "
                f"{self.values.columns.tolist()[column]!r}: choose another scale or leave it out."
            )

    @property
    def x(self) -> Hashable:
        """The name of the feature along the columns."""
        return self.values.columns.name

    @property
    def y(self) -> Hashable:
        """The name of the feature along the rows."""
        return self.values.index.name

    def main_effects(self) -> pd.DataFrame:
        """What x alone and y alone account for: mean of the row + mean of the column - mean of all.

        Of all surfaces that are a function of x plus a function of y, the nearest one by least
        squares, every cell counting the same. All NaN if a cell is missing.
        """
        return self._framed(self._numbers() - self._departures())

    def interaction(self) -> pd.DataFrame:
        """The departure from additivity: the values less the main effects.

        Every row and every column has mean zero. Adding any function of x alone, or of y alone,
        to a surface leaves its interaction as it is. All NaN if a cell is missing.
        """
        return self._framed(self._departures())

    @property
    def interaction_share(self) -> float:
        """The interaction's share of the variance of the values, from 0 to 1.

        NaN if a cell is missing, and for a flat surface, which has no variance to share: one that
        varies by no more than rounding (1e-12 of its largest value).
        """
        values, interaction = self._numbers(), self._departures()
        deviations = values - values.mean()
        largest = np.abs(deviations).max()
        if not largest > _FLAT * np.abs(values).max():
            return float("nan")
        # In units of the largest deviation the squares neither overflow nor vanish.
        share = np.square(interaction / largest).sum() / np.square(deviations / largest).sum()
        return min(float(share), 1.0)

    def on_log_odds(self) -> "Surface":
        """The same surface in log-odds: log(p / (1 - p)) of each of its probabilities.

        How much two features interact depends on the scale. For averages over the data these are
        the log-odds of the average probability, not the average of the log-odds.

        Raises
        ------
        ValueError
            For a surface that is not on the probability scale, and where a value is 0 or 1.
        """
        if self.scale != "probability":
            raise ValueError(
                f"The surface is on the {self.scale} scale: only probabilities have log-odds."
            )
        probabilities = self._numbers()
        certain = (probabilities <= 0) | (probabilities >= 1)
        if certain.any():
            raise ValueError(
                f"{certain.sum()} of {certain.size} cells are not between 0 and 1, so their "
                "log-odds are infinite: stay on the probability scale, or use a model that is "
                "never certain, such as a forest with larger leaves."
            )
        values = self._framed(special.logit(probabilities))
        return replace(self, values=values, scale="log-odds")

    def _numbers(self) -> Floats:
        try:
            return numbers_of(self.values).to_numpy(np.float64, na_value=np.nan)
        except ValueError as error:
            raise ValueError(
                f"The surface's values are not all numbers ({error}): convert them with "
                "pd.to_numeric."
            ) from error

    def _departures(self) -> Floats:
        """The values, centred by row and then by column."""
        numbers = self._numbers()
        by_row = numbers - numbers.mean(axis=1, keepdims=True)
        by_both: Floats = by_row - by_row.mean(axis=0)
        return by_both

    def _framed(self, numbers: Floats) -> pd.DataFrame:
        return pd.DataFrame(numbers, index=self.values.index, columns=self.values.columns)
