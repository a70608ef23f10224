"""Tables that do not fit: how fast they are read and summed, and how much memory that takes.

    python -m benchmarks.engines                     10,000,000 x 50 doubles, about 9 GB on disk
    python -m benchmarks.engines --rows 1000000      a tenth of it

Writes its tables into a temporary folder once, and leaves nothing. Each piece of work runs in a
process of its own, whose seconds exclude the start; Linux says its peak of memory. First, the
numbers must be those of the table in memory, on its first rows. Needs requirements-engines.txt,
Java, and two quiet cores for its seconds to mean anything.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lib.stats import Correlations, correlate

COLUMNS, RANKED = 50, 20
ROWS_OF_A_GROUP = 122_880  # DuckDB's own
ROWS_TO_CHECK = 100_000
MISSING = 0.05
GOAL_IN_MEGABYTES = 500
NAMES = [f"c{column}" for column in range(COLUMNS)]


def main() -> int:
    """Print the table row by row; the exit code tells how many goals were missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", help="where there is room; by default the system's temporary")
    parser.add_argument("--work", choices=WORKS, help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        if chosen.work == "spark":
            _start_spark(chosen.path)
        print(json.dumps(_measured(WORKS[chosen.work], chosen.path)))
        return 0
    with TemporaryDirectory(dir=chosen.folder) as folder:
        return _compared(Path(folder), chosen.rows)


def _compared(folder: Path, rows: int) -> int:
    paths = {share: folder / f"missing{share}.parquet" for share in (0, MISSING)}
    for share, path in paths.items():
        _write(path, rows, share)
        _check(path)
    print(f"{rows:,} x {COLUMNS} doubles; the numbers of the first rows are those in memory\n")
    print(_row("work", "seconds", "processor", "MB", "ratio", "goal", "reached"))
    scan = _run("scan", paths[0])
    print(_row("DuckDB sums every column", *scan))
    ours = _run("pearson", paths[0])
    reached = [
        _judged("r, n, p of all pairs", ours, ours[0] / scan[0], "<= 1.5 scans", 1.5),
        _judged("its memory", ours, ours[2], f"< {GOAL_IN_MEGABYTES} MB", GOAL_IN_MEGABYTES),
    ]
    peer = _run("corr", paths[0])
    print(_row("DuckDB's corr of every pair", *peer))
    reached.append(_judged("r against it", ours, ours[0] / peer[0], "<= 1/8", 1 / 8))
    gaps = _run("pearson", paths[MISSING])
    reached.append(_judged("5 % missing, pairwise", gaps, gaps[0] / ours[0], "<= 3 complete", 3))
    print(_row(f"Spearman of {RANKED} columns", *_run("spearman", paths[0])))
    # Of processor and memory, what the driver's Python uses: Java and the workers are others.
    spark = _run("spark", paths[0])
    reached.append(_judged("Spark local[2]", spark, spark[0] / ours[0], "<= 2 of ours", 2))
    return reached.count(False)


def _write(path: Path, rows: int, missing: float) -> None:
    generator = np.random.default_rng(0)
    schema = pa.schema([(name, pa.float64()) for name in NAMES])
    with pq.ParquetWriter(path, schema, use_dictionary=False) as writer:
        for start in range(0, rows, ROWS_OF_A_GROUP):
            size = min(ROWS_OF_A_GROUP, rows - start)
            shared = generator.normal(size=size)
            columns = []
            for place in range(COLUMNS):
                values = generator.normal(size=size) + place / COLUMNS * shared + 100
                gaps = generator.random(size) < missing if missing else None
                columns.append(pa.array(values, mask=gaps))
            writer.write_table(pa.table(columns, schema=schema))


def _check(path: Path) -> None:
    table = _first_rows(path)
    _assert_same(correlate(table.to_reader(max_chunksize=8192)), correlate(table))


def _first_rows(path: Path) -> pa.Table:
    return pa.table(next(pq.ParquetFile(path).iter_batches(ROWS_TO_CHECK)))


def _assert_same(found: Correlations, expected: Correlations) -> None:
    np.testing.assert_allclose(found.r, expected.r, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(found.n, expected.n)
    np.testing.assert_allclose(found.p, expected.p, rtol=1e-7, atol=1e-300)


def _scan(path: Path) -> None:
    import duckdb

    sums = ", ".join(f"sum({name})" for name in NAMES)
    duckdb.sql(f"select {sums} from '{path}'").fetchall()


def _corr(path: Path) -> None:
    import duckdb

    pairs = [(x, y) for place, x in enumerate(NAMES) for y in NAMES[:place]]
    each = ", ".join(f"corr({x}, {y})" for x, y in pairs)
    duckdb.sql(f"select {each} from '{path}'").fetchall()


def _pearson(path: Path) -> None:
    found = correlate(path)
    found.p_adjusted  # noqa: B018 - computed when it is asked for


def _spearman(path: Path) -> None:
    from pyarrow import dataset

    names = NAMES[:RANKED]
    reader = dataset.dataset(path).scanner(columns=names, batch_readahead=1).to_reader()
    correlate(reader, "spearman")


def _start_spark(path: Path) -> None:
    """A session and its workers, which find the first rows to be as they are in memory."""
    from pyspark.sql import SparkSession

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(Path.cwd())}
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "2g").getOrCreate()
    table = _first_rows(path)
    _assert_same(correlate(session.createDataFrame(table)), correlate(table))


def _spark(path: Path) -> None:
    from pyspark.sql import SparkSession

    found = correlate(SparkSession.active().read.parquet(str(path)))
    found.p_adjusted  # noqa: B018 - computed when it is asked for


WORKS: dict[str, Callable[[Path], None]] = {
    "scan": _scan,
    "corr": _corr,
    "pearson": _pearson,
    "spearman": _spearman,
    "spark": _spark,
}


def _measured(work: Callable[[Path], None], path: Path) -> tuple[float, float, float]:
    """Seconds by a clock, seconds of processor, and the most memory in MB."""
    clock, processor = perf_counter(), process_time()
    work(path)
    seconds = perf_counter() - clock, process_time() - processor
    # A process that was started inherits the most of its parent, but for this line.
    status = Path("/proc/self/status").read_text()
    return *seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1000


def _run(work: str, path: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.engines", "--work", work, "--path", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, processor, megabytes = json.loads(done.stdout)
    return seconds, processor, megabytes


def _judged(
    work: str, found: tuple[float, float, float], ratio: float, goal: str, at_most: float
) -> bool:
    reached = ratio <= at_most
    print(_row(work, *found, f"{ratio:.3g}", goal, "yes" if reached else "NO"), flush=True)
    return reached


def _row(*cells: object) -> str:
    words = [f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells]
    widths = (28, 8, 10, 8, 8, 14, 8)
    return "  ".join(word.ljust(width) for word, width in zip(words, widths, strict=False)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
