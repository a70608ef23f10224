"""What every form of file becomes first: cells of text."""

from dataclasses import dataclass

import pandas as pd

from .reading import Reading
from .sheet import Note


@dataclass(frozen=True)
class Raw:
    """One record a row, every cell as it is written.

    `widths` are the cells that each record has, where those differ; `line` is what a record is
    called.
    """

    cells: pd.DataFrame
    reading: Reading
    notes: tuple[Note, ...] = ()
    widths: list[int] | None = None
    line: str = "line"
