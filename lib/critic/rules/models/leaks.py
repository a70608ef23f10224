"""What a model was told of the rows that are to judge it, and of each row's own outcome."""

import ast
from collections.abc import Iterator

from ...flow import (
    Call,
    Comparison,
    Constant,
    Frame,
    Instance,
    Library,
    Measure,
    Operation,
    Part,
    Program,
    Subscript,
    Value,
    name_of_column,
)
from ...learning import Parting, class_of, is_parted, outcomes_of, partings_in
from ...mending import Fix, fresh, joined, put_after, put_before, replaced, root, serves_only
from ...rule import Example, Found, Rule, Severity

_SCALERS = (
    "StandardScaler",
    "MinMaxScaler",
    "RobustScaler",
    "MaxAbsScaler",
    "PowerTransformer",
    "QuantileTransformer",
    "KBinsDiscretizer",
    "SimpleImputer",
    "KNNImputer",
    "IterativeImputer",
    "PCA",
    "KernelPCA",
    "TruncatedSVD",
    "FactorAnalysis",
    "VarianceThreshold",
)
_SELECTORS = (
    "SelectKBest",
    "SelectPercentile",
    "SelectFpr",
    "SelectFdr",
    "SelectFwe",
    "SelectFromModel",
    "RFE",
    "RFECV",
    "SequentialFeatureSelector",
)


_OVERSAMPLERS = (
    "SMOTE",
    "SMOTENC",
    "SMOTEN",
    "BorderlineSMOTE",
    "KMeansSMOTE",
    "SVMSMOTE",
    "SMOTEENN",
    "SMOTETomek",
    "ADASYN",
    "RandomOverSampler",
)


class BeforeSplit(Rule):
    id = "before-split"
    title = "Learned from all rows, and split afterwards"
    belief = "chosen_after_looking"
    step = "action/peek"
    why = (
        "Rows that had a say in the preparation are no strangers any more when they judge the "
        "model. After scaling that is a trifle; after columns were chosen by their link with the "
        "outcome, noise looks like skill."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "from sklearn.preprocessing import StandardScaler\n"
            "from sklearn.model_selection import train_test_split\n"
            "scaler = StandardScaler()\nX = scaler.fit_transform(X)\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
            line=4,
        ),
        Example(
            "from sklearn import feature_selection as fs, model_selection\n"
            "best = fs.SelectKBest(fs.f_regression, k=20).fit_transform(genes, ill)\n"
            "scores = model_selection.cross_val_score(model, best, ill, cv=5)",
            line=2,
        ),
        Example(
            "import pandas as pd\nfrom sklearn.model_selection import train_test_split\n"
            "df = pd.read_csv('d.csv')\nr = df.corr()['ill']\n"
            "X = df[r.index[r.abs() > 0.3].drop('ill')]\n"
            "a, b, c, d = train_test_split(X, df['ill'])",
            line=5,
            mends=False,
        ),
        Example(
            "from sklearn.model_selection import train_test_split\n"
            "df['age'] = df['age'].fillna(df['age'].median())\n"
            "train, test = train_test_split(df, test_size=0.2)",
            line=2,
            mends=False,
        ),
        Example(
            "from sklearn.model_selection import train_test_split\n"
            "df['age'].fillna(df['age'].median(), inplace=True)\n"
            "train, test = train_test_split(df, test_size=0.2)",
            line=2,
            mends=False,
        ),
        Example(
            "from imblearn.over_sampling import SMOTE\n"
            "from sklearn.model_selection import train_test_split\n"
            "X, y = SMOTE(random_state=0).fit_resample(X, y)\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)",
            line=3,
            mends=False,
        ),
        Example(
            "from sklearn.model_selection import train_test_split\n"
            "from sklearn.utils import resample\n"
            "more = resample(df[df['ill'] == 1], n_samples=2000)\n"
            "train, test = train_test_split(pd.concat([df[df['ill'] == 0], more]))",
            line=3,
            mends=False,
        ),
    )
    clean = (
        "from sklearn.preprocessing import StandardScaler\n"
        "from sklearn.model_selection import train_test_split\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "scaler = StandardScaler().fit(X_train)\nX_test = scaler.transform(X_test)",
        "from sklearn.pipeline import make_pipeline\n"
        "from sklearn.preprocessing import MinMaxScaler\n"
        "from sklearn.model_selection import cross_val_score\n"
        "print(cross_val_score(make_pipeline(MinMaxScaler(), model), X, y))",
        "from sklearn.preprocessing import LabelEncoder\n"
        "from sklearn.model_selection import train_test_split\n"
        "y = LabelEncoder().fit_transform(df['species'])\n"
        "X_train, X_test, y_train, y_test = train_test_split(df[['width']], y)",
        "from imblearn.over_sampling import SMOTE\n"
        "from sklearn.model_selection import train_test_split\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "X_train, y_train = SMOTE(random_state=0).fit_resample(X_train, y_train)",
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.utils import resample\n"
        "fewer = resample(df[df['ill'] == 0], replace=False, n_samples=200)\n"
        "train, test = train_test_split(pd.concat([df[df['ill'] == 1], fewer]))",
        "from sklearn.preprocessing import KBinsDiscretizer\n"
        "from sklearn.model_selection import train_test_split\n"
        "y = np.random.randn(500)\n"
        "X = KBinsDiscretizer(9).fit_transform((y + np.random.randn(500)).reshape(-1, 1))\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y)",
        "import sklearn.preprocessing as sp\n"
        "X = sp.StandardScaler().fit_transform(X)\nprint(X.std())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for parting in partings_in(program):
            for place, given in parting.given:
                yield from self._learned(program, parting, place, given.value)

    def _learned(
        self, program: Program, parting: Parting, place: int, table: Value
    ) -> Iterator[Found]:
        when = "split off" if parting.is_once else "set apart, fold by fold,"
        behind = {id(each) for each in table.lineage()}
        for each in table.lineage():
            call = each.call
            if call is None:
                continue
            learned = _fitted(program, call)
            if learned is not None and not is_parted(learned):
                if _is_made_of_outcome(learned, parting):
                    continue
                name = class_of(call.owner)
                is_selector = name in _SELECTORS
                yield Found(
                    call.cell,
                    call.node,
                    f"`{name}` {'chooses by' if is_selector else 'learns from'} all rows. Those "
                    f"that judge the model are {when} afterwards, and had a say.",
                    _moved(program, call, parting, place),
                    severity=Severity.WRONG if is_selector else None,
                )
            elif _makes_rows(call):
                yield Found(
                    call.cell,
                    call.node,
                    "Rows are copied or mixed here. Those that judge the model are "
                    f"{when} afterwards, so copies of what it learns from are among them.",
                    severity=Severity.WRONG,
                )
            elif call.name == "fillna" and _fills_in(call):
                yield Found(
                    call.cell,
                    call.node,
                    "The gaps are filled by what all rows say. Those that judge the model are "
                    f"{when} afterwards, and had a say.",
                )
        for chosen in program.subscripts:
            if id(chosen.result) in behind and _is_by_outcome(chosen):
                choice = _choice(program, chosen)
                yield Found(
                    choice.cell,
                    choice.node,
                    "Columns are chosen by their correlation over all rows. Those that judge the "
                    f"model are {when} afterwards, and had a say.",
                    severity=Severity.WRONG,
                )


def _fitted(program: Program, call: Call) -> Value | None:
    """The table that a scaler or a selector has learned from, where a call applies it."""
    if class_of(call.owner) not in _SCALERS + _SELECTORS:
        return None
    if call.name == "transform":
        fits = [fit for fit in program.called("fit") if fit.owner is call.owner]
        if call.owner is not None and call.owner.call is not None:
            fits += [call.owner.call] if call.owner.call.name == "fit" else []
        if len(fits) != 1:
            return None
        call = fits[0]
    given = call.argument("X", 0) if call.name in ("fit_transform", "fit") else None
    return None if given is None else given.value


_DRAWS = ("rand", "randn", "random", "normal", "standard_normal", "uniform")


def _is_made_of_outcome(learned: Value, parting: Parting) -> bool:
    """Whether a drawn outcome is what a column is computed from: the data are being made up."""
    outcomes = [given.value for place, given in parting.given if place == 1]
    behind = {id(each) for each in learned.lineage()}
    return any(
        id(outcome) in behind and outcome.call is not None and outcome.call.is_named(*_DRAWS)
        for outcome in outcomes
    )


def _makes_rows(call: Call) -> bool:
    """Whether rows that were not parted are repeated, or new ones mixed of them."""
    if call.name == "fit_resample":
        given = call.argument("X", 0)
        is_making = class_of(call.owner) in _OVERSAMPLERS
    else:
        given = call.argument(0)
        is_making = (
            call.path == "sklearn.utils.resample"
            and call.constant("replace", default=True) is True
            and call.argument("n_samples") is not None
        )
    return is_making and given is not None and not is_parted(given.value)


def _fills_in(call: Call) -> bool:
    """Whether gaps are filled with means of rows that were not parted."""
    given = call.argument("value")
    if given is None or is_parted(given.value):
        return False
    names = [each.call.name for each in given.value.way() if each.call is not None]
    return bool({"mean", "median", "mode"} & set(names)) and "groupby" not in names


def _is_by_outcome(chosen: Subscript) -> bool:
    """Whether columns are chosen by their correlation with one of them."""
    if chosen.stored is not None or is_parted(chosen.owner):
        return False
    if not isinstance(chosen.owner, Frame):
        return False
    return any(
        isinstance(each, Part) and isinstance(each.of, Measure) for each in chosen.key.lineage()
    )


def _choice(program: Program, chosen: Subscript) -> Subscript:
    """Where the names were chosen that a table is asked for: where r is compared, if it is."""
    behind = {id(each) for each in chosen.key.lineage()}
    choices = [each for each in program.subscripts if id(each.result) in behind]
    compared = [each for each in choices if isinstance(each.key, Comparison)]
    return compared[0] if compared else chosen


def _moved(program: Program, call: Call, parting: Parting, place: int) -> Fix | None:
    """The same, learned from the rows to learn from: after the split, or inside of the folds."""
    function, given = call.node.func, call.argument("X", 0)
    if call.name != "fit_transform" or given is None or parting.call.cell is not call.cell:
        return None
    if not isinstance(function, ast.Attribute) or not _is_all_columns(call):
        return None
    if not _is_split_as_it_is(program, call, parting, place):
        return None
    bare = _without_step(call, given.node)
    made = call.cell.segment(function.value)
    if not parting.is_once:
        return joined(bare, _in_pipeline(call, parting, made))
    parts = _names_of_parts(parting)
    if parts is None or len(parts) <= 2 * place + 1:
        return None
    train, test = parts[2 * place], parts[2 * place + 1]
    lines = []
    if not isinstance(function.value, ast.Name):
        name = fresh("scaler", call.cell)
        lines.append(f"{name} = {made}")
        made = name
    outcome = f", {parts[2]}" if call.argument("y", 1) is not None and len(parts) == 4 else ""
    lines.append(f"{train} = {made}.fit_transform({train}{outcome})")
    lines.append(f"{test} = {made}.transform({test})")
    return joined(bare, put_after(parting.call.cell, parting.call.node, lines))


def _is_split_as_it_is(program: Program, call: Call, parting: Parting, place: int) -> bool:
    """Whether what was transformed is parted next, and nothing else is made of it."""
    given = dict(parting.given)[place]
    is_same = given.value is program.result(call)
    return is_same and serves_only(program.cells, call.cell, call.node, parting.call.node)


def _without_step(call: Call, given: ast.expr) -> Fix | None:
    """The table as it was; of `X = scaler.fit_transform(X)` a note alone remains."""
    written = call.cell.segment(given)
    statement = call.cell.statement_around(call.node)
    match statement:
        case ast.Assign(targets=[target], value=value) if value is call.node:
            if statement in call.cell.tree.body and call.cell.segment(target) == written:
                note = "# learned below, from the rows to learn from"
                return replaced(call.cell, statement, note)
    return replaced(call.cell, call.node, written)


def _is_all_columns(call: Call) -> bool:
    """Whether it is a whole table that was transformed, and not a few columns within another."""
    for each in call.cell.nodes:
        if isinstance(each, ast.Assign) and any(part is call.node for part in ast.walk(each)):
            return all(isinstance(target, ast.Name) for target in each.targets)
    return False


def _in_pipeline(call: Call, parting: Parting, made: str) -> Fix | None:
    model = parting.call.argument("estimator", 0)
    constructed = call.owner.call if isinstance(call.owner, Instance) else None
    if parting.call.name == "split" or parting.call.owner is not None or model is None:
        return None
    if constructed is None or constructed.cell is not call.cell:
        return None
    made = constructed.cell.segment(constructed.node)
    written = parting.call.cell.segment(model.node)
    return joined(
        replaced(parting.call.cell, model.node, f"make_pipeline({made}, {written})"),
        put_before(
            parting.call.cell,
            parting.call.node,
            ["from sklearn.pipeline import make_pipeline"],
        ),
    )


def _names_of_parts(parting: Parting) -> list[str] | None:
    """The names that the parts of a split are given."""
    for each in parting.call.cell.nodes:
        if isinstance(each, ast.Assign) and each.value is parting.call.node:
            (target, *_) = each.targets
            if isinstance(target, ast.Tuple | ast.List):
                names = [part.id for part in target.elts if isinstance(part, ast.Name)]
                return names if len(names) == len(target.elts) else None
    return None


_OUTCOME_WORDS = {"target", "label", "outcome", "y"}
_IN_SAMPLE = ("TargetEncoder", "MEstimateEncoder", "JamesSteinEncoder", "WOEEncoder", "GLMMEncoder")


class TargetMeans(Rule):
    id = "target-means"
    title = "Words that become the mean of the outcome, each row's own included"
    belief = "encoding_is_innocent"
    step = "action/encode"
    why = (
        "The mean of a rare word is little more than the outcome of the row itself. A column of "
        "words that know nothing then correlates with the outcome, and a model learns to trust it. "
        "scikit-learn's TargetEncoder codes each row by the means of other folds."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "df['code'] = df.groupby('town')['price'].transform('mean')\n"
            "model.fit(df[['code', 'size']], df['price'])",
            line=1,
        ),
        Example(
            "means = train.groupby('town')['target'].mean()\n"
            "train['town_mean'] = train['town'].map(means)",
            line=2,
            mends=False,
        ),
        Example(
            "import category_encoders as ce\nenc = ce.TargetEncoder()\n"
            "X_new = enc.fit_transform(X, y)",
            line=3,
            mends=False,
        ),
    )
    clean = (
        "from sklearn.preprocessing import TargetEncoder\n"
        "df['code'] = TargetEncoder().fit_transform(df[['town']], df['price'])[:, 0]\n"
        "model.fit(df[['code']], df['price'])",
        "df['usual_size'] = df.groupby('town')['size'].transform('mean')\n"
        "model.fit(df[['usual_size']], df['price'])",
        "for seen, unseen in folds.split(df):\n"
        "    means = df.iloc[seen].groupby('town')['target'].mean()\n"
        "    codes[unseen] = df.iloc[unseen]['town'].map(means)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        outcomes = outcomes_of(program)
        for stored in program.subscripts:
            if stored.stored is None or not isinstance(stored.node.value, ast.Name):
                continue
            mean = _mean_by_word(stored.stored, stored.node.value.id)
            if mean is None or mean[1] not in outcomes | _OUTCOME_WORDS:
                continue
            if _is_dropped(program, stored.key):
                continue
            word, outcome = mean
            yield Found(
                stored.cell,
                stored.node,
                f"Each row's own `{outcome}` is part of the mean that becomes its feature: the "
                "fewer rows share its word, the more.",
                _cross_fitted(program, stored, word, outcome),
            )
        for call in program.called("fit_transform"):
            is_ours = isinstance(call.owner, Instance) and call.owner.of.startswith("category_enc")
            if is_ours and class_of(call.owner) in _IN_SAMPLE and call.argument("y", 1):
                yield Found(
                    call.cell,
                    call.node,
                    f"`{class_of(call.owner)}` of category_encoders codes each row by a mean to "
                    "which its own outcome belongs.",
                )


def _is_dropped(program: Program, name: Value) -> bool:
    """Whether a column is dropped somewhere, so that no model need have seen it."""
    if not isinstance(name, Constant):
        return False
    given = [call.argument("columns", "labels") for call in program.called("drop", "pop")]
    return any(
        isinstance(each, ast.Constant) and each.value == name.value
        for argument in given
        if argument is not None
        for each in ast.walk(argument.node)
    )


def _mean_by_word(value: Value, table: str) -> tuple[str | None, str] | None:
    """The word and the outcome, if it is a mean of the outcome over the same table's rows."""
    for each in value.way():
        call = each.call
        if call is None:
            continue
        if call.name == "transform" and _takes_means(call):
            return _grouped(call, table)
        if call.name in ("map", "replace"):
            given = call.argument("arg", "to_replace")
            for means in () if given is None else given.value.way():
                if means.call is not None and means.call.name == "mean":
                    return _grouped(means.call, table)
            return None
        if call.name not in ("fillna", "astype", "round", "copy", "to_numpy"):
            return None
    return None


def _takes_means(call: Call) -> bool:
    given = call.argument("func", "X", 0)
    if given is None:
        return False
    is_mean = isinstance(given.value, Library) and given.value.path.endswith(".mean")
    return is_mean or given.constant == "mean"


def _grouped(call: Call, table: str) -> tuple[str | None, str] | None:
    """By what, and of what, a mean of groups was taken, if it was of this table."""
    outcome = None
    for each in call.owner.way() if call.owner is not None else ():
        outcome = outcome or name_of_column(each)
        if each.call is not None and each.call.name == "groupby":
            function = each.call.node.func
            is_same = isinstance(function, ast.Attribute) and root(function.value) == table
            is_whole = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
            word = each.call.constant("by")
            found = (word if isinstance(word, str) else None, outcome or "")
            return found if is_same and is_whole and outcome else None
    return None


def _cross_fitted(
    program: Program, stored: Subscript, word: str | None, outcome: str
) -> Fix | None:
    """Codes of other folds, where the outcome is known to have no gaps: a model is fitted to it.

    The encoder would else take an outcome of whole numbers for classes, so it is told.
    """
    if word is None or any(parting.is_once for parting in partings_in(program)):
        return None  # it has to be moved behind the split
    if outcome not in outcomes_of(program):
        return None
    statement = _statement(stored)
    if statement is None or not isinstance(stored.node.value, ast.Name):
        return None
    table = stored.node.value.id
    encoder = 'TargetEncoder(target_type="continuous")'
    text = f'{encoder}.fit_transform({table}[["{word}"]], {table}["{outcome}"])[:, 0]'
    return joined(
        put_before(stored.cell, stored.node, ["from sklearn.preprocessing import TargetEncoder"]),
        replaced(stored.cell, statement.value, text),
    )


def _statement(stored: Subscript) -> ast.Assign | None:
    for each in stored.cell.nodes:
        if isinstance(each, ast.Assign) and stored.node in each.targets:
            return each
    return None


class LeaveOneOut(Rule):
    id = "leave-one-out"
    title = "Leave-one-out codes as a cure"
    belief = "leave_one_out_is_safe"
    step = "action/encode"
    why = (
        "Within a word the mean of the others falls as the row's own outcome rises, on a straight "
        "line. A model that can tell the words apart reads the outcome off the code. "
        "Codes from other folds do not give it away like that."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "from category_encoders import LeaveOneOutEncoder\n"
            "X = LeaveOneOutEncoder().fit_transform(X, y)",
            line=2,
            mends=False,
        ),
        Example(
            "by_town = df.groupby('town')['price']\nn = by_town.transform('count')\n"
            "df['code'] = (by_town.transform('sum') - df['price']) / (n - 1)\n"
            "model.fit(df[['code', 'size']], df['price'])",
            line=3,
        ),
    )
    clean = (
        "from sklearn.model_selection import LeaveOneOut, cross_val_score\n"
        "scores = cross_val_score(model, X, y, cv=LeaveOneOut())",
        "by_town = df.groupby('town')['price']\n"
        "df['share'] = df['price'] / by_town.transform('sum')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for call in program.called("fit_transform"):
            if class_of(call.owner) == "LeaveOneOutEncoder" and call.argument("y", 1):
                yield Found(
                    call.cell,
                    call.node,
                    "Each code is the mean outcome of the other rows with the same word. Within a "
                    "word it tells the row's own outcome exactly.",
                )
        for stored in program.subscripts:
            if stored.stored is None or not isinstance(stored.node.value, ast.Name):
                continue
            found = _mean_of_others(stored.stored)
            if found is not None:
                word, outcome = found
                yield Found(
                    stored.cell,
                    stored.node,
                    f"Each code is the mean `{outcome}` of the other rows with the same word. "
                    "Within a word it tells the row's own outcome exactly.",
                    _cross_fitted(program, stored, word, outcome),
                )


def _mean_of_others(value: Value) -> tuple[str | None, str] | None:
    """By what, and of what, if it is (sum - own) / (count - 1) within groups."""
    for each in value.way():
        match each:
            case Operation(
                operator="Div",
                left=Operation(operator="Sub", left=total, right=own),
                right=Operation(operator="Sub", left=count, right=Constant(value=1)),
            ):
                sums = _transformed(total, ("sum",))
                counts = _transformed(count, ("count", "size"))
                found = _group_of(sums) if sums is not None and counts is not None else None
                is_own = found is not None and name_of_column(own) == found[1]
                return found if is_own else None
    return None


def _transformed(value: Value, names: tuple[str, ...]) -> Call | None:
    call = value.call
    if call is None or call.name != "transform":
        return None
    return call if call.constant("func", "X", 0) in names else None


def _group_of(call: Call) -> tuple[str | None, str] | None:
    outcome = None
    for each in call.owner.way() if call.owner is not None else ():
        outcome = outcome or name_of_column(each)
        if each.call is not None and each.call.name == "groupby":
            word = each.call.constant("by")
            return (word if isinstance(word, str) else None, outcome) if outcome else None
    return None
