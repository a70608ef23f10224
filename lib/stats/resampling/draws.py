"""What resampling draws: orders of rows, and rows with replacement, some at a time."""

from collections.abc import Iterator
from itertools import accumulate, chain, islice, permutations
from math import factorial
from operator import mul

import numpy as np

from ..table import Integers, blocks, generator_of

_NUMBERS_AT_A_TIME = 100_000  # what the processor's cache holds


def orders_or_all(rows: int, draws: int, seed: int) -> tuple[Iterator[Integers], bool]:
    """Orders of the rows 0, 1, ..., each a row of an array; whether these are all that there are.

    All, where there are no more than the draws and the order seen; otherwise random ones.
    """
    all_fit = all(count <= draws + 1 for count in accumulate(range(1, rows + 1), mul))
    return (_every_order(rows) if all_fit else orders(rows, draws, seed)), all_fit


def orders(rows: int, draws: int, seed: int) -> Iterator[Integers]:
    """Random orders of the rows 0, 1, ...: `draws` in all, each a row of an array."""
    generator = generator_of(seed)
    for size in sizes(draws, rows):
        yield generator.permuted(np.tile(np.arange(rows), (size, 1)), axis=1)


def _every_order(rows: int) -> Iterator[Integers]:
    each = permutations(range(rows))
    for size in sizes(factorial(rows), rows):
        numbers = chain.from_iterable(islice(each, size))
        yield np.fromiter(numbers, np.int64, size * rows).reshape(size, rows)


def resampled_rows(rows: int, draws: int, seed: int) -> Iterator[Integers]:
    """As many rows as there are, drawn with replacement: `draws` times, each a row of an array."""
    generator = generator_of(seed)
    for size in sizes(draws, rows):
        yield generator.integers(rows, size=(size, rows))


def sizes(draws: int, numbers_a_draw: int) -> Iterator[int]:
    """How many draws to make at a time, so that they take little memory."""
    some = blocks(draws, _NUMBERS_AT_A_TIME // max(1, numbers_a_draw))
    return (draw.stop - draw.start for draw in some)
