"""Tables that lie elsewhere: in files, in a database, in a plan that is yet to be computed."""

from pathlib import PurePath
from typing import Any, Literal, NoReturn, TypeAlias

Keeper: TypeAlias = Literal[
    "path", "arrow", "reader", "duckdb", "ibis", "polars", "spark", "narwhals", "source"
]

_KEEPERS: dict[str, Keeper] = {
    "pyarrow.Dataset": "arrow",
    "pyarrow.RecordBatchReader": "reader",
    "duckdb.DuckDBPyRelation": "duckdb",
    "ibis.Table": "ibis",
    "polars.LazyFrame": "polars",
    "pyspark.DataFrame": "spark",
    "narwhals.LazyFrame": "narwhals",
}

OR_SOME_ROWS = "Of what is in files or a database, draw some rows, with sample(data, 100_000)."


def keeper_of(data: Any) -> Keeper | None:
    """Where a table lies that is not in memory; None for what is in memory, or no table.

    Told by the names of its classes, so that no library is imported for it.
    """
    if isinstance(data, (str, PurePath)):
        return "path"
    for kind in type(data).__mro__:
        library = kind.__module__.split(".")[0].lstrip("_")
        if (keeper := _KEEPERS.get(f"{library}.{kind.__name__}")) is not None:
            return keeper
    in_parts = callable(getattr(data, "batches", None)) and hasattr(data, "schema")
    return "source" if in_parts else None


def refuse_stored(what: str) -> NoReturn:
    """Raise ValueError that says what needs all rows at once, and how to draw some of them."""
    raise ValueError(
        f"{what} needs all rows in memory at once, and this table is read in parts: draw some of "
        "its rows, with sample(data, 100_000)."
    )
