"""Tables of pandas: what is known of their columns after each method."""

from dataclasses import replace

from ..calls import Call
from ..values import Column, Constant, Dictionary, Frame, Items, Measure, Names, Value
from .registry import attribute, gives


@gives(
    "pandas.read_csv",
    "pandas.read_excel",
    "pandas.read_table",
    "pandas.read_parquet",
    "pandas.read_json",
    "pandas.read_sql",
    "pandas.read_feather",
    "pandas.read_pickle",
    "seaborn.load_dataset",
)
def read(call: Call) -> Value:
    return Frame(call=call)


@gives("pandas.DataFrame")
def frame(call: Call) -> Value:
    data, names = call.argument("data"), call.argument("columns")
    sources = _values(call)
    if data is not None and isinstance(data.value, Measure):
        return replace(data.value, call=call, sources=sources)
    if data is not None and isinstance(data.value, Dictionary):
        columns = {str(name): value for name, value in data.value.items.items()}
        width = None if data.value.is_open else len(columns)
        return Frame(
            call=call,
            sources=sources,
            columns=columns,
            is_complete=width is not None,
            width=width,
        )
    listed = _texts(names.value) if names is not None else None
    if listed is None:
        return Frame(call=call, sources=sources, width=_width(data.value if data else None))
    made = Frame(call=call, sources=sources)
    columns = {name: Column(of=made, name=name, sources=sources) for name in listed}
    return replace(made, columns=columns, is_complete=True, width=len(columns))


def _width(value: Value | None) -> int | None:
    return value.width if isinstance(value, Frame) else None


def _texts(value: Value) -> list[str] | None:
    """The texts of a written-out list, or the one text; None if it is something else."""
    match value:
        case Constant(value=str(text)):
            return [text]
        case Items(items=items):
            texts = [each.value for each in items if isinstance(each, Constant)]
            if len(texts) == len(items):
                return [str(text) for text in texts]
    return None


def _values(call: Call) -> tuple[Value, ...]:
    owner = () if call.owner is None else (call.owner,)
    return (*owner, *(argument.value for argument in call.arguments.values()))


@gives(
    ".dropna",
    ".fillna",
    ".copy",
    ".head",
    ".tail",
    ".sample",
    ".sort_values",
    ".sort_index",
    ".query",
    ".drop_duplicates",
    ".interpolate",
    ".ffill",
    ".bfill",
    ".replace",
    ".astype",
    ".clip",
    ".reset_index",
    ".set_index",
    ".round",
    ".diff",
    ".pct_change",
    ".shift",
    ".rank",
    ".infer_objects",
    ".convert_dtypes",
    ".nlargest",
    ".nsmallest",
    ".resample",
    ".rolling",
    ".pipe",
)
def same_columns(call: Call) -> Value | None:
    """A table with the columns of the owner, or the column that it was."""
    owner = call.owner
    if isinstance(owner, Frame):
        return replace(owner, call=call, sources=_values(call), columns=dict(owner.columns))
    return None


@gives(".assign")
def assign(call: Call) -> Value | None:
    if not isinstance(call.owner, Frame):
        return None
    added = {name: each.value for name, each in call.arguments.items() if isinstance(name, str)}
    return with_columns(call.owner, added, call)


def with_columns(frame: Frame, added: dict[str, Value], call: Call | None = None) -> Frame:
    """The table with these columns as well, or in the place of its own."""
    columns = {**frame.columns, **added}
    return Frame(
        call=call,
        sources=(frame, *added.values()),
        columns=columns,
        is_complete=frame.is_complete,
        width=len(columns) if frame.is_complete else None,
    )


@gives(".drop", ".pop")
def drop(call: Call) -> Value | None:
    owner = call.owner
    if not isinstance(owner, Frame) or call.name == "pop":
        return None
    given = call.argument("columns", "labels")
    names = _texts(given.value) if given is not None else None
    is_columns = call.argument("columns") is not None or call.constant("axis") in (1, "columns")
    if not is_columns and call.argument("index", "axis", 1) is None:
        return same_columns(call)
    kept = {name: each for name, each in owner.columns.items() if names and name not in names}
    is_complete = owner.is_complete and names is not None
    return Frame(
        call=call,
        sources=_values(call),
        columns=kept,
        is_complete=is_complete,
        width=len(kept) if is_complete else None,
    )


@gives(".select_dtypes", ".filter", ".get", ".join", ".merge", ".apply", ".rename", ".groupby")
@gives("pandas.concat", "pandas.get_dummies", "pandas.merge")
def another_table(call: Call) -> Value | None:
    if call.owner is not None and not isinstance(call.owner, Frame):
        return None
    return Frame(call=call, sources=_values(call))


@attribute("columns")
def columns(owner: Value) -> Value:
    return Names(of=owner, sources=(owner,))


def chosen(frame: Frame, key: Value) -> Value:
    """What `frame[key]` is."""
    match key:
        case Constant(value=str(name)):
            return frame.column(name)
        case Items():
            names = _texts(key)
            if names is None:
                return Frame(sources=(frame, key), width=len(key.items))
            columns = {name: frame.column(name) for name in names}
            return Frame(sources=(frame, key), columns=columns, is_complete=True, width=len(names))
    return Frame(sources=(frame, key))
