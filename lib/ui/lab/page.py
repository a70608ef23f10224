"""The Lab's page: the table and what was done to it, an instrument, what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ...course import Control, Course, Exhibit, Value
from ...course.spelling import as_names, harmless
from ...lab import Instrument, instrument, slugs
from ...tables import Refused, Sheet
from ..exhibit import show_exhibit
from ..failing import ASKED, guarded, show_failure, take_failed
from ..layout import GAP, READING
from ..pages import lesson_page
from ..readings import show_readings
from ..room.from_lab import offer_class
from ..sharing import offer_share
from ..waiting import saying_so
from ..widgets import follow_defaults, forget_unfit, read_controls
from .address import offer_example, offer_way_back, settings_key
from .downloads import show_downloads, with_whole_code
from .kinds import show_kinds, summary
from .reading import Waiting, show_waiting
from .recipe import show_cells, show_recipe
from .results import Results
from .state import (
    Bundled,
    Chosen,
    choose_instrument,
    chosen,
    instrument_in_address,
    table_in_address,
)
from .stored import choose_rows, rows_of, say_what_is_held, say_which_rows
from .table import choose, say_how_read

_SEEN = "lab-exhibit"
_KEPT, _BACK, _DEFAULTS = "lab-settings", "lab-back", "lab-defaults"


@dataclass(frozen=True)
class _Places:
    """Where the parts of an instrument stand."""

    settings: DeltaGenerator
    """Beside the instrument's name: what is not set every time."""
    controls: DeltaGenerator
    work: DeltaGenerator
    question: DeltaGenerator
    results: Results


def show_lab(course: Course, tables: Mapping[str, Bundled]) -> None:
    """Draw the Lab: first the table, for whatever is looked at is of it."""
    with st.container(key="step"), st.container(key="lab"):
        left, right = st.columns(READING, gap=GAP)
        reading = left.container(key="lesson-text")
        with reading:
            table = _show_table_or_progress(tables)
            if table is None:
                return
            question = st.container(key="lab-question")
        with right:
            _show_instrument(course, tables, table, question, Results(reading, right))


def _show_table_or_progress(tables: Mapping[str, Bundled]) -> Chosen | None:
    """The table; None while it is being read, and where it cannot be, which is said."""
    st.markdown("## The Lab", anchors=False)
    st.markdown("The course's instruments on any table: what they find, and what to beware of.")
    choose(tables)
    try:
        return _show_table(tables)
    except Waiting as waiting:
        show_waiting(waiting.reading, rows_of(table_in_address(tables)))
    except Refused as refused:
        st.error(harmless(str(refused)))
    return None


def _show_table(tables: Mapping[str, Bundled]) -> Chosen:
    table = chosen(tables)
    if table.drawn is not None:
        say_what_is_held(table.drawn)
    is_sample = table.drawn is not None and not table.drawn.is_whole
    st.markdown(f"The sample: {summary(table)}" if is_sample else summary(table))
    say_how_read(table)
    with st.container(key="lab-ways"):
        with st.expander("Columns and what they hold", icon=":material/view_column:"):
            show_kinds(table)
        with st.expander(_changing(table), icon=":material/edit:", key="lab-change"):
            show_recipe(table)
            show_cells(table)
    return table


def _changing(table: Chosen) -> str:
    """What the way to the recipe says: what was done, and what could not be."""
    failed = len(table.applied.failed)
    done = sum(tweak.on for tweak in table.changes.recipe) - failed
    counts = {"done": done, "left out": failed}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"Change the table: {said}" if said else "Change the table"


def _show_instrument(
    course: Course,
    tables: Mapping[str, Bundled],
    table: Chosen,
    question: DeltaGenerator,
    results: Results,
) -> None:
    with st.container(key="controls"):
        head = st.container(horizontal=True, vertical_alignment="bottom", key="lab-head")
        controls = st.container()
    work = st.container()
    with head:
        tool = _choose_instrument()
    places = _Places(head, controls, work, question, results)
    failed, what = take_failed(), ASKED
    with saying_so(work):
        try:
            if table.drawn is not None:
                with controls:
                    tool = choose_rows(tool.slug, table.drawn, results.clear) or tool
            _look(course, tables, tool, table, places)
        except Waiting as waiting:
            with results.exhibit:
                show_waiting(waiting.reading, rows_of(table.name))
        except Refused as refused:
            with results.exhibit:
                st.error(harmless(str(refused)))
        except Exception as error:  # Whatever an instrument does wrong
            failed, what = error, "This table, through this instrument,"
    if failed is not None:
        with work:
            show_failure(failed, f"lab/{tool.slug}", what)
    # Drawn last, because only now does the address hold all that is set.
    with head:
        _offer_share(table)


def _offer_share(table: Chosen) -> None:
    words = (
        "This address holds the table, what was changed about it, the instrument and its settings. "
        "Whoever opens it sees what you see."
        if table.own is None
        else "This address holds the instrument and its settings. Your own table is not in it: "
        "whoever opens it is asked for one."
    )
    offer_share(words, key="lab-share")


def _choose_instrument() -> Instrument:
    key = "lab-instrument"
    st.session_state[key] = instrument_in_address()

    def turn() -> None:
        choose_instrument(st.session_state[key])
        st.session_state[_BACK] = st.session_state[key]

    slug = st.selectbox(
        "Instrument",
        slugs(),
        format_func=_titled,
        key=key,
        on_change=guarded(turn),
        required=True,
        width=300,
    )
    return instrument(slug)


def _titled(slug: str) -> str:
    """What an instrument is called, without loading it."""
    return slug.replace("_", " ").capitalize()


def _look(
    course: Course,
    tables: Mapping[str, Bundled],
    tool: Instrument,
    table: Chosen,
    places: _Places,
) -> None:
    results = places.results
    results.are_of(table.name, type(tool))
    with places.question:
        st.markdown(f"**{tool.question}**")
    if reason := tool.fits(table.sheet):
        with results.standing:
            say_which_rows(tool, table.drawn)
        with results.exhibit:
            st.info(harmless(reason))
            offer_example(tool.slug, tool.example, tables[tool.example].about.title)
        with results.remarks:
            _lead_on(course, tool)
        return
    values = _read_settings(tool, table.sheet, places)
    measured, exhibit = _exhibit(tool, table, values)
    with results.standing:
        say_which_rows(tool, table.drawn)
        show_readings(exhibit, f"lab-{tool.slug}-readings-{id(table.base)}")
    with results.exhibit:
        sources = () if table.about is None else (table.about,)
        take_away = partial(_take_away, table, tool, measured)
        show_exhibit(exhibit, f"lab-{tool.slug}", sources, downloads=take_away)
    with results.remarks:
        _say(tool, exhibit)
        _lead_on(course, tool)


def _read_settings(tool: Instrument, sheet: Sheet, places: _Places) -> dict[str, Value]:
    """The foremost stand over the figure, the others behind a word.

    Who comes back from another instrument finds them as they were left, where they still fit. An
    address that leads here says all there is to be set.
    """
    controls, key = tool.controls_on(sheet), settings_key(tool.slug)
    _fit_to_table(controls, key)
    left: dict[str, dict[str, Value]] = st.session_state.setdefault(_KEPT, {})
    is_back = st.session_state.pop(_BACK, None) == tool.slug
    remembered = left.get(tool.slug, {}) if is_back else {}
    first = {name: controls[name] for name in tool.foremost or tuple(controls)[:1]}
    rest = {name: control for name, control in controls.items() if name not in first}
    with places.controls:
        values = read_controls(first, key, remembered)
    if rest:
        with (
            places.settings,
            st.popover("Settings", icon=":material/tune:", type="tertiary", key="more"),
        ):
            values |= read_controls(rest, key, remembered)
    # A default may depend on the table, which may be another by then.
    left[tool.slug] = {
        name: value for name, value in values.items() if value != controls[name].default
    }
    return {name: values[name] for name in controls}


def _fit_to_table(controls: Mapping[str, Control], key: str) -> None:
    """What the widgets show may be of a table that has changed since."""
    defaults: dict[str, dict[str, Value]] = st.session_state.setdefault(_DEFAULTS, {})
    follow_defaults(controls, key, defaults.get(key, {}))
    defaults[key] = {name: control.default for name, control in controls.items()}
    forget_unfit(controls, key)


def _exhibit(
    tool: Instrument, table: Chosen, values: Mapping[str, Value]
) -> tuple[Exhibit, Exhibit]:
    """What is measured, and the same with the whole code.

    Measured once: most of what a visitor does leaves it as it is.
    """
    asked = (tool.slug, table, values)
    kept = st.session_state.get(_SEEN)
    if kept is None or kept[0] != asked:
        measured = tool.exhibit(table.sheet, values)
        kept = (asked, (measured, with_whole_code(table, tool, measured)))
        st.session_state[_SEEN] = kept
    exhibits: tuple[Exhibit, Exhibit] = kept[1]
    return exhibits


def _take_away(table: Chosen, tool: Instrument, measured: Exhibit) -> None:
    """What can be done with what is on the screen."""
    show_downloads(table, tool, measured)
    offer_class(measured)


def _say(tool: Instrument, exhibit: Exhibit) -> None:
    """What it found, and what to beware of."""
    for sentence in tool.found(exhibit, as_names):
        st.markdown(sentence)
    if beware := tool.beware(exhibit, as_names):
        with st.container(key="lab-beware"):
            st.markdown("**Beware.**\n" + "\n".join(f"- {sentence}" for sentence in beware))


def _lead_on(course: Course, tool: Instrument) -> None:
    offer_way_back(course)
    lesson, step = tool.lesson
    title = course.lesson(lesson).step(step).title
    st.page_link(
        lesson_page(lesson),
        label=f"The lesson that explains it: {title}",
        icon=":material/school:",
        query_params={"step": step},
    )
