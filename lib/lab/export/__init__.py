"""What a visitor of the Lab leaves with: code, numbers, a page, a report."""

from lib.lab.export.code import notebook_of, script_of
from lib.lab.export.numbers import numbers_csv, numbers_xlsx
from lib.lab.export.page import page_of
from lib.lab.export.report import report_of

__all__ = ["notebook_of", "numbers_csv", "numbers_xlsx", "page_of", "report_of", "script_of"]
