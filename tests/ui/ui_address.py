"""A step's controls as an address names them."""

from lib.course import Step, Value
from lib.ui.widgets import widget_key, widget_values


def in_address(step: Step, values: dict[str, Value]) -> dict[str, str | list[str]]:
    """What the address says of these values, where they are not the defaults."""
    return {
        widget: _said(shown)
        for name, value in values.items()
        if value != step.defaults[name]
        for widget, shown in widget_values(
            step.inputs[name], widget_key(step.slug, name), value
        ).items()
        if shown is not None
    }


def _said(shown: object) -> str | list[str]:
    if isinstance(shown, list):
        return shown
    return str(shown).lower() if isinstance(shown, bool) else str(shown)
