"""Code with what is said of it under its lines. All of it is somebody else's text: escaped."""

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from ...course import Course
from ...course.spelling import harmless
from ...critic import Listing, Note, Severity, Stretch, spelled
from ..pages import lesson_page

_WORDS = {
    Severity.WRONG: "Wrong",
    Severity.MISLEADING: "Misleading",
    Severity.UNTIDY: "Untidy",
}
_QUESTION = "A question"
_AROUND, _LONG = 2, 8
"""Lines that stay in sight above one of which something is said; how many others are folded."""


def show_list(listing: Listing) -> None:
    """What is said, worst first; each leads to its line."""
    for title, notes in (("Worst first", listing.faults), ("Questions", listing.questions)):
        if notes:
            items = "".join(map(_item, notes))
            st.html(
                f'<h4 class="critic-title">{title}</h4><ul class="critic-list">{items}</ul>',
            )
    if listing.more:
        st.caption(f"These are the worst. {listing.more:,} more are not shown.")


def _item(note: Note) -> str:
    return (
        f'<li class="{_kind(note)}"><a href="#{_anchor(note)}" target="_self">'
        f"{spelled(note.title)}</a> <span>{escape(note.place)}</span></li>"
    )


def _kind(note: Note) -> str:
    return "question" if note.is_question else note.severity.name.lower()


def _anchor(note: Note) -> str:
    return f"critic-{note.number}"


def show_code(course: Course, listing: Listing) -> None:
    """The code from top to bottom; what is said stands under its line."""
    cell: int | None = None
    digits = len(str(max(text.count("\n") + 1 for _, text in listing.cells)))
    with st.container(key=f"critic-code-{digits}", gap=None):
        for stretch in listing.stretches():
            if stretch.cell is not None and stretch.cell != cell:
                st.html(f'<p class="critic-cell">Cell {stretch.cell}</p>')
            cell = stretch.cell
            st.html("".join(_blocks(stretch)))
            for note in stretch.notes:
                _show_note(course, note)


def _blocks(stretch: Stretch) -> Iterator[str]:
    """The lines of a stretch; many of which nothing is said are folded."""
    lines = list(enumerate(stretch.lines, stretch.first))
    seen = next((at for at, (number, _) in enumerate(lines) if number in stretch.marked), None)
    folded = len(lines) if seen is None else max(0, seen - _AROUND)
    if folded > _LONG:
        said = f"Lines {lines[0][0]} to {lines[folded - 1][0]}: nothing to say"
        yield f"<details><summary>{said}</summary>{_lines(stretch, lines[:folded])}</details>"
        lines = lines[folded:]
    if lines:
        yield _lines(stretch, lines)


def _lines(stretch: Stretch, lines: Sequence[tuple[int, str]]) -> str:
    items = "".join(
        f"<li{' class=marked' if number in stretch.marked else ''}>"
        f"<code>{escape(text) or '&#8203;'}</code></li>"
        for number, text in lines
    )
    digits = len(str(lines[-1][0]))
    return f'<ol class="critic-lines" start="{lines[0][0]}" style="--digits:{digits}">{items}</ol>'


def _show_note(course: Course, note: Note) -> None:
    kind = _kind(note)
    with st.container(key=f"critic-note-{kind}-{note.number}", gap="xsmall"):
        word = _QUESTION if note.is_question else _WORDS[note.severity]
        st.html(
            f'<div class="critic-said" id="{_anchor(note)}" tabindex="-1">'
            f'<p class="critic-word">{word} <span>· {escape(note.place)}</span></p>'
            f'<p class="critic-sentence">{spelled(note.sentence)}</p>'
            f"<p>{spelled(note.why)}</p></div>"
        )
        if note.mended is not None:
            label = "If so, mend it" if note.is_question else "Mend it"
            st.html(f'<p class="critic-word">{label}</p>')
            st.code(note.mended, language="python", wrap_lines=True)
        _lead_to_step(course, note)


def _lead_to_step(course: Course, note: Note) -> None:
    lesson, _, step = note.step.partition("/")
    st.page_link(
        lesson_page(lesson),
        label=f"See it: {harmless(course.lesson(lesson).step(step).title)}",
        icon=":material/school:",
        query_params={"step": step},
    )
