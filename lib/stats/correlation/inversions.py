"""How many pairs of a sequence stand in the wrong order."""

import numpy as np
from numpy.typing import NDArray

from ..table import Integers

_WIDEST_COMPARED = 16


def count_inversions(sequences: NDArray[np.int32]) -> Integers:
    """Of each row: the pairs of which the earlier number is the larger one.

    A merge sort of all rows at once. Rows are cut into blocks, within which all pairs are
    compared; then neighbouring blocks are merged, which counts the pairs across the two. Numbers
    lie from 0 to below 2^30. They are left in ascending order.
    """
    blocks = _blocks(sequences)
    inversions = _within(blocks)
    while blocks.shape[1] > 1:
        blocks, across = _merged(blocks)
        inversions += across
    if blocks.shape[2] > _WIDEST_COMPARED:
        sequences[:] = blocks[:, 0, : sequences.shape[1]]
    else:
        sequences.sort(axis=1)  # one block, which was compared and not merged
    return inversions


def _blocks(sequences: NDArray[np.int32]) -> NDArray[np.int32]:
    """rows x blocks x numbers, as many blocks as a power of two, filled up by what is largest."""
    rows, length = sequences.shape
    count = 1
    while count * _WIDEST_COMPARED < length:
        count *= 2
    width = -(-length // count)
    blocks = np.full((rows, count * width), np.iinfo(np.int32).max // 2, dtype=np.int32)
    blocks[:, :length] = sequences
    return blocks.reshape(rows, count, width)


def _within(blocks: NDArray[np.int32]) -> Integers:
    """Inversions within the blocks, by comparing numbers at each distance."""
    numbers = np.ascontiguousarray(np.moveaxis(blocks, 2, 0))
    counts = np.zeros(numbers.shape[1:], dtype=np.int16)
    for distance in range(1, len(numbers)):
        later, earlier = numbers[distance:], numbers[:-distance]
        counts += (later < earlier).sum(axis=0, dtype=np.int16)
    inversions: Integers = counts.sum(axis=1, dtype=np.int64)
    return inversions


def _merged(blocks: NDArray[np.int32]) -> tuple[NDArray[np.int32], Integers]:
    """Blocks joined two by two and sorted, and the inversions between the two."""
    rows, count, width = blocks.shape
    marked = 2 * blocks
    marked[:, 1::2] += 1  # the last bit: of equal numbers the left block's come first
    merged = marked.reshape(rows, count // 2, 2 * width)
    merged.sort(axis=2)
    # Without inversions the right block's numbers would take the last places.
    places = (merged & 1).astype(np.float64) @ np.arange(2.0 * width)
    last_places = width * (3 * width - 1) // 2
    inversions = (last_places - places).sum(axis=1)
    merged >>= 1
    return merged, inversions.astype(np.int64)
