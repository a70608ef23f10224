"""The map of the course as a drawing, in the language of Graphviz, which places the nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from ..charts import Theme
from ..course import CourseMap, PitfallEntry, StepAddress

Mark = Literal["done", "weak", "open"]
"""How a learner stands with a place: passed, shown wrong and not put right, or neither."""
MarkOf = Callable[[StepAddress], Mark]

SIGNS: dict[Mark, str] = {"done": "✓ ", "weak": "! ", "open": ""}


def draw_measures(course_map: CourseMap, theme: Theme, mark_of: MarkOf) -> str:
    """Kinds of columns, and the measures that take them; each measure is a link to its step.

    Examples
    --------
    >>> from ..charts import LIGHT
    >>> from ..course import MeasureEntry
    >>> one = MeasureEntry("Two numbers", "Pearson's r", StepAddress("methods", "four_panels"))
    >>> drawing = draw_measures(CourseMap([one]), LIGHT, lambda place: "done")
    >>> '"k0" -> "m0"' in drawing, "methods?step=four_panels" in drawing
    (True, True)
    """
    kinds = list(dict.fromkeys(measure.kinds for measure in course_map.measures))
    lines = [_box(f"k{number}", kind, theme) for number, kind in enumerate(kinds)]
    for number, measure in enumerate(course_map.measures):
        lines.append(_link(f"m{number}", measure.name, measure.at, theme, mark_of(measure.at)))
        lines.append(f'"k{kinds.index(measure.kinds)}" -> "m{number}"')
    return _graph(lines, theme)


def draw_pitfalls(course_map: CourseMap, theme: Theme, mark_of: MarkOf) -> str:
    """Each pitfall beside its cure; either is a link to the step that shows both."""
    return _graph(_pitfalls(course_map.pitfalls, theme, mark_of), theme)


def _pitfalls(pitfalls: Iterable[PitfallEntry], theme: Theme, mark_of: MarkOf) -> Iterator[str]:
    for number, pitfall in enumerate(pitfalls):
        mark = mark_of(pitfall.at)
        yield _link(f"p{number}", pitfall.name, pitfall.at, theme, mark)
        yield _link(f"c{number}", pitfall.cure, pitfall.at, theme, "open")
        yield f'"p{number}" -> "c{number}"'


def _graph(lines: Iterable[str], theme: Theme) -> str:
    # Graphviz puts what comes later above what came first.
    body = "\n".join(f"  {line};" for line in reversed(list(lines)))
    return f"""digraph {{
  rankdir=LR; bgcolor="transparent"; nodesep=0.12; ranksep=0.9;
  node [shape=box, style="rounded,filled", fontname="Source Sans", fontsize=14,
        fontcolor="{theme.text}", margin="0.14,0.05", height=0.3];
  edge [color="{theme.muted}", arrowsize=0.6];
{body}
}}"""


def _box(name: str, words: str, theme: Theme) -> str:
    return f'"{name}" [label="{_said(words)}", color="{theme.text}", fillcolor="transparent"]'


def _link(name: str, words: str, at: StepAddress, theme: Theme, mark: Mark) -> str:
    border = {"done": theme.link, "weak": theme.accent, "open": theme.border}[mark]
    width = 1 if mark == "open" else 2
    return (
        f'"{name}" [label="{_said(SIGNS[mark] + words)}", URL="{at.lesson}?step={at.step}", '
        f'target="_self", tooltip="{_said(words)}", color="{border}", penwidth={width}, '
        f'fillcolor="{theme.second_background}"]'
    )


def _said(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')
