"""What is done about missing values before columns are correlated."""

from collections.abc import Iterator, Sequence

from ...flow import Call, Constant, Dictionary, Frame, Measure, Program, Value
from ...maps import maps_in
from ...mending import without_call
from ...rule import Example, Found, Rule, Severity
from ...tables import correlations_in, is_column, origins, reached

_NOTE = "# corr() leaves gaps out by itself, pair by pair"

_GAPS_OF_THE_SHAPE = {
    "pivot",
    "pivot_table",
    "unstack",
    "crosstab",
    "get_dummies",
    "value_counts",
    "merge",
    "join",
    "concat",
    "reindex",
    "asfreq",
    "resample",
    "align",
}
"""What makes gaps where there was nothing to count: zero may be what they mean."""

_GAPS_AT_THE_EDGE = {"diff", "pct_change", "shift", "rolling", "ewm", "expanding"}
"""What makes gaps in the first or last rows of all columns alike."""


def _filler(call: Call) -> float | None:
    """The number that a call puts into every gap, if it is one that is written out."""
    given: Value | None = None
    if call.name == "fillna":
        argument = call.argument("value")
        given = None if argument is None else argument.value
    elif call.name == "nan_to_num":
        return 0.0 if call.argument("nan", 2) is None else None
    elif call.name == "replace":
        old, new = call.argument("to_replace"), call.argument("value")
        is_gap = old is not None and getattr(old.value, "path", "") in ("numpy.nan", "pandas.NA")
        given = new.value if is_gap and new is not None else None
    elif call.path.endswith("SimpleImputer.fit_transform") and call.owner is not None:
        made = call.owner.call
        is_constant = made is not None and made.constant("strategy", default="mean") == "constant"
        value = made.constant("fill_value", default=0) if is_constant and made else None
        return float(value) if isinstance(value, int | float) else None
    if isinstance(given, Dictionary) and given.items and not given.is_open:
        given = next(iter(given.items.values()))
    number = given.value if isinstance(given, Constant) else None
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return float(number) if is_number and isinstance(number, int | float) else None


_COMMONEST = "the commonest value"
_SUMMARIES = {
    "mean": "the mean",
    "median": "the median",
    "mode": _COMMONEST,
    "most_frequent": _COMMONEST,
}


def _summary(call: Call) -> str | None:
    """What of all rows a call puts into every gap, in words, if it is a mean or the like."""
    if call.path.endswith("SimpleImputer.fit_transform") and call.owner is not None:
        made = call.owner.call
        strategy = None if made is None else made.constant("strategy", default="mean")
        return _SUMMARIES.get(str(strategy))
    given = call.argument("value") if call.name == "fillna" else None
    names = [] if given is None else [each.call.name for each in given.value.way() if each.call]
    return next((_SUMMARIES[name] for name in names if name in _SUMMARIES), None)


class ZerosForGaps(Rule):
    id = "zeros-for-gaps"
    title = "A number in the place of what is not known"
    belief = "gaps_take_care_of_themselves"
    step = "significance/gaps"
    why = (
        "corr() leaves gaps out by itself: each pair keeps the rows in which both are known. A "
        "number in their place is data that nobody measured, the same in all those rows; it can "
        "make an r or hide one."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "df = pd.read_csv('a.csv').fillna(0)\n"
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=1,
        ),
        Example(
            "long = pd.read_csv('a.csv')\n"
            "wide = long.pivot_table(index='name', columns='race', values='pace', fill_value=0)\n"
            "print(wide.corr())",
            line=2,
            mends=False,
        ),
        Example(
            "import pandas\nbabies = pandas.read_csv('a.csv')\n"
            "babies.fillna(value=-1, inplace=True)\nr = babies.corr('spearman')\nprint(r)",
            line=3,
        ),
        Example(
            "df = pd.read_csv('a.csv')\ndf = df.fillna(df.mean(numeric_only=True))\n"
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=2,
        ),
        Example(
            "t = pd.read_csv('a.csv')\nt['Age'] = t['Age'].fillna(t['Age'].median())\n"
            "print(t[['Age', 'Fare', 'Rooms']].corr())\nforest.fit(t[['Age', 'Fare']], t['Rooms'])",
            line=2,
            mends=False,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv')\nr = df.corr().fillna(0)\nprint(r)",
        "df = pd.read_csv('a.csv')\nr = df.corr()\ndf = df.fillna(0)\nmodel.fit(df, y)",
        "visits = log.pivot_table(index='day', columns='page', aggfunc='size').fillna(0)\n"
        "print(visits.corr())",
        "views = log.pivot_table('n', 'day', 'page', aggfunc='sum', fill_value=0)\n"
        "print(views.corr())",
        "df = pd.read_csv('a.csv').fillna(method='ffill')\nprint(df.corr())",
        "df = pd.read_csv('a.csv')\nr = df.corr()\ndf['Age'] = df['Age'].fillna(df['Age'].mean())\n"
        "forest.fit(df[['Age']], df['Fare'])\nprint(r)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for _, matrix in correlations_in(program):
            made = list(origins(matrix.of))
            for call in (each.call for each in made if each.call is not None):
                if call.name == "pivot_table" and _fills_with_no_value(call):
                    yield Found(
                        call.cell,
                        call.node,
                        f"Is {call.constant('fill_value')} what would have been measured where a "
                        "row has no such value? It counts as measured in every r that follows.",
                        is_question=True,
                    )
            if any(_is_named(each, _GAPS_OF_THE_SHAPE | _GAPS_AT_THE_EDGE) for each in made):
                continue
            for table in made:
                yield from self._of_table(program, made, table)
            if isinstance(matrix.of, Frame):
                yield from self._of_columns(program, made, matrix.of)

    def _of_table(self, program: Program, made: list[Value], table: Value) -> Iterator[Found]:
        for value in (table, *table.sources[1:]):  # a part of the table may be written back
            if value.call is None:
                continue
            number, summary = _filler(value.call), _summary(value.call)
            filler = summary if number is None else f"{number:g}"
            if filler is None or (is_column(value) and isinstance(table, Frame) and table.columns):
                continue
            is_needed = _is_used_elsewhere(program, made, [value])
            yield Found(
                value.call.cell,
                value.call.node,
                f"Whatever is missing counts as {filler} in every r that follows.",
                None if is_needed else without_call(value.call, _NOTE),
                severity=Severity.MISLEADING if summary else None,
            )

    def _of_columns(self, program: Program, made: list[Value], table: Frame) -> Iterator[Found]:
        for name, column in table.columns.items():
            call = column.call
            if call is None or not is_column(column):
                continue
            number, summary = _filler(call), _summary(call)
            if number is None and summary in (None, _COMMONEST):  # of words, mostly
                continue
            holding = [
                each for each in made if isinstance(each, Frame) and column in each.columns.values()
            ]
            is_needed = _is_used_elsewhere(program, made, holding)
            sentence = f"Each gap in `{name}` counts as {summary} in every r of `{name}`."
            if number is not None:
                sentence = (
                    f"Does a gap in `{name}` mean {number:g}? If it means that nobody knows, each "
                    f"such row enters every r of `{name}` as a measured {number:g}."
                )
            yield Found(
                call.cell,
                call.node,
                sentence,
                None if is_needed else without_call(call, _NOTE),
                is_question=number is not None,
                severity=Severity.MISLEADING if summary else None,
            )


def _is_used_elsewhere(program: Program, made: Sequence[Value], tables: Sequence[Value]) -> bool:
    """Whether more than correlations is computed of a table: it may not bear gaps."""
    on_the_way, wanted = {id(each) for each in made}, {id(each) for each in tables}
    for call in program.calls:
        if call.name in _LOOKING or id(program.result(call)) in on_the_way:
            continue
        for given in (call.owner, *(each.value for each in call.arguments.values())):
            if given is None or any(isinstance(each, Measure) for each in given.lineage()):
                continue
            if any(id(each) in wanted for each in origins(given)):
                return True
    return False


_OF_VALUES = ("mean", "median", "min", "max", "first", "last")


def _fills_with_no_value(call: Call) -> bool:
    """Whether cells without rows become a number, where the others are no counts or sums."""
    number = call.constant("fill_value", default=None)
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and call.constant("aggfunc", default="mean") in _OF_VALUES


def _is_named(table: Value, names: set[str]) -> bool:
    return table.call is not None and table.call.name in names


def _shown(program: Program) -> set[int]:
    """The calls behind what is drawn or printed: elsewhere rows may have to agree."""
    values = [drawn.data for drawn in maps_in(program)]
    printed = program.called("builtins.print", "display")
    values += [each.value for call in printed for each in call.arguments.values()]
    return {id(value.call) for value in reached(values)}


_LOOKING = {"head", "tail", "info", "describe", "print", "len", "display", "corr", "sample"}


def _uses(program: Program) -> dict[int, list[Value]]:
    """What is computed of a call's result, by the call, but for looking at it."""
    uses: dict[int, list[Value]] = {}
    for call in program.calls:
        given = [call.owner, *(each.value for each in call.arguments.values())]
        for value in given:
            if value is not None and value.call is not None and call.name not in _LOOKING:
                uses.setdefault(id(value.call), []).append(program.result(call))
    for each in program.subscripts:
        if each.owner.call is not None:
            uses.setdefault(id(each.owner.call), []).append(each.result)
    return uses


class CompleteRows(Rule):
    id = "complete-rows"
    title = "Whole rows dropped where pairs would do"
    belief = "complete_rows_cost_nothing"
    step = "significance/gaps"
    why = (
        "A gap in one column takes the row away from all pairs, also from those that have no gap "
        "there. corr() alone leaves out what a pair lacks, and no more; then n differs from pair "
        "to pair and belongs beside the map."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "df = pd.read_csv('a.csv')\n"
            "sns.heatmap(df[['a', 'b', 'c']].dropna().corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=2,
        ),
        Example(
            "air = pd.read_csv('air.csv')\nair.dropna(axis='index', inplace=True)\n"
            "print(air.corr(method='kendall'))",
            line=2,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv')\nprint(df[['a', 'b']].dropna().corr())",
        "df = pd.read_csv('a.csv').dropna(how='all')\nprint(df.corr())",
        "df = pd.read_csv('a.csv').dropna(subset=['y'])\nprint(df.corr())",
        "returns = pd.read_csv('a.csv').pct_change().dropna()\nprint(returns.corr())",
        "df = pd.read_csv('a.csv').dropna(axis=1)\nprint(df.corr())",
        "df = pd.read_csv('a.csv').dropna()\nprint(df.corr())\nmodel.fit(df, y)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        shown, uses = _shown(program), _uses(program)
        for corr, matrix in correlations_in(program):
            made = list(origins(matrix.of))
            if id(corr) not in shown:
                continue
            if any(_is_named(each, _GAPS_AT_THE_EDGE | _GAPS_OF_THE_SHAPE) for each in made):
                continue
            for table in made:
                call = table.call
                if call is None or not self._drops_rows(call):
                    continue
                if isinstance(table, Frame) and table.width == 2:
                    continue
                on_the_way = {id(each) for each in made}
                if any(id(each) not in on_the_way for each in uses.get(id(call), ())):
                    continue
                yield Found(
                    call.cell,
                    call.node,
                    "dropna() takes out every row in which anything is missing, for all pairs "
                    "alike.",
                    without_call(call, _NOTE),
                )

    @staticmethod
    def _drops_rows(call: Call) -> bool:
        if call.name != "dropna" or call.owner is None or call.is_open:
            return False
        is_plain = call.argument("subset", "thresh", 2) is None
        axis = call.constant("axis", 0, default=0)
        how = call.constant("how", 1, default="any")
        return is_plain and axis in (0, "index", "rows") and how == "any"
