"""What Pearson's r of all pairs needs of a table's rows: counts, means and sums of products."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import local

import numpy as np

from ..table import Booleans, Floats, Integers, bounded, refuse, vary

# Where removing a mean leaves less than this share of the sum of squares, more than one of
# float64's sixteen digits has cancelled.
_SAFE_SHARE = 0.1
# Between these no square has overflowed or vanished, and no product of two sums will.
_SAFE_SQUARES = (1e-140, 1e140)
INFINITE = "infinite in places: replace infinities by missing values where the table is made"

# The deviation, as a share of the size, of values that `vary` calls the same.
_ROUNDING = 2 * np.finfo(np.float64).eps
# Of so many values of a block the middle one is near enough to the middle of all.
_FEW_VALUES = 33


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over rows of k columns of numbers, which add up however the rows are parted.

    A partition is summed in blocks: `Moments.of` each block, and `merge` with those before. Two
    partitions, summed on two machines, are merged by the same `merge`, in any order. All that has
    to travel are these arrays, six of them k x k: of 50 columns 120 kB, however many rows.

    [i, j] is of the rows that columns i and j share; a column has a value where it is not NaN.

    Attributes
    ----------
    n
        Shared rows; on the diagonal, the values of each column.
    means
        Of column i in the rows that it shares with j, counted from their origin.
    squares
        Sums of squares of i about that mean.
    products
        Sums of products of i and j about both means.
    origins
        In the midst of the values of i that j shares, as two numbers to add, 2 x k x k: so a mean
        near 1e8 keeps the digits after the point, whatever stands in rows that are not shared.
    lowest, highest
        Ends of each column, infinite ones included; NaN for a column without values.
    bases
        What these are counted from, 2 x k: see `Numbers`.
    """

    n: Integers
    means: Floats
    squares: Floats
    products: Floats
    origins: Floats
    lowest: Floats
    highest: Floats
    bases: Floats

    @classmethod
    def none(cls, columns: int) -> "Moments":
        """Those of no rows, which change nothing that they are merged with."""
        shape = columns, columns
        return cls(
            n=np.zeros(shape, dtype=np.int64),
            means=np.zeros(shape),
            squares=np.zeros(shape),
            products=np.zeros(shape),
            origins=np.zeros((2, *shape)),
            lowest=np.full(columns, np.nan),
            highest=np.full(columns, np.nan),
            bases=np.zeros((2, columns)),
        )

    @classmethod
    def of(cls, values: Floats, bases: Floats | None = None) -> "Moments":
        """Those of one block: k x m values, of so many rows as a processor's cache holds.

        NaN where a value is missing. The values are overwritten.
        """
        columns, rows = values.shape
        if not rows:
            return cls.none(columns)
        bases = np.zeros((2, columns)) if bases is None else bases
        with np.errstate(all="ignore"):
            ends = np.stack([values.min(axis=1), values.max(axis=1)])
            complete = bool(np.isfinite(ends).all())
            return (_of_complete if complete else _of_gaps)(values, ends, bases)

    def merge(self, other: "Moments") -> "Moments":
        """Those of both sets of rows.

        References
        ----------
        Chan, Golub and LeVeque (1983), The American Statistician 37, 242-247.
        """
        new = self.n == 0
        empty = np.diagonal(new)
        n = self.n + other.n
        share = other.n / np.maximum(n, 1)
        with np.errstate(over="ignore", invalid="ignore"):  # such sizes are refused in the end
            shift = np.where(empty, 0.0, apart(self.bases, other.bases))
            between_origins = np.where(new, 0.0, apart(self.origins, other.origins))
            distances = between_origins + other.means - self.means
            between = self.n * share * distances
            return Moments(
                n=n,
                means=self.means + distances * share,
                squares=self.squares + other.squares + between * distances,
                products=self.products + other.products + between * distances.T,
                origins=np.where(new, other.origins, self.origins),
                lowest=np.fmin(self.lowest, other.lowest + shift),
                highest=np.fmax(self.highest, other.highest + shift),
                bases=np.where(empty, other.bases, self.bases),
            )

    def r(self, names: Sequence[object]) -> Floats:
        """Pearson's r of all pairs, k x k; NaN where a column does not vary in the shared rows.

        Raises
        ------
        ValueError
            For infinite values, and columns whose squares overflow or vanish. The message has
            their names.
        """
        self.refuse_sizes(names)
        varying = self.varying
        lengths = np.sqrt(np.where(varying, self.squares, np.nan))
        products = np.where(varying & varying.T, self.products, np.nan)
        return bounded(products / (lengths * lengths.T))

    @property
    def origins_of_columns(self) -> Floats:
        """Those of each column beside itself, 2 x k."""
        return np.asarray(self.origins.diagonal(axis1=1, axis2=2))

    @property
    def varying(self) -> Booleans:
        """[i, j]: whether i varies by more than rounding in the rows that it shares with j."""
        size = self.origins[1] + self.means
        within = self.squares > self.n * (_ROUNDING * size) ** 2
        return np.asarray(within & vary(self.lowest, self.highest)[:, np.newaxis])

    def refuse_sizes(self, names: Sequence[object]) -> None:
        """Raise ValueError for infinite values, and for squares that overflow or vanish."""
        _refuse_where(
            np.isinf(self.lowest) | np.isinf(self.highest),
            names,
            INFINITE,
        )
        smallest, largest = _SAFE_SQUARES
        squares = np.diagonal(self.squares)
        _refuse_where(
            vary(self.lowest, self.highest) & ~((squares > smallest) & (squares < largest)),
            names,
            "of a size whose squares float64 does not hold: choose another unit, or, where it "
            "stands for what is missing, make that missing",
        )


class _Scratch(local):
    """Room that a thread uses again for each block: fresh memory takes as long as the sums."""

    def __init__(self) -> None:
        self._room = np.empty(0)

    def room(self, arrays: int, shape: tuple[int, ...]) -> Floats:
        """So many arrays of a shape, with whatever they hold."""
        size = arrays * shape[0] * shape[1]
        if len(self._room) < size:
            self._room = np.empty(size)
        return self._room[:size].reshape(arrays, *shape)


_scratch = _Scratch()


def _of_complete(values: Floats, ends: Floats, bases: Floats) -> Moments:
    columns, rows = values.shape
    origins = _means_within(values)
    deviations = np.subtract(values, origins[:, np.newaxis], out=values)
    # A mean near 1e8 is itself rounded: what is left of it is removed as well.
    left = deviations.sum(axis=1) / rows
    products = deviations @ deviations.T - rows * np.outer(left, left)
    shape = columns, columns
    return Moments(
        n=np.full(shape, rows, dtype=np.int64),
        means=np.broadcast_to(left[:, np.newaxis], shape),
        squares=np.broadcast_to(np.diagonal(products)[:, np.newaxis], shape),
        products=products,
        origins=_from_bases(origins, bases),
        lowest=ends[0],
        highest=ends[1],
        bases=bases,
    )


def _of_gaps(values: Floats, ends: Floats, bases: Floats) -> Moments:
    if np.isnan(ends).any():
        ends = np.stack([np.fmin.reduce(values, axis=1), np.fmax.reduce(values, axis=1)])
    deviations, weights, squared = _scratch.room(3, values.shape)
    present = np.isfinite(values)  # infinite ones are refused in the end
    np.copyto(weights, present)
    deviations[:] = 0.0
    np.copyto(deviations, values, where=present)
    origins = _midst(values, deviations.sum(axis=1) / np.maximum(weights.sum(axis=1), 1))
    origins = np.fmax(np.fmin(origins, ends[1]), ends[0])
    deviations -= origins[:, np.newaxis]
    deviations *= weights
    np.square(deviations, out=squared)
    n = (weights @ weights.T).astype(np.int64)
    shared = np.maximum(n, 1)
    sums = deviations @ weights.T
    all_squares = squared @ weights.T
    constant = (ends[0] == ends[1])[:, np.newaxis]
    squares = np.where(constant | (n < 2), 0.0, all_squares - sums * sums / shared)
    found = Moments(
        n=n,
        means=sums / shared,
        squares=squares,
        products=np.where(n < 2, 0.0, deviations @ deviations.T - sums * sums.T / shared),
        origins=_from_bases(origins, bases).copy(),
        lowest=ends[0],
        highest=ends[1],
        bases=bases,
    )
    unsafe = (n > 0) & ~constant & ~(squares > _SAFE_SHARE * all_squares)
    for x, y in np.argwhere(np.triu(unsafe | unsafe.T)):
        _sum_again(found, values, present[x] & present[y], x, y)
    return found


def _midst(values: Floats, means: Floats) -> Floats:
    """A value in the midst of each column's; its mean where the few that are looked at are missing.

    The mean itself may be far from all values but one, and of the pairs that do not share its row
    no digits would be left.
    """
    few = values[:, :: -(-values.shape[1] // _FEW_VALUES)]
    few = np.sort(np.where(np.isfinite(few), few, np.nan), axis=1)
    known = np.isfinite(few).sum(axis=1)
    middle = few[np.arange(len(few)), np.maximum(known - 1, 0) // 2]
    return np.where(known > 0, middle, means)


def _sum_again(found: Moments, values: Floats, shared: Booleans, x: int, y: int) -> None:
    """The pair from its shared rows alone: there the means of whole columns are far away."""
    pair = values[[[x], [y]], shared]
    origins = _means_within(pair)
    deviations = pair - origins[:, np.newaxis]
    left = deviations.mean(axis=1)
    products = deviations @ deviations.T - pair.shape[1] * np.outer(left, left)
    for own, place in enumerate([(x, y), (y, x)]):
        found.origins[1][place] = found.bases[1, place[0]] + origins[own]
        found.means[place] = left[own]
        found.squares[place] = products[own, own]
        found.products[place] = products[0, 1]


def _means_within(values: Floats) -> Floats:
    """The mean of each row of values, and no farther than these: of equal ones, just that value."""
    return np.asarray(np.clip(values.mean(axis=1), values.min(axis=1), values.max(axis=1)))


def _from_bases(origins: Floats, bases: Floats) -> Floats:
    """The origins of all pairs, where each column has one, counted from its base."""
    columns = len(origins)
    each = np.stack([bases[0], bases[1] + origins])
    return np.broadcast_to(each[:, :, np.newaxis], (2, columns, columns))


def apart(origins: Floats, others: Floats) -> Floats:
    """How far the others lie above these, where either is two numbers to add."""
    return np.asarray((others - origins).sum(axis=0))


def _refuse_where(wrong: Booleans, names: Sequence[object], reason: str) -> None:
    refuse([name for name, is_wrong in zip(names, wrong, strict=True) if is_wrong], reason)
