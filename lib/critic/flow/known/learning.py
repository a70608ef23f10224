"""scikit-learn: the tables that come with it. Models and scalers are known by their class."""

from dataclasses import replace

from ..calls import Call
from ..values import Constant, Frame, Instance, Items, Value
from .registry import attribute, gives

_WIDTHS = {
    "load_breast_cancer": 30,
    "load_wine": 13,
    "load_iris": 4,
    "load_diabetes": 10,
    "load_digits": 64,
    "fetch_california_housing": 8,
}
_BUNCH = "sklearn.utils.Bunch"


@gives(*(f"sklearn.datasets.{name}" for name in _WIDTHS))
def load(call: Call) -> Value:
    table = Frame(call=call, width=_WIDTHS[call.name])
    if call.constant("return_X_y", default=False) is True:
        return Items(call=call, items=(table, Value(call=call, sources=(table,))))
    return Instance(call=call, of=_BUNCH)


@attribute("data")
def data(owner: Value) -> Value | None:
    width = _width_of(owner)
    return None if width is None else Frame(sources=(owner,), width=width)


@attribute("frame")
def frame_with_target(owner: Value) -> Value | None:
    width = _width_of(owner)
    return None if width is None else Frame(sources=(owner,), width=width + 1)


def _width_of(bunch: Value) -> int | None:
    """How many features the table in a bunch has, if it is one that scikit-learn loaded."""
    if isinstance(bunch, Instance) and bunch.of == _BUNCH and bunch.call is not None:
        return _WIDTHS.get(bunch.call.name)
    return None


@gives("statsmodels.api.add_constant", "statsmodels.tools.add_constant")
def add_constant(call: Call) -> Value | None:
    given = call.argument("data")
    if given is None:
        return None
    table = given.value if isinstance(given.value, Frame) else Frame(sources=(given.value,))
    width = None if table.width is None else table.width + 1
    one = Constant(value=1.0, call=call)
    return replace(
        table, call=call, sources=(table,), columns={**table.columns, "const": one}, width=width
    )
