"""A report of what was looked at: one to three pages that print well and need nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...charts import Page, axis_names, significant_text
from ...charts import sheet as one_page
from ...course import Exhibit, Table, credit
from ...course.report import STYLE, inline_svg
from ...tables import Recipe, Sheet, apply_recipe
from ..instrument import Instrument
from .gist import gist
from .numbers import with_index
from .told import done_to, setting_words, title_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PAIRS = 15
_NOTES = 12
_LONGEST = 40
_WHOLE = (
    "What computes and draws, without settings and imports; where three dots stand, the inside of "
    "a function is left out. The whole script, which reads the table as well, is in the Lab: "
    "Download, then &ldquo;Code, Python script&rdquo;."
)
_STYLE = """
h2 { font: 600 13pt/1.2 "Source Serif 4", "Source Serif Pro", Georgia, serif; margin: 6mm 0 2mm;
  break-after: avoid; }
ul, ol { margin: 0 0 3mm; padding-left: 6mm; }
p, li, h1 { overflow-wrap: anywhere; }
svg { max-height: 120mm; }
tr { break-inside: avoid; }
table { break-inside: auto; font-size: 7.5pt; }
th, td { padding: .7mm 2mm .7mm 0; white-space: nowrap; vertical-align: top; }
:is(th, td):nth-child(-n + 2) { white-space: normal; overflow-wrap: anywhere; text-align: left;
  min-width: 18mm; }
thead th:nth-child(n) { white-space: normal; }
pre { font-size: 7pt; line-height: 1.3; white-space: pre-wrap; overflow-wrap: anywhere;
  background: #f3efe7; padding: 3mm; margin: 0; }
:root { color-scheme: light; }
.quiet { color: #63666d; }
.hint { display: none; }
@media screen and (max-width: 760px) {
  body { padding: 4mm; font-size: 12pt; }
  figure { overflow-x: auto; text-align: left; margin: 2mm 0; }
  svg { max-width: none; max-height: none; }
  .hint { display: block; }
  table, tbody { display: block; font-size: 11pt; }
  thead { display: none; }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 5mm; padding: 2mm 0;
    border-bottom: 1px solid #e2dccf; }
  tbody td:nth-child(n) { border: 0; padding: 0; min-width: 0; text-align: left; }
  tbody td:empty { display: none; }
  tbody td:not([data-of=""])::before { content: attr(data-of) "\\a0"; color: #63666d; }
  pre { font-size: 9pt; }
}
"""


def report_of(
    sheet: Sheet,
    recipe: Recipe,
    instrument: Instrument,
    exhibit: Exhibit,
    *,
    date: str,
    about: Table | None = None,
) -> str:
    """The report as one HTML file.

    Parameters
    ----------
    sheet
        As it was read, before the recipe.
    recipe
        The tweaks; those that were left out are named with the reason.
    instrument, exhibit
        What was measured of the sheet after the recipe.
    date
        As it shall stand under the title.
    about
        What the catalogue says of a table that comes with the course: its title, its source and
        its terms, which stand in the report.

    Examples
    --------
    >>> from .. import instrument
    >>> from ...tables import Log, read
    >>> sheet = read(b"a,b\\n1,2\\n2,5\\n4,3\\n", "ab.csv")
    >>> exhibit = instrument("association_map").exhibit(sheet)
    >>> text = report_of(
    ...     sheet, (Log("a"),), instrument("association_map"), exhibit, date="1 May 2026"
    ... )
    >>> "<li>Take the logarithm of a; what is not above 0 becomes missing.</li>" in text
    True
    """
    title = escape(title_of(sheet, instrument, about))
    measured = apply_recipe(recipe, sheet).sheet
    parts = [
        f"<h1>{title}</h1>",
        f'<p class="quiet">{escape(date)}</p>',
        f"<p>{escape(instrument.question)}</p>",
        _table_section(sheet, about),
        _recipe_section(sheet, recipe),
        _figure_section(exhibit),
        f'<p class="quiet">{escape(setting_words(measured, instrument, exhibit))}</p>',
        _sentences("What it found", instrument.found(exhibit)),
        _sentences("What to beware of", instrument.beware(exhibit)),
        _numbers(exhibit.table),
        _code(exhibit),
    ]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}{_STYLE}</style>
</head>
<body>
<main>
{chr(10).join(filter(None, parts))}
</main>
</body>
</html>
"""


def _table_section(sheet: Sheet, about: Table | None) -> str:
    kinds = pd.Series([column.kind for column in sheet.columns]).value_counts()
    rows, columns = sheet.frame.shape
    counted = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    words = f"{rows:,} rows and {columns:,} columns. Columns by kind: {counted}."
    notes = [note.words for note in sheet.notes]
    more = [f"{len(notes) - _NOTES} more notes."] if len(notes) > _NOTES else []
    source = "" if about is None else f"<p>{escape(credit(about))}</p>"
    said = _list([*notes[:_NOTES], *more])
    return f"{_heading('The table')}{source}<p>{escape(words)}</p>{said}"


def _recipe_section(sheet: Sheet, recipe: Recipe) -> str:
    sentences = done_to(sheet, recipe)
    nothing = "<p>Nothing: it was taken as it was read.</p>"
    return _heading("What was done to it") + (_list(sentences, "ol") or nothing)


def _figure_section(exhibit: Exhibit) -> str:
    description = escape(exhibit.description)
    drawn = _drawn(exhibit)
    if drawn is None:
        return f"<p>{escape(exhibit.stopped or exhibit.description)}</p>"
    return (
        '<p class="quiet hint">Where the figure is wider than the screen, swipe it sideways.</p>\n'
        f'<figure role="img" aria-label="{description}" tabindex="0">\n{inline_svg(drawn)}\n'
        "</figure>\n"
        f"<p>{description}</p>"
    )


def _drawn(exhibit: Exhibit) -> Figure | None:
    """All figures on one page."""
    charts = [figure for figure in exhibit.figures if not isinstance(figure, Page)]
    if not charts:
        return None
    # Three side by side would be too small to read on paper, and so would two above each other.
    return charts[0].paper() if len(charts) == 1 else one_page(charts, 2)


def _sentences(heading: str, sentences: list[str]) -> str:
    return _heading(heading) + _list(sentences) if sentences else ""


def _numbers(table: pd.DataFrame) -> str:
    if table.empty:
        return ""
    first = with_index(table.head(_PAIRS))
    which = (
        f"The first {_PAIRS} of {len(table):,} rows."
        if len(table) > _PAIRS
        else "All that there are."
    )
    names = [_breakable(name) for name in first.columns]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "\n".join(_row(names, cells) for cells in first.itertuples(index=False, name=None))
    return (
        f'{_heading("The numbers")}<p class="quiet">{which}</p>\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _row(names: Sequence[str], cells: Iterable[object]) -> str:
    """Each cell knows its column's name, which stands beside it where the page is narrow."""
    written = map(_written, cells)
    return f"<tr>{''.join(map(_cell, names, written))}</tr>"


def _cell(name: str, text: str) -> str:
    # "row 3" needs no "row" before it.
    label = "" if text.startswith(name) else name
    return f'<td data-of="{escape(label)}">{escape(text)}</td>'


def _written(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    return significant_text(cell) if isinstance(cell, float) else _short(cell)


def _breakable(name: Hashable) -> str:
    """A name that may go on in a second line after an underscore."""
    return _short(name).replace("_", "_\N{ZERO WIDTH SPACE}")


def _short(name: Hashable) -> str:
    """A name that leaves room for the numbers beside it."""
    return axis_names([name], _LONGEST)[0]


def _code(exhibit: Exhibit) -> str:
    code = gist(exhibit.code.recipe)
    if not code:
        return ""
    return f"{_heading('The code, in short')}<p>{_WHOLE}</p><pre>{escape(code)}</pre>"


def _heading(words: str) -> str:
    return f"<h2>{words}</h2>\n"


def _list(sentences: Iterable[str], kind: str = "ul") -> str:
    items = "".join(f"<li>{escape(each)}</li>" for each in sentences)
    return f"<{kind}>{items}</{kind}>" if items else ""
