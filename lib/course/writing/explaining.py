"""What went wrong in the learner's lines: where, what pandas said, what probably happened."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from difflib import get_close_matches

from .grammar import DRAWING, DRAWN, FILE
from .refused import Refused, as_code


def explain(
    error: Exception, names: Iterable[str], columns: Iterable[str]
) -> tuple[str, int | None]:
    """Sentences for the learner, and the line that they speak of.

    Parameters
    ----------
    names
        What the lines may use, and what they have made up to there.
    columns
        The columns of the tables that they were given.
    """
    line = _line_of(error)
    where = f"Line {line}: " if line else ""
    if isinstance(error, Refused):
        return f"{where}{error}", line
    if isinstance(error, SyntaxError):
        return f"{where}{_syntax(error)}", line
    said = as_code(f"{type(error).__name__}: {error}")
    advice = _advice(error, list(names), list(columns))
    return f"{where}Python says {said}. {advice}".strip(), line


def _line_of(error: Exception) -> int | None:
    if isinstance(error, Refused) and error.line:
        return error.line
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE]
    return frames[-1].lineno if frames else None


def _syntax(error: SyntaxError) -> str:
    place = f" near character {error.offset}" if error.offset else ""
    said = f"Python cannot read this{place}: {as_code(error.msg)}."
    if "was never closed" in error.msg or "unexpected EOF" in error.msg:
        return f"{said} A bracket is opened and not closed."
    if "unmatched" in error.msg or "does not match" in error.msg:
        return f"{said} A bracket is closed that was not opened, or one of another kind."
    if "==" in error.msg:
        return f"{said} One `=` gives a name, two compare."
    if "unterminated string" in error.msg:
        return f"{said} A quotation mark is missing at the end."
    if "indent" in error.msg:
        return f"{said} Every line begins at the left edge."
    if "comma" in error.msg:
        return f"{said} A comma or an operator is missing there, or a bracket before it."
    return f"{said} Look for a bracket, a comma or a quotation mark that is missing."


def _advice(error: Exception, names: list[str], columns: list[str]) -> str:
    said = str(error)
    if isinstance(error, MemoryError):
        return "That would take more memory than there is for one learner."
    if isinstance(error, NameError):
        return _unknown_name(said, names, columns)
    if isinstance(error, KeyError):
        key = error.args[0] if error.args else None
        return _several(key) if isinstance(key, tuple) else _unknown_column(said, columns)
    noted = " ".join(getattr(error, "__notes__", [])[:1])
    # An attribute that lines name is looked up before: one that lacks is a library's own business.
    if not isinstance(error, AttributeError):
        for pattern, advice in _ADVICE:
            if re.search(pattern, said):
                return advice
    return noted


def _unknown_name(said: str, names: list[str], columns: list[str]) -> str:
    name = (re.findall(r"'(\w+)'", said) or [""])[0]
    if name in {*DRAWING, *DRAWING.values()}:
        return f"{DRAWN[0].upper()}{DRAWN[1:]}."
    if name in columns:
        return f'A column is named in quotes, in the brackets of its table: `["{name}"]`.'
    near = get_close_matches(name, names, 1)
    if near:
        return f"Is it `{near[0]}` that you mean?"
    return f"There are {', '.join(f'`{name}`' for name in names)}."


def _several(key: tuple[object, ...]) -> str:
    named = ", ".join(f'"{name}"' if isinstance(name, str) else str(name) for name in key)
    listed = as_code(f"[[{named}]]")
    return f"Several columns are chosen by a list, in two pairs of brackets: {listed}."


def _unknown_column(said: str, columns: list[str]) -> str:
    sought = re.findall(r"['\"]([^'\"]+)['\"]", said) or [said]
    near = get_close_matches(sought[0], columns, 1, 0.5)
    if near:
        return f"No column or row has that name. Is it `{near[0]}` that you mean?"
    return "No column or row has that name."


_ADVICE = (
    (
        r"could not convert string to float|unsupported operand.*str",
        "A column of words is in it: say `numeric_only=True`, or choose the columns first.",
    ),
    (
        r"[Bb]oolean array expected|Boolean Series|must be boolean|only (?:.*)boolean",
        "A mask is made of True and False: `dtype=bool`, or a comparison.",
    ),
    (
        r"Array conditional must be same shape|could not be broadcast|not aligned|mismatch|"
        r"Lengths must match|shape|[Ll]ength",
        "Two things do not fit each other in shape. Compare their `.shape`.",
    ),
    (
        r"truth value",
        "`and`, `or` and `not` ask for one answer. For a whole column write `&`, `|` and `~`, with "
        "brackets around each comparison.",
    ),
    (
        r"bad operand type for unary ~|invert",
        "`~` turns True and False around, and this is made of numbers.",
    ),
    (
        r"read-only",
        "That array belongs to its table. Take one of your own: `.to_numpy(copy=True)`.",
    ),
    (r"identically-labeled", "Their rows or columns have other names. Compare `.to_numpy()`."),
    (r"positional argument|unexpected keyword", "Look at what stands between the brackets."),
    (r"out of bounds|out-of-bounds", "There are fewer rows or columns than that number says."),
    (r"No axis named", "`axis=0` goes down the rows, `axis=1` across the columns."),
    (r"Can only compare|only integer|unhashable", "One of the parts is of another kind."),
)  # fmt: skip
