"""scipy and statsmodels: tests and what they return."""

from ..calls import Call
from ..values import Items, Measure, Value
from .registry import attribute, gives


@gives("scipy.stats.spearmanr")
def spearmanr(call: Call) -> Value | None:
    """Of one table it is a matrix of coefficients and one of p."""
    given = call.argument("a")
    if given is None or call.argument("b") is not None:
        return None
    matrix = Measure(call=call, sources=(given.value,), name="spearman", of=given.value)
    return Items(call=call, items=(matrix, Value(call=call, sources=(given.value,))))


@attribute("statistic", "correlation")
def statistic(owner: Value) -> Value | None:
    if isinstance(owner, Items) and owner.call is not None and owner.call.is_named("spearmanr"):
        return owner.items[0]
    return None
