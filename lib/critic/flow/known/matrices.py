"""Matrices of a signed measure, above all correlations: how they arise, and what keeps them."""

import ast
from dataclasses import replace

from ..calls import Call
from ..values import Column, Comparison, Constant, Extreme, Frame, Function, Library, Measure, Value
from .registry import attribute, gives

_METHODS = ("pearson", "spearman", "kendall")


@gives(".corr")
def corr(call: Call) -> Value | None:
    """`table.corr()`: with another column as its argument it would be one number."""
    if isinstance(call.owner, Column) or not _is_of_table(call):
        return None
    method = call.argument("method")
    name = "pearson" if call.surely_lacks("method") else None
    if method is not None:
        if isinstance(method.value, Function):
            test = pairwise_test(method.value)
            if test is None or test[1] == "p":
                return None
            name = test[0]
        if isinstance(method.value, Library):
            return None
        if isinstance(method.value, Constant):
            if method.value.value not in _METHODS:
                return None
            name = str(method.value.value)
    owner = call.owner or Value()
    of_windows = owner.came_through("rolling", "ewm", "expanding", "groupby") is not None
    return Measure(
        call=call, sources=(owner,), name=name, of=owner, is_whole=not of_windows, side=_side(call)
    )


_TESTS = {"pearsonr": "pearson", "spearmanr": "spearman", "kendalltau": "kendall"}


def pairwise_test(function: Function) -> tuple[str, str] | None:
    """What a function gives for a pair: `lambda x, y: pearsonr(x, y)[1]` is ("pearson", "p")."""
    match getattr(function.definition, "body", None):
        case ast.Subscript(value=ast.Call(func=called), slice=ast.Constant(value=0 | 1 as place)):
            which = "p" if place else "r"
        case ast.Attribute(value=ast.Call(func=called), attr="statistic" | "pvalue" as attribute):
            which = "p" if attribute == "pvalue" else "r"
        case _:
            return None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return (_TESTS[name], which) if name in _TESTS else None


def _is_of_table(call: Call) -> bool:
    if set(call.arguments) - {"method", "min_periods", "numeric_only"}:
        return False
    given = call.argument("method")
    if given is not None and isinstance(given.value, Function):
        return True
    is_by_place = given is not None and given.keyword is None
    return not is_by_place or (given is not None and given.constant in _METHODS)


def _side(call: Call) -> int | None:
    owner = call.owner
    is_all = isinstance(owner, Frame) and call.constant("numeric_only", default=False) is False
    return owner.width if isinstance(owner, Frame) and is_all else None


@gives(".corrwith")
def corrwith(call: Call) -> Value | None:
    """Each column against one other: a column of correlations."""
    owner = call.owner or Value()
    name = "pearson" if call.surely_lacks("method") else None
    return Measure(call=call, sources=(owner,), name=name, of=owner, is_whole=False)


@gives("numpy.corrcoef")
def corrcoef(call: Call) -> Value | None:
    given = call.argument("x")
    if given is None or call.argument("y") is not None:
        return None
    return Measure(call=call, sources=(given.value,), name="pearson", of=given.value)


_WHOLE_AFTER = {
    "round",
    "copy",
    "fillna",
    "astype",
    "to_numpy",
    "rename",
    "rename_axis",
    "transpose",
}


@gives(
    ".round",
    ".copy",
    ".fillna",
    ".where",
    ".mask",
    ".replace",
    ".astype",
    ".to_numpy",
    ".rename",
    ".rename_axis",
    ".transpose",
    ".sort_index",
    ".sort_values",
    ".reindex",
    ".drop",
    ".dropna",
    ".filter",
    ".pipe",
    ".clip",
    ".nlargest",
    ".head",
    ".tail",
    ".squeeze",
    ".to_frame",
)
def kept(call: Call) -> Value | None:
    """A matrix after a method that keeps its values, or leaves some of them out."""
    owner = call.owner
    if not isinstance(owner, Measure) or _keeps_one_sign(call):
        return None
    is_whole = owner.is_whole and call.name in _WHOLE_AFTER
    side = owner.side if call.name in _WHOLE_AFTER or call.name in ("where", "mask") else None
    sources = (owner, *(each.value for each in call.arguments.values()))
    return replace(owner, call=call, sources=sources, is_whole=is_whole, side=side)


def _keeps_one_sign(call: Call) -> bool:
    """Whether cells are chosen by their own value, as in `r.where(r > 0.5)`."""
    given = call.argument("cond")
    return (
        given is not None
        and isinstance(given.value, Comparison)
        and isinstance(given.value.left, Measure)
    )


@gives("numpy.array", "numpy.asarray", "numpy.round", "numpy.around", "copy.copy", "copy.deepcopy")
def same(call: Call) -> Value | None:
    given = next(iter(call.arguments.values()), None)
    if given is not None and isinstance(given.value, Measure):
        return replace(given.value, call=call, sources=(given.value,))
    return None


def _extreme(which: str, call: Call) -> Value | None:
    of = call.owner
    if of is None:
        given = next(iter(call.arguments.values()), None)
        of = given.value if given is not None else None
    if isinstance(of, Extreme):
        of = of.of
    if of is None or which not in ("smallest", "largest"):
        return None
    return Extreme(
        call=call, sources=(of,), of=of, which="smallest" if which == "smallest" else "largest"
    )


@gives(".min", "numpy.min", "numpy.amin", "numpy.nanmin", "builtins.min")
def smallest(call: Call) -> Value | None:
    return _extreme("smallest", call)


@gives(".max", "numpy.max", "numpy.amax", "numpy.nanmax", "builtins.max")
def largest(call: Call) -> Value | None:
    return _extreme("largest", call)


@attribute("values", "T", "array")
def as_it_is(owner: Value) -> Value | None:
    if isinstance(owner, Measure):
        return replace(owner, sources=(owner,), call=None)
    return None
