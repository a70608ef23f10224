"""A review as a page that needs nothing beside itself: for whoever wrote the code."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile

from .homework import table_csv
from .listing import Listing, Note, Stretch

_STYLE = """
:root {
  color-scheme: light dark;
  --ground: #fcfaf6; --second: #f3efe7; --text: #22252b; --muted: #5c5f66; --mark: #8a4b08;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181c; --second: #1f2227; --text: #e9e6df; --muted: #a9aab0; --mark: #e7b06b;
  }
}
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 16px/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif;
}
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1, h2 { font-family: "Source Serif 4", Georgia, serif; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; }
p { margin: .25rem 0; max-width: 70ch; }
.muted { color: var(--muted); }
ol { margin: 0; padding: 0 0 0 3.5rem; background: var(--second); }
ol, pre, code { font: 14px/1.6 "Source Code Pro", ui-monospace, monospace; }
ol code, pre { white-space: pre-wrap; margin: 0; }
li { padding: 0 .5rem; }
li.marked { box-shadow: inset 3px 0 var(--mark); font-weight: 600; }
article { margin: .5rem 0 1rem; padding: .5rem 1rem; border-left: 3px solid var(--mark); }
pre { background: var(--second); padding: .5rem .75rem; }
@media print { main { padding: 0; max-width: none; } article { break-inside: avoid; } }
"""


def handout(listing: Listing, steps: Mapping[str, str] | None = None) -> str:
    """The review of one file as HTML, without a script.

    `steps` says what the steps are called that show what is found.
    """
    code = "".join(_stretch(each, steps or {}) for each in listing.stretches())
    said = [*listing.left_out, listing.praise, listing.nothing_drawn]
    if listing.refused:
        said.append(f"It could not be read. {listing.refused}")
    elif not (listing.notes or listing.praise or listing.nothing_drawn):
        said.append("The critic finds no fault here.")
    if listing.more:
        said.append(f"{listing.more} more findings are not shown.")
    lines = "".join(f"<p>{escape(each)}</p>" for each in said if each)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(listing.path)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<p class="muted">What an honest reviewer would say of</p>
<h1>{escape(listing.path)}</h1>
{lines}
{code}
</main>
</body>
</html>
"""


def _stretch(stretch: Stretch, steps: Mapping[str, str]) -> str:
    cell = (
        f'<p class="muted">Cell {stretch.cell}</p>' if stretch.cell and stretch.first == 1 else ""
    )
    items = "".join(
        f"<li{' class=marked' if number in stretch.marked else ''}><code>{escape(line)}</code></li>"
        for number, line in enumerate(stretch.lines, stretch.first)
    )
    lines = f'<ol start="{stretch.first}">{items}</ol>' if items else ""
    return cell + lines + "".join(_article(note, steps) for note in stretch.notes)


def _article(note: Note, steps: Mapping[str, str]) -> str:
    word = "A question" if note.is_question else note.severity.name.capitalize()
    mended = "" if note.mended is None else f"<p>Mend it:</p><pre>{escape(note.mended)}</pre>"
    return f"""<article>
<p class="muted">{word} · {escape(note.place)}</p>
<h2>{spelled(note.sentence)}</h2>
<p>{spelled(note.why)}</p>
{mended}
<p class="muted">See it: {escape(steps.get(note.step, note.step))}</p>
</article>"""


def spelled(words: str) -> str:
    """What a rule says as HTML, with its code set as code; everything else is text.

    >>> spelled("`a<b` is *so* & so")
    '<code>a&lt;b</code> is *so* &amp; so'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words))


def handouts(
    listings: Sequence[Listing], steps: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The table of a class, `class.csv`, and a page for each file, by names that any system has."""
    pages = {
        f"{number:03d}_{_plain(listing.path)}.html": handout(listing, steps).encode(
            "utf-8", "replace"
        )
        for number, listing in enumerate(listings, 1)
    }
    return {"class.csv": table_csv(listings), **pages}


def _plain(path: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", PurePath(path).stem)[:60] or "file"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip file."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()
