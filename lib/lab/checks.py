"""What to beware of in any table: facts about its columns and its strongest pairs, and sentences.

Every instrument that shows pairs of numbers says the same of them. The script that computes these
facts with public libraries is scripts/checks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from ..course import Fact, Value
from ..stats import correlate, critical_r
from .columns import (
    categories,
    count_column,
    crossed,
    dates,
    everything,
    is_clock,
    listed,
    numbers,
    varies,
)
from .instrument import Remark, table_of
from .mapping import with_days

if TYPE_CHECKING:
    from ..tables import Sheet

FEW_ROWS = 30
_STRONGEST = 10
_WORTH_EXPLAINING = 0.3
_EXPLAINED = (-1 / 2, 1 / 3)  # what is left of r, as a share of it
_NEARLY_ONE = 0.99
_MOST_CODES = 7
_MOST_GROUPS = 20
_TWO_CROWDS = 0.85  # a split explains 0.64 of the variance of normal values, 0.75 of uniform ones
_DRIFTING = 0.8
_HANGING_TOGETHER = 0.5  # of 30 rows that do not, fewer than one in a hundred
_HEAVY_TAILS = 3.0  # of kurtosis beyond that of normal values
_MOST_CLASSES = 10
_ROWS_OF_A_CLASS = 8
_CURVED = 0.25  # the share of variance that classes explain beyond a line
_UNLIKELY = 0.01
_MOST_CURVES = 4_000_000  # rows times pairs, in a moment
_ROUNDING = 1e-9

Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """Two columns of numbers and their r."""

    x: str
    y: str
    r: float


def check_givens(
    sheet: Sheet, columns: Sequence[str], *, beside: Sequence[str] = (), row_counts: str = ""
) -> dict[str, Value]:
    """What scripts/checks.py is told: which of the columns hold what, and what was left out."""
    table = sheet.frame[list(columns)]
    return {
        "columns": tuple(columns),
        "numbers": tuple(numbers(table)),
        "categories": tuple(categories(table)),
        "identifiers": tuple(sheet.of_kind("identifier")),
        "crossed": tuple(crossed(table_of(sheet))),
        "amounts": tuple(numbers(table_of(sheet))) if crossed(table_of(sheet)) else (),
        "beside": tuple(beside),
        "row_counts": row_counts,
    }


def checks(
    sheet: Sheet,
    columns: Sequence[str],
    r: pd.DataFrame | None = None,
    *,
    beside: Sequence[str] = (),
    row_counts: str = "",
) -> dict[str, Fact]:
    """The facts that the remarks below speak of, for these columns of the sheet.

    `r` is Pearson's r of all pairs of the columns, where it is known already; other columns may
    be in it as well. Of pairs, all are looked at, or those of a column in `beside` with another.
    `row_counts` names the column that says how many rows each row stands for.
    """
    table = sheet.frame[list(columns)]
    measured = {*numbers(table), *dates(table)}
    values = with_days(table[[name for name in everything(table) if name in measured]])
    r = _r_of(values) if r is None else r.loc[list(values), list(values)]
    times = sheet.frame[row_counts].to_numpy(dtype=float) if row_counts else None
    return {
        **_of_columns(sheet, table, times),
        **_of_pairs(values, table[categories(table)], r, beside),
    }


def _scaled(values: pd.DataFrame) -> pd.DataFrame:
    """Values no larger than 1, whose squares are numbers too; r is the same."""
    values = values.astype(float)
    largest = values.abs().max()
    return values / largest.where(largest > 0, 1.0)


def _of_columns(sheet: Sheet, table: pd.DataFrame, times: Floats | None) -> dict[str, Fact]:
    constant = [name for name in everything(table) if not varies(table[name])]
    coded = [name for name in numbers(table) if _may_be_codes(table[name].dropna())]
    fewest = _fewest_shared(table) if times is None else _fewest_counted(table, times)
    return {
        "identifier_count": len(sheet.of_kind("identifier")),
        "identifier_names": listed(sheet.of_kind("identifier")),
        "constant_count": len(constant),
        "constant_names": listed(constant),
        **_of_counts(sheet, table),
        "code_count": len(coded),
        "code_names": listed(coded),
        "fewest_n": fewest,
        "needed_r": critical_r(fewest) if fewest > 2 else 1.0,
    }


def _of_counts(sheet: Sheet, table: pd.DataFrame) -> dict[str, Fact]:
    """Whether the whole table is one of counts: these, or what they count, are looked at here."""
    whole = table_of(sheet)
    name = count_column(whole)
    if not name or (name not in table and len(categories(table)) < 2):
        return {"counts": "", "counted": 0}
    return {"counts": name, "counted": int(whole[name].sum())}


def _fewest_shared(table: pd.DataFrame) -> int:
    """Rows of the pair that shares fewest; a complete column shares all that the other has."""
    if table.shape[1] < 2:
        return len(table)
    values = table.count()
    gaps = table[list(values.index[values < len(table)])]
    # Counts up to 2**24 are exact in 32 bits, at half of the memory.
    present = gaps.notna().to_numpy(dtype=np.float32)
    shared = (present.T @ present)[np.triu_indices(present.shape[1], 1)]
    return int(min(values.min(), shared.min(initial=len(table))))


def _fewest_counted(table: pd.DataFrame, times: Floats) -> int:
    """The same, where a row stands for so many."""
    present = table.notna().to_numpy(dtype=float)
    shared = ((present.T * times) @ present)[np.triu_indices(present.shape[1], 1)]
    return int(shared.min(initial=times.sum()))


def _may_be_codes(column: pd.Series[Any]) -> bool:
    if column.iloc[:1000].nunique() > _MOST_CODES:  # so that long columns are not counted
        return False
    values = column.unique()
    return 2 < len(values) <= _MOST_CODES < len(column) and bool((values == values // 1).all())


def _of_pairs(
    values: pd.DataFrame, groups: pd.DataFrame, r: pd.DataFrame, beside: Sequence[str]
) -> dict[str, Fact]:
    pairs = _strongest(r, beside)
    strong = _scaled(values[list(dict.fromkeys(name for x, y, _ in pairs for name in (x, y)))])
    clocks = [str(name) for name in strong if is_clock(strong[name])]
    timeless = [pair for pair in pairs if pair.x not in clocks and pair.y not in clocks]
    givens = _givens(strong, groups, timeless, r)
    return {
        **_leak(strong, pairs),
        **_confounder(givens, values, strong, groups),
        **_turned(givens, values, strong, groups),
        **_outlier(strong, pairs),
        **_crowds(strong, pairs),
        **_drift(strong, timeless),
        **_trend(strong, pairs, clocks),
        **_tails(strong, pairs),
        **_curve(values, r, beside),
    }


def _r_of(values: pd.DataFrame) -> pd.DataFrame:
    if values.shape[1] < 2 or values.empty:
        return pd.DataFrame(np.nan, values.columns, values.columns)
    return correlate(values, adjust="none").r


def _strongest(r: pd.DataFrame, beside: Sequence[str]) -> list[Pair]:
    names = list(r)
    rows, columns = np.triu_indices(len(names), 1)
    if beside:
        is_beside = r.index.isin(list(beside))
        shown = is_beside[rows] != is_beside[columns]
        rows, columns = rows[shown], columns[shown]
    found = r.to_numpy()[rows, columns]
    order = np.argsort(-np.abs(found).round(10), kind="stable")[:_STRONGEST]
    return [
        Pair(names[rows[place]], names[columns[place]], float(found[place]))
        for place in order
        if np.isfinite(found[place])
    ]


def _leak(values: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, Fact]:
    for x, y, r in pairs[:1]:
        if abs(r) >= _NEARLY_ONE and len(values[[x, y]].dropna()) >= 10:
            return {"leak_x": x, "leak_y": y, "leak_r": r}
    return {"leak_x": "", "leak_y": "", "leak_r": 0.0}


def _worth(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs strong enough to ask why, and not two names of one thing."""
    return [pair for pair in pairs if _WORTH_EXPLAINING <= abs(pair.r) < _NEARLY_ONE]


def given_one(r_xy: Any, r_xz: Any, r_yz: Any) -> Any:
    """The partial correlation of x and y given z, by their three correlations."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return (r_xy - r_xz * r_yz) / np.sqrt((1 - r_xz**2) * (1 - r_yz**2))


class Given(NamedTuple):
    """A pair, a third column, and what is left of the pair's r given that."""

    pair: Pair
    third: str
    r: float

    @property
    def is_explained(self) -> bool:
        """Whether little is left of r, on either side of zero."""
        return bool(_EXPLAINED[0] <= self.r / self.pair.r <= _EXPLAINED[1])

    @property
    def is_turned(self) -> bool:
        """Whether r has turned round, and is worth explaining on either side."""
        return self.r / self.pair.r < _EXPLAINED[0] and abs(self.r) >= _WORTH_EXPLAINING


def _givens(
    strong: pd.DataFrame, groups: pd.DataFrame, pairs: Sequence[Pair], r: pd.DataFrame
) -> list[Given]:
    """Of the strongest pairs, each beside each third column."""
    return [
        Given(pair, third, given)
        for pair in _worth(pairs)
        for third, given in (*_given_numbers(pair, r), *_given_groups(pair, strong, groups))
    ]


def _most(givens: Iterable[Given]) -> Given | None:
    """The third column that moves an r furthest; of equal ones, the first."""
    best = None
    for given in givens:
        if best is None or _moved(given) > _moved(best) + _ROUNDING:
            best = given
    return best


def _moved(given: Given) -> float:
    """How far the third column brings r towards zero, or beyond."""
    if given.is_turned:
        return abs(given.r - given.pair.r)
    return abs(given.pair.r) - abs(given.r)


def _exactly(
    found: Given | None, values: pd.DataFrame, strong: pd.DataFrame, groups: pd.DataFrame
) -> Given | None:
    """The same over the rows that all three columns share."""
    if found is None:
        return None
    pair, third, _ = found
    if third in groups:
        return found._replace(r=_given_group(pair, strong, groups[third]))
    return found._replace(r=_given_number(pair, third, values))


def _confounder(
    givens: Sequence[Given], values: pd.DataFrame, strong: pd.DataFrame, groups: pd.DataFrame
) -> dict[str, Fact]:
    """Of the strongest pairs, the one of which a third column takes most away."""
    best = _most(given for given in givens if given.is_explained)
    found = _exactly(best, values, strong, groups)
    if found is None or not found.is_explained:
        return {"confounder": "", "confounded_x": "", "confounded_y": ""} | {
            "confounded_r": 0.0,
            "given_r": 0.0,
        }
    return {
        "confounder": found.third,
        "confounded_x": found.pair.x,
        "confounded_y": found.pair.y,
        "confounded_r": found.pair.r,
        "given_r": float(found.r),
    }


def _turned(
    givens: Sequence[Given], values: pd.DataFrame, strong: pd.DataFrame, groups: pd.DataFrame
) -> dict[str, Fact]:
    """Of the strongest pairs, the one that a third column turns round most: Simpson's reversal."""
    best = _most(given for given in givens if given.is_turned)
    found = _exactly(best, values, strong, groups)
    if found is None or not found.is_turned or not _is_sure(found, values):
        return {"turned_by": "", "turned_x": "", "turned_y": ""} | {
            "turned_r": 0.0,
            "turned_given": 0.0,
            "turned_by_levels": False,
        }
    return {
        "turned_by": found.third,
        "turned_x": found.pair.x,
        "turned_y": found.pair.y,
        "turned_r": found.pair.r,
        "turned_given": float(found.r),
        "turned_by_levels": found.third in groups,
    }


def _is_sure(found: Given, values: pd.DataFrame) -> bool:
    """Whether neither r is of a size that chance reaches among so many rows."""
    n = len(values[[found.pair.x, found.pair.y]].dropna())
    return min(abs(found.pair.r), abs(found.r)) > critical_r(n, _UNLIKELY)


def _given_numbers(pair: Pair, r: pd.DataFrame) -> list[tuple[str, float]]:
    """By pairwise correlations, all at once; whichever is chosen is computed anew."""
    to_x, to_y = r[pair.x].to_numpy(), r[pair.y].to_numpy()
    given = given_one(pair.r, to_x, to_y)
    usable = (np.abs(to_x) < _NEARLY_ONE) & (np.abs(to_y) < _NEARLY_ONE) & np.isfinite(given)
    usable &= ~r.index.isin([pair.x, pair.y])
    return [(str(r.index[place]), float(given[place])) for place in np.flatnonzero(usable).tolist()]


def _given_groups(
    pair: Pair, values: pd.DataFrame, groups: pd.DataFrame
) -> list[tuple[str, float]]:
    found = [(name, _given_group(pair, values, groups[name])) for name in groups]
    return [(str(name), given) for name, given in found if np.isfinite(given)]


def _given_group(pair: Pair, values: pd.DataFrame, group: pd.Series[Any]) -> float:
    """r of the deviations from the groups' means."""
    codes = group.cat.codes.to_numpy()
    x, y = values[pair.x].to_numpy(), values[pair.y].to_numpy()
    shared = (codes >= 0) & np.isfinite(x) & np.isfinite(y)
    levels, codes = np.unique(codes[shared], return_inverse=True)
    if not 2 <= len(levels) <= min(_MOST_GROUPS, len(codes) / 5):
        return np.nan
    n = np.bincount(codes)
    x, y = (part - (np.bincount(codes, part) / n)[codes] for part in (x[shared], y[shared]))
    return _r(x, y)


def _given_number(pair: Pair, third: str, values: pd.DataFrame) -> float:
    three = _scaled(values[[pair.x, pair.y, third]]).dropna()
    if len(three) < 10:
        return np.inf
    r = np.corrcoef(three.to_numpy(), rowvar=False)
    return float(given_one(r[0, 1], r[0, 2], r[1, 2]))


def _r(x: Floats, y: Floats) -> float:
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else np.nan


def _outlier(values: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, Fact]:
    """Of the strongest pairs, the one that a single row makes most of."""
    none: dict[str, Fact] = {"outlier_x": "", "outlier_y": "", "outlier_row": 0}
    best, found = 0.0, none | {"outlier_r": 0.0, "without_r": 0.0}
    for pair in _worth(pairs):
        both = values[[pair.x, pair.y]].to_numpy()
        rows = np.flatnonzero(np.isfinite(both).all(axis=1))
        if len(rows) < 8:
            continue
        without = r_without_each(*both[rows].T)
        lost = abs(pair.r) - np.sign(pair.r) * np.nan_to_num(without)
        place = int(lost.round(10).argmax())
        if lost[place] > max(best + _ROUNDING, abs(pair.r) / 2):
            best = float(lost[place])
            found = {
                "outlier_x": pair.x,
                "outlier_y": pair.y,
                "outlier_row": int(rows[place]) + 1,
                "outlier_r": pair.r,
                "without_r": float(without[place]),
            }
    return found


def r_without_each(x: Floats, y: Floats) -> Floats:
    """r without the first row, without the second, and so on; NaN where nothing varies then.

    >>> r_without_each(np.array([0.0, 1.0, 2.0, 9.0]), np.array([1.0, 0.0, 1.0, 9.0])).round(2)
    array([1.  , 0.98, 0.98, 0.  ])
    """
    x, y = x - x.mean(), y - y.mean()
    factor = len(x) / (len(x) - 1)
    left_x, left_y = x @ x - factor * x**2, y @ y - factor * y**2
    varies = (left_x > _ROUNDING * (x @ x)) & (left_y > _ROUNDING * (y @ y))
    scale = np.sqrt(np.where(varies, left_x * left_y, np.nan))
    found: Floats = (x @ y - factor * x * y) / scale
    return found


def _crowds(values: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, Fact]:
    """Of the strongest pairs, the first that lies in two crowds with little within them."""
    for x, y, r in _worth(pairs):
        both = values[[x, y]].dropna().to_numpy()
        if len(both) < 20 or any(_is_coarse(column) for column in both.T):
            continue
        scores = (both - both.mean(axis=0)) / both.std(axis=0)
        upper, share = _two_crowds(scores[:, 0] + np.sign(r) * scores[:, 1])
        if share < _TWO_CROWDS or min(upper.sum(), (~upper).sum()) < max(5, len(both) / 10):
            continue
        for crowd in (upper, ~upper):
            scores[crowd] -= scores[crowd].mean(axis=0)
        within = _r(*scores.T)
        if np.sign(r) * within <= abs(r) / 2:
            return {"crowds_x": x, "crowds_y": y, "crowds_r": r, "within_r": within}
    return {"crowds_x": "", "crowds_y": "", "crowds_r": 0.0, "within_r": 0.0}


def _is_coarse(column: Floats) -> bool:
    """Whether it has a few values only: those of codes are crowds whatever they are."""
    return all(len(np.unique(part)) <= _MOST_CODES for part in (column[:1000], column))


def _two_crowds(values: Floats) -> tuple[NDArray[np.bool_], float]:
    """The upper of the two crowds that differ most, and the share of variance between them."""
    ordered = np.sort(values)
    n = np.arange(1, len(values))
    lower = ordered.cumsum()[:-1] / n
    upper = (ordered.sum() - ordered.cumsum()[:-1]) / (len(values) - n)
    between = n * (len(values) - n) * (upper - lower) ** 2 / len(values) ** 2
    place = int(between.argmax())
    return values > ordered[place], float(between[place] / values.var())


def _drift(values: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, Fact]:
    """Of the strongest pairs, the first whose columns drift from row to row, and only that."""
    for x, y, r in pairs:
        both = values[[x, y]].dropna().to_numpy()
        if abs(r) < 0.5 or len(both) < FEW_ROWS:
            continue
        changes = np.diff(both, axis=0)
        drifting = min(_r(column[:-1], column[1:]) for column in both.T)
        changes_r = _r(*changes.T)
        if drifting >= _DRIFTING and np.sign(r) * changes_r <= abs(r) / 3:
            return {"drift_x": x, "drift_y": y, "drift_r": r, "changes_r": changes_r}
    return {"drift_x": "", "drift_y": "", "drift_r": 0.0, "changes_r": 0.0}


def _trend(values: pd.DataFrame, pairs: Sequence[Pair], clocks: Sequence[str]) -> dict[str, Fact]:
    """Of the strongest pairs, the first of a clock with what hangs together from row to row."""
    for x, y, r in pairs:
        if (x in clocks) == (y in clocks):
            continue
        clock, other = (x, y) if x in clocks else (y, x)
        both = values[[clock, other]].dropna().to_numpy()
        if len(both) < FEW_ROWS:
            continue
        time, level = (both - both.mean(axis=0)).T
        left = level - (time @ level) / (time @ time) * time
        left_r = _r(left[:-1], left[1:])
        if left_r >= _HANGING_TOGETHER:
            return {"trend_x": clock, "trend_y": other, "trend_r": r, "left_r": left_r}
    return {"trend_x": "", "trend_y": "", "trend_r": 0.0, "left_r": 0.0}


def _tails(values: pd.DataFrame, pairs: Sequence[Pair]) -> dict[str, Fact]:
    """Of the strongest pairs, the columns with heavy tails."""
    names = dict.fromkeys(name for x, y, _ in _worth(pairs) for name in (x, y))
    tails = values[list(names)].kurt().round(9)
    heavy = [str(name) for name in tails.index if tails[name] > _HEAVY_TAILS]
    return {"tail_count": len(heavy), "tail_names": listed(heavy)}


def _curve(values: pd.DataFrame, r: pd.DataFrame, beside: Sequence[str]) -> dict[str, Fact]:
    """Of all pairs, the one of which classes of one column explain most beyond a line.

    The share that classes explain is without what chance adds to it. Left out where there are
    many pairs of many rows.
    """
    none: dict[str, Fact] = {"curve_x": "", "curve_y": "", "curve_line": 0.0, "curve_share": 0.0}
    n, k = values.shape
    if k < 2 or n < FEW_ROWS or n * k * k > _MOST_CURVES:
        return none
    shares, p = _explained_by_classes(_scaled(values))
    lines = r.to_numpy() ** 2
    shown = ~np.eye(k, dtype=bool)
    if beside:
        is_beside = r.index.isin(list(beside))
        shown &= is_beside != is_beside[:, np.newaxis]
    beyond = np.nan_to_num(shares - lines)
    beyond[~shown | ~(p * np.count_nonzero(shown) < _UNLIKELY)] = 0
    row, column = np.unravel_index(beyond.round(10).argmax(), beyond.shape)
    if beyond[row, column] < _CURVED:
        return none
    return {
        "curve_x": str(r.index[row]),
        "curve_y": str(r.index[column]),
        "curve_line": float(lines[row, column]),
        "curve_share": float(shares[row, column]),
    }


def _explained_by_classes(values: pd.DataFrame) -> tuple[Floats, Floats]:
    """How much of each column's variance classes of each row's explain, and p of that.

    There are up to ten, with equally many rows as far as ties allow.
    """
    classes = min(_MOST_CLASSES, len(values) // _ROWS_OF_A_CLASS)
    y = (values - values.mean()).to_numpy()
    present, y = np.isfinite(y).astype(float), np.nan_to_num(y)
    shares, p = np.full((2, len(values.columns), len(values.columns)), np.nan)
    for place, name in enumerate(values):
        x = values[name].rank()
        codes = np.ceil((x / x.count() * classes).to_numpy())
        members = (codes == np.arange(1, classes + 1)[:, np.newaxis]).astype(float)
        sizes, sums, squares = members @ present, members @ y, (members @ y**2).sum(axis=0)
        n, groups = sizes.sum(axis=0), (sizes > 0).sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            level = sums.sum(axis=0) ** 2 / n
            total = squares - level
            between = (sums**2 / np.maximum(sizes, 1)).sum(axis=0) - level
            left = np.clip(1 - between / np.where(total > 0, total, np.nan), 0, 1)
            within = np.where(n - groups >= _ROWS_OF_A_CLASS, n - groups, np.nan)
            shares[place] = 1 - left * (n - 1) / within
            p[place] = special.betainc(within / 2, (groups - 1) / 2, left)
    return shares, p


def _kept_sign(state: Mapping[str, Any], before: str, after: str) -> float:
    """What is left of a correlation, as a share of it; negative where the sign turned."""
    return float(state[after] / state[before])


DRIFT_BEWARES: tuple[Remark, ...] = (
    Remark(
        "{drift_x} and {drift_y} drift along the rows. Pearson's r is {drift_r:.2f}. From "
        "one row to the next, their changes have r = {changes_r:.2f}. If the rows are in order of "
        "time, look at the changes, and believe no p that takes each row for news.",
        when=lambda s: bool(s["drift_x"]),
        holds=lambda s: _kept_sign(s, "drift_r", "changes_r") <= 1 / 3 + 1e-9,
    ),
    Remark(
        "{trend_x} never falls from row to row, and Pearson's r of {trend_y} with it is "
        "{trend_r:.2f}. But how far one row lies from the straight line goes with how far the next "
        "one does, r = {left_r:.2f}. The line bends, or the rows hang together, as in "
        "seasons: believe no p that takes each row for news.",
        when=lambda s: bool(s["trend_x"]),
        holds=lambda s: s["left_r"] >= _HANGING_TOGETHER,
    ),
)
"""Of rows in order of time."""

PAIR_FACTS = (
    *("confounder", "turned_by", "outlier_x", "crowds_x", "drift_x", "trend_x", "curve_x"),
    *("leak_x", "tail_names"),
)
"""Which are empty where nothing is said of single pairs."""

LEAK = Remark(
    "{leak_x} and {leak_y} say almost the same: Pearson's r = {leak_r:.3f}. One may be made "
    "from the other. If one is what you want to predict, the other would give it away.",
    when=lambda s: bool(s["leak_x"]),
    holds=lambda s: abs(s["leak_r"]) >= _NEARLY_ONE,
)

PAIR_BEWARES: tuple[Remark, ...] = (
    Remark(
        "{confounder} may stand behind {confounded_x} and {confounded_y}. Pearson's r is "
        "{confounded_r:.2f}. Given {confounder}, it is {given_r:.2f}.",
        when=lambda s: bool(s["confounder"]),
        holds=lambda s: abs(s["given_r"]) <= abs(s["confounded_r"]) / 2 + 1e-9,
    ),
    Remark(
        "One row makes most of Pearson's r between {outlier_x} and {outlier_y}. It is "
        "{outlier_r:.2f} with row {outlier_row:,} and {without_r:.2f} without it. Look at that row "
        "first.",
        when=lambda s: bool(s["outlier_x"]),
        holds=lambda s: not _kept_sign(s, "outlier_r", "without_r") >= 0.5,
    ),
    Remark(
        "{crowds_x} and {crowds_y} lie in two crowds. Over all rows Pearson's r is "
        "{crowds_r:.2f}. Within the crowds it is {within_r:.2f}. Ask what sets the crowds apart.",
        when=lambda s: bool(s["crowds_x"]),
        holds=lambda s: _kept_sign(s, "crowds_r", "within_r") <= 0.5,
    ),
    Remark(
        "Within the levels of {turned_by}, {turned_x} and {turned_y} go together the other way "
        "round. Over all rows Pearson's r is {turned_r:.2f}. Within the levels it is "
        "{turned_given:.2f}. Both are true. Ask which of them answers your question.",
        when=lambda s: bool(s["turned_by"]) and s["turned_by_levels"],
        holds=lambda s: s["turned_r"] * s["turned_given"] < 0,
    ),
    Remark(
        "Given {turned_by}, {turned_x} and {turned_y} go together the other way round. Pearson's r "
        "is {turned_r:.2f}. Given {turned_by}, it is {turned_given:.2f}. Both are true. Ask which "
        "of them answers your question.",
        when=lambda s: bool(s["turned_by"]) and not s["turned_by_levels"],
        holds=lambda s: s["turned_r"] * s["turned_given"] < 0,
    ),
    Remark(
        "{curve_y} follows {curve_x} along a curve more than along a line, and r sees the line "
        "alone. Of the variance of {curve_y}, a straight line explains {curve_line:.2f}. The means "
        "of classes of {curve_x} explain {curve_share:.2f}. Look at the points.",
        when=lambda s: bool(s["curve_x"]),
        holds=lambda s: s["curve_share"] >= s["curve_line"] + _CURVED - 1e-9,
    ),
    LEAK,
    Remark(
        "{tail_names} {tail_count:has|have} heavy tails. Where Pearson's r is not near 0, its "
        "interval is then too short: it was made for normal values. Spearman's rho minds heavy "
        "tails less, and so does a bootstrap.",
        when=lambda s: s["tail_count"] > 0 and s.get("method", "") not in ("Spearman", "Kendall"),
        holds=lambda s: bool(s["tail_names"]),
    ),
)
"""Of the strongest pairs."""

FEW_ROWS_BEWARES: tuple[Remark, ...] = (
    Remark(
        "Some pairs have {fewest_n} {fewest_n:row|rows} only. Among so few, chance alone reaches "
        "r = {needed_r:.2f} in one pair of twenty.",
        when=lambda s: 3 <= s["fewest_n"] < FEW_ROWS,
        holds=lambda s: s["needed_r"] > 0.3,
    ),
    Remark(
        "Some pairs share fewer than three rows: nothing can be said of them.",
        when=lambda s: s["fewest_n"] < 3,
        holds=lambda s: s["fewest_n"] <= 2,
    ),
)
"""Of the pair that shares the fewest rows."""

TABLE_BEWARES: tuple[Remark, ...] = (
    Remark(
        "Each row is another combination of categories, and {counts} is a whole number: this looks "
        "like a table of counts, which measures nothing as it stands. Under Change the table, "
        "write out the rows that are counted: they become {counted:,}.",
        when=lambda s: bool(s["counts"]),
        holds=lambda s: s["counted"] > 1,
    ),
    Remark(
        "{code_names} {code_count:holds|hold} a few whole numbers. If they are codes of "
        "categories, r depends on how they were numbered: change their kind.",
        when=lambda s: s["code_count"] > 0,
        holds=lambda s: bool(s["code_names"]),
    ),
    Remark(
        "{constant_names} {constant_count:does|do} not vary, so nothing goes with "
        "{constant_count:it|them}.",
        when=lambda s: s["constant_count"] > 0,
        holds=lambda s: bool(s["constant_names"]),
    ),
    Remark(
        "{identifier_names} {identifier_count:is|are} left out as "
        "{identifier_count:an identifier|identifiers}. If {identifier_count:it measures|they "
        "measure} something, change {identifier_count:its|their} kind.",
        when=lambda s: s["identifier_count"] > 0,
        holds=lambda s: bool(s["identifier_names"]),
    ),
)
"""Of the columns themselves."""

COLUMN_BEWARES = (*DRIFT_BEWARES, *FEW_ROWS_BEWARES, *TABLE_BEWARES)
"""Of rows and columns, whatever is done with them."""

BEWARES = (*PAIR_BEWARES, *COLUMN_BEWARES)
