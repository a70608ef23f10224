"""A table of numbers on disk: written in parts, read in parts or column by column."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType

import numpy as np

from ..table import Floats


class Spool:
    """k columns of float64 in a temporary file, 8 bytes a value, gone when it is closed."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._lengths: list[int] = []
        self._file = TemporaryFile()  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        """How many rows it has."""
        return sum(self._lengths)

    def append(self, block: Floats) -> None:
        """Add rows: k x m values."""
        self._file.write(np.ascontiguousarray(block).data)
        self._lengths.append(block.shape[1])

    def blocks(self) -> Iterator[Floats]:
        """The rows as they were added, k x m values at a time."""
        self._file.seek(0)
        for length in self._lengths:
            yield self._read(self._columns * length).reshape(self._columns, length)

    def column(self, place: int) -> Floats:
        """All values of one column."""
        parts = []
        for start, length in self._parts(place):
            self._file.seek(start)
            parts.append(self._read(length))
        return np.concatenate(parts) if parts else np.empty(0)

    def replace(self, place: int, values: Floats) -> None:
        """Other values for one column."""
        done = 0
        for start, length in self._parts(place):
            self._file.seek(start)
            self._file.write(values[done : done + length].data)
            done += length

    def _parts(self, place: int) -> Iterator[tuple[int, int]]:
        """Where in the file each part of a column begins, and how many values it has."""
        start = 0
        for length in self._lengths:
            yield 8 * (start + place * length), length
            start += self._columns * length

    def _read(self, values: int) -> Floats:
        return np.frombuffer(self._file.read(8 * values)).copy()
