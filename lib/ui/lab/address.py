"""What of the Lab stands in the address, and the ways to it from a lesson."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ...course import Course, LabAddress, Lesson, Table
from ..pages import lesson_page, screen_page
from ..widgets import for_address, widget_key

TABLE, INSTRUMENT, RECIPE, KINDS = "table", "instrument", "recipe", "kinds"
ORIGIN = "from"
"""The lesson and the step that led here, with a dot between them."""
OWN_NAME = "own"
"""The visitor's own table; while there is none, it is asked for."""


def settings_key(instrument: str) -> str:
    """What stands before the names of an instrument's controls.

    >>> settings_key("redundancy")
    'lab-redundancy'
    """
    return f"lab-{instrument}"


def parameters_of(address: LabAddress) -> dict[str, str | list[str]]:
    """What the address of a page says of the Lab.

    >>> parameters_of(LabAddress("wine", "clustermap", {"k": 4, "side": "rows"}))
    {'table': 'wine', 'instrument': 'clustermap', 'lab-clustermap-k': '4', \
'lab-clustermap-side': 'rows'}
    """
    key = settings_key(address.instrument)
    settings: dict[str, Any] = {
        widget_key(key, name): for_address(value) for name, value in address.settings.items()
    }
    return {TABLE: address.table, INSTRUMENT: address.instrument, **settings}


def offer_lab(address: LabAddress, tables: Sequence[Table], origin: str) -> None:
    """The way to what the Lab shows of a step with these tables; `origin` leads back.

    What is no map of the screen is called by its table: the screen may show drawn numbers.
    """
    (title,) = (each.title for each in tables if each.file and each.file.stem == address.table)
    label = "Try this map in the Lab" if address.same_map else f"Try in the Lab: {title}"
    _link(label, {**parameters_of(address), ORIGIN: origin})


def offer_way_back(course: Course) -> None:
    """The way to the step that led here, if there was one."""
    slug, _, step = st.query_params.get(ORIGIN, "").partition(".")
    stops = [stop for each in course.lessons if each.slug == slug for stop in each.stops]
    titles = {stop.slug: stop.title for stop in stops}
    if step not in titles:
        return
    st.page_link(
        lesson_page(slug),
        label=f"Back to the step that led here: {titles[step]}",
        icon=":material/arrow_back:",
        query_params={"step": step},
    )


def offer_example(instrument: str, table: str, title: str) -> None:
    """The way to a bundled table that an instrument fits."""
    _link(f"See it on {title}", parameters_of(LabAddress(table, instrument)))


def ask_of_own_table(lesson: Lesson) -> None:
    """The lesson's question put to a table of the learner's own, and the way to ask it there."""
    st.markdown(f"**On a table of your own.** {lesson.own_question}")
    _link("Take your table to the Lab", {TABLE: OWN_NAME, INSTRUMENT: lesson.instrument})


def _link(label: str, parameters: dict[str, str | list[str]]) -> None:
    st.page_link(
        screen_page("lab"), label=label, icon=":material/science:", query_params=parameters
    )
