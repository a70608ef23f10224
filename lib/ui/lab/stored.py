"""The host's folder of tables in the Lab: which there are, which is chosen, and how it is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ...charts import axis_names
from ...course import fill
from ...course.spelling import as_name, harmless
from ...lab import Instrument
from ...lab.all_rows import OF_ALL_ROWS, OfAllRows
from ...lab.stored import SEED, Sampled, sampled
from ...tables import Refused, Stored, stored_in
from ..host import setting
from .reading import found

PREFIX = "stored:"
"""What stands before the name of such a table in the address."""

_LONGEST_NAME = 24
_ROWS = "lab-rows"
_SAMPLE, _ALL = "the sample", "all rows"


def is_stored(name: str | None) -> bool:
    """Whether this names a table in the folder; it need not be there."""
    return name is not None and name.startswith(PREFIX)


def stored_tables() -> dict[str, Stored]:
    """The tables that the host offers, by their names in the address; none without a folder.

    A name is looked up here and is never made a path, so nothing else can be named.
    """
    try:
        return {PREFIX + table.name: table for table in _looked_up(setting("tables"))}
    except Refused:
        return {}


@st.cache_resource(ttl=1, max_entries=2, show_spinner=False)
def _looked_up(folder: str) -> tuple[Stored, ...]:
    """Once a second a server: a folder may have many files, and a page asks more than once."""
    return stored_in(Path(folder)) if folder else ()


def say_what_is_there() -> None:
    """The host's tables with their sizes; why there are none, where a folder is named."""
    if not setting("tables"):
        return
    with st.expander("Tables of this server", icon=":material/database:", key="lab-stored"):
        try:
            tables = _looked_up(setting("tables"))
        except Refused as refused:
            st.markdown(harmless(str(refused)))
            return
        if not tables:
            st.markdown("The folder of tables has no Parquet in it.")
            return
        st.markdown("\n".join(f"- {_described(table)}" for table in tables))
        st.caption("Choose one above, where the tables of the course are.")


def _described(table: Stored) -> str:
    if table.trouble:
        return harmless(table.trouble)
    return f"{as_name(table.name)}: {_size(table, ', ')}, {table.bytes / 1e6:,.1f} MB"


def _size(table: Stored, between: str) -> str:
    counts = {"rows": table.rows, "columns": table.columns}
    rows, columns = "{rows:,} {rows:row|rows}", "{columns:,} {columns:column|columns}"
    return fill(f"{rows}{between}{columns}", counts)


def rows_of(name: str) -> int:
    """How many rows a table has, by its name in the address; 0 where it is gone."""
    table = stored_tables().get(name)
    return 0 if table is None else table.rows


def title(table: Stored) -> str:
    """What it is called in a list: plain text, which has little room."""
    size = "cannot be read" if table.trouble else f"{table.rows:,} × {table.columns:,}"
    return f"{axis_names([table.name], _LONGEST_NAME)[0]}: {size}"


def _named(table: Stored) -> tuple[Any, ...]:
    """What a reading is kept under: another time of change is another table."""
    return table.root, table.files, table.changed


def drawn(table: Stored) -> Sampled:
    """Its sample.

    Raises
    ------
    Waiting, Refused
        While it is being read, and where it cannot be.
    """
    seen: Sampled = found((_named(table), "sample"), lambda told: sampled(table, told))
    return seen


def say_what_is_held(seen: Sampled) -> None:
    """How large the table is, what of it is in memory, and what can look at all of it."""
    table = seen.table
    st.markdown(f"**{as_name(table.name)}** has {_size(table, ' and ')}. {seen.held()}")
    if not seen.is_whole:
        st.caption(f"{_THOSE_OF_ALL} can look at all rows. All others look at the sample.")


def choose_rows(slug: str, seen: Sampled, anew: Callable[[], None]) -> OfAllRows | None:
    """Whether all rows are looked at: then the instrument that does; None for the sample.

    It calls `anew` where it begins to read what is not known yet.
    """
    kind = OF_ALL_ROWS.get(slug)
    if seen.is_whole or kind is None:
        return None
    rows = st.segmented_control(
        "Rows", [_SAMPLE, _ALL], default=_SAMPLE, key=_ROWS, bind="query-params", required=True
    )
    return kind(seen, _reader(seen.table, anew)) if rows == _ALL else None


def say_which_rows(tool: Instrument, seen: Sampled | None) -> None:
    """Of which rows the numbers are; to be drawn beside them, and not before they are known."""
    if seen is None or seen.is_whole:
        return
    if isinstance(tool, OfAllRows):
        st.caption(f"{tool.words()} Changes of the table are changes of the sample alone.")
    else:
        st.caption(seen.words(in_order=tool.in_order))


_TITLES = [kind.title for kind in OF_ALL_ROWS.values()]
_THOSE_OF_ALL = f"{', '.join(_TITLES[:-1])} and {_TITLES[-1]}"


def _reader(table: Stored, anew: Callable[[], None]) -> Callable[..., Any]:
    def read(measure: Callable[..., Any], *asked: Any) -> Any:
        key = (_named(table), measure.__name__, *asked)
        return found(key, lambda told: measure(table, *asked, told), anew)

    return read


def sampling_code(seen: Sampled) -> str:
    """Code that draws the sample and writes it where the rest of a script reads it."""
    names = list(seen.sheet.frame)
    some = "" if seen.is_whole else _DRAWN.format(seed=SEED, rows=len(seen.sheet.frame))
    return (
        "import numpy as np\nimport pandas as pd\n\n"
        f"stored = pd.read_parquet({seen.table.name!r}, columns={names!r})\n"
        f"{some}"
        f'stored.to_csv("{SAMPLE_FILE}", index=False)\n\n'
    )


SAMPLE_FILE = "sample.csv"
_DRAWN = """keys = np.random.default_rng({seed}).random(len(stored))
stored = stored.iloc[np.sort(np.argsort(keys)[:{rows}])]
"""
