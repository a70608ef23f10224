"""Tables on their way to a correlation: where they came from, and what became of their columns."""

from collections.abc import Iterable, Iterator

from .flow import (
    Call,
    Column,
    Comparison,
    Constant,
    Dictionary,
    Element,
    Frame,
    Function,
    Instance,
    Items,
    Library,
    Measure,
    Member,
    Names,
    Program,
    Value,
)

_LONGEST = 60

_OF_TABLES = {"loc", "iloc", "at", "iat", "values", "T", "columns", "index", "shape", "size"}
_OF_COLUMNS = {"str", "dt", "cat", "codes", "plot", "array", "dtype", "name", "style"}

_NO_TABLE = (
    Constant | Items | Dictionary | Library | Function | Instance | Column | Comparison | Element
)


def correlations_in(program: Program) -> Iterator[tuple[Call, Measure]]:
    """The calls that correlate the columns of a table, and the matrices that they give."""
    for call in program.calls:
        matrix = program.result(call)
        if isinstance(matrix, Items) and matrix.items:
            matrix = matrix.items[0]
        if isinstance(matrix, Measure) and matrix.call is call and _is_first(matrix):
            yield call, matrix


def _is_first(matrix: Measure) -> bool:
    return matrix.ends is not None and not any(isinstance(each, Measure) for each in matrix.sources)


def origins(table: Value) -> Iterator[Value]:
    """A table, the one that it was made of, and so on, nearest first."""
    waiting, seen = [_table_of(table)], {id(table)}
    while waiting and len(seen) < _LONGEST:
        value = waiting.pop(0)
        yield value
        for each in _before(value):
            if id(each) not in seen:
                seen.add(id(each))
                waiting.append(each)


def _before(table: Value) -> list[Value]:
    call = table.call
    if call is None:
        sources = table.sources
    elif call.owner is not None and not isinstance(call.owner, Instance | Library):
        sources = (call.owner,)
    elif _puts_columns_beside(call):
        sources = call.arguments["objs"].value.sources[:1]
    else:
        sources = tuple(each.value for each in call.arguments.values())[:1]
    return [each for each in map(_table_of, sources) if not _is_no_table(each)]


def _puts_columns_beside(call: Call) -> bool:
    """Whether a table gets more columns: `concat([table, others], axis=1)`."""
    given = call.argument("objs")
    is_beside = call.path == "pandas.concat" and call.constant("axis") in (1, "columns")
    return is_beside and given is not None and isinstance(given.value, Items)


def _table_of(value: Value) -> Value:
    """The table behind `.loc` and `.values`, or whose names were listed."""
    while True:
        match value:
            case Member(owner=owner, name=name) if name in _OF_TABLES:
                value = owner
            case Names(of=table):
                value = table
            case Value(call=Call(owner=Names() as names, name="tolist" | "to_list")):
                value = names
            case _:
                return value


def _is_no_table(value: Value) -> bool:
    return isinstance(value, _NO_TABLE) or is_column(value)


def reached(values: Iterable[Value]) -> Iterator[Value]:
    """Everything that some values were computed from, themselves included, each once."""
    waiting = list(values)
    seen = {id(value) for value in waiting}
    while waiting:
        value = waiting.pop()
        yield value
        for source in value.sources:
            if id(source) not in seen:
                seen.add(id(source))
                waiting.append(source)


def is_column(value: Value) -> bool:
    """Whether it is surely one column, or was computed from one."""
    for _ in range(_LONGEST):
        if column_of(value) is not None:
            return True
        before = value.owner if isinstance(value, Member) else _first_of(value.call)
        if before is None:
            return False
        value = before
    return False


def _first_of(call: Call | None) -> Value | None:
    """What a call is a method of, or else the first thing that it was given."""
    if call is None:
        return None
    if call.owner is not None and not isinstance(call.owner, Instance):
        return call.owner
    first = next(iter(call.arguments.values()), None)
    return None if first is None else first.value


def column_of(value: Value) -> tuple[Value, str | None] | None:
    """The table of a column and its name, which is None if it changes from turn to turn."""
    members = []
    while isinstance(value, Member):
        members.append(value)
        value = value.owner
    found = _column_in_brackets(value)
    for each in reversed(members):
        is_named = each.name not in _OF_TABLES and each.name not in _OF_COLUMNS
        is_method = isinstance(each.owner, Instance | Library) or found is not None
        found = (each.owner, each.name) if is_named and not is_method else None
    return found


def _column_in_brackets(value: Value) -> tuple[Value, str | None] | None:
    if isinstance(value, Column):
        return value.of, value.name
    if value.call is not None or len(value.sources) != 2 or isinstance(value, Comparison):
        return None
    table, key = value.sources
    if isinstance(key, Constant) and isinstance(key.value, str) and not isinstance(table, Column):
        return table, key.value
    return (table, None) if isinstance(key, Element) else None


def root(table: Value) -> Value:
    """The table that it all began with."""
    for _ in range(_LONGEST):
        before = _before(table)
        if not before:
            break
        table = before[0]
    return table


_SAME_COLUMNS = {
    "head",
    "tail",
    "copy",
    "dropna",
    "fillna",
    "sample",
    "sort_values",
    "sort_index",
    "query",
    "drop_duplicates",
    "reset_index",
    "assign",
    "round",
    "infer_objects",
}


def keeps(table: Value, name: str, begun: Value) -> bool:
    """Whether a column of an earlier table surely is still in this one, as it was."""
    known = table.columns.get(name) if isinstance(table, Frame) else None
    if known is not None and not isinstance(known, Column):
        return False
    for each in origins(table):
        if each is begun:
            return True
        if not _step_keeps(each, name):
            return False
    return False


def _step_keeps(table: Value, name: str) -> bool:
    """Whether what made this table of the one before left a column in it."""
    if isinstance(table, Frame) and table.is_complete and name not in table.columns:
        return False
    call = table.call
    if call is None:
        return isinstance(table, Frame) and (bool(table.columns) or _is_filtered(table))
    if call.name == "drop":
        given = call.argument("columns", "labels")
        texts = None if given is None else texts_of(given.value)
        return texts is not None and name not in texts
    return call.name in _SAME_COLUMNS or _puts_columns_beside(call)


def _is_filtered(table: Frame) -> bool:
    """Whether rows were chosen and columns left alone, as in `table[table["a"] > 1]`."""
    masks = table.sources[1:]
    return all(
        isinstance(part, Comparison)
        for mask in masks
        for part in (mask.sources if type(mask) is Value and mask.call is None else (mask,))
    )


def texts_of(value: Value) -> list[str] | None:
    """The texts of a written-out list, or the one text; None if it is something else."""
    match value:
        case Constant(value=str(text)):
            return [text]
        case Items(items=items):
            texts = [each.value for each in items if isinstance(each, Constant)]
            if len(texts) == len(items) and all(isinstance(each, str) for each in texts):
                return [str(text) for text in texts]
    return None
