"""The marks of a scale of numbers: which of them are right, and what lies on one side of those."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from .predict import Band


@dataclass(frozen=True)
class Marks:
    """The marks from `low` to `high`, a `step` apart, by their places: 0 is the first."""

    low: float
    high: float
    step: float

    def at(self, place: int) -> float:
        return round(self.low + place * self.step, 9)

    def place_from(self, value: float) -> int:
        """The place of the first mark that is not below a value."""
        return ceil((value - self.low) / self.step - 1e-6)

    def right(self, value: float, allowed: float, is_right: Callable[[float], bool]) -> range:
        """The places of the marks that are right: no farther from `value` than `allowed`.

        Where none is, an empty range that stands where they would. Whether an end of the range is
        right, `is_right` says.

        >>> Marks(0, 1, 0.1).right(0.5, 0.15, lambda mark: abs(mark - 0.5) <= 0.15)
        range(4, 7)
        """
        last = self.place_from(self.high)
        start = max(self.place_from(value - allowed), 0)
        stop = min(self.place_from(value + allowed) + 1, last + 1)
        while start < stop and not is_right(self.at(start)):
            start += 1
        while start < stop and not is_right(self.at(stop - 1)):
            stop -= 1
        return range(start, stop)

    def on_both_sides(self, bands: Sequence[Band], right: range) -> frozenset[str]:
        """The misconceptions of bands that hold marks on both sides of what is right.

        A belief predicts a direction: it is shown by estimates on one side of what is true. What is
        said to estimates on both sides is no belief of whoever made them.

        >>> around = Band(low=0.2, high=0.8, feedback="Nearer.", misconception="halfway")
        >>> Marks(0, 1, 0.1).on_both_sides([around], range(5, 6))
        frozenset({'halfway'})
        >>> Marks(0, 1, 0.1).on_both_sides([around], range(1, 3))
        frozenset()
        """
        end = self.place_from(self.high) + 1
        below, above = set(), set()
        for band in bands:
            start = max(self.place_from(band.low), 0)
            stop = min(self.place_from(band.high), end)
            if start < min(right.start, stop):
                below.add(band.misconception)
            if stop > max(right.stop, start):
                above.add(band.misconception)
        return frozenset(below & above)
