"""What whoever did not see the Lab has to be told: what was done to the table, and the settings."""

from __future__ import annotations

from ...charts import name_text
from ...course import Control, Exhibit, Table, Value
from ...tables import Recipe, Sheet, apply_recipe
from ..columns import NONE
from ..instrument import Instrument, short_names

_NAMES = 12


def done_to(sheet: Sheet, recipe: Recipe) -> list[str]:
    """The sentences of the tweaks that are on; of one that could not be done, why.

    >>> from ...tables import Log, read
    >>> done_to(read(b"a,b\\n1,2\\n2,5\\n", "ab.csv"), (Log("c"),))
    ["Take the logarithm of c; what is not above 0 becomes missing. This was left out: There is no
    column 'c'."]
    """
    failed = dict(apply_recipe(recipe, sheet).failed)
    return [
        f"{tweak.words()} This was left out: {failed[place]}" if place in failed else tweak.words()
        for place, tweak in enumerate(recipe)
        if tweak.on
    ]


def setting_words(sheet: Sheet, instrument: Instrument, exhibit: Exhibit) -> str:
    """The controls of an exhibit of this sheet that have an effect, each with its value.

    >>> from .. import instrument
    >>> from ...tables import read
    >>> sheet, shown = read(b"a,b\\n1,2\\n2,5\\n4,3\\n", "ab.csv"), instrument("association_map")
    >>> setting_words(sheet, shown, shown.exhibit(sheet))[:45]
    'Columns: a, b; Measure: by kind; Show: lower '
    """
    controls = instrument.controls_on(sheet)
    idle = instrument.idle(exhibit.words)
    said = [
        f"{controls[name].label}: {_value(value)}"
        for name, value in exhibit.setting.items()
        if name not in idle and not _is_unused(value, controls[name])
    ]
    return "; ".join(said) + "." if said else ""


def _is_unused(value: Value, control: Control) -> bool:
    """Whether nothing was chosen. Where something is by default, none is a choice."""
    return value == () or (value == NONE and control.default == NONE)


def title_of(sheet: Sheet, instrument: Instrument, about: Table | None) -> str:
    """The instrument and the table, by the title that its catalogue gives it, or by its name."""
    return f"{instrument.title}: {name_text(sheet.name) if about is None else about.title}"


def _value(value: Value) -> str:
    """A setting in words; of many names the first."""
    if not isinstance(value, tuple):
        return short_names(str(value))
    names = [short_names(str(name)) for name in value]
    if len(names) > _NAMES:
        names = [*names[:_NAMES], f"and {len(names) - _NAMES} more"]
    return ", ".join(names)
