"""Columns that do not belong into a matrix as they are, and columns that get lost."""

import re
from collections.abc import Iterable, Iterator

from ...flow import (
    Argument,
    Call,
    Column,
    Comparison,
    Constant,
    Dictionary,
    Frame,
    Instance,
    Items,
    Library,
    Member,
    Names,
    Program,
    Subscript,
    Value,
)
from ...mending import Fix, on_the_way, with_arguments
from ...rule import Example, Found, Rule, Severity
from ...tables import column_of, correlations_in, keeps, origins, root, texts_of

_WORDS_OF_DATASETS = {
    "tips": "sex smoker day time",
    "penguins": "species island sex",
    "iris": "species",
    "titanic": "sex embarked class who deck embark_town alive",
    "diamonds": "cut color clarity",
    "mpg": "origin name",
    "planets": "method",
    "flights": "month",
    "fmri": "subject event region",
    "exercise": "diet time kind",
}
"""Columns of seaborn's own tables that hold words."""


def _without(call: Call, *names: str) -> Fix | None:
    """The matrix without some columns, where it is made of a table by a method."""
    if any('"' in name or "\\" in name for name in names):
        return None
    listed = ", ".join(f'"{name}"' for name in names)
    return on_the_way(call, f".drop(columns=[{listed}])")


class TextColumns(Rule):
    id = "text-columns"
    title = "A correlation of a table that holds words"
    belief = "corr_skips_words"
    step = "five_steps/correlate"
    why = (
        "A correlation is of numbers. pandas 2 and later stop at a word; older ones left its "
        "column out, at most with a warning, and the map looked complete. numeric_only=True says "
        "what is meant."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "import seaborn as sns\ntips = sns.load_dataset('tips')\n"
            "sns.heatmap(tips.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=3,
        ),
        Example(
            "people = pd.read_csv('people.csv')\nr = people.corr(method='spearman')\n"
            "women = people[people['sex'] == 'female']\nprint(r, len(women))",
            line=2,
        ),
        Example("t = pd.DataFrame({'a': ['x', 'y'], 'b': [1, 2]})\nprint(t.corr())", line=2),
        Example(
            "roads = pd.read_csv('roads.csv')\n"
            "roads = pd.concat([roads, pd.get_dummies(roads['htype'])], axis=1)\n"
            "print(roads.corr())",
            line=3,
        ),
    )
    clean = (
        "tips = sns.load_dataset('tips')\nprint(tips.corr(numeric_only=True))",
        "tips = sns.load_dataset('tips')\nprint(tips[['tip', 'size', 'total_bill']].corr())",
        "people = pd.read_csv('people.csv')\n"
        "people['man'] = (people['sex'] == 'male').astype(int)\n"
        "print(people.drop(columns=['sex']).corr())",
        "t = pd.read_csv('a.csv')\nt['price'] = t['price'].str.strip('$').astype(float)\n"
        "print(t.corr())",
        "roads = pd.read_csv('roads.csv')\nkinds = pd.get_dummies(roads['htype'])\n"
        "print(pd.concat([roads.drop('htype', axis=1), kinds], axis=1).corr())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        texts, kinds = _by_table(_texts_in(program)), _by_table(_kinds_in(program))
        handled = _by_table(_handled_as_texts_in(program))
        narrowed = {
            id(root(call.owner))
            for call in program.called("select_dtypes")
            if call.owner is not None and _is_numbers(call)
        }
        for call, matrix in correlations_in(program):
            if call.name != "corr" or call.constant("numeric_only", default=False) is not False:
                continue
            fix = with_arguments(call, {"numeric_only": "True"})
            held = [*_held(matrix.of, texts), *_own_texts(matrix.of)]
            if held:
                sentence = (
                    f"`{held[0]}` holds words, and corr() stops at them. Before pandas 2 it left "
                    "the column out, at most with a warning."
                )
                yield Found(call.cell, call.node, sentence, fix)
            elif may_hold := [*_held(matrix.of, handled), *_own_categories(matrix.of)]:
                sentence = (
                    f"Does `{may_hold[0]}` hold words? Then corr() stops at them. Texts and "
                    "categories that are numbers it takes for numbers."
                )
                yield Found(call.cell, call.node, sentence, fix, is_question=True)
            elif made := _held(matrix.of, kinds):
                sentence = (
                    f"Dummies are made of `{made[0]}`. Does the column itself hold words? Then "
                    "corr() stops at them."
                )
                yield Found(call.cell, call.node, sentence, fix, is_question=True)
            elif _is_as_it_began(matrix.of) and id(root(matrix.of)) in narrowed:
                sentence = (
                    "Elsewhere this table is narrowed to its numbers. Does it hold words here? "
                    "Then corr() stops."
                )
                yield Found(call.cell, call.node, sentence, fix, is_question=True)


_ByTable = dict[int, dict[str, Value]]
"""Names of columns, and the table that each began in, by the identity of the table."""


def _by_table(columns: Iterable[tuple[Value, str]]) -> _ByTable:
    found: _ByTable = {}
    for table, name in columns:
        found.setdefault(id(table), {})[name] = table
    return found


def _held(table: Value, columns: _ByTable) -> list[str]:
    """Those of the columns that surely are in a table still."""
    return [
        name
        for each in origins(table)
        for name, begun in columns.get(id(each), {}).items()
        if keeps(table, name, begun)
    ]


def _kinds_in(program: Program) -> Iterator[tuple[Value, str]]:
    """Columns of which dummies are made: they hold kinds, and mostly by their names."""
    for call in program.called("pandas.get_dummies"):
        given = call.argument("data")
        if given is not None:
            yield from _begun(given.value)


def _texts_in(program: Program) -> Iterator[tuple[Value, str]]:
    """Columns that hold words, by what is done with them, with the table that they began in."""
    for compared in program.comparisons:
        is_equality = compared.value.operator in ("Eq", "NotEq")
        if is_equality and _words_of(compared.value.right):
            yield from _begun(compared.value.left)
    for call in program.calls:
        if call.name == "isin" and call.owner is not None:
            given = call.argument("values", 0)
            if given is not None and _words_of(given.value):
                yield from _begun(call.owner)
        elif call.path == "seaborn.load_dataset":
            name = call.constant("name", 0)
            for word in _WORDS_OF_DATASETS.get(str(name), "").split():
                yield program.result(call), word


def _handled_as_texts_in(program: Program) -> Iterator[tuple[Value, str]]:
    """Columns that are texts by what is done with them; texts of digits are numbers to corr()."""
    for call in program.calls:
        if isinstance(call.owner, Member) and call.owner.name == "str":
            yield from _begun(call.owner.owner)


def _words_of(value: Value) -> list[str]:
    """Texts that are written out and are no numbers."""
    return [text for text in texts_of(value) or () if not _is_number(text)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _begun(value: Value) -> Iterator[tuple[Value, str]]:
    column = column_of(value)
    if value.call is None and value.sources and (column is None or column[1] is None):
        cell = value.sources[0]  # `column.iloc[0]`
        value = cell.owner if isinstance(cell, Member) else cell
    column = column_of(value)
    if column is not None:
        table, name = column
        if name is not None and not isinstance(table, Constant):
            yield root(table), name
    elif value.call is None and len(value.sources) == 2:
        table, key = value.sources
        for each in key.sources:  # a loop over names that are written out
            yield from ((root(table), name) for name in texts_of(each) or ())


def _own_texts(table: Value) -> list[str]:
    """Columns of which the table itself shows that they hold words."""
    columns = table.columns if isinstance(table, Frame) else {}
    return [
        name
        for name, column in columns.items()
        if isinstance(column, Items) and column.items and _words_of(column)
    ]


def _own_categories(table: Value) -> list[str]:
    """Columns that the table itself shows to be categories or texts, of whatever."""
    columns = table.columns if isinstance(table, Frame) else {}
    return [name for name, column in columns.items() if _is_of_kinds(column)]


def _is_of_kinds(column: Value) -> bool:
    call = column.call
    return (
        call is not None
        and call.name == "astype"
        and call.constant("dtype") in ("category", "string")
    )


def _is_as_it_began(table: Value) -> bool:
    """Whether nothing was done to a table that could leave its numbers alone."""
    made, begun = list(origins(table)), root(table)
    is_chosen = any(isinstance(each, Frame) and each.is_complete for each in made)
    return not is_chosen and all(each.call is None or each is begun for each in made)


_NUMBERS = {"number", "numbers", "int", "float", "int64", "float64", "int32", "float32"}


def _is_numbers(call: Call) -> bool:
    """Whether `select_dtypes` keeps numbers and not booleans."""
    given = call.argument("include")
    if given is None or call.argument("exclude") is not None:
        return False
    kinds = given.value.items if isinstance(given.value, Items) else (given.value,)
    return bool(kinds) and all(_kind(each) in _NUMBERS for each in kinds)


def _kind(value: Value) -> str:
    if isinstance(value, Library):
        return value.path.rpartition(".")[2]
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else ""


class BooleansLost(Rule):
    id = "booleans-lost"
    title = "True and False that `select_dtypes` leaves out"
    belief = "booleans_are_numbers"
    step = "five_steps/dummify"
    why = (
        "For select_dtypes a boolean is no number, and its column is missing from the matrix "
        "without a word. corr() itself takes True as one and False as zero."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "df = pd.read_csv('a.csv')\ndf['late'] = df['hour'] > 20\n"
            "print(df.select_dtypes('number').corr())",
            line=3,
        ),
        Example(
            "import numpy as np\nimport pandas as p\n"
            "roads = p.get_dummies(p.read_csv('a.csv'), columns=['htype'])\n"
            "names = roads.select_dtypes(include=[np.number]).columns\nr = roads[names].corr()",
            line=4,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv')\nprint(df.select_dtypes('number').corr())",
        "df = pd.read_csv('a.csv')\ndf['late'] = df['hour'] > 20\n"
        "print(df.select_dtypes(['number', 'bool']).corr())",
        "df = pd.get_dummies(pd.read_csv('a.csv'), columns=['htype'], dtype=int)\n"
        "print(df.select_dtypes('number').corr())",
        "df = pd.read_csv('a.csv')\ndf['late'] = (df['hour'] > 20).astype(int)\n"
        "print(df.select_dtypes('number').corr())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for _, matrix in correlations_in(program):
            for table in origins(matrix.of):
                call = table.call
                if call is None or call.name != "select_dtypes" or not _is_numbers(call):
                    continue
                lost = self._lost(call.owner)
                if lost is None:
                    continue
                yield Found(
                    call.cell,
                    call.node,
                    f"{lost} True and False, and select_dtypes leaves that out: it is missing "
                    "from the matrix.",
                    with_arguments(call, {"include": self._with_booleans(call)}),
                )

    @staticmethod
    def _with_booleans(call: Call) -> str:
        given = call.argument("include")
        kinds: tuple[Value, ...] = ()
        if given is not None:
            kinds = given.value.items if isinstance(given.value, Items) else (given.value,)
        names = [f'"{_kind(each)}"' for each in kinds]
        return f'[{", ".join(names)}, "bool"]'

    @staticmethod
    def _lost(table: Value | None) -> str | None:
        """The beginning of a sentence that names what holds booleans."""
        if isinstance(table, Frame):
            for name, column in table.columns.items():
                if _is_boolean(column):
                    return f"`{name}` holds"
        for each in origins(table) if table is not None else ():
            call = each.call
            if call is None:
                continue
            if call.path == "pandas.get_dummies":
                is_made = call.argument("columns") is not None
                return "Each dummy holds" if is_made and call.surely_lacks("dtype") else None
            if call.name == "astype":
                return None
        return None


def _is_boolean(column: Value) -> bool:
    if isinstance(column, Comparison):
        return True
    call = column.call
    if call is None:
        return False
    if call.name == "astype":
        given = call.argument("dtype")
        return given is not None and _kind(given.value) in ("bool", "boolean")
    return call.owner is not None and call.name in ("isna", "isnull", "notna", "isin", "between")


_ENCODERS = ("LabelEncoder", "OrdinalEncoder")
_SEVERAL = 3


def _coding(value: Value, program: Program) -> str | None:
    """How words became numbers, if a value is such codes."""
    call = value.call
    if isinstance(value, Member) and value.name == "codes":
        return None if _is_ordered(value.owner) else "the alphabet"
    if call is None:
        is_part = bool(value.sources) and type(value).__name__ == "Part"
        return _coding(value.sources[0], program) if is_part else None
    if call.path in ("pandas.factorize",) or (call.name == "factorize" and call.owner is not None):
        return "the order of their first appearance"
    if call.name in ("fit_transform", "transform") and call.owner is not None:
        return _of_encoder(call.owner, call.argument("X"))
    if call.name in ("map", "replace") and call.owner is not None:
        given = call.argument("arg", "to_replace")
        return "a list of the author's" if given is not None and _is_code(given.value) else None
    if call.name == "apply":
        return _of_applied(call, program)
    if call.name in ("astype", "fillna", "reshape", "ravel", "to_numpy") and call.owner is not None:
        return _coding(call.owner, program)
    if call.name in ("Series", "DataFrame") and call.argument("data") is not None:
        given = call.argument("data")
        return _coding(given.value, program) if given is not None else None
    return None


def _of_encoder(owner: Value, given: Argument | None = None) -> str | None:
    if isinstance(owner, Instance):
        made = owner.came_through(*_ENCODERS)
        if made is None or not owner.of.endswith(_ENCODERS):
            return None
        return "the alphabet" if made.argument("categories") is None else None
    # Of what scikit-learn fits, encoders of labels alone take one column
    takes_column = given is not None and isinstance(column_of(given.value), tuple)
    return "the alphabet" if takes_column and type(owner) is Value else None


def _of_applied(call: Call, program: Program) -> str | None:
    given = call.argument("func")
    if given is None:
        return None
    if isinstance(given.value, Member) and given.value.name == "fit_transform":
        return _of_encoder(given.value.owner)
    inner = getattr(given.value, "definition", None)
    for each in program.calls:
        if inner is not None and inner in each.inside and each is not call:
            found = _coding(program.result(each), program)
            if found is not None:
                return found
    return None


def _is_code(value: Value) -> bool:
    """Whether a dictionary gives numbers to three words or more."""
    if not isinstance(value, Dictionary) or len(value.items) < _SEVERAL:
        return False
    is_words = all(isinstance(key, str) for key in value.items)
    numbers = [getattr(each, "value", None) for each in value.items.values()]
    is_numbers = all(isinstance(each, int | float) for each in numbers)
    return is_words and is_numbers and len(set(numbers)) >= _SEVERAL


def _is_ordered(owner: Value) -> bool:
    """Whether the categories were put in an order by hand."""
    return owner.came_through("CategoricalDtype", "set_categories", "reorder_categories") is not (
        None
    ) or any(
        each.call is not None
        and each.call.name == "Categorical"
        and each.call.argument("categories", 1) is not None
        for each in owner.lineage()
    )


class CodesOfWords(Rule):
    id = "codes-of-words"
    title = "Codes of words, correlated as if they were measured"
    belief = "alphabet_is_neutral"
    step = "categorical/codes"
    why = (
        "Words without an order can be numbered in any order, and each gives another r. A column "
        "for each word, Cramér's V or the correlation ratio need no numbers."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "from sklearn.preprocessing import LabelEncoder\ndf = pd.read_csv('a.csv')\n"
            "df['region'] = LabelEncoder().fit_transform(df['region'])\n"
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=3,
        ),
        Example(
            "people = pd.read_csv('a.csv')\n"
            "people['eyes'] = people['eyes'].astype('category').cat.codes\n"
            "print(people[['eyes', 'age']].corr())",
            line=2,
        ),
        Example(
            "from sklearn.preprocessing import LabelEncoder\ndf = pd.read_csv('a.csv')\n"
            "print(df.apply(LabelEncoder().fit_transform).corr())",
            line=3,
            mends=False,
        ),
        Example(
            "df = pd.read_csv('a.csv')\ndf['hair'], words = pd.factorize(df['hair'])\n"
            "print(df.corr('spearman'))",
            line=2,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv')\ndf['man'] = df['sex'].map({'male': 1, 'female': 0})\n"
        "print(df.corr(numeric_only=True))",
        "df = pd.read_csv('a.csv')\ndf['eyes'] = df['eyes'].astype('category').cat.codes\n"
        "print(df.drop(columns='eyes').corr())",
        "from sklearn.preprocessing import LabelEncoder\ndf = pd.read_csv('a.csv')\n"
        "X = df.apply(LabelEncoder().fit_transform)\nprint(df.corr(numeric_only=True))",
        "from sklearn.preprocessing import LabelEncoder\ndf = pd.read_csv('a.csv')\n"
        "y = LabelEncoder().fit_transform(df['species'])\n"
        "print(df.drop(columns='species').corr())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        stored: dict[int, list[tuple[Subscript, Value, str]]] = {}
        for each in program.subscripts:
            coding = None if each.stored is None else _coding(each.stored, program)
            if each.stored is not None and coding is not None:
                stored.setdefault(id(each.owner), []).append((each, each.stored, coding))
        for call, matrix in correlations_in(program):
            codes = list(_codes_in(matrix.of, program, stored))
            made = None if not codes else _made_by(codes[0][1])
            if made is None:
                continue
            names = list(dict.fromkeys(name for name, _, _ in codes if name is not None))
            which = " or ".join(f"`{name}`" for name in names) or "the coded column"
            yield Found(
                made.cell,
                made.node,
                f"Does {which} hold three words or more that have no order of equal steps? "
                f"The numbers follow {codes[0][2]}, and r changes with them.",
                _without(call, *names) if names else None,
                is_question=True,
            )


def _codes_in(
    table: Value, program: Program, stored: dict[int, list[tuple[Subscript, Value, str]]]
) -> Iterator[tuple[str | None, Value, str]]:
    """Columns of codes in a table: their names, what they are, and what the numbers follow."""
    table = next(origins(table))
    is_complete = isinstance(table, Frame) and table.is_complete
    for name, column in (table.columns if isinstance(table, Frame) else {}).items():
        coding = _coding(column, program)
        if coding is not None:
            yield name, column, coding
    written = [each for made in origins(table) for each in stored.get(id(made), ())]
    for made in origins(table):
        coding = _coding(made, program) if made.call is not None else None
        if coding is not None:
            yield None, made, coding
    dropped = _dropped(table) if written else set()
    chosen = _named_in_choices(table) if written else set()
    for each, codes, coding in written:
        names = texts_of(each.key)
        is_chosen = bool(names) and chosen.issuperset(names or ())
        if names and not is_chosen and (len(names) == 1 or is_complete or set(names) & dropped):
            continue
        yield names[0] if names and len(names) == 1 else None, codes, coding


def _named_in_choices(table: Value) -> set[str]:
    """Names that stand in lists by which columns were chosen, where not all of them are known."""
    return {
        each.value
        for made in origins(table)
        if made.call is None and not (isinstance(made, Frame) and made.columns)
        for key in made.sources[1:]
        for each in key.lineage()
        if isinstance(each, Constant) and isinstance(each.value, str)
    }


def _dropped(table: Value) -> set[str]:
    dropped: set[str] = set()
    for each in origins(table):
        if each.call is not None and each.call.name == "drop":
            given = each.call.argument("columns", "labels")
            dropped.update((texts_of(given.value) if given is not None else None) or ())
    return dropped


def _made_by(value: Value) -> Call | None:
    return next((each.call for each in value.lineage() if each.call is not None), None)


_NUMBERING = re.compile(r"(^|[_ ])(id|index|rownames?)$|^[A-Z][a-z]+(Id|ID)$|^Unnamed: 0$|^ID$")
_OWN_INDEX = {"set_index", "groupby", "pivot", "pivot_table", "resample", "value_counts", "unstack"}


class RowNumber(Rule):
    id = "row-number"
    title = "A row number among the columns"
    belief = "row_number_is_no_column"
    step = "five_steps/import"
    why = (
        "A running number is a number, so corr() takes it. Its r says in which order the rows "
        "stand in the file, and looks like a finding about what was measured."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "df = pd.read_csv('a.csv')\ndf = df[df['age'] > 18].reset_index()\n"
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=2,
        ),
        Example(
            "roads.to_csv('roads.csv')\nagain = pd.read_csv('roads.csv')\nprint(again.corr())",
            line=2,
        ),
        Example(
            "t = pd.read_csv('train.csv')\nprint(t[['PassengerId', 'Age', 'Fare']].corr())",
            line=2,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv').dropna(how='all').reset_index(drop=True)\nprint(df.corr())",
        "df = pd.read_csv('a.csv').groupby('day').mean().reset_index()\nprint(df.corr())",
        "roads.to_csv('roads.csv', index=False)\nagain = pd.read_csv('roads.csv')\n"
        "print(again.corr())",
        "t = pd.read_csv('train.csv').drop(columns=['PassengerId'])\nprint(t.corr())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        written = {
            call.constant("path_or_buf", 0, default=None)
            for call in program.called("to_csv")
            if call.constant("index", default=True) is True
        }
        mentioned = _mentioned(program)
        for call, matrix in correlations_in(program):
            table = matrix.of
            yield from self._of_index(table)
            yield from self._of_file(table, written, mentioned)
            if isinstance(table, Frame):
                yield from self._of_names(table, call)

    def _of_index(self, table: Value) -> Iterator[Found]:
        made = list(origins(table))
        is_own = any(each.call is not None and each.call.name in _OWN_INDEX for each in made)
        begun = root(table).call
        is_read = begun is not None and begun.name.startswith("read_")
        if is_own or (begun is not None and is_read and not begun.surely_lacks("index_col")):
            return
        if "index" in _dropped(table) or _is_narrow(table, "index"):
            return
        for each in made:
            call = each.call
            if call is None or call.name != "reset_index" or call.is_open:
                continue
            if call.constant("drop", default=False) is False and not call.arguments:
                sentence = (
                    "reset_index() makes a column of the old row numbers, `index`, and corr() "
                    "takes it for a measurement."
                    if is_read
                    else "Does the index number the rows? reset_index() makes a column of it, and "
                    "corr() takes that for a measurement."
                )
                fix = with_arguments(call, {"drop": "True"})
                yield Found(call.cell, call.node, sentence, fix, is_question=not is_read)

    def _of_file(self, table: Value, written: set[object], mentioned: set[int]) -> Iterator[Found]:
        begun = root(table).call
        if begun is None or begun.path != "pandas.read_csv" or begun.is_open:
            return
        if begun.argument("index_col", "usecols", "names", "header") is not None:
            return
        given = begun.argument("filepath_or_buffer")
        path = None if given is None else given.constant
        first = "Unnamed: 0"
        if isinstance(path, str) and "Rdatasets" in path:
            first = "rownames"
        elif not (isinstance(path, str) and path in written) and id(root(table)) not in mentioned:
            return
        if {first, "rownames", "Unnamed: 0"} & _dropped(table) or _is_narrow(table, first):
            return
        if any(each.call is not None and each.call.name == "set_index" for each in origins(table)):
            return
        yield Found(
            begun.cell,
            begun.node,
            "The first column of this file numbers or names its rows. Read like this, it is a "
            f"column of the table, `{first}`: numbers corr() takes for a measurement, and at names "
            "it stops.",
            with_arguments(begun, {"index_col": "0"}),
        )

    def _of_names(self, table: Frame, corr: Call) -> Iterator[Found]:
        for name, column in table.columns.items():
            made = column.call
            is_range = made is not None and made.path in ("builtins.range", "numpy.arange")
            is_index = isinstance(column, Member) and column.name == "index"
            is_named = table.is_complete and bool(_NUMBERING.search(name))
            if is_range or is_index or (is_named and isinstance(column, Column)):
                yield Found(
                    corr.cell,
                    corr.node,
                    f"Does `{name}` number the rows? Its r then says how the file is sorted.",
                    _without(corr, name),
                    is_question=True,
                )


def _is_narrow(table: Value, name: str) -> bool:
    """Whether columns were chosen on the way, and this one is not surely among them."""
    for each in origins(table):
        if isinstance(each, Frame) and each.is_complete and name not in each.columns:
            return True
        if isinstance(each, Frame) and each.call is None and len(each.sources) == 2:
            key = each.sources[1]
            is_filter = isinstance(key, Comparison) or not isinstance(key, Names)
            if not is_filter or isinstance(key, Items):
                return True
    return False


def _mentioned(program: Program) -> set[int]:
    """The tables of which the code says anywhere that their first column has no name."""
    return {
        id(root(call.owner))
        for call in program.called("drop", "rename")
        if (given := call.argument("columns", "labels")) is not None
        and call.owner is not None
        and "Unnamed: 0" in (texts_of(given.value) or ())
    }
