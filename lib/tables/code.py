"""The lines of pandas that read the original file to the same frame."""

from . import convert, typed
from .dialect import Dialect
from .literal import literal
from .reading import ColumnReading, Reading
from .sheet import Sheet
from .text import AROUND, options

PARQUET = "integer_object_nulls=True, date_as_object=False, ignore_metadata=True"


def reading_code(sheet: Sheet) -> str:
    """A script that reads the file of a sheet into a frame `table`, by pandas alone.

    A sheet that was made of a frame has no file: its lines begin with that frame as `table`.

    >>> from . import read
    >>> print(reading_code(read(b"a,b\\n1,x\\n2,y\\n3,x\\n", "ab.csv")))
    import pandas as pd
    <BLANKLINE>
    raw = pd.read_csv("ab.csv", sep=",", header=None, names=range(2), index_col=False,
        dtype=str, na_filter=False, skip_blank_lines=False, encoding="utf-8",
        encoding_errors="replace")
    table = raw.drop(index=[0]).reset_index(drop=True)
    table.columns = ["a", "b"]
    for name in ["a"]:
        text = table[name].str.strip()
        text = text.mask(text.isin([""]))
        number = pd.to_numeric(text, errors="coerce").astype("float64")
        table[name] = number.mask(number.abs() == float("inf"))
    for name in ["b"]:
        text = table[name].str.strip()
        text = text.mask(text.isin([""]))
        table[name] = text.astype("category")
    table[["a"]] = table[["a"]].astype("int64")
    """
    reading = sheet.reading
    lines = {
        "text": _text,
        "workbook": _workbook,
        "parquet": _parquet,
        "frame": _frame,
    }[reading.form or "frame"](reading)
    lines += _columns(reading)
    lines += [line for change in reading.changes for line in change.lines]
    needed = [
        name for name in ("csv", "io", "json", "re") if any(f"{name}." in line for line in lines)
    ]
    imports = [f"import {name}" for name in needed]
    others = ["import numpy as np"] if any("np." in line for line in lines) else []
    if reading.form == "parquet":
        others.append("import pyarrow.parquet")
    start = [*imports, ""] if imports else []
    pathlib = ["from pathlib import Path"] if any("Path(" in line for line in lines) else []
    return "\n".join(
        [
            *start[:-1],
            *pathlib,
            *start[-1:],
            *others[:1],
            "import pandas as pd",
            *others[1:],
            "",
            *lines,
        ]
    )


def _text(reading: Reading) -> list[str]:
    told = ", ".join(
        f"{name}={'csv.QUOTE_NONE' if name == 'quoting' else literal(value)}"
        for name, value in options(reading).items()
    )
    told = told.replace(", index_col=False, ", ", index_col=False,\n    ")
    path, encoding = literal(reading.path), literal(reading.encoding)
    if reading.encoding == "mixed":
        lines = [
            "def decoded(line):",
            "    try:",
            '        return line.decode("utf-8")',
            "    except UnicodeDecodeError:",
            '        return line.decode("cp1252", errors="replace")',
            "",
            f"lines = Path({path}).read_bytes().splitlines(keepends=True)",
            'text = "".join(map(decoded, lines)).removeprefix("\\ufeff")',
        ]
    elif Dialect(reading.delimiter or ",").by_blanks:
        lines = [
            f'text = Path({path}).read_bytes().decode({encoding}, errors="replace")',
            'text = text.removeprefix("\\ufeff")',
        ]
    else:
        return [
            f"raw = pd.read_csv({path}, {told}, encoding={encoding},",
            '    encoding_errors="replace")',
            *_rows(reading),
        ]
    if Dialect(reading.delimiter or ",").by_blanks:
        lines.append(f"text = re.sub({reading.delimiter!r}, '\\t', re.sub({AROUND!r}, '', text))")
    return [*lines, f'raw = pd.read_csv(io.StringIO(text, newline=""), {told})', *_rows(reading)]


def _workbook(reading: Reading) -> list[str]:
    lines = [
        f"raw = pd.read_excel({literal(reading.path)}, sheet_name={literal(reading.sheet)},",
        '    header=None, dtype=str, na_filter=False, engine="calamine")',
    ]
    for top, left, bottom, _ in reading.filled:
        lines.append(f"raw.iloc[{top}:{bottom + 1}, {left}] = raw.iloc[{top}, {left}]")
    return [*lines, *_rows(reading)]


def _rows(reading: Reading) -> list[str]:
    """The lines that leave the rows and the columns of the table, named."""
    gone = sorted({*(reading.header or ()), *(reading.skipped or ())})
    lines = [f"table = raw.drop(index={gone!r}).reset_index(drop=True)"]
    places = list(reading.places or ())
    if places != list(range(reading.width or -1)):
        lines.append(f"table = table.iloc[:, {places!r}]")
    return [*lines, *_sample(reading), _names(reading)]


def _names(reading: Reading) -> str:
    return f"table.columns = {literal([column.name for column in reading.columns])}"


def _sample(reading: Reading) -> list[str]:
    if reading.sample is None:
        return []
    most = reading.most_rows
    return [
        f"if len(table) > {most}:",
        f"    random = np.random.default_rng({reading.sample})",
        f"    drawn = np.sort(random.choice(len(table), {most}, replace=False))",
        "    table = table.iloc[drawn].reset_index(drop=True)",
    ]


def _parquet(reading: Reading) -> list[str]:
    read = f"pyarrow.parquet.read_table({literal(reading.path)})"
    return [f"table = {read}.to_pandas({PARQUET})", *_sample(reading), _names(reading)]


def _frame(reading: Reading) -> list[str]:
    names = list(reading.index_names)
    index = [f"table = table.rename_axis({names!r}).reset_index()"] if names else []
    return [*index, _names(reading)]


def _columns(reading: Reading) -> list[str]:
    """The conversions, columns that are read alike together."""
    alike: dict[ColumnReading, list[str]] = {}
    lines = []
    for column in reading.columns:
        if column.stored not in (None, "text"):
            lines += typed.code(column.name, column.stored)
            continue
        if column.stored == "text":
            lines.append(
                f"table[{column.name!r}] = table[{column.name!r}].astype('str').fillna('')"
            )
        key = ColumnReading(
            "",
            "identifier" if column.kind == "ignored" else column.kind,
            column.missing,
            replacing=column.replacing,
            formats=column.formats,
            in_zones=column.in_zones,
            levels=column.levels,
        )
        alike.setdefault(key, []).append(column.name)
    for key, names in alike.items():
        lines += convert.code(names, key)
    whole = [column.name for column in reading.columns if column.whole]
    if any(column.kind == "number" for column in reading.columns) and whole:
        lines.append(f'table[{literal(whole)}] = table[{literal(whole)}].astype("int64")')
    return lines
