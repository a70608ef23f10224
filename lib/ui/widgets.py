"""Controls become widgets, bound to the address."""

from collections.abc import Mapping
from typing import Any, assert_never

import streamlit as st

from lib.course import (
    Choice,
    Columns,
    Control,
    Course,
    Number,
    Progress,
    Slider,
    Step,
    Toggle,
    Value,
)

# What fits side by side above the figure, in letters and in pixels.
_FEW_LETTERS = 60
_SLIDER_WIDTH = 150
_SELECT_WIDTH = 175


def widget_key(step: Step, control: str) -> str:
    """The widget's key, which is also the name of its parameter in the address."""
    return f"{step.slug}-{control}"


def read_controls(step: Step, remembered: Mapping[str, Any]) -> dict[str, Value]:
    """Draw the controls of a step and return their values.

    The address comes first, then what is remembered, then the default. A browser may send
    anything, so what a widget returns is checked again.
    """
    values = {}
    for name, control in step.controls.items():
        key = widget_key(step, name)
        if key not in st.session_state:
            value = control.clean_or_default(remembered.get(name, control.default))
            st.session_state[key] = _for_widget(value)
            # A widget that begins with a remembered value does not put it there itself.
            if value != control.default and key not in st.query_params:
                st.query_params[key] = _for_address(value)
        values[name] = control.clean_or_default(_widget(control, key))
    return values


def recall_controls(course: Course, progress: Progress) -> None:
    """Give the controls on the screen what `progress` remembers, unless the address says more.

    For a progress that arrives after the first run has drawn the defaults.
    """
    for lesson in course.lessons:
        for step in lesson.steps:
            record = progress.lesson(lesson.slug).steps.get(step.slug)
            remembered = record.values if record else {}
            for name, control in step.controls.items():
                key = widget_key(step, name)
                if key in st.session_state and key not in st.query_params:
                    value = remembered.get(name, control.default)
                    st.session_state[key] = _for_widget(control.clean_or_default(value))


def set_controls(step: Step, values: Mapping[str, Value]) -> None:
    """Set every control of a step, those not named to their default. For callbacks."""
    for name, value in {**step.defaults, **values}.items():
        st.session_state[widget_key(step, name)] = _for_widget(value)


def _for_widget(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _for_address(value: Value) -> str | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _widget(control: Control, key: str) -> Any:
    bound: dict[str, Any] = {"key": key, "bind": "query-params"}
    match control:
        case Slider():
            return st.slider(
                control.label,
                control.low,
                control.high,
                control.default,
                control.step,
                width=_SLIDER_WIDTH,
                **bound,
            )
        case Number():
            return st.number_input(
                control.label,
                control.low,
                control.high,
                None,
                1,
                placeholder="Your count",
                width=_SLIDER_WIDTH,
                **bound,
            )
        case Choice():
            return _choice(control, bound)
        case Toggle():
            return st.toggle(control.label, control.default, **bound)
        case Columns():
            return st.pills(
                control.label,
                control.options,
                selection_mode="multi",
                default=list(control.default),
                wrap=True,
                **bound,
            )
        case _:
            assert_never(control)  # type: ignore[arg-type]


def _choice(control: Choice, bound: dict[str, Any]) -> Any:
    if control.default is not None and len("".join(control.options)) <= _FEW_LETTERS:
        return st.segmented_control(
            control.label, control.options, default=control.default, required=True, **bound
        )
    index = None if control.default is None else control.options.index(control.default)
    return st.selectbox(
        control.label, control.options, index, placeholder="Choose", width=_SELECT_WIDTH, **bound
    )
