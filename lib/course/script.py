"""The script of a step: a file that runs as it is beside its table, at the learner's setting.

Controls are plain assignments at its top. The recipe that a learner would keep comes first; below
`NUMBERS` stand the numbers that the step names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.course.controls import Value

NUMBERS = "# The numbers that the step names"
"""The line of a script under which its recipe ends."""

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
    """
    text = _text(path)
    for name, value in values.items():
        text = _assign(text, name, value, path)
    recipe, line, numbers = text.partition(f"\n{NUMBERS}\n")
    return Script(recipe.rstrip("\n") + "\n", numbers.lstrip("\n") if line else "")


@lru_cache(maxsize=256)
def _text(path: Path) -> str:
    """The file without the line that says what it is, which is for who reads the tree."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r'\A""".*?"""\n+', "", text, flags=re.DOTALL)


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
