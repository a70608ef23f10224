"""A table of Spark: its partitions are summed where they lie, and only their sums travel."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, reduce
from typing import Any

from ..table import refuse
from .sources import Summary, without_index

_LIBRARY = __package__.split(".")[0]
_ORDER = "(partition by pos order by col.number, col.whole)"
# Of a time without a zone, which Spark would otherwise put into that of the session.
_MICROSECONDS = (
    "unix_date(cast({0} as date)) * 86400000000 + hour({0}) * 3600000000 "
    "+ minute({0}) * 60000000L + cast(extract(second from {0}) * 1000000 as bigint)"
)
# So many partitions' sums are merged by one worker before they travel to the driver.
_PARTITIONS_IN_A_GROUP = 256


class Spark:
    """A Spark DataFrame, of a session in this process or of Spark Connect.

    The workers need Python as here, and this library: see docs/engines.md.
    """

    def __init__(self, frame: Any) -> None:
        whole = frame.limit(0).toArrow().schema
        # A name may have dots or quotes, or differ from another by its case alone.
        plain = [f"c{place}" for place in range(len(whole))]
        self._frame = frame.toDF(*plain)
        self._plain = dict(zip(whole.names, plain, strict=True))
        self.schema = without_index(whole)

    def parts(
        self, columns: Sequence[str], of_batch: Callable[[Any], Summary]
    ) -> Iterator[Summary]:
        """Sums of all rows, of some hundred partitions each."""
        work = partial(_summed, of_batch, list(columns))
        sums = self._chosen(columns).mapInArrow(work, "sums binary")
        part = f"spark_partition_id() div {_PARTITIONS_IN_A_GROUP} as part"
        merged = sums.selectExpr("sums", part).groupBy("part").applyInArrow(_merged, "sums binary")
        for found in _collected(merged).column("sums"):
            yield _unpacked(found)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """All rows, which travel to the driver: of a small table only."""
        table = _collected(self._chosen(columns)).rename_columns(list(columns))
        return iter(table.to_batches())

    def ranks(self, columns: Sequence[str], rows: int) -> "Spark":
        """Each column's `rank_deviations`, of the complete rows, of which there are so many.

        Two shuffles: each column is brought together and sorted by one task, on disk where memory
        does not suffice; then the ranks of each row are.

        Raises
        ------
        ValueError
            For durations.
        """
        names = [self._plain[name] for name in columns]
        types = [self.schema.field(name).type for name in columns]
        keys = ", ".join(map(_key, names, types, columns))
        present = " and ".join(map(_present, names, types))
        ranks = (
            self._frame.where(present)
            .selectExpr("*", "monotonically_increasing_id() as row")
            .selectExpr("row", f"posexplode(array({keys}))")
            .selectExpr("row", "pos", f"rank() over {_ORDER} + count(1) over {_ORDER} as both")
            .selectExpr("row", "pos", f"cast(both - {rows + 1} as double) as deviation")
        )
        places = list(range(len(columns)))
        wide = ranks.groupBy("row").pivot("pos", places).agg({"deviation": "first"})
        return Spark(wide.drop("row").toDF(*columns))

    def drawn(self, rows: int, seed: int) -> Any:
        """So many rows as a table of Arrow, each set of them equally likely, in their order."""
        keyed = self._chosen(self.schema.names).selectExpr(
            "*", "monotonically_increasing_id() as place", f"rand({seed}) as key"
        )
        chosen = keyed.orderBy("key").limit(rows).orderBy("place").drop("place", "key")
        return _collected(chosen).rename_columns(self.schema.names)

    def _chosen(self, columns: Sequence[str]) -> Any:
        return self._frame.select(*[self._plain[name] for name in columns])


def _collected(frame: Any) -> Any:
    """The rows of a small frame, as a table of Arrow.

    Raises
    ------
    ValueError
        Where the workers have not this library.
    """
    from pyspark.errors import PySparkException

    try:
        return frame.toArrow()
    except PySparkException as error:
        if f"No module named '{_LIBRARY}'" not in str(error):
            raise
        raise ValueError(
            f"Spark's workers do not have {_LIBRARY!r}, which sums their rows: install it where "
            "they run, or put it on their PYTHONPATH before the session begins."
        ) from error


def _key(name: str, kind: Any, said: str) -> str:
    """What a value is ordered by: a float, or a whole number, which may have more digits."""
    import pyarrow as pa

    types = pa.types
    whole, number = "cast(null as bigint)", "cast(null as double)"
    if types.is_integer(kind) or types.is_boolean(kind):
        whole = f"cast({name} as bigint)"
    elif types.is_date(kind):
        whole = f"cast(unix_date({name}) as bigint)"
    elif types.is_timestamp(kind):
        whole = f"unix_micros({name})" if kind.tz else _MICROSECONDS.format(name)
    elif types.is_floating(kind) or types.is_decimal(kind):
        number = f"cast({name} as double) + 0D"  # -0 is 0
    else:
        refuse([said], "of a type that is not ranked in Spark: make a number of it there")
    return f"struct({number} as number, {whole} as whole)"


def _present(name: str, kind: Any) -> str:
    import pyarrow as pa

    also = f" and not isnan({name})" if pa.types.is_floating(kind) else ""
    return f"{name} is not null{also}"


def _summed(
    of_batch: Callable[[Any], Summary], columns: list[str], batches: Iterable[Any]
) -> Iterator[Any]:
    """What a worker makes of a partition: one row, or none of no rows."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"):  # Spark has a worker for each processor already
        try:
            named = (batch.rename_columns(columns) for batch in batches)
            found = reduce(_both, map(of_batch, named), None)
        except ValueError as error:
            found = error
    if found is not None:
        yield _packed(found)


def _merged(group: Any) -> Any:
    """What a worker makes of the sums of a group of partitions."""
    import pyarrow as pa

    try:
        found = reduce(_both, map(_unpacked, group.column("sums")))
    except ValueError as error:
        found = error
    return pa.Table.from_batches([_packed(found)])


def _both(found: Any, other: Any) -> Any:
    return other if found is None else found.merge(other)


def _packed(sums: Any) -> Any:
    import pyarrow as pa

    return pa.record_batch({"sums": [pickle.dumps(sums)]})


def _unpacked(sums: Any) -> Any:
    """Sums that a worker made; raises the ValueError that it met instead."""
    found = pickle.loads(sums.as_py())  # noqa: S301 (of our own workers)
    if isinstance(found, ValueError):
        raise found
    return found
