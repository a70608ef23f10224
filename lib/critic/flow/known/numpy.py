"""Arrays of NumPy: masks in the shape of a triangle, and sizes that are written out."""

from dataclasses import replace
from typing import Literal

from ..calls import Call
from ..values import Constant, Frame, Items, Measure, Triangle, Value
from .registry import gives

_ONES = ("numpy.ones_like", "numpy.ones", "numpy.full", "numpy.full_like")
_Half = Literal["upper", "lower"]


def _triangle(call: Call, half: _Half, diagonal: int) -> Value | None:
    k = call.constant("k", default=0)
    if not isinstance(k, int):
        return None
    return Triangle(
        call=call,
        sources=tuple(each.value for each in call.arguments.values()),
        half=half,
        k=k * diagonal,
    )


def _is_full(call: Call) -> bool:
    """Whether the matrix that is cut to a triangle is True, or other than zero, everywhere."""
    given = call.argument("m")
    if given is None:
        return False
    value = given.value
    return isinstance(value, Measure) or (
        value.call is not None and (value.call.is_named(*_ONES) or _is_cast_of_ones(value))
    )


def _is_cast_of_ones(value: Value) -> bool:
    call = value.call
    owner = call.owner if call is not None and call.is_named("astype") else None
    return owner is not None and owner.call is not None and owner.call.is_named(*_ONES)


@gives("numpy.triu")
def triu(call: Call) -> Value | None:
    return _triangle(call, "upper", 1) if _is_full(call) else None


@gives("numpy.tril")
def tril(call: Call) -> Value | None:
    return _triangle(call, "lower", -1) if _is_full(call) else None


@gives("numpy.triu_indices_from", "numpy.triu_indices")
def triu_indices(call: Call) -> Value | None:
    return _triangle(call, "upper", 1)


@gives("numpy.tril_indices_from", "numpy.tril_indices")
def tril_indices(call: Call) -> Value | None:
    return _triangle(call, "lower", -1)


@gives(".astype", ".copy", ".to_numpy")
def still_triangle(call: Call) -> Value | None:
    if isinstance(call.owner, Triangle):
        return replace(call.owner, call=call, sources=(call.owner,))
    return None


@gives(
    "numpy.random.rand",
    "numpy.random.randn",
    "numpy.random.random",
    "numpy.random.normal",
    ".normal",
    ".random",
    ".standard_normal",
)
def drawn(call: Call) -> Value | None:
    """Random numbers: how many columns they have, where the shape is written out."""
    given = call.argument("size")
    if given is None:
        places = [key for key in call.arguments if isinstance(key, int)]
        sizes: list[object] = [call.constant(place) for place in places]
        if call.name in ("random", "standard_normal") and len(places) == 1:
            return _of_shape(call, call.arguments[0].value)
        wide = len(sizes) == 2 and call.name in ("rand", "randn") and isinstance(sizes[1], int)
        return Frame(call=call, width=sizes[1] if wide and isinstance(sizes[1], int) else None)
    return _of_shape(call, given.value)


def _of_shape(call: Call, shape: Value) -> Value:
    match shape:
        case Items(items=(_, Constant(value=int(width)))):
            return Frame(call=call, width=width)
    return Value(call=call)
