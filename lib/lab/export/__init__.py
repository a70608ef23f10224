"""What a visitor of the Lab leaves with: code, numbers, a page, a report."""

from .code import notebook_of, script_of, script_of_all_rows
from .numbers import numbers_csv, numbers_xlsx
from .page import page_of
from .report import report_of

__all__ = [
    "notebook_of",
    "numbers_csv",
    "numbers_xlsx",
    "page_of",
    "report_of",
    "script_of",
    "script_of_all_rows",
]
