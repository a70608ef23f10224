"""Comparisons of columns whose rows follow one another in time, whatever computes them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .flow import Call, Constant, Items, Measure, Member, Operation, Program, Value

_OF_TWO = {
    "scipy.stats.pearsonr": ("x", "y"),
    "scipy.stats.spearmanr": ("a", "b"),
    "scipy.stats.kendalltau": ("x", "y"),
    "numpy.corrcoef": ("x", "y"),
}


@dataclass(frozen=True, eq=False)
class Correlated:
    """A call that correlates the columns of a table, or two of them.

    call   where
    parts  the table, or both columns
    nodes  the expressions behind them
    """

    call: Call
    parts: tuple[Value, ...]
    nodes: tuple[ast.expr, ...]


def correlations_in(program: Program) -> Iterator[Correlated]:
    """The calls that correlate, in their order."""
    for call in program.calls:
        written = call.node.func
        if call.path in _OF_TWO:
            given = [call.argument(name) for name in _OF_TWO[call.path]]
            both = [each for each in given if each is not None]
            if both:
                values, nodes = (each.value for each in both), (each.node for each in both)
                yield Correlated(call, tuple(values), tuple(nodes))
        elif call.name == "corr" and call.owner is not None and isinstance(written, ast.Attribute):
            other = None if isinstance(program.result(call), Measure) else _other(call)
            if other is None:
                yield Correlated(call, (call.owner,), (written.value,))
            else:
                yield Correlated(call, (call.owner, other[0]), (written.value, other[1]))


def _other(call: Call) -> tuple[Value, ast.expr] | None:
    """The second column, in `first.corr(second)`."""
    given = call.argument("other", "method")
    if given is None or isinstance(given.constant, str):
        return None
    return given.value, given.node


_DATE = re.compile(
    r"(?i:(^|[_ ])(date|datetime|timestamp)$)|[a-z](Date|Datetime|Timestamp)$"
    r"|(?i:^(year|ds|time|year_?month)$)"
)
_SUMMARIES = ("sum", "mean", "count", "size", "median", "last", "first", "min", "max", "agg")
_EXCHANGES = (
    "yfinance.download",
    "pandas_datareader.data.DataReader",
    "pandas_datareader.DataReader",
    "pandas_datareader.data.get_data_yahoo",
    "pandas_datareader.get_data_yahoo",
)
_RANGES = ("date_range", "bdate_range", "period_range")
_REGROUPING = ("groupby", "melt", "stack", "unstack", "pivot", "pivot_table", "value_counts")


def is_dated(value: Value) -> bool:
    """Whether the rows of a table or a column surely stand for times that follow one another."""
    for each in value.lineage():
        if each.call is not None and _dates_rows(each.call):
            return True
        if each.call is not None and each.call.is_named(*_REGROUPING):
            return False
    return False


def _dates_rows(call: Call) -> bool:
    if call.path in _EXCHANGES or call.name in ("resample", "asfreq"):
        return True
    if call.name == "set_index":
        return _is_date(call, "keys")
    if call.name in ("pivot", "pivot_table"):
        return _is_date(call, "index")
    if call.name in _SUMMARIES and call.owner is not None:
        ways = (each.call for each in call.owner.way() if each.call is not None)
        return any(_is_date(each, "by") for each in ways if each.name == "groupby")
    if call.path in ("pandas.read_csv", "pandas.read_excel", "pandas.read_table"):
        return _reads_dates(call)
    if call.path == "pandas.to_datetime":
        parsed = call.argument("arg")
        times = None if parsed is None else parsed.value
        return isinstance(times, Member) and times.name == "index"
    given = call.argument("index") if call.path in ("pandas.DataFrame", "pandas.Series") else None
    ranges = () if given is None else given.value.way()
    return any(each.call is not None and each.call.name in _RANGES for each in ranges)


def _reads_dates(call: Call) -> bool:
    """Whether it is the index of the table whose dates are read as such."""
    parsed, index = call.argument("parse_dates"), call.argument("index_col")
    if parsed is None or index is None:
        return False
    if parsed.constant is True:
        return True
    names = _constants(index.value)
    return bool(names) and names <= _constants(parsed.value)


def _constants(value: Value) -> set[object]:
    items = value.items if isinstance(value, Items) else (value,)
    return {each.value for each in items if isinstance(each, Constant)}


def _is_date(call: Call, parameter: str) -> bool:
    given = call.argument(parameter)
    if given is None:
        return False
    names = _constants(given.value)
    return len(names) == 1 and all(
        isinstance(name, str) and _DATE.search(name) is not None for name in names
    )


_TREATMENTS = [
    "diff",
    "pct_change",
    "shift",
    "detrend",
    "rolling",
    "ewm",
    "expanding",
    "apply",
    "transform",
    "pipe",
    "aggregate",
    "fit",
    "fit_transform",
    "seasonal_decompose",
    "STL",
    "MSTL",
    "lfilter",
    "hpfilter",
    "bkfilter",
    "cffilter",
    "gradient",
    "ediff1d",
    "sub",
    "subtract",
    "div",
    "divide",
    "rank",
    "zscore",
    "sample",
    "shuffle",
    "permutation",
    "predict",
    "forecast",
    "resid",
    "train_test_split",
]
_TREATED = re.compile(
    r"return|(^|_)rets?($|_)|diff|chang|pct|growth|delta|resid|trend|station|anomal|season"
    r"|surpris|innov|noise|white|pred|forecast|_corr$",
    re.IGNORECASE,
)


def is_treated(value: Value, node: ast.expr) -> bool:
    """Whether a step on the way to it, or a name, says that it may be no level any more."""
    if value.came_through(*_TREATMENTS) is not None:
        return True
    if any(isinstance(each, Operation) and each.operator == "Sub" for each in value.lineage()):
        return True
    return any(_TREATED.search(word) for word in (*_words(node), *_names_of(value)))


def _words(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _names_of(value: Value) -> Iterator[str]:
    """Attributes on the way to it, and the texts that functions were given: names of files."""
    for each in value.lineage():
        if isinstance(each, Member):
            yield each.name
        if each.call is not None and each.call.owner is None:
            given = (argument.constant for argument in each.call.arguments.values())
            yield from (text for text in given if isinstance(text, str))


_PRICES = re.compile(
    r"((log|stock|close|closing|asset|adj|share|daily|all|etf)_?)*(prices|closes)(_?df)?",
    re.IGNORECASE,
)


_CLOSING = ("Close", "Adj Close")


def is_called_prices(node: ast.expr) -> bool:
    """Whether a table goes by a name such as `close_prices`, or is chosen as `quotes["Close"]`."""
    match node:
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name in _CLOSING
    return isinstance(node, ast.Name) and _PRICES.fullmatch(node.id) is not None


def is_of_prices(value: Value, node: ast.expr) -> bool:
    """Whether it surely holds prices at an exchange."""
    return is_called_prices(node) or value.came_through(*_EXCHANGES) is not None


def is_changed(call: Call) -> bool:
    """Whether a call takes differences from row to row of a table or a column."""
    return call.owner is not None and call.name in ("diff", "pct_change")


def changes_on_the_way(value: Value) -> list[tuple[Call, int]]:
    """The differences that were taken, the latest first, and over how many rows."""
    found = []
    for each in value.way():
        call = each.call
        if call is not None and is_changed(call):
            periods = call.constant("periods", default=1)
            found.append((call, periods if isinstance(periods, int) else 0))
    return found
