"""Whatever gives a table in batches of Arrow: one way to read files, databases and plans."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import (
    TYPE_CHECKING,
    Any,
    Protocol,
    Self,
    TypeAlias,
    TypeVar,
    cast,
    runtime_checkable,
)

import pandas as pd

from ..table import Keeper, Table, is_index_level, keeper_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa
    from narwhals.typing import IntoLazyFrame

Stored: TypeAlias = (
    "str | PurePath | Source | IntoLazyFrame | pa.RecordBatchReader | pa.dataset.Dataset"
)

_VALUES_AT_ONCE = 2**21
_FEWEST_ROWS, _MOST_ROWS = 2**10, 2**17


@runtime_checkable
class Source(Protocol):
    """A table that is read in parts.

    Whatever has these two is taken where a source is.
    """

    @property
    def schema(self) -> "pa.Schema":
        """The names and the Arrow types of all columns."""
        ...

    def batches(self, columns: Sequence[str]) -> Iterator["pa.RecordBatch"]:
        """All rows, some at a time, of these columns in this order."""
        ...


class Sums(Protocol):
    """What is summed of rows, and adds up however these are parted."""

    def merge(self, other: Self) -> Self:
        """That of both sets of rows."""
        ...


Summary = TypeVar("Summary", bound=Sums)


@runtime_checkable
class Partitioned(Source, Protocol):
    """A source whose partitions lie on several machines, which compute what is asked of them."""

    def parts(
        self, columns: Sequence[str], of_batch: "Callable[[pa.RecordBatch], Summary]"
    ) -> Iterator[Summary]:
        """The sums of all rows, in few parts: those of a batch are merged where it lies."""
        ...

    def ranks(self, columns: Sequence[str], rows: int) -> "Partitioned":
        """Of the complete rows, of which there are so many: each column's `rank_deviations`."""
        ...

    def drawn(self, rows: int, seed: int) -> "pa.Table":
        """So many rows, each set of them equally likely, in their order."""
        ...


def source_of(data: Any) -> Source | None:
    """The source that this is; None for a table in memory, and for what is no table.

    Raises
    ------
    ValueError
        For a path at which there is no file or folder of Parquet.
    """
    keeper = keeper_of(data)
    return None if keeper is None else _ADAPTERS[keeper](data)


def opened(data: "Table | Stored") -> tuple[pd.DataFrame, Source | None]:
    """The table, where it is in memory; otherwise its columns without rows, and the source.

    Raises
    ------
    ValueError
        As `source_of` and `table_of`.
    """
    source = source_of(data)
    if source is None:
        return table_of(cast("Table", data)), None
    return pd.DataFrame(columns=pd.Index(source.schema.names, dtype=object)), source


def gathered(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """Batches of few rows together: of many, sums are quicker, and keep more digits."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= _FEWEST_ROWS:
            yield _as_one(waiting)
            waiting, rows = [], 0
    if waiting:
        yield _as_one(waiting)


def _as_one(batches: "list[pa.RecordBatch]") -> "pa.RecordBatch":
    import pyarrow as pa

    if len(batches) == 1:
        return batches[0]
    table = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    parts = table.to_batches()
    return parts[0] if parts else batches[0]


def without_index(schema: "pa.Schema") -> "pa.Schema":
    """A schema without the index that pandas has written beside the columns of a frame.

    In memory it is no column either.
    """
    told = json.loads((schema.metadata or {}).get(b"pandas", b"{}"))
    index = {name for name in told.get("index_columns", ()) if isinstance(name, str)}
    for name in schema.names:
        if name in index or is_index_level(name):
            schema = schema.remove(schema.get_field_index(name))
    return schema


def _rows_at_once(columns: Sequence[str]) -> int:
    return min(max(_VALUES_AT_ONCE // max(len(columns), 1), _FEWEST_ROWS), _MOST_ROWS)


def _read_and_closed(reader: Any) -> Iterator[Any]:
    """The batches of a reader whose connection is free again, even where not all are wanted."""
    try:
        yield from reader
    finally:
        reader.close()


def _of_path(path: str | Path) -> Source:
    """A Parquet file, or a folder of them, whose folders may be hive partitions."""
    import pyarrow as pa
    from pyarrow import dataset

    if not Path(path).exists():
        raise ValueError(f"There is no file or folder {str(path)!r}: correct the path.")
    try:
        return _Dataset(dataset.dataset(path, format="parquet", partitioning="hive"))
    except (pa.ArrowInvalid, OSError) as error:
        raise ValueError(f"{str(path)!r} cannot be read as Parquet: {_instead_of(path)}") from error


_PANDAS_READS = {".csv": "read_csv", ".json": "read_json", ".xlsx": "read_excel"}


def _instead_of(path: str | Path) -> str:
    """What to do with a path that is no Parquet."""
    function = _PANDAS_READS.get(Path(path).suffix.lower())
    if function and Path(path).is_file():
        return f"pass pd.{function}({str(path)!r})."
    return (
        "pass a file or a folder of Parquet, or open it with polars, DuckDB or pyarrow.dataset, "
        "and pass that."
    )


class _Dataset:
    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset
        self.schema = without_index(dataset.schema)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        from pyarrow import dataset

        reading = {
            "columns": list(columns),
            "batch_size": _rows_at_once(columns),
            "batch_readahead": 1,
        }
        if not isinstance(getattr(self._dataset, "format", None), dataset.ParquetFileFormat):
            yield from self._dataset.to_batches(**reading)
            return
        # One group of rows after another: a whole file would be read ahead of who sums it.
        reading["fragment_scan_options"] = dataset.ParquetFragmentScanOptions(
            use_buffered_stream=True, buffer_size=2**20, pre_buffer=False
        )
        try:
            files = list(self._dataset.get_fragments())
        except ValueError:  # of a filtered dataset, Arrow does not tell them
            yield from self._dataset.to_batches(**reading)
            return
        for file in files:
            for group in file.split_by_row_group():
                yield from group.to_batches(schema=self._dataset.schema, **reading)


class _Reader:
    """A reader of record batches, which gives its rows once."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.schema = without_index(reader.schema)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        rows = 0
        for batch in self._reader:
            rows += batch.num_rows
            yield batch.select(list(columns))
        if not rows:
            raise ValueError(
                "The reader has no rows left: it gives them once. Make another one, or pass what "
                "it reads."
            )


class _DuckDB:
    def __init__(self, relation: Any) -> None:
        self._relation = relation
        self.schema = without_index(relation.limit(0).to_arrow_table().schema)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        names = (name.replace('"', '""') for name in columns)
        chosen = self._relation.project(", ".join(f'"{name}"' for name in names))
        return _read_and_closed(chosen.to_arrow_reader(_rows_at_once(columns)))


class _Ibis:
    def __init__(self, table: Any) -> None:
        self._table = table
        self.schema = without_index(table.schema().to_pyarrow())

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        chosen, engine = self._table.select(*columns), self._table.get_backend()
        if engine.name == "duckdb":
            # ibis 12.0 asks DuckDB 2.0 for batches by a method that it has no more.
            chosen.limit(0).to_pyarrow()  # makes tables in memory known to DuckDB
            return _DuckDB(engine.con.sql(engine.compile(chosen))).batches(columns)
        return _read_and_closed(chosen.to_pyarrow_batches(chunk_size=_rows_at_once(columns)))


class _Polars:
    def __init__(self, plan: Any) -> None:
        self._plan = plan
        self.schema = without_index(plan.limit(0).collect().to_arrow().schema)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        rows = _rows_at_once(columns)
        parts = self._plan.select(list(columns)).collect_batches(
            chunk_size=rows, maintain_order=True
        )
        return (batch for part in parts for batch in part.to_arrow().to_batches(rows))


def _of_spark(frame: Any) -> Source:
    from .spark import Spark

    return Spark(frame)


_ADAPTERS: dict[Keeper, Callable[[Any], Source | None]] = {
    "path": _of_path,
    "arrow": _Dataset,
    "reader": _Reader,
    "duckdb": _DuckDB,
    "ibis": _Ibis,
    "polars": _Polars,
    "spark": _of_spark,
    "narwhals": lambda plan: source_of(plan.to_native()),
    "source": lambda source: source,
}
