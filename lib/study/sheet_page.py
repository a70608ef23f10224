"""A lesson's sheet as one page of A4 that needs nothing beside itself."""

from __future__ import annotations

import re
from html import escape

from ..course import Lesson, Sheet
from ..course.report import STYLE

_CODE = re.compile(r"`([^`]+)`")
# Smaller than a report: a sheet has to stay one page.
_SHEET_STYLE = """
@page { margin: 12mm; }
body { font-size: 9.5pt; line-height: 1.35; }
.course { margin: 0; color: #63666d; }
h1 { margin-bottom: 3mm; }
h2 { font: 600 12pt/1.2 "Source Serif 4", "Source Serif Pro", Georgia, serif; margin: 4mm 0 2mm; }
table { width: 100%; font-size: 9pt; }
th, td { text-align: left; vertical-align: top; width: 33%; }
pre {
  margin: 0; padding: 2.5mm; background: #f3efe7; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 7.5pt/1.3 "Source Code Pro", ui-monospace, monospace;
}
code { font: 0.92em "Source Code Pro", ui-monospace, monospace; }
"""


def sheet_page(lesson: Lesson, sheet: Sheet, course: str) -> str:
    """The sheet as HTML: the moral, the table to decide by, and the recipe."""
    rows = "\n".join(
        f"<tr><td>{_words(each.when)}</td><td>{_words(each.do)}</td><td>{_words(each.because)}</td>"
        "</tr>"
        for each in sheet.decisions
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(lesson.title)} · {escape(course)}</title>
<style>{STYLE}{_SHEET_STYLE}</style>
</head>
<body>
<p class="course">{escape(course)}</p>
<h1>{escape(lesson.title)}</h1>
<p>{_words(sheet.moral)}</p>
<h2>What to do when</h2>
<table>
<thead><tr><th>When</th><th>Do</th><th>Because</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<h2>A recipe</h2>
<p>It runs as it is beside its table, which every step offers under Download.</p>
<pre>{escape(sheet.recipe.strip())}</pre>
</body>
</html>
"""


def _words(text: str) -> str:
    """Text with its code marked.

    >>> _words("`x < 1` & so on")
    '<code>x &lt; 1</code> &amp; so on'
    """
    return _CODE.sub(r"<code>\1</code>", escape(text))
