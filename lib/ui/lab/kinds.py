"""What each column holds, why it was taken for that, and how that is changed."""

from typing import get_args

import pandas as pd
import streamlit as st

from ...course.spelling import as_name, harmless
from ...lab.columns import listed
from ...tables import Column, Kind, Sheet
from ..failing import guarded
from .state import Changes, Chosen, KindChange, change

_KINDS: tuple[Kind, ...] = get_args(Kind)
_MOST_ORDERS = 12


def summary(chosen: Chosen) -> str:
    """Rows, columns and kinds, in a sentence.

    >>> from ...tables import apply_recipe, from_frame
    >>> sheet = from_frame(pd.DataFrame({"x": [1.5, 2.5]}), "one")
    >>> summary(Chosen("one", sheet, sheet, Changes(), apply_recipe((), sheet)))
    '2 rows, 1 column: 1 number.'
    """
    sheet = chosen.sheet
    counts = {kind: len(sheet.of_kind(kind)) for kind in _KINDS}
    kinds = ", ".join(_counted(count, kind) for kind, count in counts.items() if count)
    rows, columns = sheet.frame.shape
    return f"{_counted(rows, 'row')}, {_counted(columns, 'column')}: {kinds}."


_PLURALS = {"category": "categories", "ordered": "ordered", "ignored": "ignored"}


def _counted(count: int, word: str) -> str:
    many = _PLURALS.get(word, f"{word}s")
    return f"{count:,} {word if count == 1 else many}"


def show_kinds(chosen: Chosen) -> None:
    """A list of the columns in which the kind can be changed: as they are before the recipe."""
    sheet = chosen.read
    listed = pd.DataFrame(
        {
            "column": [column.name for column in sheet.columns],
            "kind": [column.kind for column in sheet.columns],
            "missing": [column.missing for column in sheet.columns],
            "distinct": [column.distinct for column in sheet.columns],
        }
    )
    # Another list is another widget: what was edited in one means nothing in another.
    key = f"lab-kinds-{abs(hash((chosen.name, chosen.changes, tuple(sheet.columns))))}"

    def take() -> None:
        edited = st.session_state[key]["edited_rows"]
        asked: list[KindChange] = [
            (sheet.columns[int(row)].name, cells["kind"], ())
            for row, cells in edited.items()
            if "kind" in cells
        ]
        set_kinds(chosen, asked)

    st.data_editor(
        listed,
        key=key,
        hide_index=True,
        disabled=["column", "missing", "distinct"],
        column_config={
            "kind": st.column_config.SelectboxColumn("kind", options=_KINDS, required=True),
        },
        on_change=guarded(take),
        alt="Every column with its kind, its missing cells, and its distinct values.",
    )
    st.caption(
        "Click a kind twice to choose another. Levels that go from low to high, such as never, "
        "often, always, are ordered: their order is then asked for below."
    )
    st.caption("  \n".join(_reasons(sheet)))
    for column in [each for each in sheet.columns if each.kind == "ordered"][:_MOST_ORDERS]:
        _show_order(chosen, column)


def _reasons(sheet: Sheet) -> list[str]:
    """Why each column was taken for what it is, the columns of one reason together."""
    names: dict[str, list[str]] = {}
    for column in sheet.columns:
        names.setdefault(column.why, []).append(as_name(column.name))
    return [f"{listed(some)}: {harmless(why)}" for why, some in names.items()]


def set_kinds(chosen: Chosen, asked: list[KindChange]) -> None:
    """Give columns other kinds; the last word on a column counts. For callbacks."""
    names = {column for column, _, _ in asked}
    kept = [each for each in chosen.changes.kinds if each[0] not in names]
    change(chosen.name, Changes((*kept, *asked), chosen.changes.recipe))


def _show_order(chosen: Chosen, column: Column) -> None:
    """The order of an ordered column, as a list that is written in another order."""
    key = f"lab-order-{chosen.name}-{column.name}"

    def take() -> None:
        lines = st.session_state[key].split("\n")
        set_kinds(chosen, [(column.name, "ordered", tuple(filter(None, lines)))])

    st.session_state[key] = "\n".join(column.levels)
    st.text_area(
        f"Order of {as_name(column.name)}: from low to high, each level in a line of its own",
        key=key,
        height="content",
        on_change=guarded(take),
    )
