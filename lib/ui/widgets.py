"""Controls become widgets, bound to the address."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, assert_never

import pandas as pd
import streamlit as st

from ..charts import Heatmap
from ..course import (
    Choice,
    Columns,
    Control,
    Guess,
    Number,
    Point,
    Redraws,
    Rows,
    Seed,
    Slider,
    Toggle,
    Value,
    Write,
)
from ..course.spelling import is_plain
from .components.guess import guess_map
from .corrections import note_correction
from .failing import guarded
from .figures import theme
from .layout import enlarged

WORDS = {
    -0.8: "strong −",
    -0.5: "middling −",
    -0.2: "weak −",
    0.0: "none",
    0.2: "weak +",
    0.5: "middling +",
    0.8: "strong +",
}
"""The levels of a guess as the learner reads them."""

_LEFT_OUT = "The address sets a control to what it cannot hold. That part was left out."
_LEVELS = {word: level for level, word in WORDS.items()}

# What fits side by side above the figure, in letters and in pixels.
_FEW_LETTERS = 70
_LETTERS_AROUND = 3
_SLIDER_WIDTH = 150
_SELECT_WIDTH = 175
# An answer with so many letters would be cut in the box of a list on a phone.
_MOST_IN_A_BOX = 28
_ROWS_WIDTH = 320
# So many columns fit as buttons.
_MANY = 40


def widget_key(key: str, control: str) -> str:
    """The key of a control's widget, which is also the name of its parameter in the address.

    >>> widget_key("mask", "k")
    'mask-k'
    """
    return f"{key}-{control}"


def widget_values(control: Control, key: str, value: Value) -> dict[str, Any]:
    """The widgets of a control by their keys, and what each shows when the control has `value`.

    Most controls are one widget. A point is two sliders, a guess is one box for every pair.
    """
    match control, value:
        case Point(), (x, y):
            return {f"{key}-x": x, f"{key}-y": y}
        case Guess(), tuple(levels):
            words = [None if level is None else WORDS[float(level)] for level in levels]
            return {f"{key}-{number}": word for number, word in enumerate(words)}
        case _, tuple(names):
            return {key: list(names)}
        case _:
            return {key: value}


def read_controls(
    controls: Mapping[str, Control], key: str, remembered: Mapping[str, Any]
) -> dict[str, Value]:
    """Draw controls in a row and return their values by name.

    The address comes first, then what is remembered, then the default. A browser may send
    anything, so what a widget returns is checked again; what it can show and may not be, such as
    too few columns, is said.

    Parameters
    ----------
    controls
        By name; one that takes its options from a table has been given it by `Control.on`.
    key
        What stands before their names in the address.
    remembered
        Values by name, of any type.
    """
    values: dict[str, Value] = {}
    if not controls:
        return values
    _put_address_right(controls, key)
    wanting: list[str] = []
    row = f"controls-{widget_key(key, next(iter(controls)))}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=row):
        for name, control in controls.items():
            _begin(control, widget_key(key, name), remembered.get(name), name in remembered)
            shown = _widget(control, widget_key(key, name))
            values[name] = control.clean_or_default(shown)
            wanting.append(control.wanting(shown))
    for control, sentence in zip(controls.values(), wanting, strict=True):
        if sentence:
            st.markdown(f":orange[{sentence}] {_meanwhile(control)}")
    for name, control in controls.items():
        if isinstance(control, Guess):
            own = widget_key(key, name)
            show_guess(control, control.clean(values[name]), f"{own}-map", partial(fill_cell, own))
    return values


def _meanwhile(control: Control) -> str:
    """What counts as long as a value is refused."""
    if control.default is None:
        return "Until then it counts as no answer."
    if isinstance(control, Write):
        return "Until then none of it runs."
    return "Until then the choice counts that the step began with."


def _put_address_right(controls: Mapping[str, Control], key: str) -> None:
    """Drop from the address what its widgets cannot show, have the page say so, and begin again.

    Streamlit fails on numbers that are not finite, shows those between two steps as they are, and
    drops the rest in silence.
    """
    mended = {}
    for name, control in controls.items():
        for widget, part in _parts(control, widget_key(key, name)).items():
            said = st.query_params.get_all(widget)
            fit = _fit(part, said)
            if fit != said and widget not in st.session_state:
                mended[widget] = fit
    for widget, fit in mended.items():
        if fit:
            st.query_params[widget] = fit
        else:
            del st.query_params[widget]
    if mended:
        note_correction(_LEFT_OUT)
        st.rerun()


def _parts(control: Control, key: str) -> dict[str, Control]:
    """The control of each widget, by the widget's key: a point and a guess have several."""
    match control:
        case Point():
            return dict(zip((f"{key}-x", f"{key}-y"), control.sliders, strict=True))
        case Guess():
            words = tuple(WORDS[level] for level in control.levels)
            cell = Choice(control.label, words, default=None)
            return {f"{key}-{number}": cell for number in range(len(control.pairs))}
        case _:
            return {key: control}


def _fit(control: Control, said: list[str]) -> list[str]:
    """Of what an address says of a control, what its widget can show."""
    if isinstance(control, Columns | Rows):
        return [text for text in said if text in ("", *control.named)][: control.at_most]
    return said if all(_is_fit(control, text) for text in said) else []


def _is_fit(control: Control, text: str) -> bool:
    try:
        control.clean(_read(control, text))
    except ValueError:
        return False
    return True


def _read(control: Control, text: str) -> object:
    """What an address says, in the type that the control takes; ValueError if it has none."""
    match control:
        case Choice():
            return text or None
        case Write():
            return text
        case Toggle():
            return {"true": True, "false": False}.get(text.lower())
        case _:
            return float(text) if text else None


def _begin(control: Control, key: str, remembered: Any, is_remembered: bool) -> None:
    """Give the widgets of a control what they show at first."""
    usual = widget_values(control, key, control.default)
    begin = widget_values(control, key, control.clean_or_default(remembered))
    # A point of which the address names one part has the other at its default.
    if not is_remembered or any(widget in st.query_params for widget in usual):
        begin = usual
    for widget, shown in begin.items():
        if widget not in st.session_state:
            st.session_state[widget] = shown
            # A widget that begins with a remembered value does not put it there itself.
            if shown != usual[widget]:
                st.query_params[widget] = for_address(shown)


def recall_controls(
    controls: Mapping[str, Control], key: str, remembered: Mapping[str, Any]
) -> None:
    """Give controls that are on the screen what is remembered, unless the address says more.

    For a progress that arrives after the first run has drawn the defaults.
    """
    for name, control in controls.items():
        value = control.clean_or_default(remembered.get(name, control.default))
        widgets = widget_values(control, widget_key(key, name), value)
        if not any(widget in st.query_params for widget in widgets):
            shown = {widget: widgets[widget] for widget in widgets if widget in st.session_state}
            st.session_state.update(shown)


def set_controls(controls: Mapping[str, Control], key: str, values: Mapping[str, Value]) -> None:
    """Set every control, those not named to their default. For callbacks."""
    for name, control in controls.items():
        value = values.get(name, control.default)
        st.session_state.update(widget_values(control, widget_key(key, name), value))


def reset_controls(
    controls: Mapping[str, Control], key: str, remembered: Mapping[str, Any]
) -> None:
    """Give controls what is remembered, whatever the address and the screen say. For callbacks.

    What is not on the screen leaves the address: it begins with what is remembered by itself.
    """
    for name, control in controls.items():
        value = control.clean_or_default(remembered.get(name, control.default))
        for widget, shown in widget_values(control, widget_key(key, name), value).items():
            if widget in st.session_state:
                st.session_state[widget] = shown
            else:
                st.query_params.pop(widget, None)


def forget_unfit(controls: Mapping[str, Control], key: str) -> None:
    """Let those widgets begin anew whose controls no longer hold what they show.

    The options of some controls come from a table, and that changes under them.
    """
    for name, control in controls.items():
        for widget in _parts(control, widget_key(key, name)):
            shown = st.session_state.get(widget)
            if shown is not None and control.clean_or_default(shown) != _cleaned(control, shown):
                del st.session_state[widget]
                st.query_params.pop(widget, None)


def follow_defaults(controls: Mapping[str, Control], key: str, before: Mapping[str, Value]) -> None:
    """Let those widgets begin anew that still show the defaults that they had before.

    All columns of a table are the default of some; a column that is new shall be among them.
    """
    for name, control in controls.items():
        if before.get(name, control.default) == control.default:
            continue
        for widget, shown in widget_values(control, widget_key(key, name), before[name]).items():
            if st.session_state.get(widget) == shown:
                del st.session_state[widget]
                st.query_params.pop(widget, None)


def _cleaned(control: Control, shown: object) -> Value | object:
    """What the control makes of what is shown, or a thing that equals none of its values."""
    if isinstance(control, Columns | Rows):
        fit = all(name in control.named for name in shown) if isinstance(shown, list) else False
        return control.clean_or_default(shown) if fit else object()
    try:
        return control.clean(shown)
    except ValueError:
        return object()


def move_point(control: Point, key: str, x: float, y: float) -> None:
    """Set a point to what it allows nearest to x and y. For callbacks."""
    across, up = control.sliders
    st.session_state.update(widget_values(control, key, (across.nearest(x), up.nearest(y))))


def fill_cell(key: str, number: int, level: float | None) -> None:
    """Set one cell of a guess. For callbacks.

    The other cells are left alone: they may have been filled in since the screen was drawn.
    """
    st.session_state[f"{key}-{number}"] = None if level is None else WORDS[level]


def for_address(shown: Any) -> str | list[str]:
    """How an address says what a widget shows."""
    if isinstance(shown, list | tuple):
        return list(shown)
    return str(shown).lower() if isinstance(shown, bool) else str(shown)


def _widget(control: Control, key: str) -> Any:
    """Draw a control; return what its widgets show, as `Control.clean` takes it."""
    bound: dict[str, Any] = {"key": key, "bind": "query-params"}
    match control:
        case Slider():
            return _slider(control, key)
        case Number():
            return _number(control.label, None, placeholder="A number", **bound)
        case Choice():
            return _choice(control, bound)
        case Toggle():
            return st.toggle(control.label, control.default, **bound)
        # What stands on a button is read as Markdown, and what stands in a list is not.
        case Columns() if len(control.named) > _MANY or not all(map(is_plain, control.named)):
            return st.multiselect(
                control.label,
                control.named,
                list(control.default),
                placeholder="None",
                select_all=False,
                width="stretch",
                **bound,
            )
        case Columns():
            return st.pills(
                control.label,
                control.named,
                selection_mode="multi",
                default=list(control.default),
                wrap=True,
                **bound,
            )
        case Rows():
            return st.multiselect(
                control.label,
                control.named,
                list(control.default),
                placeholder="None"
                if control.at_most is None
                else f"None; at most {control.at_most}",
                max_selections=control.at_most,
                select_all=False,
                width=_ROWS_WIDTH,
                **bound,
            )
        case Seed():
            return _seed(control, key)
        case Redraws():
            return _redraws(control, key)
        case Point():
            x, y = control.sliders
            return _slider(x, f"{key}-x"), _slider(y, f"{key}-y")
        case Guess():
            return _guess(control, key)
        case Write():
            return _write(control, bound)
        case _:
            assert_never(control)  # type: ignore[arg-type]


def _slider(control: Slider, key: str) -> float:
    return st.slider(
        control.label,
        control.low,
        control.high,
        control.default,
        control.step,
        key=key,
        bind="query-params",
        width=_SLIDER_WIDTH,
    )


def _choice(control: Choice, bound: dict[str, Any]) -> Any:
    letters = sum(len(option) + _LETTERS_AROUND for option in control.named)
    is_short = letters <= _FEW_LETTERS and all(map(is_plain, control.named))
    if control.default is not None and is_short:
        return st.segmented_control(
            control.label, control.named, default=control.default, required=True, wrap=True, **bound
        )
    index = None if control.default is None else control.named.index(control.default)
    if is_listed(control):
        return st.radio(control.label, control.named, index, **bound)
    return st.selectbox(
        control.label,
        control.named,
        index,
        placeholder="Choose",
        # Else Escape, which closes the list, would take back the choice as well.
        required=True,
        width=select_width(control),
        **bound,
    )


def is_listed(control: Choice) -> bool:
    """Whether an answer's options stand one under the other, since a box would cut the longest.

    >>> is_listed(Choice("Why?", ("it is", "it finds an order in noise as well"), default=None))
    True
    """
    longest = max(map(len, control.named), default=0)
    is_answer = control.default is None and longest > _MOST_IN_A_BOX
    return is_answer and all(map(is_plain, control.named))


def select_width(control: Choice) -> int:
    """As wide as its longest option, or as a phone; type is larger in a presentation."""
    longest = 8 * max(map(len, control.named)) + 45
    return round(enlarged() * min(max(_SELECT_WIDTH, longest), _ROWS_WIDTH))


def _seed(control: Seed, key: str) -> int:
    seed: int = _number(control.label, control.default, key=key, bind="query-params")
    _setting_button("Draw again", f"{key}-again", key, (seed + 1) % (control.high + 1))
    return seed


def _redraws(control: Redraws, key: str) -> int:
    shown: int = _number(control.label, control.default, key=key, bind="query-params")
    draws = max(shown, 0)
    _setting_button("Draw again", f"{key}-again", key, min(draws + 1, control.at_most))
    _setting_button("Ten more", f"{key}-ten", key, min(draws + 10, control.at_most))
    _setting_button("Start over", f"{key}-over", key, 1)
    return shown


def _number(label: str, default: int | None, **options: Any) -> Any:
    """A field for a whole number.

    It has no bounds of its own: what lies beyond those it would keep to itself with a red mark, and
    nothing could be said of it.
    """
    return st.number_input(label, None, None, default, 1, width=_SLIDER_WIDTH, **options)


def _setting_button(label: str, key: str, widget: str, value: int) -> None:
    """A button that sets a widget to `value`, where it does not show that already."""

    def set_widget() -> None:
        st.session_state[widget] = value

    is_set = st.session_state[widget] == value
    st.button(label, key=key, on_click=guarded(set_widget), disabled=is_set)


def _guess(control: Guess, key: str) -> list[float | None]:
    with (
        st.expander("Fill in with the keyboard", key=f"{key}-keyboard"),
        st.container(horizontal=True),
    ):
        words = [
            st.selectbox(
                f"{row} × {column}",
                [WORDS[level] for level in control.levels],
                None,
                placeholder="Choose",
                required=True,
                key=f"{key}-{number}",
                bind="query-params",
                width=_SELECT_WIDTH,
            )
            for number, (row, column) in enumerate(control.pairs)
        ]
    return [None if word is None else _LEVELS.get(word) for word in words]


def _write(control: Write, bound: dict[str, Any]) -> Any:
    """A box for lines of code, what they may use, and a button: to leave the box runs them."""
    with st.container(key=f"{bound['key']}-written"):
        lines = st.text_area(
            control.label,
            control.default,
            height="content",
            placeholder=f"At most {control.lines} lines",
            **bound,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Run", key=f"{bound['key']}-run", icon=":material/play_arrow:")
            names = " ".join(f"`{name}`" for name in (*control.modules, *control.names))
            columns = " ".join(f"`{name}`" for name in control.columns)
            st.markdown(f"Names: {names}" + (f"  \nColumns: {columns}" if columns else ""))
    return lines


def show_guess(
    guess: Guess,
    values: Sequence[float | None],
    key: str,
    on_fill: Callable[[int, float | None], None],
) -> None:
    """A small map to be filled in: `on_fill` hears the number of a cell, and its level."""
    levels = pd.DataFrame([guess.levels])
    guess_map(
        guess.columns,
        values,
        levels=guess.levels,
        colours=list(Heatmap(levels).cell_colours(theme()).iloc[0]),
        words=[WORDS[level] for level in guess.levels],
        key=key,
        on_fill=on_fill,
    )
