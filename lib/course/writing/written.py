"""Lines of pandas or NumPy that a learner wrote, run on copies of the step's tables."""

from __future__ import annotations

import ast
import logging
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..controls import Write
from ..script import changed
from .explaining import explain
from .grammar import DRAWING, VALUE, assigned, compiled, parsed
from .guards import Guards
from .offered import GLOBALS, INTERNAL
from .refused import Refused
from .wanted import Wanted

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Written:
    """What came of some lines.

    value   of the last expression, or of the name that was assigned last; None where there is none
    names   what was assigned, by name
    error   whether they ran, and where and why not or what they lack, in the learner's words; else
            ""
    line    of the error, where it has one
    """

    value: Any = None
    names: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    line: int | None = None

    @property
    def ran(self) -> bool:
        """Whether there is a value: something was written, and it ran."""
        return self.value is not None and not self.error

    def value_or(self, before: Any) -> Any:
        """The value, or what was there before where nothing was written or it did not run."""
        return self.value if self.ran else before

    def titled(self, before: str) -> str:
        """What stands over the figure: without a value it is what was there `before`.

        >>> Written().titled("r itself")
        'Before your lines: r itself'
        >>> Written(error="It did not run.").titled("r itself")
        'Your lines gave nothing to draw: this is r itself'
        """
        if self.ran:
            return "What your lines give"
        if self.error:
            return f"Your lines gave nothing to draw: this is {before}"
        return f"Before your lines: {before}"


def run(code: str, tables: Mapping[str, Any], wants: Wanted | None = None) -> Written:
    """Run the lines with `np`, `pd`, `stats` and copies of `tables`. Raises nothing.

    No file, no network and no other name can be reached, and what would take long or much memory
    is refused before it begins: see `offered`.

    Parameters
    ----------
    code
        A few lines, as a `Write` holds them; nothing gives a `Written` without a value.
    tables
        DataFrames, Series, arrays and numbers by the names that the lines know.
    wants
        What the value has to be, of those in `lib.course.writing`.

    >>> highway = pd.DataFrame({"rate": [1.0, 2.0, 3.0], "len": [9.0, 7.0, 8.0]})
    >>> float(run("highway.corr().loc['rate', 'len']", {"highway": highway}).value)
    -0.5
    >>> print(run("highway['rat'].mean()", {"highway": highway}).error)
    It did not run. Line 1: Python says `KeyError: 'rat'`. No column or row has that name. Is it
    `rate` that you mean?
    """
    if _is_empty(code):
        return Written()
    given = {name: _copied(table) for name, table in tables.items()}
    scope: dict[str, Any] = {"__builtins__": {}, **GLOBALS, **given}
    try:
        tree = parsed(code)
        program = compiled(tree, {*GLOBALS, *tables, *DRAWING})
        scope |= Guards(given).names
        with np.errstate(all="ignore"):
            exec(program, scope)
        names = {name: scope[name] for name, _ in assigned(parsed(code)) if name in scope}
        value = _value(code, scope)
    except Exception as error:  # Whatever the lines do wrong
        known = [name for name in scope if not name.startswith("_") and name not in _QUIET]
        sentence, line = explain(error, known, _columns(tables))
        if not isinstance(error, Refused):
            _log.debug("lines failed: %r", error)
        return Written(error=f"It did not run. {sentence}", line=line)
    try:
        return Written(value if wants is None else wants(value), names)
    except Refused as refused:
        sentence = str(refused)
        return Written(error=f"It ran, and {sentence[0].lower()}{sentence[1:]}")
    except Exception as error:  # Whatever of a strange value cannot be asked
        return Written(error=f"It ran, and {explain(error, (), ())[0]}")


def fits(
    code: str,
    tables: Mapping[str, Any],
    wants: Wanted,
    is_right: Callable[[Any], bool],
) -> bool:
    """Whether the same lines give what is right of other tables than those they were written for.

    Parameters
    ----------
    code, wants
        As for `run`.
    tables
        The other tables, by the names that the lines know.
    is_right
        What is asked of the value, once it is what it has to be.

    >>> from . import a_number
    >>> other = pd.DataFrame({"rate": [1.0, 2.0], "len": [9.0, 7.0]})
    >>> fits("len(highway)", {"highway": other}, a_number(), lambda n: n == 2)
    True
    >>> fits("39", {"highway": other}, a_number(), lambda n: n == 2)
    False
    """
    written = run(code, tables, wants)
    return written.ran and is_right(written.value)


_QUIET = GLOBALS.keys() - set(Write.modules)


def _value(code: str, scope: Mapping[str, Any]) -> Any:
    last = ast.parse(code).body[-1]
    value = scope.get(f"_{VALUE}") if isinstance(last, ast.Expr) else scope.get(changed(last))
    if isinstance(value, INTERNAL):
        raise Refused(
            "The last line stops half-way: it gives something to compute with, and no result.",
            last.lineno,
        )
    return value


def _is_empty(code: str) -> bool:
    """Whether nothing but comments is written."""
    lines = (line.strip() for line in code.split("\n"))
    return all(not line or line.startswith("#") for line in lines)


def _copied(table: Any) -> Any:
    """All of a table anew, and nothing of it to be written into.

    A copy of pandas' own has the labels in common with the table, and NumPy hands them out.
    """
    if isinstance(table, pd.DataFrame | pd.Series):
        table = pickle.loads(pickle.dumps(table))  # noqa: S301 (its own words)
        for labels in table.axes:
            _lock(labels)
    elif isinstance(table, np.ndarray):
        table = table.copy()
        table.flags.writeable = False
    return table


def _lock(labels: pd.Index) -> None:
    match labels:
        case pd.MultiIndex():
            for level in labels.levels:
                _lock(level)
        case pd.CategoricalIndex():
            _lock(labels.categories)
        case _ if isinstance(array := np.asarray(labels), np.ndarray):
            array.flags.writeable = False


def _columns(tables: Mapping[str, Any]) -> Iterator[str]:
    for table in tables.values():
        if isinstance(table, pd.DataFrame):
            yield from map(str, [*table.columns, *table.index[:200]])
        elif isinstance(table, pd.Series):
            yield from map(str, table.index[:200])
