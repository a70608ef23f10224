"""Time: rows that follow one another, and are compared as if they did not."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..flow import Call, Column, Comparison, Frame, Program, Value
from ..mending import Fix, fresh, joined, put_before, replaced, root
from ..rule import Example, Found, Rule, Severity
from ..series import (
    Correlated,
    changes_on_the_way,
    correlations_in,
    is_called_prices,
    is_changed,
    is_dated,
    is_of_prices,
    is_treated,
)

_WHOLE = (ast.Name, ast.Call, ast.Attribute, ast.Subscript)


def _followed(call: Call, node: ast.expr, text: str) -> Fix | None:
    written = call.cell.segment(node)
    return replaced(
        call.cell, node, f"{written}{text}" if isinstance(node, _WHOLE) else f"({written}){text}"
    )


class Levels(Rule):
    id = "levels"
    title = "Series that are correlated as they stand"
    belief = "strong_levels_are_links"
    step = "time_series/levels_and_changes"
    why = (
        "Whatever drifts correlates with whatever else drifts, up with up and up with down. "
        "Changes from row to row take a drift out; what then still goes together is worth a look."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "import pandas as pd\nprices = pd.read_csv('etf.csv', index_col=0, parse_dates=True)\n"
            "sns.heatmap(prices.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=3,
        ),
        Example(
            "import yfinance as yf\n"
            "close = yf.download(['SPY', 'TLT'], start='2020-01-01')['Close']\n"
            "r = close.corr(method='spearman')",
            line=3,
        ),
        Example(
            "long = pd.read_csv('quotes.csv')\n"
            "wide = long.pivot('Date', 'Symbol', 'Close').reset_index()\nr = wide.corr()",
            line=3,
            mends=False,
        ),
        Example(
            "t = pd.read_csv('t.csv', index_col=0)\nquotes = pd.concat({'Close': t}, axis=1)\n"
            "r = quotes['Close'].corr()",
            line=3,
        ),
        Example(
            "t = pd.read_csv('t.csv', index_col=0)\n"
            "t.index = pd.to_datetime(t.index)\nr = t.corr()",
            line=3,
        ),
        Example(
            "from scipy import stats\nt = pd.read_csv('t.csv').set_index('date')\n"
            "print(stats.pearsonr(t['ice cream'], t['burglaries']), len(t))",
            line=3,
        ),
    )
    clean = (
        "t = pd.read_csv('t.csv', index_col=0, parse_dates=True)\n"
        "sns.heatmap(t.pct_change().corr(), vmin=-1, vmax=1, cmap='vlag')",
        "t = pd.read_csv('returns.csv', index_col='date', parse_dates=['date'])\nr = t.corr()",
        "orders = pd.read_csv('orders.csv', parse_dates=['date'])\n"
        "r = orders[['price', 'weight']].corr()",
        "quotes = pd.read_csv('q.csv', header=[0, 1])\nr = quotes['Close'].pct_change().corr()",
        "t = pd.read_csv('t.csv')\nt['born'] = pd.to_datetime(t['born'])\n"
        "r = t[['height', 'weight']].corr()",
        "t = pd.read_csv('t.csv', index_col=0, parse_dates=True)\n"
        "r = t.groupby('city').mean().corr()",
    )

    def find(self, program: Program) -> Iterator[Found]:
        correlated = list(correlations_in(program))
        changed = {root(_owner_of(call)) for call in program.calls if is_changed(call)}
        beside = _Changes.of(correlated)
        for each in correlated:
            if any(map(is_treated, each.parts, each.nodes)) or beside.are_of(each):
                continue
            sentence, is_question = self._sentence(each, changed - {"np", None})
            if sentence:
                yield Found(each.call.cell, each.call.node, sentence, self._fix(each), is_question)

    @staticmethod
    def _sentence(each: Correlated, changed: set[str | None]) -> tuple[str, bool]:
        dated = all(map(is_dated, each.parts))
        if dated and any(map(is_of_prices, each.parts, each.nodes)):
            return (
                "Prices wander, and enter here as they stand. Two that wander can have a large r, "
                "positive or negative, and no link.",
                False,
            )
        if dated:
            return (
                "These rows follow one another in time. Do the columns drift, or share a season? "
                "Then they go together, whatever else links them.",
                True,
            )
        if all(map(is_called_prices, each.nodes)):
            return (
                f"Is each row of `{root(each.nodes[0])}` the next day, or the next month? Prices "
                "wander, and two that wander can have a large r and no link.",
                True,
            )
        if all(root(node) in changed for node in each.nodes):
            return (
                f"Changes of `{root(each.nodes[0])}` are taken elsewhere, so its rows have an "
                "order. Do its levels drift? Then they go together, whatever else links them.",
                True,
            )
        return "", False

    @staticmethod
    def _fix(each: Correlated) -> Fix | None:
        call, change = each.call, ".diff()"
        if any(part.came_through("reset_index") is not None for part in each.parts):
            return None  # the dates are a column, and have no changes to correlate
        if any(map(is_of_prices, each.parts, each.nodes)):
            change = ".pct_change()"
        if call.name != "corr":
            if not all(isinstance(part, Column | Frame) for part in each.parts):
                return None
            change += ".iloc[1:]"
        elif call.argument("numeric_only") is not None:
            change = f".select_dtypes('number'){change}"
        return joined(*(_followed(call, node, change) for node in each.nodes))


def _owner_of(call: Call) -> ast.expr:
    return call.node.func.value if isinstance(call.node.func, ast.Attribute) else call.node


@dataclass(frozen=True)
class _Changes:
    """What changes from row to row that are correlated were taken of: values, and names."""

    values: frozenset[int]
    names: frozenset[str | None]

    @classmethod
    def of(cls, correlated: list[Correlated]) -> "_Changes":
        values: set[int] = set()
        names: set[str | None] = set()
        for each in correlated:
            for part in each.parts:
                if any(rows == 1 for _, rows in changes_on_the_way(part)):
                    behind = part.lineage()
                    values |= {id(value) for value in behind if value.sources or value.call}
                    names |= {root(node) for node in each.nodes}
        return cls(frozenset(values), frozenset(names))

    def are_of(self, levels: Correlated) -> bool:
        """Whether they were taken of the same table, so that both can be compared."""
        if any(root(node) in self.names for node in levels.nodes):
            return True
        return any(id(value) in self.values for part in levels.parts for value in part.way())


_SEASONS = ("seasonal_decompose", "STL", "MSTL", "month_plot", "quarter_plot", "seasonal_plot")
_CYCLES = {"M": 12, "MS": 12, "ME": 12, "Q": 4, "QS": 4, "QE": 4}
_UNITS = {12: "month", 4: "quarter"}


class SeasonalDifferences(Rule):
    id = "seasonal-differences"
    title = "Changes from row to row of what has a season"
    belief = "differencing_cures_everything"
    step = "time_series/cure"
    why = (
        "Differences take out a drift and keep a season. Two columns that follow the calendar do "
        "so in their changes, too, and correlate whether or not one has to do with the other."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "t = pd.read_csv('t.csv', index_col=0, parse_dates=True)\nr = t.diff().corr()\n"
            "from statsmodels.tsa.seasonal import seasonal_decompose\n"
            "parts = seasonal_decompose(t['gym'], period=12)",
            line=2,
        ),
        Example(
            "monthly = sales.resample('MS').sum()\nchanges = monthly.pct_change()\n"
            "print(changes['ice'].corr(changes['sun']))",
            line=3,
        ),
    )
    clean = (
        "monthly = sales.resample('MS').sum().diff()\n"
        "calm = monthly - monthly.groupby(monthly.index.month).transform('mean')\nr = calm.corr()",
        "prices = closes.resample('MS').last().diff()\nr = prices.corr()",
    )

    def find(self, program: Program) -> Iterator[Found]:
        removal = _season_removed(program)
        for each in correlations_in(program):
            if not all(map(_is_plain_change, each.parts)):
                continue
            period = _cycle(each)
            if period is not None:
                sentence = (
                    f"These are changes of sums by the {_UNITS[period]}. Do they have a season? "
                    "Then their changes have it still."
                )
            elif removal:
                sentence = (
                    f"This code takes a season out as well, by `{removal}`. Do these series have "
                    "one? Then their changes from row to row have it still."
                )
            else:
                continue
            fix = self._fix(each, period)
            yield Found(each.call.cell, each.call.node, sentence, fix, is_question=True)

    @staticmethod
    def _fix(each: Correlated, period: int | None) -> Fix | None:
        call, unit = each.call, _UNITS[period or 12]
        if not all(map(is_dated, each.parts)):
            return None
        lines, fixes = [], []
        taken: set[str] = set()
        for node in each.nodes:
            name = fresh("calm", call.cell, taken)
            taken.add(name)
            by = f"{name}.groupby({name}.index.{unit}).transform('mean')"
            lines += [f"{name} = {call.cell.segment(node)}", f"{name} = {name} - {by}"]
            fixes.append(replaced(call.cell, node, name))
        return joined(put_before(call.cell, call.node, lines), *fixes)


def _is_plain_change(value: Value) -> bool:
    """Whether it is a change from row to row, and nothing took a season out of it."""
    changes = changes_on_the_way(value)
    if len(changes) != 1 or changes[0][1] != 1:
        return False
    others = ("transform", "apply", "pipe", "rolling", "groupby", "fit", "resid", "sub")
    return value.came_through(*others) is None


def _season_removed(program: Program) -> str:
    """What the code imports or calls to take a season out; empty if nothing."""
    for cell in program.cells:
        for part in cell.nodes:
            word = getattr(part, "attr", getattr(part, "name", None))
            if word in _SEASONS:
                return str(word)
    return ""


def _cycle(each: Correlated) -> int | None:
    """How many rows a year has, if they are sums by the month or the quarter."""
    for value in each.parts[0].way():
        call = value.call
        if call is None or call.name != "sum" or call.owner is None:
            continue
        for before in call.owner.way():
            if before.call is not None and before.call.name == "resample":
                return _CYCLES.get(str(before.call.constant("rule")).partition("-")[0])
    return None


class OverlappingChanges(Rule):
    id = "overlapping-changes"
    title = "Changes that overlap, taken for independent rows"
    belief = "overlap_costs_nothing"
    step = "time_series/overlap"
    why = (
        "What reaches over many rows shares most of them with the next row. There are fewer "
        "observations than rows: r swings further by chance than their number says, and a p that "
        "counts rows is too small."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "t = pd.read_csv('t.csv', index_col='month', parse_dates=True)\n"
            "r = t.pct_change(12).corr()",
            line=2,
        ),
        Example(
            "from scipy.stats import pearsonr\nyear = t.rolling(window=12).sum().dropna()\n"
            "r, p = pearsonr(year['gdp'], year['co2'])\nprint(r, p, len(year))",
            line=3,
        ),
        Example("print(a.diff(periods=4).corr(b.diff(periods=4)))", line=1),
    )
    clean = (
        "t = pd.read_csv('t.csv', index_col='month', parse_dates=True)\n"
        "r = t.pct_change(12).iloc[::12].corr()",
        "t = pd.read_csv('t.csv', index_col='month', parse_dates=True)\n"
        "t['moving'] = t['a'].rolling(30).corr(t['b'])",
        "growth = t.pct_change(12)\nsns.heatmap(growth)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        thinned = {
            id(each.result) for each in program.subscripts if _thins(each.node.slice, each.key)
        }
        for each in correlations_in(program):
            spans = [_span(part, thinned) for part in each.parts]
            if all(spans):
                rows = min(spans)
                shared = "one" if rows == 2 else str(rows - 1)
                yield Found(
                    each.call.cell,
                    each.call.node,
                    f"Each value reaches over {rows} rows and shares {shared} of them with the "
                    "next one. There are as many rows as before, and far fewer independent ones.",
                    joined(*(_followed(each.call, n, f".iloc[::{rows}]") for n in each.nodes)),
                )


def _span(value: Value, thinned: Collection[int]) -> int:
    """Over how many rows each value reaches while the next one begins a row later; 0 if unknown."""
    calls: list[str] = []
    for each in value.way():
        if id(each) in thinned:
            return 0
        if each.call is None:
            continue
        if each.call.name in ("resample", "asfreq", "groupby", "sample", "nth", "query"):
            return 0
        if each.call.name in ("diff", "pct_change") and each.call.owner is not None:
            rows = each.call.constant("periods", default=1)
            return rows if isinstance(rows, int) and rows > 1 else 0
        if each.call.name == "rolling" and calls and calls[-1] in ("sum", "mean"):
            rows = each.call.constant("window")
            return rows if isinstance(rows, int) and rows > 1 else 0
        calls.append(each.call.name)
    return 0


def _thins(written: ast.expr, key: Value) -> bool:
    """Whether brackets choose some of the rows: every twelfth, or those that pass a test."""
    parts = written.elts if isinstance(written, ast.Tuple) else [written]
    return isinstance(key, Comparison) or any(
        isinstance(part, ast.Slice) and part.step is not None for part in parts
    )


_CCF = ("ccf", "xcorr")
_WHITENING = [
    "lfilter",
    "diff",
    "pct_change",
    "fit",
    "ARIMA",
    "AutoReg",
    "auto_arima",
    "resid",
    "get_prediction",
    "detrend",
    "standard_normal",
    "normal",
    "randn",
    "rand",
    "uniform",
    "integers",
    "default_rng",
    "prewhiten",
    "whiten",
]
_WHITE = ("white", "resid", "innov", "noise", "diff", "return", "filtered")


class UnwhitenedLags(Rule):
    id = "unwhitened-lags"
    title = "A cross-correlation of series with echoes of their own"
    belief = "ccf_band_holds_for_all"
    step = "time_series/leads"
    why = (
        "The usual band holds where at least one of the series has no echo. Where both repeat "
        "themselves, neighbouring lags repeat each other, and many leave the band with no link. "
        "Prewhitening takes the echo out first."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from statsmodels.tsa.stattools import ccf\nt = pd.read_csv('t.csv')\n"
            "r = ccf(t['spots'], t['lynx'])",
            line=3,
        ),
        Example(
            "import statsmodels.api as sm\nlags = sm.tsa.stattools.ccf(x, y, adjusted=False)[:40]",
            line=2,
        ),
        Example("at = [x.corr(y.shift(lag)) for lag in range(24)]", line=1, mends=False),
    )
    clean = (
        "from statsmodels.tsa.stattools import ccf\nr = ccf(ar.fit().resid, white_y)",
        "import numpy as np\nx, y = np.random.randn(2, 100)\nplt.xcorr(x, y, usevlines=True)",
        "r = x.corr(x.shift(1))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for call in program.calls:
            both = _lagged(call)
            if both is None:
                continue
            values, nodes = both
            if any(map(_is_white, values, nodes)) or ast.dump(nodes[0]) == ast.dump(nodes[1]):
                continue
            yield Found(
                call.cell,
                call.node,
                "Both series are compared at many lags as they are. Where both echo, lag after "
                "lag leaves the band, and the largest one need not mean a thing.",
                self._fix(call, nodes),
            )

    @staticmethod
    def _fix(call: Call, nodes: tuple[ast.expr, ast.expr]) -> Fix | None:
        if call.name == "corr" or not all(map(call.cell.holds, nodes)):
            return None
        taken: set[str] = set()
        names = []
        for wanted in ("x", "y", "order", "past"):
            names.append(fresh(wanted, call.cell, taken))
            taken.add(names[-1])
        x, y, order, past = names
        first, second = (call.cell.segment(node) for node in nodes)
        lines = [
            "import numpy as np",
            "from scipy.signal import lfilter",
            "from statsmodels.tsa.ar_model import AutoReg, ar_select_order",
            f"{x}, {y} = (np.asarray(z) - np.mean(z) for z in ({first}, {second}))",
            f"{order} = max(ar_select_order({x}, 12, ic='aic').ar_lags or [0])",
            f"{past} = AutoReg({x}, {order}).fit().params[1:]",
            f"{x}, {y} = (lfilter([1, *-{past}], [1], z)[{order}:] for z in ({x}, {y}))",
        ]
        return joined(
            put_before(call.cell, call.node, lines),
            replaced(call.cell, nodes[0], x),
            replaced(call.cell, nodes[1], y),
        )


def _lagged(call: Call) -> tuple[tuple[Value, Value], tuple[ast.expr, ast.expr]] | None:
    """The two series that a call compares at many lags."""
    if call.name in _CCF and call.path.startswith(("statsmodels.", "matplotlib.", ".xcorr")):
        first, second = call.argument("x", 0), call.argument("y", 1)
        if first is not None and second is not None:
            return (first.value, second.value), (first.node, second.node)
    if call.name == "corr" and call.owner is not None and call.inside:
        given = call.argument("other", "method")
        shifted = given.value.call if given is not None else None
        if given is None or shifted is None or shifted.name != "shift":
            return None
        owner = call.node.func
        lag = shifted.argument("periods")
        counted = {name for each in call.inside for name in _counted(each)}
        used = {n.id for n in ast.walk(lag.node) if isinstance(n, ast.Name)} if lag else set()
        if used & counted and isinstance(owner, ast.Attribute) and shifted.owner is not None:
            return (call.owner, shifted.owner), (owner.value, _owner_of(shifted))
    return None


def _counted(around: ast.AST) -> set[str]:
    """The names that a loop or a comprehension counts with."""
    targets = [around.target] if isinstance(around, ast.For) else []
    targets += [each.target for each in getattr(around, "generators", [])]
    return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}


def _is_white(value: Value, node: ast.expr) -> bool:
    """Whether its echo may have been taken out, or there never was one."""
    words = ast.unparse(node).lower()
    if value.came_through(*_WHITENING) is not None or any(word in words for word in _WHITE):
        return True
    return any(getattr(each, "name", "") in ("resid", "fittedvalues") for each in value.lineage())


RULES: tuple[Rule, ...] = (
    Levels(),
    SeasonalDifferences(),
    OverlappingChanges(),
    UnwhitenedLags(),
)
