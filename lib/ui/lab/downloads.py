"""What a visitor of the Lab takes away. Nothing is made before it is asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from ...course import Exhibit, Script
from ...course.script import NUMBERS
from ...lab import Instrument
from ...lab.all_rows import OfAllRows
from ...lab.export import (
    notebook_of,
    numbers_csv,
    numbers_xlsx,
    page_of,
    report_of,
    script_of,
    script_of_all_rows,
)
from ..downloads import offer, offer_pictures
from .state import Chosen
from .stored import SAMPLE_FILE, sampling_code

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def with_whole_code(table: Chosen, tool: Instrument, exhibit: Exhibit) -> Exhibit:
    """The exhibit whose code reads the table, does what was done to it, and then measures."""
    if exhibit.stopped:
        return exhibit
    recipe, _, numbers = _code(script_of, table, tool, exhibit).partition(f"\n{NUMBERS}\n")
    return replace(exhibit, code=Script(recipe.rstrip("\n") + "\n", numbers))


def show_downloads(table: Chosen, tool: Instrument, exhibit: Exhibit) -> None:
    """Pictures, a page, a report, numbers and code; `exhibit` is as it was measured."""
    download = st.popover(
        "Download", icon=":material/download:", type="tertiary", key="download", on_change="rerun"
    )
    if not download.open:
        return
    name = _file_name(table, tool)
    sheet, recipe = table.read, table.changes.recipe
    with download:
        if exhibit.figures:
            offer_pictures(exhibit, name)
        # A page and a report are of the sheet, which has not all rows of a stored table.
        is_of_sheet = not isinstance(tool, OfAllRows)
        if is_of_sheet:
            page = partial(page_of, sheet, recipe, tool, exhibit, about=table.about)
            offer("Interactive page, HTML", page, f"{name}.html", "text/html", "page")
        if is_of_sheet and not exhibit.stopped:
            today = date.today().isoformat()
            report = partial(report_of, sheet, recipe, tool, exhibit, date=today, about=table.about)
            offer("Report, HTML", report, f"{name}_report.html", "text/html", "report")
        offer("Numbers, CSV", partial(numbers_csv, exhibit), f"{name}.csv", "text/csv", "csv")
        workbook = partial(numbers_xlsx, exhibit)
        offer("Numbers, Excel", workbook, f"{name}.xlsx", _WORKBOOK, "xlsx")
        if not exhibit.stopped:
            script = partial(_code, script_of, table, tool, exhibit)
            offer("Code, Python script", script, f"{name}.py", "text/x-python", "py")
        if is_of_sheet and table.drawn is None and not exhibit.stopped:
            book = partial(_code, notebook_of, table, tool, exhibit)
            offer("Code, notebook", book, f"{name}.ipynb", "application/x-ipynb+json", "ipynb")
        file = None if table.about is None else table.about.file
        if file is not None:
            offer(f"Table, {file.name}", file.read_bytes, file.name, "text/csv", "table")


def _file_name(table: Chosen, tool: Instrument) -> str:
    """What its files are called, without their endings: of the host's tables there may be many."""
    if table.drawn is None:
        return tool.slug
    return f"{table.drawn.table.name.removesuffix('.parquet')}_{tool.slug}"


def _code(written: Callable[..., str], table: Chosen, tool: Instrument, exhibit: Exhibit) -> str:
    """Code that reads the table's own file."""
    if isinstance(tool, OfAllRows):
        return script_of_all_rows(tool, exhibit)
    if table.drawn is not None:
        code = written(table.read, table.changes.recipe, tool, exhibit, file=SAMPLE_FILE)
        return sampling_code(table.drawn) + code
    file = "" if table.about is None or table.about.file is None else table.about.file.name
    return written(table.read, table.changes.recipe, tool, exhibit, file=file)
