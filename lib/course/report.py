"""A report as one page of A4 that needs nothing beside itself."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from .exhibit import Report
from .prose import fill

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLE = """
@page { size: A4; margin: 16mm; }
body {
  max-width: 178mm; margin: 0 auto; padding: 16mm; background: white; color: #22252b;
  font: 10pt/1.45 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif;
}
@media print { body { padding: 0; } }
h1 { font: 600 19pt/1.2 "Source Serif 4", "Source Serif Pro", Georgia, serif; margin: 0 0 5mm; }
p { margin: 0 0 3mm; }
figure { margin: 4mm 0; text-align: center; break-inside: avoid; }
svg { max-width: 100%; height: auto; max-height: 90mm; }
table { border-collapse: collapse; font-size: 9.5pt; break-inside: avoid; }
th, td { padding: 1mm 4mm 1mm 0; border-bottom: 1px solid #e2dccf; text-align: right; }
th:first-child, td:first-child { text-align: left; }
"""


def report_page(report: Report, description: str) -> str:
    """Return the report as HTML; `description` stands for the figure where it cannot be seen."""
    title = escape(report.title)
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in report.lines)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{title}</h1>
{paragraphs}
<figure role="img" aria-label="{escape(description)}">
{inline_svg(report.chart.paper())}
</figure>
{report.table.to_html(border=0, na_rep="", float_format=_number)}
</body>
</html>
"""


def inline_svg(figure: Figure) -> str:
    """A figure as an element of a page: without what only a file of its own has.

    >>> from ..charts.paper import new_figure
    >>> inline_svg(new_figure(2, 1, dpi=100))[:23]
    '<svg aria-hidden="true"'
    """
    from ..charts import render

    document = render(figure, "svg").decode("utf-8")
    _, _, picture = document.partition("<svg")
    picture = re.sub("<metadata>.*?</metadata>", "", picture, flags=re.DOTALL)
    picture = re.sub(r' xmlns(:xlink)?="[^"]*"', "", picture)
    return f'<svg aria-hidden="true"{picture}'


def _number(value: float) -> str:
    return fill("{value:.3g}", {"value": value})
