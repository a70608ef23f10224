"""The guards: all that lines read, call, compute and write passes here first."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from .offered import (
    ACCESSORS,
    ATTRIBUTES,
    DTYPES,
    INTERNAL,
    KEYWORDS,
    PROPERTY,
    REDUCTIONS,
    Accessor,
    Found,
    Function,
    Module,
)
from .refused import Refused, as_code
from .rules import Call, Rule, across_rows, glues, reductions
from .sizes import (
    COLUMN,
    MOST_CELLS,
    MOST_LETTERS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_WORK,
    TOO_LARGE,
    by_matrix,
    cells,
    clashes,
    letters,
    shape,
    text_columns,
    texts,
    together,
    width,
)

_OPERATORS: dict[str, tuple[str, Callable[..., Any]]] = {
    "Add": ("+", operator.add), "Sub": ("-", operator.sub), "Mult": ("*", operator.mul),
    "Div": ("/", operator.truediv), "FloorDiv": ("//", operator.floordiv),
    "Mod": ("%", operator.mod), "Pow": ("**", operator.pow), "MatMult": ("@", operator.matmul),
    "BitAnd": ("&", operator.and_), "BitOr": ("|", operator.or_), "BitXor": ("^", operator.xor),
    "Eq": ("==", operator.eq), "NotEq": ("!=", operator.ne), "Lt": ("<", operator.lt),
    "LtE": ("<=", operator.le), "Gt": (">", operator.gt), "GtE": (">=", operator.ge),
    "In": ("in", lambda one, other: one in other),
    "NotIn": ("not in", lambda one, other: one not in other),
    "USub": ("-", operator.neg), "UAdd": ("+", operator.pos), "Invert": ("~", operator.invert),
    "Not": ("not", operator.not_),
}  # fmt: skip
_COMPARING = ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "In", "NotIn", "Not")
_PLAIN = (
    bool, int, float, str, list, tuple, dict, range, slice, np.generic, np.ndarray, np.dtype,
    pd.DataFrame, pd.Series, pd.Index, pd.Categorical, pd.Timestamp, pd.Timedelta, pd.Period,
    pd.api.extensions.ExtensionDtype,
)  # fmt: skip
_LARGEST = 2**63
PART = 50
"""Units that Python spends on a part of a list, to look at it."""
_INDEXERS = ("loc", "iloc", "at")
_READ_BY = {"str": "words", "dt": "dates", "cat": "categories"}
_FOUND = ("statistic", "pvalue", "correlation", "slope", "intercept", "rvalue", "stderr")
_AS_DTYPE = ("astype", "array", "asarray", "zeros", "ones", "zeros_like", "ones_like")


class Guards:
    """What one run may reach and spend.

    given   the tables that the step gave, by their names; no line writes into them
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = {id(value): name for name, value in given.items()}
        self._left = MOST_WORK

    @property
    def names(self) -> dict[str, Any]:
        """The guards by the names under which the compiled lines call them."""
        return {
            "_getattr_": self.attribute,
            "_getitem_": self.item,
            "_write_": self.target,
            "_call_": self.call,
            "_operate_": self.operate,
            "_display_": self.display,
            "_dict_": self.dictionary,
            "_slice_": slice,
        }

    def spend(self, size: float, work: float) -> None:
        """Take from what is left; Refused for a result that is too large or too much work."""
        if size > MOST_CELLS:
            raise Refused(TOO_LARGE)
        self._left -= int(min(work, 2 * MOST_WORK)) + 200
        if self._left < 0:
            raise Refused("That is more work than a page can wait for. A smaller table will do.")

    # Reading

    def attribute(self, value: Any, name: str) -> Any:
        match value:
            case Module():
                return _member(value, name)
            case Function() if name in value.members:
                return value.members[name]
            case Found() if name in value.parts:
                return value.parts[name]
        rules = _rules_of(value)
        if name not in rules:
            if isinstance(value, pd.DataFrame) and name in value.columns:
                return self.item(value, name)
            raise Refused(_no_attribute(value, name, rules))
        rule = rules[name]
        if name == "T" and isinstance(value, pd.DataFrame) and text_columns(value):
            self.spend(0, COLUMN * len(value))
        holder = value.accessor if isinstance(value, Accessor) else value
        # Columns and tables have their rules in common.
        if not hasattr(type(holder), name):
            raise Refused(f"{_kind_of(value)} has no `{name}`.{_who_has(holder)}")
        if name in ACCESSORS and not isinstance(value, Accessor):
            self.spend(cells(value), 20 * cells(value))
            if not hasattr(value, name):
                raise Refused(f"`.{name}` belongs to a column of {_READ_BY[name]}: this is none.")
            return Accessor(name, value, getattr(value, name))
        if name in _INDEXERS:
            return Accessor(name, value, getattr(value, name))
        self.spend(cells(value), 5 * cells(value))
        found = getattr(holder, name)
        if rule is PROPERTY:
            return self._kept(found)
        subject = value.subject if isinstance(value, Accessor) else value
        return Function(name, found, rule, subject)

    def item(self, value: Any, key: Any) -> Any:
        _check_plain(key)
        match value:
            case Accessor(name=name) if name in (*_INDEXERS, "str"):
                size = _picked(value.subject, key, value.name)
                self.spend(size, 10 * size + 200 * width(value.subject))
                with _noting(lambda: f"`.{name}` cannot pick by {_listed([key])}."):
                    return self._kept(value.accessor[key])
            case Accessor() | Module() | Function():
                raise Refused(f"`{value.name}` is no table: nothing can be picked from it by [ ].")
        if isinstance(value, INTERNAL) and not hasattr(value, "ngroups"):
            raise Refused("Pick the columns first, then group or roll them.")
        with _noting(lambda: f"Nothing can be picked from {_listed([value])} by {_listed([key])}."):
            return self._picked(value, key)

    def _picked(self, value: Any, key: Any) -> Any:
        if hasattr(value, "ngroups"):
            self.spend(1, 100)
        else:
            size = _picked(value, key, "")
            parts = PART * cells(value) if _is_list(value) else 0
            self.spend(size, 10 * size + COLUMN * width(value) + parts)
        return self._kept(value[key])

    # Calling

    def call(self, function: Any, /, *arguments: Any, **keywords: Any) -> Any:
        if not isinstance(function, Function):
            raise Refused(
                f"{_kind_of(function)} cannot be called: round brackets follow the name of a "
                "function. Pick from a table with square ones."
            )
        rule = function.rule
        _check_keywords(function, keywords)
        if len(arguments) > rule.most:
            raise Refused(
                f"`{function.name}` takes at most {rule.most} arguments without a name here."
            )
        given = tuple(
            _as_dtype(argument) if _is_dtype(function, place) else _single(argument)
            for place, argument in enumerate(arguments)
        )
        named = {
            name: _as_dtype(value) if name == "dtype" else _single(value)
            for name, value in keywords.items()
        }
        call = Call(function.name, function.subject, given, named)
        with _noting(lambda: _asked_of(call)):
            self._check(call, rule)
            self.spend(*self._cost(call, rule))
            return self._kept(function.function(*given, **named))

    def _cost(self, call: Call, rule: Rule) -> tuple[int, int]:
        size, work = rule.cost(call)
        work += across_rows(call) + sum(PART * cells(v) for v in call.values if _is_list(v))
        if "category" in map(_own, call.values):
            work += sum(map(clashes, call.values))
        if isinstance(call.subject, INTERNAL) and "nunique" in reductions(call):
            work += clashes(_grouped(call.subject))
        if call.name.startswith("np."):
            # A cell of an array of NumPy's has room for the longest text in it.
            size *= max(max(map(letters, call.values), default=0) // 2, 1)
        return size, work

    def _check(self, call: Call, rule: Rule) -> None:
        for place, value in enumerate(call.arguments):
            if call.name in ("agg", "transform"):
                _check_reduction(call.name, value)
            elif not (isinstance(value, type) or (call.name == "len" and place == 0)):
                _check_plain(value)
        for name, value in call.keywords.items():
            if name in ("aggfunc", "func"):
                _check_reduction(call.name, value)
            elif name != "dtype":
                _check_plain(value)
        if rule.numbers and call.keywords.get("numeric_only") is not True:
            _check_numbers(call.name, *call.values)
        if glues(call) and call.keywords.get("numeric_only") is not True:
            _check_glued(call)
        if call.name in ("mask", "where") and call.subject is not None:
            _check_condition(call)
        if call.name == "np.fill_diagonal" and call.arguments:
            self.target(call.arguments[0])

    # Computing

    def operate(self, name: str, *operands: Any) -> Any:
        sign, _ = _OPERATORS[name]
        with _noting(lambda: f"`{sign}` does not work with {_listed(operands)}."):
            return self._operated(name, *operands)

    def _operated(self, name: str, *operands: Any) -> Any:
        sign, compute = _OPERATORS[name]
        for operand in operands:
            _check_plain(operand)
        if name == "MatMult":
            _check_numbers("@", *operands)
            self.spend(*by_matrix(*operands))
        else:
            size = max(together(*operands), 1)
            across = sum(map(width, operands))
            self.spend(0, sum(PART * cells(operand) for operand in operands if _is_list(operand)))
            self.spend(
                size, (60 if any(map(text_columns, operands)) else 5) * size + COLUMN * across
            )
        if name not in _COMPARING:
            _check_operands(name, sign, operands)
        return self._kept(compute(*operands))

    def display(self, parts: list[Any] | tuple[Any, ...]) -> Any:
        self.spend(0, PART * cells(parts))
        return self._kept(parts)

    def dictionary(self, *parts: Any) -> dict[Any, Any]:
        keys, values = parts[::2], parts[1::2]
        for key in keys:
            if not isinstance(key, str | int | float | bool | np.generic):
                raise Refused("The keys of a dict are words or numbers here.")
        self.display(list(values))
        return dict(zip(keys, values, strict=True))

    # Writing

    def target(self, value: Any) -> Any:
        """Something to write into: made by the lines themselves."""
        table = value.subject if isinstance(value, Accessor) else value
        if id(table) in self._given:
            name = self._given[id(table)]
            raise Refused(
                f"`{name}` is given, and stays as it is. Write into a copy: `mine = {name}.copy()`."
            )
        if not isinstance(table, pd.DataFrame | pd.Series | np.ndarray):
            raise Refused(f"Nothing can be written into {_kind_of(table).lower()}.")
        return _Target(self, value, table)

    # Keeping

    def _kept(self, value: Any) -> Any:
        """The value, once it is known to be of a kind and a size that can be kept."""
        if isinstance(value, zip):
            value = list(value)
        if value is None or isinstance(value, INTERNAL):
            return value
        if isinstance(value, list | tuple | dict):
            if type(value) not in (list, tuple, dict):
                return _found(value)
            if cells(value) > MOST_PARTS and not _are_arrays(value):
                raise Refused(f"A list may have {MOST_PARTS:,} parts here, with all in them.")
            return value
        if cells(value) > MOST_CELLS:
            raise Refused(TOO_LARGE)
        if isinstance(value, pd.DataFrame | pd.Series | pd.Index | pd.Categorical):
            self._check_labels(value)
        _check_words(value)
        if isinstance(value, _PLAIN):
            if isinstance(value, int) and abs(value) >= _LARGEST:
                raise Refused("That number is too large.")
            return value
        found = _found(value)
        if found.parts:
            return found
        raise Refused(f"What comes out of this is {type(value).__name__}: it cannot be used here.")

    def _check_labels(self, value: pd.DataFrame | pd.Series | pd.Index | pd.Categorical) -> None:
        if max(value.shape) > MOST_ROWS:
            raise Refused(
                f"A table may have {MOST_ROWS:,} rows here, and as many columns. "
                "A smaller one will do."
            )
        match value:
            case pd.DataFrame():
                self._check_labels(value.columns)
                self._check_labels(value.index)
            case pd.Series():
                self._check_labels(value.index)
            case pd.Index():
                self._left -= clashes(value)


class _Target:
    """Something to write into, one item at a time."""

    def __init__(self, guards: Guards, value: Any, table: Any) -> None:
        self._guards, self._value, self._table = guards, value, table

    def __setitem__(self, key: Any, item: Any) -> None:
        _check_plain(key)
        _check_plain(item)
        by = self._value.name if isinstance(self._value, Accessor) else ""
        size = max(cells(self._table) + len(self._table), _picked(self._table, key, by))
        self._guards.spend(
            max(size, cells(item)), 20 * (size + cells(item)) + COLUMN * width(self._table)
        )
        if isinstance(item, pd.DataFrame | pd.Series) and isinstance(
            self._table, pd.DataFrame | pd.Series
        ):
            self._guards.spend(together(self._table, item, axis="index"), 0)
        holder = self._value.accessor if isinstance(self._value, Accessor) else self._value
        holder[key] = item


def _member(module: Module, name: str) -> Any:
    if name in module.members:
        return module.members[name]
    near = get_close_matches(name, module.members, 1)
    hint = f" Is it `{module.name}.{near[0]}` that you mean?" if near else ""
    raise Refused(f"`{module.name}.{name}` is not offered here.{hint}")


def _who_has(value: Any) -> str:
    """Which kind of table has what its like has not."""
    match value:
        case pd.DataFrame():
            return " A single column has."
        case pd.Series():
            return " A table with columns has."
        case pd.Index():
            return " An Index of dates has."
        case _:
            return ""


def _rules_of(value: Any) -> Mapping[str, Rule | None]:
    if isinstance(value, Accessor):
        return ACCESSORS.get(value.name, {})
    return next((rules for types, rules in ATTRIBUTES if isinstance(value, types)), {})


def _no_attribute(value: Any, name: str, rules: Mapping[str, Any]) -> str:
    kind = _kind_of(value)
    if isinstance(value, Function):
        return f"`{value.name}` is a function: it needs its round brackets before `.{name}`."
    known = [*rules, *(value.columns.map(str) if isinstance(value, pd.DataFrame) else ())]
    near = get_close_matches(name, known, 1)
    hint = f" Is it `{near[0]}` that you mean?" if near else ""
    if not isinstance(value, INTERNAL) and hasattr(type(value), name):
        return f"`{name}` is not offered here."
    return f"{kind} has no `{name}` here.{hint}"


def _kind_of(value: Any) -> str:
    match value:
        case pd.DataFrame():
            return "A DataFrame"
        case pd.Series():
            return "A Series"
        case pd.Index():
            return "An Index"
        case np.ndarray():
            return "An array"
        case bool() | np.bool_():
            return "A truth value"
        case int() | float() | np.number():
            return "A number"
        case str():
            return "A text"
        case None:
            return "Nothing (None)"
        case Function() | Module() | Accessor():
            return f"`{value.name}`"
        case _:
            return f"A {type(value).__name__}"


kind_of = _kind_of


@contextmanager
def _noting(said: Callable[[], str]) -> Iterator[None]:
    """Let what goes wrong bear a note that names it as a learner would; see `explaining`."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # Whatever a library does not foresee
        error.add_note(said())
        raise


def _asked_of(call: Call) -> str:
    given = [*call.arguments, *call.keywords.values()]
    whose = "" if call.subject is None else f" of {_listed([call.subject])}"
    if not given and not whose:
        return f"`{call.name}` has nothing between its brackets: say there what it is to work on."
    return f"`{call.name}`{whose} does not work with {_listed(given)} between its brackets."


def _listed(values: Sequence[Any]) -> str:
    """What they are, as a learner would say it."""
    kinds = [_kind_of(value) for value in values] or ["Nothing"]
    said = [f"{kind[0].lower()}{kind[1:]}" for kind in kinds]
    empty = [
        kind.replace("a ", "an empty ", 1) if _is_list(value) and not len(value) else kind
        for kind, value in zip(said, values or [None], strict=True)
    ]
    return " and ".join([", ".join(empty[:-1]), empty[-1]] if empty[1:] else empty)


def _check_plain(value: Any) -> None:
    """Refuse what lines may hold and not hand on: functions, groups, windows."""
    if isinstance(value, Function | Module):
        raise Refused(
            f"`{value.name}` is handed on without being called: it needs its round brackets, and "
            "what it works on inside them."
        )
    if isinstance(value, INTERNAL):
        raise Refused(
            "Groups, windows and accessors are only half of a step: say what is to be computed of "
            "them, such as `.mean()`."
        )
    if isinstance(value, list | tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            _check_plain(part)


def _check_keywords(function: Function, keywords: Mapping[str, Any]) -> None:
    for name, value in keywords.items():
        if name == "inplace":
            raise Refused(
                "`inplace` cannot be used here: every method gives a new table. Give it a name."
            )
        if name == "observed" and value is not True:
            raise Refused(
                "Groups without a row are left out here, as `observed=True` says: there may be "
                "very many of them."
            )
        is_column = function.name == "assign"
        if not is_column and name not in KEYWORDS | function.rule.keywords:
            raise Refused(f"`{name}=` cannot be used here.")
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise Refused(f"The text for `{name}` is too long.")


def _check_reduction(name: str, value: Any) -> None:
    parts = value if isinstance(value, list | tuple) else [value]
    if len(parts) > len(REDUCTIONS) or not all(
        isinstance(part, str) and part in REDUCTIONS for part in parts
    ):
        raise Refused(f"`{name}` takes the name of what to compute here, such as 'mean'.")


def _grouped(groups: Any) -> Any:
    """The table that is in groups or windows, without the columns that group it."""
    return getattr(groups, "_obj_with_exclusions", None)


def _check_glued(call: Call) -> None:
    """The sum of words is one long word."""
    table = call.subject
    if isinstance(table, INTERNAL):
        table = _grouped(table)
    elif call.name != "pivot_table":
        return
    elif isinstance(values := call.keywords.get("values"), str | list):
        table = table[values]
    else:
        table = table.drop(columns=[call.keywords.get("index"), call.keywords.get("columns")])
    _check_numbers(call.name, table)


_IN_A_CELL = (
    str, bool, int, float, np.generic, type(None), type(pd.NA), type(pd.NaT), pd.Timestamp,
    pd.Timedelta, pd.Period, pd.Interval,
)  # fmt: skip


def _check_words(value: Any) -> None:
    """Refuse cells that hold tables or lists, and texts that have been made long."""
    if letters(value) > MOST_LETTERS:
        raise Refused(f"A text may have {MOST_LETTERS} letters here.")
    for part in texts(value):
        if not all(issubclass(kind, _IN_A_CELL) for kind in set(map(type, part))):
            raise Refused("Each cell holds one number or one text here, and no list or table.")


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | dict | range)


def _own(value: Any) -> Any:
    """A text, if it is one: what else is compared with a text may answer for every cell."""
    return value if isinstance(value, str) else None


def _single(value: Any) -> Any:
    """One number of NumPy as Python's own: rules look at those."""
    is_number = isinstance(value, np.number | np.bool_) or (
        isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "biuf"
    )
    return value.item() if is_number else value


def _check_condition(call: Call) -> None:
    condition = call.argument(0, "cond")
    kinds = getattr(condition, "dtypes", getattr(condition, "dtype", None))
    if kinds is not None and not all(
        getattr(kind, "kind", "") == "b" for kind in np.atleast_1d(np.asarray(kinds))
    ):
        raise Refused(
            f"`{call.name}` asks for True and False, and here it is given numbers. An array of "
            "truth values has `dtype=bool`; a comparison gives one as well."
        )


def _is_dtype(function: Function, place: int) -> bool:
    name = function.name.rpartition(".")[2]
    return name in _AS_DTYPE and place == (0 if function.subject is not None else 1)


def _as_dtype(value: Any) -> Any:
    if isinstance(value, Function) and value.kind is not None:
        return value.kind
    if isinstance(value, dict):
        return {name: _as_dtype(part) for name, part in value.items()}
    if value is None or (isinstance(value, str) and value in DTYPES):
        return value
    raise Refused(f"A dtype is one of {', '.join(DTYPES)} here.")


def _check_numbers(name: str, *values: Any) -> None:
    for value in values:
        words = text_columns(value)
        if words and isinstance(value, pd.DataFrame):
            raise Refused(_of_words(name, value))
        if words or (isinstance(value, list | tuple) and _has_words(value)):
            raise Refused(f"`{name}` needs numbers, and here it is given words.")


def _has_words(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_has_words, value))
    return isinstance(value, dict) or bool(text_columns(value))


def _check_operands(name: str, sign: str, operands: tuple[Any, ...]) -> None:
    if name == "Add" and all(isinstance(operand, list) for operand in operands):
        return
    for operand in operands:
        if isinstance(operand, str | dict | list | tuple) or text_columns(operand):
            if isinstance(operand, pd.DataFrame):
                raise Refused(_of_words(sign, operand))
            words = ", ".join(map(as_code, text_columns(operand)[:3]))
            said = f"{words}, which holds words" if words else _kind_of(operand).lower()
            raise Refused(f"`{sign}` computes with numbers, and here stands {said}.")
    if name == "Pow" and all(isinstance(operand, int) for operand in operands):
        base, power = operands
        if abs(power) > 64 or abs(base) ** max(power, 0) >= _LARGEST:
            raise Refused("That power is too large.")


def _of_words(name: str, table: pd.DataFrame) -> str:
    """What is said where numbers are needed and a table has words, with the columns that do."""
    words = text_columns(table)
    holding = f"{', '.join(map(as_code, words[:3]))} {'holds' if len(words) == 1 else 'hold'} words"
    numbers = ", ".join(f'"{column}"' for column in map(str, table.columns) if column not in words)
    ways = [f"choose columns of numbers first, {as_code(f'[[{numbers}]]')}"] if numbers else []
    method = getattr(pd.DataFrame, name, None)
    if method is not None and "numeric_only" in signature(method).parameters:
        ways.append("say `numeric_only=True`")
    way_out = ", or ".join(ways)
    return f"`{name}` needs numbers, and {holding}." + (
        f" {way_out[0].upper()}{way_out[1:]}." if ways else ""
    )


def _picked(value: Any, key: Any, by: str) -> int:
    """How many cells are picked from a table or an array."""
    match value:
        case pd.DataFrame() if by:
            rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, slice(None))
            is_label = by != "iloc"
            return _along(rows, value.index, is_label) * _along(columns, value.columns, is_label)
        case pd.DataFrame():
            if isinstance(key, pd.DataFrame):
                return together(value, key)
            if cells(key) > 1 and shape(key)[:1] == (len(value),) and _is_mask(key):
                return cells(value)
            return len(value) * _along(key, value.columns, True)
        case pd.Series():
            return _along(key, value.index, by != "iloc")
        case np.ndarray() | pd.Index() | pd.Categorical():
            return _from_array(value, key)
        case _:
            return 1


def _is_mask(key: Any) -> bool:
    return np.asarray(key).dtype.kind == "b"


def _along(key: Any, names: pd.Index, by_label: bool) -> int:
    if isinstance(key, slice):
        return len(names)
    if cells(key) > 1 and _is_mask(key):
        return len(names)
    each = 1 if names.is_unique or not by_label else len(names)
    return max(cells(key), 1) * each


def _from_array(array: Any, key: Any) -> int:
    keys = key if isinstance(key, tuple) else (key,)
    lists = [
        shape(part) for part in keys if isinstance(part, list | np.ndarray | pd.Series | pd.Index)
    ]
    if not lists:
        return cells(array)
    if len(lists) == 1 and len(keys) == 1 and _is_mask(key):
        return cells(array)
    try:
        spread = int(np.prod(np.broadcast_shapes(*lists), dtype=float))
    except ValueError:
        spread = sum(int(np.prod(one, dtype=float)) for one in lists)
    sides = shape(array)
    rest = int(np.prod(sides[len(lists) :], dtype=float)) if len(sides) > len(lists) else 1
    # Where the lists stand at the end, the sides before them are kept.
    kept = int(np.prod(sorted(sides)[len(lists) :], dtype=float)) if len(sides) > len(lists) else 1
    return max(spread, 1) * max(rest, kept)


def _are_arrays(value: Any) -> bool:
    """A few arrays, as `np.triu_indices` gives them, or the columns of a table."""
    parts = value.values() if isinstance(value, dict) else value
    return len(value) <= 50 and all(not isinstance(part, list | tuple | dict) for part in parts)


def _found(value: Any) -> Found:
    return Found({name: float(getattr(value, name)) for name in _FOUND if hasattr(value, name)})
