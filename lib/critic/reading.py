"""Python as people hand it in: pasted text, scripts, notebooks, whole folders.

Nothing of it is run. What cannot be read is refused in one sentence, within bounds of time and
memory that do not depend on who wrote it.
"""

import ast
import json
import os
import re
import stat
import textwrap
import tokenize
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

MOST_BYTES = 8_000_000
"""Of a file: a notebook may hold pictures."""

MOST_CODE = 250_000
"""Characters of code in one file: their syntax tree takes about five hundred times the memory."""

_SKIPPED = {"__pycache__", "node_modules", "site-packages", "venv", "env"}
_SUFFIXES = {".py", ".ipynb"}

_MAGIC = re.compile(r"^(\s*)([%!?]|[\w.]+\?\??\s*$|[\w, ]+=\s*[%!])")
_TIMING = re.compile(r"^%%(time|timeit|capture|prun)\b")
_PROMPT = re.compile(r"^\s*(>>>|\.\.\.)( |$)")
_PYTHON_2 = re.compile(
    r"Missing parentheses in call to '(print|exec)'|multiple exception types|leading zeros"
)


class UnreadableError(ValueError):
    """Why something cannot be read, in one sentence."""


@dataclass(frozen=True)
class Cell:
    """A stretch of code that was parsed by itself: a cell of a notebook, or a whole script.

    number  its place in the notebook, from one, other cells counted as well; None of a script
    text    what stands there, with its magic lines, and without prompts
    tree    its syntax, with `pass` in the place of magic lines
    """

    number: int | None
    text: str
    tree: ast.Module

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def offset(self, line: int, column: int) -> int:
        """Where in the text a place lies whose column is counted in bytes, as `ast` does."""
        line = min(line, len(self.lines))  # within f-strings Python 3.11 may count wrongly
        text = self.lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode(errors="ignore"))
        return self._starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where in the text a piece of syntax begins and ends."""
        place: Any = node
        start = self.offset(place.lineno, place.col_offset)
        return start, self.offset(place.end_lineno, place.end_col_offset)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a place in the text, both from one."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every piece of its syntax, as `ast.walk` gives it: many rules go through all of it."""
        return list(ast.walk(self.tree))

    @cached_property
    def _nodes(self) -> set[int]:
        return {id(node) for node in self.nodes}

    def holds(self, node: ast.AST) -> bool:
        """Whether a piece of syntax stands in this cell."""
        return id(node) in self._nodes

    def segment(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that it uses."""
        return frozenset(each.id for each in self.nodes if isinstance(each, ast.Name))

    def statement_around(self, node: ast.AST) -> ast.stmt | None:
        """The innermost statement in which a piece of syntax stands; None if in another cell."""
        return self._statements.get(id(node))

    @cached_property
    def _statements(self) -> dict[int, ast.stmt]:
        found: dict[int, ast.stmt] = {}
        waiting: list[tuple[ast.AST, ast.stmt | None]] = [(self.tree, None)]
        while waiting:
            node, statement = waiting.pop()
            if isinstance(node, ast.stmt):
                statement = node
            if statement is not None:
                found[id(node)] = statement
            waiting += ((each, statement) for each in ast.iter_child_nodes(node))
        return found


@dataclass(frozen=True)
class Document:
    """What was read of one file.

    path      as it was given, for reports
    cells     in their order; names of one are known in the next
    left_out  a sentence for each cell that could not be read
    """

    path: str
    cells: tuple[Cell, ...]
    left_out: tuple[str, ...] = ()


def read_text(text: str, path: str = "pasted", most: int = MOST_CODE) -> Document:
    """Read what was pasted: a script, lines with `>>>` before them, or a whole notebook.

    `most` is how many characters of code may be in it.

    Raises
    ------
    UnreadableError
        If it is no Python 3, or more than can be read.

    >>> read_text("import seaborn as sns").cells[0].text
    'import seaborn as sns'
    """
    if len(text) > MOST_BYTES:
        raise UnreadableError(_too_large(len(text), MOST_BYTES, "characters"))
    text = _plain(text)
    if text.lstrip().startswith("{"):
        notebook = _notebook(text)
        if notebook is not None:
            return _read_notebook(notebook, path, most)
    if len(text) > most:
        raise UnreadableError(_too_large(len(text), most, "characters of code"))
    return Document(path, (_script(text),))


def read_file(path: Path) -> Document:
    """Read a script or a notebook.

    Raises
    ------
    UnreadableError
        If it cannot be opened, is no text, no Python 3, or more than can be read.
    """
    try:
        told = path.stat()
        if stat.S_ISDIR(told.st_mode):
            raise UnreadableError("The folder cannot be opened.")
        # To read a pipe or a device may take for ever.
        if not stat.S_ISREG(told.st_mode):
            raise UnreadableError("It is no file that can be read whole.")
        if told.st_size > MOST_BYTES:
            raise UnreadableError(_too_large(told.st_size, MOST_BYTES, "bytes"))
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror}.") from error
    return read_bytes(content, str(path))


def read_bytes(content: bytes, path: str, most: int = MOST_CODE) -> Document:
    """Read the content of a script or a notebook, as `read_text` does.

    Raises
    ------
    UnreadableError
        If it is no text, no Python 3, or more than can be read.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(_too_large(len(content), MOST_BYTES, "bytes"))
    return read_text(_decoded(content), path, most)


def read_cells(texts: Iterable[tuple[int | None, str]]) -> tuple[Cell, ...]:
    """Cells of which the number and the text are known.

    Raises
    ------
    UnreadableError
        If one of them is no Python 3.
    """
    return tuple(Cell(number, text, _parse(text)) for number, text in texts)


def files_in(path: Path) -> Iterator[Path]:
    """The scripts and notebooks under a folder, sorted, or the file itself.

    Hidden folders, environments and what tools keep for themselves are left out. A folder that
    cannot be opened comes last: who reads it says so.
    """
    if not path.is_dir():
        yield path
        return
    closed: list[Path] = []
    for folder, inner, names in os.walk(path, onerror=lambda error: closed.append(_named(error))):
        inner[:] = sorted(each for each in inner if not _is_skipped(Path(folder, each)))
        yield from (Path(folder, name) for name in sorted(names) if is_code(name))
    yield from closed


def _named(error: OSError) -> Path:
    return Path(error.filename)


def _is_skipped(folder: Path) -> bool:
    if folder.name.startswith(".") or folder.name in _SKIPPED:
        return True
    try:
        return (folder / "pyvenv.cfg").exists()
    except OSError:  # nobody may look into it
        return False


def is_code(name: str) -> bool:
    """Whether a file is a script or a notebook, by its name."""
    return Path(name).suffix in _SUFFIXES and not name.startswith(".")


def _too_large(size: int, most: int, unit: str) -> str:
    return f"It has {size:,} {unit}, and at most {most:,} are read."


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise UnreadableError("It is no text: it holds bytes that no text has.")
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
        return content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        text = content.decode("cp1252", errors="replace")
    if any(ord(each) < 32 and each not in "\t\n\r\f" for each in text):
        raise UnreadableError("It is no text: it holds bytes that no text has.")
    return text


def _plain(text: str) -> str:
    """With one sort of line end, and without halves of characters, which JSON may hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def _notebook(text: str) -> dict[str, Any] | None:
    """The notebook that a text is, if it is one."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        if '"cells"' in text or '"nbformat"' in text:
            raise UnreadableError("It begins like a notebook, and is no complete JSON.") from None
        return None
    is_notebook = isinstance(content, dict) and ("cells" in content or "worksheets" in content)
    return content if is_notebook else None


def _read_notebook(content: dict[str, Any], path: str, most: int) -> Document:
    language = _language(content)
    if language not in ("python", "ipython"):
        raise UnreadableError(f"The notebook is written in {language}, and only Python is read.")
    sources = list(_sources(content))
    code = sum(len(source) for _, source in sources)
    if code > most:
        raise UnreadableError(_too_large(code, most, "characters of code"))
    cells, left_out = [], []
    for number, source in sources:
        try:
            cells.append(Cell(number, source, _parse(source)))
        except UnreadableError as error:
            left_out.append(f"Cell {number} is left out. {error}")
    if left_out and not cells:
        raise UnreadableError(f"None of its cells can be read. {left_out[0]}")
    return Document(path, tuple(cells), tuple(left_out))


def _language(content: dict[str, Any]) -> str:
    metadata = content.get("metadata")
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(part, dict) and isinstance(part.get(name), str):
            return str(part[name]).lower()
    return "python"


def _sources(content: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The place and the text of every cell of code. Before version four they lay in worksheets."""
    worksheets = content.get("worksheets")
    sheets = worksheets if isinstance(worksheets, list) else [content]
    cells = [
        cell
        for sheet in sheets
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
        for cell in sheet["cells"]
    ]
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str):
            yield number, _plain(source)


def _parse(text: str) -> ast.Module:
    """The syntax of a text, magic lines left out; the other lines stay where they are."""
    if _TIMING.match(text):
        text = "\n" + text.partition("\n")[2]
    elif text.startswith("%%"):
        return ast.Module([], [])
    try:
        return _syntax(text)
    except UnreadableError:
        plain = "\n".join(map(_without_magic, text.split("\n")))
        if plain == text:
            raise
        return _syntax(plain)


def _without_magic(line: str) -> str:
    magic = _MAGIC.match(line)
    return f"{magic[1]}pass" if magic else line


def _script(text: str) -> Cell:
    try:
        return Cell(None, text, _parse(text))
    except UnreadableError:
        plain = _from_the_margin(text)
        if plain == text:
            raise
        return Cell(None, plain, _parse(plain))


def _from_the_margin(text: str) -> str:
    """Pasted code without prompts and what was printed after them, or without a common indent."""
    lines = text.split("\n")
    if any(line.lstrip().startswith(">>> ") for line in lines):
        return "\n".join(map(_without_prompt, lines))
    return textwrap.dedent(text) if text[:1] in (" ", "\t") else text


def _without_prompt(line: str) -> str:
    prompt = _PROMPT.match(line)
    return line[prompt.end() :] if prompt else ""


def _syntax(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise UnreadableError(_said(error, text)) from None
    except ValueError:  # before Python 3.12 a null byte is no error of syntax everywhere
        raise UnreadableError("It is no text: it holds bytes that no text has.") from None
    except (RecursionError, MemoryError):
        raise UnreadableError("It is nested too deeply to be read.") from None


def _said(error: SyntaxError, text: str) -> str:
    line = error.lineno or 1
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    reason = (error.msg or "invalid syntax").split(". Perhaps")[0]
    if any(quote in written for quote in "“”‘’"):
        return f"Line {line} has curly quotes, and Python wants straight ones."
    if _PYTHON_2.search(reason) or re.match(r"\s*(print|exec)\s+[\"'\w]", written):
        return f"Line {line} is Python 2, and only Python 3 is read."
    if "null bytes" in reason:
        return "It is no text: it holds bytes that no text has."
    if "too many nested" in reason or "too many levels" in reason:
        return "It is nested too deeply to be read."
    return f"Line {line} is no Python: {reason}."
