"""Code of several: who shows which belief how often, to read and to take away."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ...course import Course, fill
from ...course.spelling import harmless, plain
from ...critic import Listing, Row, handouts, packed, table_csv, table_of
from ..downloads import offer

_FILE_WIDTH = 150


def show_class(course: Course, listings: Sequence[Listing]) -> None:
    import pandas as pd

    rows = table_of(listings)
    st.markdown(f"### {len(listings)} files", anchors=False)
    st.markdown("\n".join(_beliefs(course, rows, len(listings))))
    if unread := sum(bool(each.refused) for each in listings):
        st.caption(fill("{n} {n:file|files} could not be read.", {"n": unread}))
    st.dataframe(
        pd.DataFrame([_told(course, row) for row in rows]),
        hide_index=True,
        column_config={"File": st.column_config.Column(width=_FILE_WIDTH)},
        height=min(38 + 35 * len(rows), 320),
        key="critic-class",
    )
    with st.container(horizontal=True, key="critic-take-away"):
        offer("The table, CSV", partial(table_csv, listings), "class.csv", "text/csv", "critic-csv")
        pages = partial(_pages, course, listings)
        offer("A page for each, ZIP", pages, "class.zip", "application/zip", "critic-zip")
    st.caption(
        "A class takes the table: on its page, under “Digest”, beliefs from homework then stand "
        "beside those from votes. Questions do not count there."
    )


def _beliefs(course: Course, rows: Sequence[Row], files: int) -> list[str]:
    """Each belief, in how many files; those that most show come first."""
    shown = {
        belief: sum(row.belief == belief and row.times > 0 for row in rows)
        for belief in dict.fromkeys(row.belief for row in rows if row.times)
    }
    return [
        fill("- {n} of {files}: ", {"n": count, "files": files}) + f"“{_belief(course, belief)}”"
        for belief, count in sorted(shown.items(), key=lambda each: -each[1])
    ] or ["In none of them the critic finds a fault."]


def _belief(course: Course, slug: str) -> str:
    return harmless(plain(course.misconceptions[slug].belief))


def _told(course: Course, row: Row) -> dict[str, str | int]:
    belief = plain(course.misconceptions[row.belief].belief) if row.belief else row.what
    return {
        "File": row.file,
        "Times": row.times,
        "Asked": row.questions,
        "Belief": belief,
        "Where": row.where,
    }


def _pages(course: Course, listings: Sequence[Listing]) -> bytes:
    steps = {note.step: _titled(course, note.step) for each in listings for note in each.notes}
    return packed(handouts(listings, steps))


def _titled(course: Course, address: str) -> str:
    lesson, _, step = address.partition("/")
    found = course.lesson(lesson)
    return f"{plain(found.title)}: {plain(found.step(step).title)}"
