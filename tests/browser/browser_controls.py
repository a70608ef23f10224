"""Controls worked by hand: each through the widget that the screen gives it."""

from collections.abc import Mapping

from browser_screen import Screen, wait_until
from playwright.sync_api import Locator

from lib.course import Choice, Columns, Number, Slider, Step, Toggle, Value


def set_controls(screen: Screen, step: Step, values: Mapping[str, Value]) -> None:
    """Set these controls of a step, one after the other."""
    for name, value in values.items():
        set_control(screen, step, name, value)


def set_control(screen: Screen, step: Step, name: str, value: Value) -> None:
    """Set one control, if it is not set so already."""
    if shown_value(screen, step, name) == value:
        return
    part = _part(screen, step, name)
    match step.controls[name]:
        case Slider() as slider:
            move_slider(screen, part, float(str(value)), slider.low, slider.step)
        case Number():
            with screen.rerunning():
                part.get_by_role("spinbutton").fill(str(value))
                part.get_by_role("spinbutton").press("Enter")
        case Toggle():
            with screen.rerunning():
                part.locator("label").click()
        case Choice():
            _choose(screen, part, str(value))
        case Columns():
            assert isinstance(value, tuple)
            _press_pills(screen, part, value)


def move_slider(screen: Screen, part: Locator, value: float, low: float, step: float) -> None:
    """Move a slider: only a key or a pointer commits, so the last step is made with a key."""
    thumb = part.get_by_role("slider")
    beside, key = (value + step, "ArrowLeft") if value <= low else (value - step, "ArrowRight")
    with screen.rerunning():
        thumb.fill(f"{beside:g}")
        thumb.press(key)


def _choose(screen: Screen, part: Locator, option: str) -> None:
    box = part.get_by_role("combobox")
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
    """What the widget of a control shows, in the control's own type."""
    part = _part(screen, step, name)
    match step.controls[name]:
        case Slider():
            return _number(part.get_by_role("slider"))
        case Number():
            return _number(part.get_by_role("spinbutton"))
        case Toggle():
            return part.get_by_role("switch").is_checked()
        case Choice():
            return _chosen(part)
        case _:
            pressed = part.locator("button[aria-pressed=true]").all_inner_texts()
            return tuple(text.strip() for text in pressed)


def _number(widget: Locator) -> float | None:
    text = widget.input_value()
    return float(text) if text else None


def _chosen(part: Locator) -> str | None:
    box = part.get_by_role("combobox")
    if box.count():
        return box.input_value() or None
    return part.locator("[role=radio][aria-checked=true]").inner_text().strip()


def _part(screen: Screen, step: Step, name: str) -> Locator:
    """The widget of a control, once it is there: Streamlit loads each kind when it is needed."""
    part = screen.part(f"{step.slug}-{name}")
    part.locator("input, button").first.wait_for(state="attached")
    return part
