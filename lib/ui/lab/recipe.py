"""What was done to a table, as a list that reads as sentences: undone, switched off, moved."""

import re
from dataclasses import MISSING, Field, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd
import streamlit as st

from ...course.spelling import harmless
from ...tables import (
    MOST_TWEAKS,
    TWEAKS,
    EditCell,
    Recipe,
    Sheet,
    Tweak,
    apply_recipe,
    moved,
    switched,
)
from ..failing import guarded
from .state import Changes, Chosen, change

_TITLES = {
    "FilterRows": "Keep some rows",
    "DropRows": "Leave out rows",
    "DropColumns": "Leave out columns",
    "RepeatRows": "Write out rows that are counted",
    "Log": "Logarithm",
    "Rank": "Ranks",
    "Standardise": "Standardise",
    "Difference": "Changes from row to row",
    "SeasonOut": "Take the season out",
    "Cut": "Cut into classes",
    "MergeRare": "Put rare levels together",
    "AddOutlier": "Add an outlier",
    "Shuffle": "Shuffle a column",
    "AddNoise": "Add a column of noise",
    "PlantDuplicate": "Plant a duplicate",
    "PlantLeak": "Plant a leak",
    "RemoveValues": "Remove values at random",
}
"""Those that are chosen from a list; a cell is edited where it stands."""

_LABELS = {
    "lag": "Rows before",
    "fewer": "Rarer than, in rows",
    "by": "Equally",
    "name": "Name of the new column",
    "share": "Share of the cells",
    "size": "Standard deviations from the mean",
    "noise": "Noise, in standard deviations",
    "seed": "Draw",
    "rows": "Rows, such as 1, 5, 7-9",
}
_REFUSED = "lab-tweak-refused"
_SHOWN_ROWS = 200
_MOST_ROWS = 10_000
_LONGEST_TEXT = 200
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


def show_recipe(chosen: Chosen) -> None:
    """The list of what was done, and the way to do more."""
    recipe, failed = chosen.changes.recipe, dict(chosen.applied.failed)
    for place, tweak in enumerate(recipe):
        _show_tweak(chosen, recipe, place, tweak)
        if place in failed:
            st.warning(f"Left out: {harmless(failed[place])}")
    if not recipe:
        st.caption("Nothing was changed yet.")
    _offer_tweaks(chosen)


def _show_tweak(chosen: Chosen, recipe: Recipe, place: int, tweak: Tweak) -> None:
    key = f"lab-tweak-{chosen.name}-{place}"

    def switch() -> None:
        _use(chosen, switched(recipe, place, not tweak.on))

    def up() -> None:
        _use(chosen, moved(recipe, place, place - 1))

    def remove() -> None:
        _use(chosen, (*recipe[:place], *recipe[place + 1 :]))

    st.session_state[f"{key}-on"] = tweak.on
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.checkbox(
            harmless(tweak.words()), key=f"{key}-on", on_change=guarded(switch), width="stretch"
        )
        st.button(
            "Move up",
            key=f"{key}-up",
            icon=":material/arrow_upward:",
            type="tertiary",
            disabled=place == 0,
            on_click=guarded(up),
        )
        st.button(
            "Undo",
            key=f"{key}-undo",
            icon=":material/undo:",
            type="tertiary",
            on_click=guarded(remove),
        )


def _use(chosen: Chosen, recipe: Recipe) -> None:
    """Do this to the table instead, unless it is more than an address can bring back."""
    if len(recipe) > MOST_TWEAKS:
        words = f"A table takes {MOST_TWEAKS} changes at most: undo some first."
        st.session_state[_REFUSED] = (None, words)
        return
    st.session_state.pop(_REFUSED, None)
    change(chosen.name, Changes(chosen.changes.kinds, recipe))


def _offer_tweaks(chosen: Chosen) -> None:
    """One more: what is done, with its settings."""
    name = st.selectbox(
        "Do something to the table",
        list(_TITLES),
        None,
        format_func=_TITLES.__getitem__,
        key="lab-tweak",
        placeholder="Choose",
    )
    if name is None:
        return
    kind = TWEAKS[name]
    types = get_type_hints(kind)
    settings = [each.name for each in fields(kind) if each.name != "on"]
    for each in fields(kind):
        if each.name in settings:
            _show_setting(chosen.sheet, name, each, types[each.name])

    def add() -> None:
        # What was typed last may come with the click.
        shown = {each: st.session_state[_setting_key(name, each)] for each in settings}
        try:
            tweak = kind(**{each: _value(each, value) for each, value in shown.items()})
            refused = dict(apply_recipe((tweak,), chosen.sheet).failed).get(0)
        except ValueError as error:
            refused = str(error)
        if refused is None:
            _use(chosen, (*chosen.changes.recipe, tweak))
        else:
            st.session_state[_REFUSED] = (name, refused)

    st.button("Do it", key="lab-do", icon=":material/add:", on_click=guarded(add))
    where, words = st.session_state.get(_REFUSED, ("", ""))
    if where in (name, None):
        st.warning(harmless(words))


def _setting_key(tweak: str, name: str) -> str:
    return f"lab-tweak-{tweak}-{name}"


def _show_setting(sheet: Sheet, tweak: str, each: Field[Any], kind: Any) -> None:
    """The widget of one setting."""
    key = _setting_key(tweak, each.name)
    label = _LABELS.get(each.name, each.name.capitalize())
    default = None if each.default is MISSING else each.default
    if each.name in ("column", "target"):
        st.selectbox(label, list(sheet.frame), key=key, required=True)
    elif each.name == "columns":
        st.multiselect(label, list(sheet.frame), key=key)
    elif each.name == "rows":
        st.text_input(label, key=key)
    elif get_origin(kind) is Literal:
        st.selectbox(label, get_args(kind), key=key, required=True)
    elif kind is int:
        st.number_input(label, value=default, step=1, key=key)
    elif kind is float:
        st.number_input(label, value=default, key=key)
    else:
        # A number in words is one where its column has numbers, and a level elsewhere.
        st.text_input(label, default or "", _LONGEST_TEXT, key=key)


def _value(name: str, value: Any) -> Any:
    """A setting as the tweak takes it; ValueError for what is not filled in."""
    setting = rows_in(value) if name == "rows" else tuple(value) if name == "columns" else value
    if setting is None or setting == ():
        raise ValueError("Something is missing: fill in every field.")
    return setting


def rows_in(text: str) -> tuple[int, ...]:
    """Rows as people write them, counted from 1, as places from 0.

    >>> rows_in("1, 5, 7-9")
    (0, 4, 6, 7, 8)
    """
    rows: list[int] = []
    for part in filter(None, map(str.strip, text.split(","))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError("Rows are numbers with commas between them, such as 1, 5, 7-9.")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 < first <= last < first + _MOST_ROWS:
            raise ValueError("Rows are counted from 1, and the first stands before the last.")
        rows += range(first - 1, last)
    return tuple(dict.fromkeys(rows))


def show_cells(chosen: Chosen) -> None:
    """The table itself, to be edited in place."""
    frame = chosen.sheet.frame
    first = 0
    if len(frame) > _SHOWN_ROWS:
        first = int(
            st.number_input("From row", 1, len(frame), 1, step=_SHOWN_ROWS, key="lab-first") - 1
        )
    part = frame.iloc[first : first + _SHOWN_ROWS]
    part = part.set_axis(pd.RangeIndex(first + 1, first + len(part) + 1, name="row"))
    key = f"lab-cells-{first}-{abs(hash((chosen.name, chosen.changes, id(chosen.base))))}"

    def take() -> None:
        edited = st.session_state[key]["edited_rows"]
        tweaks = tuple(
            EditCell(first + int(row), str(column), _plain(value))
            for row, cells in edited.items()
            for column, value in cells.items()
        )
        _use(chosen, (*chosen.changes.recipe, *tweaks))

    st.data_editor(
        part, key=key, on_change=guarded(take), alt=f"Rows {first + 1} to {first + len(part)}."
    )


def _plain(value: Any) -> float | str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    return float(value) if isinstance(value, int | float) else str(pd.Timestamp(value))
