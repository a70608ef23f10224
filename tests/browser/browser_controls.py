"""Controls worked by hand: each through the widget that the screen gives it."""

from collections.abc import Mapping
from typing import Any

from browser_screen import Screen, wait_until
from playwright.sync_api import Locator

from lib.course import (
    Choice,
    Columns,
    Guess,
    Number,
    Point,
    Redraws,
    Rows,
    Seed,
    Slider,
    Step,
    Toggle,
    Value,
    Write,
)
from lib.ui.widgets import WORDS, widget_key, widget_values

_LISTED = "[data-testid=stRadioOption]"
_MOST_KEYS = 120
"""How often a key is pressed to come somewhere, before it is given up."""


def set_controls(screen: Screen, step: Step, values: Mapping[str, Value]) -> None:
    """Set these controls of a step, one after the other."""
    for name, value in values.items():
        set_control(screen, step, name, value)


def set_control(screen: Screen, step: Step, name: str, value: Value) -> None:
    """Set one control, if it is not set so already."""
    if shown_value(screen, step, name) == value:
        return
    key = widget_key(step.slug, name)
    control = step.inputs[name]
    match control:
        case Slider():
            move_slider(screen, _part(screen, key), float(str(value)), control.low, control.step)
        case Number() | Seed() | Redraws():
            with screen.rerunning():
                _part(screen, key).get_by_role("spinbutton").fill(str(value))
                _part(screen, key).get_by_role("spinbutton").press("Enter")
        case Toggle():
            with screen.rerunning():
                _part(screen, key).locator("label").click()
        case Choice():
            _choose(screen, _part(screen, key), str(value))
        case Columns():
            assert isinstance(value, tuple)
            _press_pills(screen, _part(screen, key), value)
        case Rows():
            assert isinstance(value, tuple)
            _pick_rows(screen, _part(screen, key), value)
        case Write():
            with screen.rerunning():
                _part(screen, key).get_by_role("textbox").fill(str(value))
                _part(screen, key).get_by_role("textbox").press("Control+Enter")
        case Point() | Guess():
            _set_twins(screen, control, key, value)


def _set_twins(screen: Screen, control: Point | Guess, key: str, value: Value) -> None:
    """Set the ordinary widgets that stand for a point or a guess, where they differ."""
    wanted = widget_values(control, key, value)
    sliders = control.sliders if isinstance(control, Point) else ()
    if isinstance(control, Guess):
        _open_keyboard(screen, key)
    for number, (widget, shown) in enumerate(wanted.items()):
        part = _part(screen, widget)
        if _shown(part) == shown:
            continue
        if sliders:
            move_slider(screen, part, shown, sliders[number].low, control.step)
        elif shown is None:
            with screen.rerunning():
                part.get_by_role("button", name="Clear").click()
        else:
            _choose(screen, part, shown)


def _open_keyboard(screen: Screen, key: str) -> None:
    expander = screen.part(f"{key}-keyboard")
    if expander.locator("details[open]").count() == 0:
        expander.locator("summary").click()
        expander.locator("details[open]").wait_for()


def move_slider(screen: Screen, part: Locator, value: float, low: float, step: float) -> None:
    """Move a slider: only a key or a pointer commits, so the last step is made with a key."""
    with screen.rerunning():
        slide(part, value, low, step)


def slide(part: Locator, value: float, low: float, step: float) -> None:
    thumb = part.get_by_role("slider")
    beside, key = (value + step, "ArrowLeft") if value <= low else (value - step, "ArrowRight")
    thumb.fill(f"{beside:g}")
    thumb.press(key)


def _choose(screen: Screen, part: Locator, option: str) -> None:
    box = part.get_by_role("combobox")
    if part.locator(_LISTED).count():
        with screen.rerunning():
            part.locator(_LISTED).filter(has_text=option).click()
        return
    if not box.count():
        with screen.rerunning():
            part.get_by_role("radio", name=option, exact=True).click()
        return
    # The list draws only the options in sight; typing brings the one to them.
    box.click()
    box.fill(option)
    with screen.rerunning():
        screen.page.get_by_role("option", name=option, exact=True).click()


def _press_pills(screen: Screen, part: Locator, columns: tuple[str, ...]) -> None:
    for pill in part.get_by_role("button").all():
        is_pressed = pill.get_attribute("aria-pressed") == "true"
        if is_pressed != (pill.inner_text().strip() in columns):
            with screen.rerunning():
                pill.click()


def _pick_rows(screen: Screen, part: Locator, rows: tuple[str, ...]) -> None:
    """Take away what is picked, then pick these."""
    box = part.get_by_role("combobox")
    for _ in _picked(part):
        with screen.rerunning():
            box.press("Backspace")
    for row in rows:
        # By keys: a list that has just been narrowed may move away under a pointer.
        box.click()
        box.fill(row)
        screen.page.get_by_role("option", name=row, exact=True).wait_for()
        walk_to(screen, box, row)
        with screen.rerunning():
            box.press("Enter")
    box.press("Escape")


def tab_to(screen: Screen, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(_MOST_KEYS):
        if target.evaluate("element => element === document.activeElement"):
            return
        screen.page.keyboard.press("Tab")
    raise AssertionError(f"{_MOST_KEYS} tabs did not reach {target}.")


def walk_to(screen: Screen, box: Locator, option: str) -> None:
    """Arrow keys until this option has the focus.

    A list that has just been narrowed gives it to its first option by itself, sooner or later, and
    has no way round from its last.
    """
    focused = screen.page.locator("[role=option][data-focused=true]")
    for key in ("ArrowDown", "ArrowUp"):
        for _ in range(_MOST_KEYS):
            if option in (text.strip() for text in focused.all_inner_texts()):
                return
            box.press(key)
    raise AssertionError(f"No arrow key led to {option!r}.")


def _picked(part: Locator) -> tuple[str, ...]:
    tags = part.get_by_role("group", name="Selected values").locator("[data-tag]")
    return tuple(text.strip() for text in tags.all_inner_texts())


def expect_values(screen: Screen, step: Step, **values: Value) -> None:
    """The widgets of a step show these values, the others their defaults.

    A number's widget takes its value a moment after it is drawn.
    """
    expected = {**step.defaults, **values}
    wait_until(
        screen.page,
        lambda: all(shown_value(screen, step, name) == value for name, value in expected.items()),
        f"the controls of {step.slug} showed {expected}",
    )


def shown_value(screen: Screen, step: Step, name: str) -> Value:
    """What the widgets of a control show, in the control's own type."""
    key = widget_key(step.slug, name)
    control = step.inputs[name]
    match control:
        case Columns():
            pressed = _part(screen, key).locator("button[aria-pressed=true]").all_inner_texts()
            return tuple(text.strip() for text in pressed)
        case Rows():
            return tuple(sorted(_picked(_part(screen, key)), key=control.named.index))
        case Point():
            return tuple(_shown(_part(screen, widget)) for widget in _widgets(control, key))
        case Guess():
            levels = {word: level for level, word in WORDS.items()}
            words = [_shown(_part(screen, widget)) for widget in _widgets(control, key)]
            return tuple(None if word is None else levels[word] for word in words)
        case _:
            return _shown(_part(screen, key))


def _widgets(control: Point | Guess, key: str) -> list[str]:
    return list(widget_values(control, key, control.default))


def _shown(part: Locator) -> Any:
    """What a single widget shows."""
    if part.locator("textarea").count():
        return part.locator("textarea").input_value()
    for role in ("slider", "spinbutton"):
        if part.get_by_role(role).count():
            text = part.get_by_role(role).input_value()
            return float(text) if text else None
    if part.get_by_role("switch").count():
        return part.get_by_role("switch").is_checked()
    if part.get_by_role("combobox", include_hidden=True).count():
        return part.get_by_role("combobox", include_hidden=True).input_value() or None
    if part.locator(_LISTED).count():
        chosen = part.locator(f"{_LISTED}:has(:checked)")
        return chosen.inner_text().strip() if chosen.count() else None
    return part.locator("[role=radio][aria-checked=true]").inner_text().strip()


def _part(screen: Screen, key: str) -> Locator:
    """The widget with this key, once it is there: Streamlit loads each kind when it is needed."""
    part = screen.part(key)
    part.locator("input, button, textarea").first.wait_for(state="attached")
    return part


_CELL = """
(chart, [row, column]) => {
  const {xaxis, yaxis} = chart._fullLayout
  const {left, top} = chart.getBoundingClientRect()
  return [left + xaxis._offset + xaxis.d2p(column), top + yaxis._offset + yaxis.d2p(row)]
}
"""


def place_of_cell(chart: Locator, row: str, column: str) -> tuple[float, float]:
    """Where in the window the middle of a heatmap's cell is."""
    x, y = chart.evaluate(_CELL, [row, column])
    return x, y
