"""Records of raw cells: what stands in one, and whether it is a value or a name."""

import re

import pandas as pd

from . import dates, missing, numbers


def cells_of(raw: pd.DataFrame, record: int) -> list[str]:
    """The cells of a record, without the blanks around them."""
    return [str(cell).strip() for cell in raw.iloc[record]]


BODY = 200


YEAR = re.compile(r"(?:1[5-9]|20|21)\d{2}")


def filled_cells(raw: pd.DataFrame, record: int) -> int:
    return sum(map(bool, cells_of(raw, record)))


def filled_at_first(raw: pd.DataFrame, records: int) -> list[int]:
    """The same of so many records, column by column: pandas is slow to cut out rows.

    >>> filled_at_first(pd.DataFrame({0: ["a", " "], 1: ["b", "c"], 2: ["", ""]}), 5)
    [2, 1]
    """
    columns = [raw.iloc[:records, place].tolist() for place in range(raw.shape[1])]
    return [sum(bool(str(cell).strip()) for cell in cells) for cells in zip(*columns, strict=True)]


def is_value(cell: str) -> bool:
    """Whether a cell is a number, a date or the like, and so no name."""
    cell = cell.strip()
    if not cell or numbers.NUMBER.fullmatch(cell):
        return bool(cell) and bool(re.search(r"\d", cell))
    return bool(dates.ISO.fullmatch(cell) or dates.YEAR_LAST.fullmatch(cell))


def share_of_values(cells: "pd.Series[str]") -> float:
    present = [cell for cell in cells if cell.strip() and cell.strip() not in missing.AMONG_NUMBERS]
    return sum(map(is_value, present)) / len(present) if present else 0.0


def counted(records: list[int], line: str, words: str, raw: pd.DataFrame) -> str:
    """How many lines were left out, and how the first begins."""
    first = next((cell for cell in cells_of(raw, records[0]) if cell), "")[:60]
    one = len(records) == 1
    which = f"{line.capitalize()} {records[0] + 1}" if one else f"{len(records)} {line}s"
    begins = f" (it begins {first!r})" if one and first else f" (the first is {first!r})"
    return f"{which} {words.format('was' if one else 'were')}{begins if first else ''}."
