"""The tables that the Lab is measured with, as files and in memory."""

from io import BytesIO

import numpy as np
import pandas as pd

from lib.tables import Sheet, from_frame

SEED = 0


def numbers(rows: int, columns: int, digits: int = 3) -> pd.DataFrame:
    """Columns that share more or less of one thing, rounded as people write numbers."""
    random = np.random.default_rng(SEED)
    shared = random.normal(size=(rows, 1)) * np.linspace(0, 1, columns)
    values = (random.normal(size=(rows, columns)) + shared).round(digits)
    return pd.DataFrame(values, columns=[f"column {number}" for number in range(columns)])


def mixed(rows: int, columns: int = 20) -> pd.DataFrame:
    """Three quarters of numbers, one of them with gaps; categories, a date."""
    random = np.random.default_rng(SEED)
    many = columns * 3 // 4
    table = numbers(rows, many)
    table.loc[random.random(rows) < 0.05, "column 3"] = np.nan
    for number in range(columns - many - 2):
        table[f"place {number}"] = random.choice(["north", "south", "east", "west"], rows)
    table["answer"] = random.choice(["yes", "no"], rows)
    table["day"] = pd.date_range("2001-01-01", periods=rows, freq="h").strftime("%Y-%m-%d")
    return table


def csv_of(table: pd.DataFrame) -> bytes:
    """The table as a file."""
    return table.to_csv(index=False).encode()


def parquet_of(table: pd.DataFrame) -> bytes:
    """The table as a file; rounded values take a quarter of what others would."""
    file = BytesIO()
    table.to_parquet(file)
    return file.getvalue()


def mixed_sheet(rows: int, columns: int = 20) -> Sheet:
    """The mixed table as the Lab has it: words are categories, days are dates."""
    table = mixed(rows, columns)
    words = {name: "category" for name in table if table[name].dtype.kind == "O" and name != "day"}
    words |= {str(name): "category" for name in table if str(name).startswith(("place", "answer"))}
    return from_frame(table.astype(words).assign(day=pd.to_datetime(table["day"])), "mixed")
