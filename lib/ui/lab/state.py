"""What a visitor of the Lab has chosen: a table, kinds of columns, a recipe, an instrument.

For a bundled table all of it stands in the address. A table of one's own stays in the session, and
is gone with it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args

import pandas as pd
import streamlit as st

from ...course import Table
from ...lab import slugs
from ...lab.stored import Sampled
from ...tables import (
    Applied,
    Kind,
    Recipe,
    Sheet,
    apply_recipe,
    from_frame,
    recipe_from_json,
    recipe_to_json,
)
from ..corrections import note_correction
from ..memory import give_back_after
from .address import INSTRUMENT, KINDS, OWN_NAME, RECIPE, TABLE
from .stored import drawn as drawn_of
from .stored import is_stored, stored_tables

_OWN = "lab-own-table"
_MADE = "lab-changes"
_APPLIED = "lab-applied"
_LEFT_OUT = "The address holds changes of a table that cannot be made. They were left out."
_NO_TABLE = "The address names a table that is not here. Here is the first one."
_NO_INSTRUMENT = "The address names an instrument that is not here. Here is the first one."

KindChange = tuple[str, Kind, tuple[str, ...]]
"""A column, its kind, and the order of its levels."""


@dataclass(frozen=True)
class Bundled:
    """A table that comes with the course: what its catalogue says of it, and its frame."""

    about: Table
    load: Callable[[str], pd.DataFrame]
    """By the table's name."""


@dataclass(frozen=True, eq=False)
class Own:
    """A table of one's own, as it was read; `data` is kept so that it can be read anew."""

    data: bytes
    sheet: Sheet


@dataclass(frozen=True)
class Changes:
    """What was done to a table: kinds that were set, and a recipe."""

    kinds: tuple[KindChange, ...] = ()
    recipe: Recipe = ()


@dataclass(frozen=True, eq=False)
class Chosen:
    """The table on the screen: `base` as it was read, `read` with the kinds that were set."""

    name: str
    base: Sheet
    read: Sheet
    changes: Changes
    applied: Applied
    own: Own | None = None
    about: Table | None = None
    drawn: Sampled | None = None
    refused: tuple[str, ...] = field(default=())

    @property
    def sheet(self) -> Sheet:
        """The table that instruments look at."""
        return self.applied.sheet


@lru_cache(maxsize=16)
def _bundled_sheet(name: str, load: Callable[[str], pd.DataFrame]) -> Sheet:
    return from_frame(load(name), name)


def own() -> Own | None:
    """The visitor's own table, if there is one."""
    table: Own | None = st.session_state.get(_OWN)
    return table


def use_own(data: bytes, sheet: Sheet) -> None:
    """Look at a table of one's own from now on. What was done to another of its kind is over."""
    _keep(Own(data, sheet))
    change(OWN_NAME, Changes())
    st.query_params[TABLE] = OWN_NAME


def read_anew(sheet: Sheet) -> None:
    """The same file, read otherwise; the recipe stays."""
    before = own()
    assert before is not None
    _keep(Own(before.data, sheet))


def _keep(table: Own) -> None:
    st.session_state[_OWN] = table
    give_back_after(table)


def choose_table(name: str) -> None:
    """Look at another table. For callbacks."""
    st.query_params[TABLE] = name
    for parameter in (RECIPE, KINDS):
        st.query_params.pop(parameter, None)


def table_in_address(tables: Mapping[str, Bundled]) -> str:
    """The name of the table that the address names, or of the first."""
    named = st.query_params.get(TABLE)
    if named == OWN_NAME and own() is not None:
        return OWN_NAME
    if named in tables or (is_stored(named) and named in stored_tables()):
        return str(named)
    if named is not None and named != OWN_NAME:
        note_correction(_NO_TABLE)
        st.query_params.pop(TABLE)
    return next(iter(tables))


def is_own_asked_for() -> bool:
    """Whether the address names a table of one's own that is not here."""
    return st.query_params.get(TABLE) == OWN_NAME and own() is None


def instrument_in_address() -> str:
    """The slug of the instrument that the address names, or of the first."""
    named = st.query_params.get(INSTRUMENT)
    if named in slugs():
        return str(named)
    if named is not None:
        note_correction(_NO_INSTRUMENT)
        st.query_params.pop(INSTRUMENT)
    return slugs()[0]


def choose_instrument(slug: str) -> None:
    """Look through another instrument. For callbacks."""
    st.query_params[INSTRUMENT] = slug


def chosen(tables: Mapping[str, Bundled]) -> Chosen:
    """The table on the screen, after all that was done to it.

    Raises
    ------
    Waiting, Refused
        While a table of the host's is being read, and where it cannot be.
    """
    name = table_in_address(tables)
    mine = own() if name == OWN_NAME else None
    drawn = drawn_of(stored_tables()[name]) if is_stored(name) else None
    if drawn is not None:
        base, about = drawn.sheet, None
    elif mine is not None:
        base, about = mine.sheet, None
    else:
        base, about = _bundled_sheet(name, tables[name].load), tables[name].about
    changes = _changes_of(name)
    kept = st.session_state.get(_APPLIED)
    if kept is None or kept.base is not base or kept.changes != changes:
        kept = _made(name, base, changes, mine, about, drawn)
        st.session_state[_APPLIED] = kept
        change(name, kept.changes)
    _put_into_address(name, kept.changes)
    made: Chosen = kept
    return made


def _made(
    name: str,
    base: Sheet,
    changes: Changes,
    mine: Own | None,
    about: Table | None,
    drawn: Sampled | None,
) -> Chosen:
    """What cannot be is left out, and said for as long as nothing else is changed."""
    typed, kinds, refused = base, [], []
    for asked in changes.kinds:
        try:
            typed = typed.with_kind(*asked)
        except ValueError as error:
            refused.append(str(error))
        else:
            kinds.append(asked)
    kept = Changes(tuple(kinds), changes.recipe)
    applied = apply_recipe(kept.recipe, typed)
    return Chosen(name, base, typed, kept, applied, mine, about, drawn, tuple(refused))


def change(name: str, changes: Changes) -> None:
    """Keep what was done to a table. For callbacks."""
    st.session_state.setdefault(_MADE, {})[name] = changes
    _put_into_address(name, changes)


def _changes_of(name: str) -> Changes:
    made: dict[str, Changes] = st.session_state.setdefault(_MADE, {})
    if name not in made:
        made[name] = _changes_in_address()
    return made[name]


def _changes_in_address() -> Changes:
    texts = [st.query_params.get(parameter) for parameter in (KINDS, RECIPE)]
    try:
        kinds, recipe = (json.loads(text) if text else [] for text in texts)
        # Halves of letters cannot stand in an address again.
        json.dumps([kinds, recipe], ensure_ascii=False).encode()
        return Changes(_kinds_of(kinds), recipe_from_json(recipe))
    except (ValueError, TypeError, RecursionError):
        note_correction(_LEFT_OUT)
        return Changes()


def _kinds_of(plain: Any) -> tuple[KindChange, ...]:
    if not isinstance(plain, list) or not all(map(_is_kind, plain)):
        raise ValueError("Kinds are a list of columns, each with its kind and its levels.")
    return tuple((each[0], each[1], tuple(each[2:])) for each in plain)


def _is_kind(plain: Any) -> bool:
    is_words = isinstance(plain, list) and all(isinstance(text, str) for text in plain)
    return is_words and len(plain) >= 2 and plain[1] in get_args(Kind)


def _put_into_address(name: str, changes: Changes) -> None:
    """A table of one's own is nowhere but here: an address with its changes would mean nothing."""
    kinds = [[column, kind, *levels] for column, kind, levels in changes.kinds]
    for parameter, plain in ((KINDS, kinds), (RECIPE, recipe_to_json(changes.recipe))):
        if not plain or name == OWN_NAME:
            st.query_params.pop(parameter, None)
            continue
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        if st.query_params.get(parameter) != text:
            st.query_params[parameter] = text
