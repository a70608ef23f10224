"""The script of a step: a file that runs as it is beside its table, at the learner's setting.

Controls are plain assignments at its top. The recipe that a learner would keep comes first; below
`NUMBERS` stand the numbers that the step names.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .controls import Value

NUMBERS = "# The numbers that the step names"
"""The line of a script under which its recipe ends."""

WRITTEN = "# What you write: {name}"
"""The line of a script under which lines stand that a learner wrote, by the control's name."""
UNTIL = "# Until here"

_WIDTH = 88


@dataclass(frozen=True)
class Script:
    """Code that runs as it is beside the data's file.

    recipe    what a learner would keep
    numbers   what computes the step's facts from it; may be empty
    """

    recipe: str = ""
    numbers: str = ""

    @property
    def whole(self) -> str:
        """Both, as one file.

        >>> Script("x = 1\\n", "y = x\\n").whole.splitlines()
        ['x = 1', '', '', '# The numbers that the step names', 'y = x']
        """
        return f"{self.recipe}\n\n{NUMBERS}\n{self.numbers}" if self.numbers else self.recipe


def read_script(path: Path, values: Mapping[str, Value]) -> Script:
    """The script in a file, with `values` in place of those that it assigns at its top.

    Raises
    ------
    ValueError
        If a name in `values` is not assigned exactly once, on a line of its own or over several
        lines that end with a closing bracket.

    A value whose name stands in a line `WRITTEN` is put between that and the line `UNTIL`.
    """
    text = _text(path)
    for name, value in values.items():
        begin = WRITTEN.format(name=name)
        if f"\n{begin}\n" in text:
            text = _put_between(text, begin, str(value))
        else:
            text = _assign(text, name, value, path)
    recipe, line, numbers = text.partition(f"\n{NUMBERS}\n")
    return Script(recipe.rstrip("\n") + "\n", numbers.lstrip("\n") if line else "")


@lru_cache(maxsize=256)
def _text(path: Path) -> str:
    """The file without the line that says what it is, which is for who reads the tree."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r'\A""".*?"""\n+', "", text, flags=re.DOTALL)


def _put_between(text: str, begin: str, lines: str) -> str:
    before, _, rest = text.partition(f"\n{begin}\n")
    _, _, after = rest.partition(f"{UNTIL}\n")
    return f"{before}\n{begin}\n{_imports(lines, before)}{lines}{UNTIL}\n{after}"


_IMPORTS = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "stats": "from scipy import stats",
}


def _imports(lines: str, before: str) -> str:
    """What the lines use, beside what stands before them."""
    code = "\n".join(line for line in lines.split("\n") if not line.startswith("#"))
    return "".join(
        f"{statement}\n"
        for name, statement in _IMPORTS.items()
        if re.search(rf"\b{name}\.", code) and f"{statement}\n" not in before
    )


def written_lines(code: str, gives: str, error: str) -> str:
    """A learner's lines as a script has them: what the last one gives is called `gives`.

    Lines that gave nothing to go on with stand there as comments, with the reason.

    >>> print(written_lines("x = 2\\nx + 1", "answer", ""), end="")
    x = 2
    answer = x + 1
    """
    if not code:
        return ""
    if error:
        reason = textwrap.wrap(error, _WIDTH - 2)
        return "".join(f"# {line}\n" for line in (*code.split("\n"), *reason))
    if not ast.parse(code).body:  # Comments alone
        return f"{code}\n"
    last = ast.parse(code).body[-1]
    if isinstance(last, ast.Expr):
        lines = code.encode().split(b"\n")
        line = lines[last.lineno - 1]
        lines[last.lineno - 1] = (
            line[: last.col_offset] + f"{gives} = ".encode() + line[last.col_offset :]
        )
        return b"\n".join(lines).decode() + "\n"
    name = changed(last)
    return f"{code}\n" if name == gives else f"{code}\n{gives} = {name}\n"


def changed(statement: ast.stmt) -> str:
    """The name that an assignment gives, or whose table it writes into."""
    target: ast.AST = statement.targets[0] if isinstance(statement, ast.Assign) else statement
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _assign(text: str, name: str, value: Value, path: Path) -> str:
    several = r"[\[(]\n(?:    .*\n)*[\])]"
    lines = re.compile(rf"^{name} = (?:{several}|.*?)(?P<comment>  #.*)?$", re.MULTILINE)
    found = lines.findall(text)
    if len(found) != 1:
        raise ValueError(f"{path.name} assigns {name} {len(found)} times at its top, not once.")
    return lines.sub(lambda line: in_code(name, value) + (line["comment"] or ""), text)


def in_code(name: str, value: Value) -> str:
    """An assignment as a person would write it.

    >>> in_code("columns", ("rate", "len"))
    'columns = ["rate", "len"]'
    """
    line = f"{name} = {_literal(value)}"
    if len(line) <= _WIDTH or not isinstance(value, tuple):
        return line
    return f"{name} = [\n" + "".join(f"    {_literal(part)},\n" for part in value) + "]"


def _literal(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(part) for part in value) + "]"
    if isinstance(value, str):
        text = repr(value)
        # Double quotes, as the linter has them.
        return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text
    return repr(value)
