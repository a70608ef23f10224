"""A reviewer of heatmaps: it reads Python without running it, and says what a map would hide.

review_text     pasted code, or the text of a notebook
review_file     a script or a notebook
files_in        the scripts and notebooks of a folder
RULES           what it looks for
"""

from .finding import Finding
from .mending import Edit, Fix
from .reading import Cell, Document, UnreadableError, files_in, read_file, read_text
from .review import Review, review_file, review_text
from .rule import Example, Found, Rule, Severity
from .rules import RULES

__all__ = [
    "RULES",
    "Cell",
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "Found",
    "Review",
    "Rule",
    "Severity",
    "UnreadableError",
    "files_in",
    "read_file",
    "read_text",
    "review_file",
    "review_text",
]
