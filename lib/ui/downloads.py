"""What can be taken away from an exhibit. Nothing is made before it is asked for."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from ..charts import Format, Page, sheet
from ..course import Exhibit, Table
from ..course.notebook import notebook
from ..course.remembered import remembered
from ..course.report import report_page
from .figures import printed, rendered

_FORMATS: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def show_downloads(exhibit: Exhibit, name: str, tables: Sequence[Table]) -> None:
    """Pictures, report, code and tables; files are called by `name`."""
    download = st.popover(
        "Download", icon=":material/download:", type="tertiary", key="download", on_change="rerun"
    )
    if not download.open:
        return
    with download:
        if exhibit.figures:
            offer_pictures(exhibit, name)
        if exhibit.report is not None:
            page = partial(report_page, exhibit.report, exhibit.description)
            offer("Report, one page", page, f"{name}.html", "text/html", "report")
        recipe = exhibit.code.recipe
        offer("Code, Python script", lambda: recipe, f"{name}.py", "text/x-python", "py")
        offer(
            "Code, notebook",
            partial(notebook, recipe),
            f"{name}.ipynb",
            "application/x-ipynb+json",
            "ipynb",
        )
        if exhibit.code.numbers:
            offer(
                "Code with this step's numbers",
                lambda: exhibit.code.whole,
                f"{name}_numbers.py",
                "text/x-python",
                "numbers",
            )
        for file in (table.file for table in tables if table.file is not None):
            offer(f"Table, {file.name}", file.read_bytes, file.name, "text/csv", file.stem)


def offer_pictures(exhibit: Exhibit, name: str) -> None:
    """The figures of an exhibit on one page, as each kind of picture."""
    for kind, mime in _FORMATS.items():
        picture = partial(_picture, exhibit, kind)
        offer(f"Picture, {kind.upper()}", picture, f"{name}.{kind}", mime, kind)


def offer(label: str, make: Callable[[], str | bytes], file_name: str, mime: str, key: str) -> None:
    """A button that makes a file once it is pressed."""
    st.download_button(label, make, file_name, mime, key=f"download-{key}", on_click="ignore")


@remembered(24)
def _picture(exhibit: Exhibit, kind: Format) -> bytes:
    """Every figure on one page."""
    charts = [chart for chart in exhibit.figures if not isinstance(chart, Page)]
    if len(charts) < 2:
        return printed(exhibit.figures[0], kind)
    return rendered(sheet(charts, exhibit.across), kind)
