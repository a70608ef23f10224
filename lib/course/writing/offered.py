"""What lines may use: every attribute of every type, every function, and what each may cost.

Nothing else can be reached. To offer more, add a name here, under the rule that foresees its
cost; `tests/course/writing_attacks.py` then has to hold as before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy
from pandas.core.resample import Resampler
from pandas.core.window import Expanding, ExponentialMovingWindow, Rolling
from scipy import stats

from . import rules
from .rules import Rule, each, gathered, grouped, own, several, windowed


@dataclass(frozen=True)
class Module:
    """Something with names in it, such as `np`; `linalg` in it is one as well."""

    name: str
    members: Mapping[str, Any]


@dataclass(frozen=True)
class Function:
    """A function that may be called under a rule; `kind` is what it stands for as a dtype."""

    name: str
    function: Callable[..., Any]
    rule: Rule
    subject: Any = None
    kind: Any = None
    members: Mapping[str, Any] = field(default_factory=dict)


def _words(text: str) -> list[str]:
    return text.split()


PROPERTY = None
"""In the place of a rule: an attribute that is read."""

KEYWORDS = frozenset(
    _words(
        "alpha as_index ascending axis bias by center columns cond copy data ddof decimals "
        "deep drop drop_first dropna dtype dummy_na duplicates fill_value group_keys halflife how "
        "include_lowest index indicator k keep keepdims labels limit lower margins method "
        "min_periods n na_position name nan normalize numeric_only observed on other "
        "pct periods prefix prefix_sep right rowvar rule shape skipna sort span subset thresh "
        "to_replace upper value values window "
    )
)
"""The arguments that may be given by name; none of them calls, writes or reads a file."""

DTYPES = ("bool", "category", "float", "float32", "float64", "int", "int8", "int32", "int64", "str")

REDUCTIONS = (
    "count",
    "first",
    "last",
    "max",
    "mean",
    "median",
    "min",
    "nunique",
    "prod",
    "size",
    "std",
    "sum",
    "var",
)
"""What `agg` and `transform` take by name."""


def _names(words: str, rule: Rule | None) -> dict[str, Rule | None]:
    return dict.fromkeys(words.split(), rule)


_PARTS = frozenset({"bins", "q"})
_KEYS_BY_LEVEL = frozenset({"level"})

_ARITHMETIC = (
    "add sub mul div truediv floordiv mod pow radd rsub rmul rdiv rtruediv rfloordiv rmod rpow"
)

_TABLE: dict[str, Rule | None] = {
    **_names("T at columns dtype dtypes empty iloc index loc name names ndim shape size", PROPERTY),
    **_names("values", PROPERTY),
    **_names(
        "sum mean std var sem skew kurt prod cumsum cumprod cummax cummin diff abs pct_change",
        Rule(own(), numbers=True, most=1),
    ),
    **_names("median", Rule(own(30), numbers=True, most=1)),
    **_names("rank", Rule(own(60), numbers=True, most=1)),
    **_names("quantile", Rule(several, numbers=True, most=1, keywords=_PARTS)),
    **_names("round", Rule(rules.rounded, numbers=True, most=1)),
    **_names(_ARITHMETIC, Rule(each(), numbers=True)),
    **_names("eq ne lt le gt ge", Rule(each(20))),
    **_names("clip", Rule(each(), numbers=True)),
    **_names(
        "min max count idxmax idxmin any all isna notna isnull notnull ffill bfill head tail copy "
        "to_list tolist item squeeze to_frame transpose shift nlargest nsmallest",
        Rule(each(20), most=1),
    ),
    **_names("shift nlargest nsmallest", Rule(own(20), most=1)),
    **_names("where mask fillna", Rule(each(10))),
    **_names("isin", Rule(rules.hashed)),
    **_names("map replace", Rule(rules.hashed)),
    **_names("astype", Rule(rules.looked_up, most=1)),
    **_names("to_numpy", Rule(own(10), most=0)),
    **_names(
        "dropna sort_index select_dtypes",
        Rule(rules.looked_up, most=1),
    ),
    **_names("sort_values", Rule(rules.looked_up, most=1)),
    **_names(
        "drop rename duplicated drop_duplicates describe set_index unique nunique groupby",
        Rule(rules.hashed, most=1, keywords=_KEYS_BY_LEVEL),
    ),
    **_names("value_counts", Rule(rules.counted, most=1)),
    **_names("reset_index", Rule(own(20), most=1, keywords=_KEYS_BY_LEVEL)),
    **_names("reindex", Rule(rules.reindexed, most=1)),
    **_names("corr cov corrwith", Rule(rules.pairs, most=1)),
    **_names("dot", Rule(rules.matrix_product, numbers=True, most=1)),
    **_names("autocorr", Rule(own(20), numbers=True, most=1)),
    **_names("between", Rule(each(10))),
    **_names("agg transform", Rule(own(100), numbers=True, most=1)),
    **_names("rolling expanding ewm", Rule(own(1), most=2)),
    **_names("resample", Rule(rules.resampled, most=1)),
    **_names("stack", Rule(rules.stacked, most=0)),
    **_names("unstack", Rule(rules.unstacked, most=1, keywords=_KEYS_BY_LEVEL)),
    **_names("pivot pivot_table", Rule(rules.pivoted, most=0, keywords=frozenset({"aggfunc"}))),
    **_names("assign", Rule(rules.each(20), most=0)),
    **_names("str dt cat", PROPERTY),
}

_INDEX: dict[str, Rule | None] = {
    **_names(
        "shape size name names nlevels values is_unique dtype year month quarter day", PROPERTY
    ),
    **_names("dayofyear dayofweek", PROPERTY),
    **_names("tolist to_list min max sort_values", Rule(own(20), most=0)),
    **_names("unique nunique duplicated", Rule(rules.hashed, most=0)),
    **_names("get_level_values to_numpy to_series", Rule(own(20), most=1)),
    **_names("isin drop difference intersection union get_loc", Rule(rules.hashed, most=1)),
    **_names("str", PROPERTY),
}

_ARRAY: dict[str, Rule | None] = {
    **_names("shape size T ndim dtype", PROPERTY),
    **_names(
        "sum mean std var min max argmax argmin cumsum cumprod any all trace diagonal prod",
        Rule(own(), numbers=True, most=1),
    ),
    **_names("round", Rule(rules.rounded, numbers=True, most=1)),
    **_names("clip", Rule(each(), numbers=True)),
    **_names("argsort", Rule(own(30), most=1)),
    **_names("copy ravel flatten tolist item transpose", Rule(own(20), most=0)),
    **_names("reshape", Rule(rules.looked_up, most=4)),
    **_names("astype", Rule(own(100), most=1)),
    **_names("dot", Rule(rules.matrix_product, numbers=True, most=1)),
}

_GROUPED: dict[str, Rule | None] = {
    **_names("ngroups", PROPERTY),
    **_names(
        "mean std var sum prod min max median count size first last nunique sem",
        Rule(grouped(20), most=0),
    ),
    **_names(
        "cumsum cumprod cummax cummin cumcount rank shift diff pct_change ffill bfill head tail",
        Rule(grouped(60, 200), most=1),
    ),
    **_names("transform agg", Rule(grouped(60, 200), most=1)),
    **_names("quantile", Rule(grouped(60, 200), most=1)),
    **_names("corr cov", Rule(rules.grouped_pairs, most=1)),
}

_WINDOWED: dict[str, Rule | None] = {
    **_names("mean std var sum min max count skew", Rule(windowed(40), most=0)),
    **_names("median rank", Rule(windowed(300), most=0)),
    **_names("quantile", Rule(windowed(300), most=1)),
    **_names("corr cov", Rule(rules.windowed_pairs, most=1)),
}

_RESAMPLED: dict[str, Rule | None] = _names(
    "mean std var sum min max median count first last",
    Rule(windowed(400), most=0),
)

_TEXT: dict[str, Rule | None] = _names(
    "lower upper strip len startswith endswith title",
    Rule(own(200), most=1),
)
_TIME: dict[str, Rule | None] = _names(
    "year month quarter day dayofyear dayofweek weekday", PROPERTY
)
_CATEGORIES: dict[str, Rule | None] = _names("codes categories ordered", PROPERTY)


@dataclass(frozen=True)
class Accessor:
    """`.str`, `.dt` or `.cat` of a column."""

    name: str
    subject: Any
    accessor: Any


@dataclass(frozen=True)
class Found:
    """What a test of SciPy found, by its names."""

    parts: Mapping[str, Any]


ACCESSORS = {"str": _TEXT, "dt": _TIME, "cat": _CATEGORIES}

ATTRIBUTES: tuple[tuple[tuple[type, ...], dict[str, Rule | None]], ...] = (
    ((pd.DataFrame, pd.Series), _TABLE),
    ((pd.Index,), _INDEX),
    ((np.ndarray,), _ARRAY),
    ((pd.Categorical,), _CATEGORIES),
    ((DataFrameGroupBy, SeriesGroupBy), _GROUPED),
    # One that is resampled is a group as well, and one that is grouped has windows.
    ((Resampler,), _RESAMPLED),
    ((Rolling, Expanding, ExponentialMovingWindow), _WINDOWED),
    ((np.generic, pd.Timestamp), _names("item", Rule(own(), most=0))),
)

INTERNAL = (
    DataFrameGroupBy,
    SeriesGroupBy,
    Resampler,
    Rolling,
    Expanding,
    ExponentialMovingWindow,
    Accessor,
    Found,
    Module,
    Function,
)
"""What lines can hold on the way, and neither hand over nor end with."""


def _functions(module: Any, prefix: str, words: str, rule: Rule) -> dict[str, Function]:
    return {
        name: Function(f"{prefix}{name}", getattr(module, name), rule) for name in words.split()
    }


def _ufuncs(words: str) -> dict[str, Function]:
    """Functions of NumPy that work cell by cell: with what they accumulate, or span."""
    made = {}
    for name in words.split():
        function = getattr(np, name)
        # What comes after is where the result is written to.
        rule = Rule(each(10), numbers=True, most=function.nin)
        members = {}
        if function.nin == 2:
            across = Rule(rules.outer, numbers=True)
            members = {
                "outer": Function(f"np.{name}.outer", function.outer, across),
                "accumulate": Function(f"np.{name}.accumulate", function.accumulate, _ALONG),
                "reduce": Function(f"np.{name}.reduce", function.reduce, _ALONG),
            }
        made[name] = Function(f"np.{name}", function, rule, members=members)
    return made


def _kinds(words: str) -> dict[str, Function]:
    return {
        name: Function(name, getattr(np, name), Rule(own(20), most=1), kind=getattr(np, name))
        for name in words.split()
    }


_ALONG = Rule(own(10), numbers=True)
_ANY = Rule(each(30))

NP = Module(
    "np",
    {
        "nan": np.nan,
        "inf": np.inf,
        "pi": np.pi,
        "e": np.e,
        "newaxis": None,
        **_ufuncs(
            "log log10 log2 log1p exp expm1 sqrt abs absolute sign square power minimum maximum "
            "fmin fmax add subtract multiply divide true_divide mod negative isnan isfinite isinf "
            "floor ceil rint logical_and logical_or logical_not logical_xor equal not_equal "
            "greater greater_equal less less_equal sin cos tan arcsin arccos tanh arctanh hypot"
        ),
        **_functions(np, "np.", "round around", Rule(rules.rounded, numbers=True)),
        **_functions(np, "np.", "clip", Rule(each(), numbers=True, most=3)),
        **_functions(np, "np.", "where", Rule(each(20), most=3)),
        **_functions(np, "np.", "nan_to_num", Rule(own(), numbers=True, most=1)),
        **_functions(
            np,
            "np.",
            "sum mean std var min max amin amax prod nansum nanmean nanstd nanvar nanmin nanmax "
            "cumsum cumprod any all count_nonzero argmax argmin average ptp",
            _ALONG,
        ),
        **_functions(np, "np.", "median nanmedian sort argsort", Rule(own(60), numbers=True)),
        **_functions(
            np,
            "np.",
            "quantile percentile nanquantile nanpercentile",
            Rule(rules.outer, numbers=True),
        ),
        **_functions(np, "np.", "diff", Rule(rules.differenced, numbers=True)),
        **_functions(np, "np.", "unique", Rule(rules.hashed, most=1)),
        **_functions(np, "np.", "isin", Rule(rules.member)),
        **_functions(np, "np.", "searchsorted digitize", Rule(rules.looked_up)),
        **_functions(np, "np.", "array asarray zeros_like ones_like", Rule(own(20))),
        **_functions(np, "np.", "full_like", _ANY),
        **_functions(
            np, "np.", "copy ravel flip fliplr flipud squeeze diagonal trace", Rule(own(10))
        ),
        **_functions(np, "np.", "transpose", Rule(own(10), most=1)),
        **_functions(
            np, "np.", "concatenate vstack hstack column_stack stack", Rule(rules.concatenated)
        ),
        **_functions(np, "np.", "roll", Rule(own(20), most=3)),
        **_functions(np, "np.", "expand_dims reshape", Rule(rules.looked_up)),
        **_functions(np, "np.", "outer", Rule(rules.outer, numbers=True)),
        **_functions(np, "np.", "dot matmul", Rule(rules.matrix_product, numbers=True)),
        **_functions(np, "np.", "corrcoef cov", Rule(rules.pairs, numbers=True)),
        **_functions(np, "np.", "zeros ones full", Rule(rules.shaped)),
        **_functions(
            np,
            "np.",
            "diag triu tril eye identity triu_indices tril_indices triu_indices_from "
            "tril_indices_from diag_indices_from",
            Rule(rules.squared, numbers=True),
        ),
        **_functions(np, "np.", "arange", Rule(rules.ranged, numbers=True, most=3)),
        **_functions(np, "np.", "linspace", Rule(rules.spaced, numbers=True, most=3)),
        **_functions(np, "np.", "fill_diagonal", Rule(own(), numbers=True)),
        **_kinds("float64 float32 int64 int32 bool bool_"),
        "linalg": Module(
            "np.linalg",
            {
                **_functions(
                    np.linalg,
                    "np.linalg.",
                    "inv pinv eigvalsh eigvals det matrix_rank cond norm",
                    Rule(rules.solved, numbers=True, most=1),
                ),
                **_functions(np.linalg, "np.linalg.", "solve", Rule(rules.solved, numbers=True)),
            },
        ),
    },
)

PD = Module(
    "pd",
    {
        "NA": pd.NA,
        **_functions(pd, "pd.", "DataFrame", Rule(rules.framed)),
        **_functions(pd, "pd.", "Series", Rule(rules.framed)),
        **_functions(pd, "pd.", "Index", Rule(own(50), most=1)),
        **_functions(pd, "pd.", "concat", Rule(rules.concatenated, most=1)),
        **_functions(pd, "pd.", "crosstab", Rule(rules.crossed)),
        **_functions(pd, "pd.", "get_dummies", Rule(rules.dummies, most=1)),
        **_functions(pd, "pd.", "cut qcut", Rule(rules.binned, numbers=True, keywords=_PARTS)),
        **_functions(pd, "pd.", "to_numeric", Rule(own(100), most=1)),
        **_functions(pd, "pd.", "isna notna", Rule(own(20), most=1)),
    },
)

_PROBABILITIES = Rule(each(300), numbers=True, most=3)
_TEST = Rule(rules.tested, numbers=True)

STATS = Module(
    "stats",
    {
        **{
            name: Module(
                f"stats.{name}",
                _functions(
                    getattr(stats, name), f"stats.{name}.", "cdf sf ppf isf pdf", _PROBABILITIES
                ),
            )
            for name in ("norm", "t", "chi2")
        },
        **_functions(stats, "stats.", "rankdata zscore", Rule(own(100), numbers=True, most=1)),
        **_functions(
            stats, "stats.", "false_discovery_control", Rule(own(100), numbers=True, most=1)
        ),
        **_functions(stats, "stats.", "pearsonr spearmanr kendalltau linregress", _TEST),
    },
)

_SINGLE = Rule(gathered, most=3)
BUILTINS: dict[str, Any] = {
    **{
        function.__name__: Function(function.__name__, function, _SINGLE)
        for function in (len, sum, min, max, sorted, list, tuple, dict, zip)
    },
    "abs": Function("abs", abs, Rule(own(), numbers=True, most=1)),
    "round": Function("round", round, Rule(rules.rounded, numbers=True)),
    "range": Function("range", range, Rule(rules.ranged, numbers=True, most=3)),
    **{
        kind.__name__: Function(kind.__name__, kind, Rule(gathered, most=1), kind=kind)
        for kind in (float, int, bool)
    },
    "str": Function("str", str, Rule(gathered, most=0), kind=str),
}

GLOBALS: dict[str, Any] = {"np": NP, "pd": PD, "stats": STATS, **BUILTINS}
