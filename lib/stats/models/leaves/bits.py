"""Sets of rows as bits, 64 rows to a word."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ...table import Booleans, Integers

Bits: TypeAlias = NDArray[np.uint64]
ALL_ROWS = np.uint64(2**64 - 1)
NO_ROWS = np.uint64(0)


def packed(rows: Booleans) -> Bits:
    """Booleans along the last axis as bits; the last word ends in zeros.

    Examples
    --------
    >>> packed(np.array([True, False, True]))
    array([5], dtype=uint64)
    """
    octets = np.packbits(rows, axis=-1, bitorder="little")
    whole = np.zeros((*rows.shape[:-1], -(-rows.shape[-1] // 64) * 8), dtype=np.uint8)
    whole[..., : octets.shape[-1]] = octets
    return whole.view(np.uint64)


def unpacked(bits: Bits, rows: int) -> Booleans:
    """Bits along the last axis as that many booleans.

    Examples
    --------
    >>> unpacked(np.array([5], dtype=np.uint64), 3)
    array([ True, False,  True])
    """
    octets = np.ascontiguousarray(bits).view(np.uint8)
    return np.unpackbits(octets, axis=-1, count=rows, bitorder="little").view(np.bool_)


def count(bits: Bits) -> Integers:
    """How many bits are set along the last axis.

    Examples
    --------
    >>> count(np.array([[5, 1]], dtype=np.uint64))
    array([3])
    """
    counts: Integers = np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)
    return counts
