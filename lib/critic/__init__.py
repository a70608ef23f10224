"""A reviewer of heatmaps: it reads Python without running it, and says what a map would hide.

review_text     pasted code, or the text of a notebook
review_file     a script or a notebook; `review_bytes` its content
files_in        the scripts and notebooks of a folder
unpacked        those of a zip file
table_of        who shows which belief how often; `handouts` are a page for each
listing_of      a review beside its code, to be shown
mended          code with everything mended of which it is known how
RULES           what it looks for
"""

from .at_once import Texts, mended
from .finding import Finding
from .handout import handout, handouts, packed, spelled
from .homework import ArchiveError, Row, table_csv, table_of, unpacked
from .listing import Listing, Note, Stretch, listing_of
from .mending import Edit, Fix
from .reading import (
    MOST_BYTES,
    Cell,
    Document,
    UnreadableError,
    files_in,
    read_bytes,
    read_file,
    read_text,
)
from .review import Review, review_bytes, review_file, review_text
from .rule import Example, Found, Rule, Severity
from .rules import RULES

__all__ = [
    "MOST_BYTES",
    "RULES",
    "ArchiveError",
    "Cell",
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "Found",
    "Listing",
    "Note",
    "Review",
    "Row",
    "Rule",
    "Severity",
    "Stretch",
    "Texts",
    "UnreadableError",
    "files_in",
    "handout",
    "handouts",
    "listing_of",
    "mended",
    "packed",
    "read_bytes",
    "read_file",
    "read_text",
    "review_bytes",
    "review_file",
    "review_text",
    "spelled",
    "table_csv",
    "table_of",
    "unpacked",
]
