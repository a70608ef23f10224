"""The code of what is on the screen: it reads the original file and computes the same numbers."""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...course import Exhibit
from ...course.notebook import notebook
from ...tables import Recipe, Sheet, apply_recipe, reading_code
from ..instrument import Instrument

if TYPE_CHECKING:
    from ...tables import ColumnReading
    from ..all_rows import OfAllRows

_SHOW = "import matplotlib.pyplot as plt\n\nplt.show()"
_ON_PIP = {"sklearn": "scikit-learn"}


def script_of(
    sheet: Sheet, recipe: Recipe, instrument: Instrument, exhibit: Exhibit, *, file: str = ""
) -> str:
    """A script that runs beside the original file: reading, tweaks, then what was measured.

    Parameters
    ----------
    sheet
        As it was read, before the recipe.
    recipe
        The tweaks; each stands there as its sentence and its lines.
    instrument, exhibit
        What was measured of the sheet after the recipe. Every fact is a variable in the script.
    file
        The name of the CSV file that holds a sheet without a file of its own, such as a bundled
        table: its columns in their order, and empty where a value is missing.

    Raises
    ------
    ValueError
        If the sheet has no file of its own and none is named.

    Examples
    --------
    >>> from .. import instrument
    >>> from ...tables import Log, read
    >>> sheet = read(b"a,b\\n1,2\\n2,5\\n4,3\\n", "ab.csv")
    >>> exhibit = instrument("association_map").exhibit(sheet)
    >>> script = script_of(sheet, (Log("a"),), instrument("association_map"), exhibit)
    >>> print(*script.splitlines()[:2], sep="\\n")
    # Association map: Which columns go together, how strongly, and how sure is it?
    # It reads ab.csv, which has to lie beside it.
    """
    return _script(sheet, recipe, instrument, exhibit, file, _SHOW) + "\n"


def script_of_all_rows(instrument: OfAllRows, exhibit: Exhibit) -> str:
    """A script that runs beside a stored table, reads all its rows, and shows what it draws."""
    parts = [exhibit.code.whole.strip(), _SHOW]
    # pandas reads Parquet with it.
    return _assembled(instrument, instrument.table.table.name, parts, hidden={"pyarrow"}) + "\n"


def notebook_of(
    sheet: Sheet, recipe: Recipe, instrument: Instrument, exhibit: Exhibit, *, file: str = ""
) -> str:
    """The same as a Jupyter notebook, in which figures show themselves.

    >>> import json
    >>> from .. import instrument
    >>> from ...tables import read
    >>> sheet = read(b"a,b\\n1,2\\n2,5\\n4,3\\n", "ab.csv")
    >>> exhibit = instrument("association_map").exhibit(sheet)
    >>> text = notebook_of(sheet, (), instrument("association_map"), exhibit)
    >>> json.loads(text)["cells"][0]["source"][1].strip()
    '# It reads ab.csv, which has to lie beside it.'
    """
    return notebook(_script(sheet, recipe, instrument, exhibit, file))


def _script(
    sheet: Sheet,
    recipe: Recipe,
    instrument: Instrument,
    exhibit: Exhibit,
    file: str,
    last: str = "",
) -> str:
    if sheet.reading.form == "frame" and not file:
        raise ValueError("This sheet has no file of its own: name the CSV file that holds it.")
    parts = [
        _bundled(sheet, file) if sheet.reading.form == "frame" else reading_code(sheet),
        "\n".join(_tweaks(recipe, sheet)),
        _plain_dollars(recipe, sheet),
        exhibit.code.whole.strip(),
        last,
    ]
    needed = {"import numpy as np"} if "np." in parts[1] else set()
    hidden = {"python-calamine"} if sheet.reading.form == "workbook" else set()
    return _assembled(instrument, file or sheet.reading.path, parts, needed, hidden)


def _assembled(
    instrument: Instrument,
    file: str,
    parts: Iterable[str],
    needed: Set[str] = frozenset(),
    hidden: Set[str] = frozenset(),
) -> str:
    """The parts as one script: what it is, its imports, and then the parts without theirs.

    `needed` are imports that no part has; `hidden` packages that are not imported by name.
    """
    imports, bodies = zip(*map(_without_imports, parts), strict=True)
    needed = set(needed).union(*imports)
    about = [
        f"{instrument.title}: {instrument.question}",
        f"It reads {file}, which has to lie beside it.",
        f"It needs {', '.join(_packages(needed, hidden))}.",
    ]
    return "\n\n".join(
        filter(None, ["\n".join(map(_comment, about)), "\n".join(_sorted(needed)), *bodies])
    )


def _tweaks(recipe: Recipe, sheet: Sheet) -> Iterable[str]:
    """The lines of the recipe, its tweaks apart from each other."""
    for place, line in enumerate(apply_recipe(recipe, sheet).lines):
        if place and line.startswith("# "):
            yield ""
        yield line


def _plain_dollars(recipe: Recipe, sheet: Sheet) -> str:
    """The line without which matplotlib takes what stands between two dollars for a formula."""
    frame = apply_recipe(recipe, sheet).sheet.frame
    words = frame.select_dtypes("category")
    texts = [*frame, *(level for name in words for level in words[name].cat.categories)]
    if not any("$" in str(text) for text in texts):
        return ""
    return 'import matplotlib\n\nmatplotlib.rcParams["text.parse_math"] = False'


def _without_imports(code: str) -> tuple[list[str], str]:
    """The imports that a part begins with, each of them whole, and what follows them."""
    begin = itertools.takewhile(_is_import, ast.parse(code).body)
    lines, imports, after = code.split("\n"), [], 0
    for each in begin:
        after = each.end_lineno or each.lineno
        imports.append("\n".join(lines[each.lineno - 1 : after]))
    return imports, "\n".join(lines[after:]).lstrip("\n")


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _packages(imports: Iterable[str], hidden: Set[str]) -> list[str]:
    """What has to be installed, by the names that pip knows."""
    roots = {_root(line) for line in imports} - sys.stdlib_module_names
    return sorted({_ON_PIP.get(root, root) for root in roots} | hidden)


def _root(line: str) -> str:
    """The package that an import takes something from."""
    return line.split()[1].partition(".")[0]


def _sorted(imports: Iterable[str]) -> list[str]:
    """Python's own first, then the others; as the linter has them."""
    own: list[str] = []
    others: list[str] = []
    for line in sorted(imports, key=lambda line: (line.startswith("from "), line)):
        is_own = _root(line) in sys.stdlib_module_names
        (own if is_own else others).append(line)
    return [*own, *([""] if own and others else []), *others]


def _comment(words: str) -> str:
    """A comment of one line, whatever the name of a file holds."""
    return "# " + "".join(letter if letter.isprintable() else " " for letter in words)


def _bundled(sheet: Sheet, file: str) -> str:
    """The lines that read a CSV file to the sheet's frame, typed as that is."""
    columns = sheet.reading.columns
    changed = {change.column for change in sheet.reading.changes}
    types = {how.name: _type(sheet, how, how.name in changed) for how in columns}
    dates = [name for name, dtype in types.items() if dtype == "date"]
    told = "".join(
        f"        {name!r}: {'str' if dtype == 'date' else dtype},\n"
        for name, dtype in types.items()
        if dtype
    )
    return "\n".join(
        [
            "import pandas as pd",
            "",
            "table = pd.read_csv(",
            f"    {file!r},",
            "    header=0,",
            f"    names={[how.name for how in columns]!r},",
            *(["    dtype={\n" + told + "    },"] if told else []),
            "    keep_default_na=False,",
            '    na_values=[""],',
            ")",
            *(
                f"table[{name!r}] = pd.to_datetime(table[{name!r}]).astype('datetime64[us]')"
                for name in dates
            ),
            *(line for change in sheet.reading.changes for line in change.lines),
        ]
    )


def _type(sheet: Sheet, how: ColumnReading, is_changed: bool) -> str:
    """A type for read_csv, in code; "" leaves it to pandas."""
    dtype = sheet.frame[how.name].dtype
    if is_changed:
        return "" if how.stored in ("as it is", "number", "names") else "str"
    if isinstance(dtype, pd.CategoricalDtype):
        return f"pd.CategoricalDtype({list(dtype.categories)!r}, ordered={bool(dtype.ordered)})"
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "date"
    if not pd.api.types.is_numeric_dtype(dtype):
        return "str"
    return "'float64'" if _looks_whole(sheet.frame[how.name]) else ""


def _looks_whole(values: pd.Series[Any]) -> bool:
    """Whether pandas would take a column of floats for whole numbers."""
    is_float = pd.api.types.is_float_dtype(values.dtype)
    return is_float and bool((values.notna() & (values % 1 == 0)).all())
