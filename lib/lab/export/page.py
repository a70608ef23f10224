"""One HTML file that can be played with alone, without a network: maps, what is behind, numbers.

Python says what is to be seen, as JSON; page.js draws it with the browser's own means. The page's
policy lets it ask for nothing and run nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...charts import Clustermap, Heatmap, Intervals, Page
from ...course import Exhibit, Table, credit
from ...course.report import inline_svg
from ...tables import Recipe, Sheet, apply_recipe
from ..instrument import Instrument
from .behind import MOST_ROWS, Cell, Collected, collect
from .drawn import Palette, heatmap_data, intervals_data
from .listed import list_data
from .told import done_to, setting_words, title_of

if TYPE_CHECKING:
    from ...charts import Chart

_HERE = Path(__file__).parent


def page_of(
    sheet: Sheet,
    recipe: Recipe,
    instrument: Instrument,
    exhibit: Exhibit,
    *,
    about: Table | None = None,
) -> str:
    """The exhibit as one HTML file: offline, light and dark, by pointer and by keyboard.

    Parameters
    ----------
    sheet
        As it was read, before the recipe.
    recipe
        The tweaks. Of the rows that they leave, at most 2,000 are in the file, drawn by lot.
    instrument, exhibit
        What was measured of the sheet after the recipe. Maps and intervals answer to the pointer,
        other figures are pictures.
    about
        What the catalogue says of a table that comes with the course: its title, its source and
        its terms, which stand in the page.

    Examples
    --------
    >>> from .. import instrument
    >>> from ...tables import read
    >>> sheet = read(b"a,b\\n1,2\\n2,5\\n4,3\\n", "ab.csv")
    >>> exhibit = instrument("association_map").exhibit(sheet)
    >>> page_of(sheet, (), instrument("association_map"), exhibit)[:15]
    '<!doctype html>'
    """
    palette = Palette()
    measured = apply_recipe(recipe, sheet).sheet
    collected = collect(measured, exhibit, palette)
    figures = [
        _figure_data(figure, place, palette, collected)
        for place, figure in enumerate(exhibit.figures)
    ]
    data = {
        "figures": figures,
        "details": collected.details,
        "series": collected.series,
        "list": list_data(exhibit, collected.opened),
        "groups": palette.groups,
        "palette": palette.colours,
    }
    sections = [
        f'<section class="figure" id="figure-{place}">{_drawn(figure)}</section>'
        for place, figure in enumerate(exhibit.figures)
    ]
    said = {
        "What it found": instrument.found(exhibit),
        "What to beware of": instrument.beware(exhibit),
        "What was done to the table": done_to(sheet, recipe),
    }
    notes = [
        setting_words(measured, instrument, exhibit),
        "" if about is None else credit(about),
        *collected.notes,
        _kept(len(measured.frame)),
    ]
    title = title_of(sheet, instrument, about)
    first = [instrument.question, exhibit.description, exhibit.stopped]
    return _page(title, first, sections, said, notes, data)


def _figure_data(
    figure: Chart | Page, place: int, palette: Palette, collected: Collected
) -> dict[str, Any] | None:
    chart = figure.heatmap if isinstance(figure, Clustermap) else figure
    if isinstance(chart, Heatmap):
        cells: dict[Cell, int] = {
            (row, column): detail
            for (at, row, column), detail in collected.opened.items()
            if at == place
        }
        return heatmap_data(chart, palette, cells)
    return intervals_data(chart) if isinstance(chart, Intervals) else None


def _drawn(figure: Chart | Page) -> str:
    """A picture of what the page does not draw itself."""
    if isinstance(figure, Heatmap | Clustermap | Intervals):
        return ""
    return inline_svg(figure.paper())


def _page(
    title: str,
    first: Sequence[str],
    sections: Sequence[str],
    said: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    data: Mapping[str, Any],
) -> str:
    script, style = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    lists = "".join(
        f"<h2>{heading}</h2>\n<ul>{''.join(f'<li>{escape(each)}</li>' for each in sentences)}</ul>"
        for heading, sentences in said.items()
        if sentences
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{_paragraphs(first)}
<noscript><p>The map and the list are drawn by the script in this file, which is switched off here.
</p></noscript>
<div class="map">
<div class="figures">
{"".join(sections)}
</div>
<section id="detail" aria-label="What is behind a cell" aria-live="polite"></section>
<div id="told">
{lists}
<footer>{_paragraphs(notes)}</footer>
</div>
<section id="list" aria-label="The numbers"></section>
</div>
</main>
<div id="tip" aria-hidden="true"></div>
<script type="application/json" id="data">{_json(data)}</script>
<script>{script}</script>
</body>
</html>
"""


def _paragraphs(texts: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _kept(rows: int) -> str:
    """What whoever has the file has of the table."""
    some = f"{rows:,}" if rows <= MOST_ROWS else f"{MOST_ROWS:,} of {rows:,}"
    return (
        f"This file holds values of {some} rows of the table, as far as its cells open them. "
        "Whoever has the file has them too. It asks for nothing over the network."
    )


def _json(data: Any) -> str:
    """JSON that ends no script, whatever stands in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
