"""What a learner kept and did: bookmarks and notes, and the days on which something was done."""

import streamlit as st

from ...course import Course
from ...course.spelling import harmless
from ...study.going_on import kept
from ...study.timeline import timeline
from ..pages import lesson_page
from ..session import progress_of

_LATEST = 14


def show_diary(course: Course) -> None:
    with st.container(width=760, key="diary"):
        _show_kept(course)
        _show_timeline(course)


def _show_kept(course: Course) -> None:
    """Every step with a bookmark or a note."""
    steps = list(kept(course, progress_of(course)))
    st.markdown("### Bookmarks and notes", anchors=False)
    if not steps:
        st.markdown("None yet. Every step has a word for it at its top: *Keep*.")
    for number, step in enumerate(steps):
        with st.container(key=f"kept-{number}", gap=None):
            st.page_link(
                lesson_page(step.lesson.slug),
                label=f"{step.title} · :gray[{step.lesson.title}]",
                icon=":material/bookmark:" if step.bookmarked else ":material/edit_note:",
                query_params={"step": step.slug},
            )
            for line in step.note.splitlines():
                st.caption(harmless(line))


def _show_timeline(course: Course) -> None:
    """What was done on which day: the latest days, and all of them for who asks."""
    days = timeline(course, progress_of(course))
    st.markdown("### What you did when", anchors=False)
    if not days:
        st.markdown("Nothing yet.")
        return
    if len(days) > _LATEST and not st.toggle(f"All {len(days)} days", key="all-days"):
        days = days[:_LATEST]
    lines = []
    for day in days:
        done = [f"{lesson}: {', '.join(titles)}" for lesson, titles in day.passed.items()]
        said = "; ".join(filter(None, [*done, day.counts]))
        lines.append(f"- **{day.date}** {said}")
    st.markdown("\n".join(lines))
    st.caption("Days begin at midnight in Greenwich (UTC).")
