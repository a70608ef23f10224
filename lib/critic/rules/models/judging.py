"""How models are judged: by counts, by the rows that they know, by a class that nobody named."""

import ast
import re
from collections.abc import Iterator

from ...flow import Call, Comparison, Constant, Items, Member, Operation, Program, Subscript, Value
from ...learning import fits_of, part_of_split
from ...maps import Map, maps_in
from ...mending import Fix, joined, put_before, replaced, serves_only, with_arguments
from ...reading import Cell
from ...rule import Example, Found, Rule, Severity

_CONFUSION = "sklearn.metrics.confusion_matrix"
_DISPLAY = "sklearn.metrics.ConfusionMatrixDisplay"
_DISPLAYS = (
    f"{_DISPLAY}.from_predictions",
    f"{_DISPLAY}.from_estimator",
    "sklearn.metrics.plot_confusion_matrix",
)
_KEEPING = ("DataFrame", "array", "asarray", "astype", "copy", "to_numpy", "rename", "reindex")
_TWO_CLASSES = ("load_breast_cancer", "make_moons", "make_circles")
_OF_ONE_SIZE = ("load_digits",)
"""Where each class has about as many rows as any other."""
_ENDS = ("vmin", "vmax", "norm", "zmin", "zmax", "center", "im_kw")
_NAMES = ("labels", "display_labels", "xticklabels", "yticklabels", "x", "y", "index", "columns")


class ConfusionCounts(Rule):
    id = "confusion-counts"
    title = "A confusion matrix in counts"
    belief = "brightest_is_worst"
    step = "applications/confuse"
    why = (
        "Colour follows the numbers, and a large class has large ones. Divided by its row, a cell "
        "says what share of a class was called what, and small classes can be compared with large "
        "ones."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y_test, said)\n"
            "sns.heatmap(cm, annot=True, fmt='d', cmap='Blues')",
            line=3,
        ),
        Example(
            "from sklearn import metrics\n"
            "metrics.ConfusionMatrixDisplay.from_estimator(model, X_test, y_test, cmap='Blues')",
            line=2,
        ),
        Example(
            "from sklearn.metrics import ConfusionMatrixDisplay, confusion_matrix as confused\n"
            "ConfusionMatrixDisplay(confused(y_test, said), display_labels=classes).plot()",
            line=2,
        ),
    )
    clean = (
        "from sklearn.metrics import confusion_matrix\n"
        "cm = confusion_matrix(y_test, said, normalize='true')\n"
        "sns.heatmap(cm, annot=True, fmt='.2f', cmap='Blues')",
        "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y_test, said)\n"
        "shares = cm / cm.sum(axis=1, keepdims=True)\n"
        "sns.heatmap(shares, annot=True, cmap='Blues')",
        "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y_test, said)\n"
        "sns.heatmap(cm, annot=True, fmt='d', xticklabels=['healthy', 'ill'])",
        "from sklearn.metrics import ConfusionMatrixDisplay\n"
        "for normalize in (None, 'true'):\n"
        "    ConfusionMatrixDisplay.from_predictions(y, said, normalize=normalize)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        has_two_classes = program.called("roc_curve", "precision_recall_curve", "RocCurveDisplay")
        if has_two_classes or _has_shares(program):
            return
        for drawn in maps_in(program):
            made = _counted(drawn.data)
            if made is not None and _shows_numbers_of_its_own(drawn):
                yield from self._found(program, drawn.call, made, (drawn.call, made))
        for call in program.calls:
            if call.path in _DISPLAYS:
                yield from self._found(program, call, call, (call,))
            elif call.path == _DISPLAY:
                given = call.argument("confusion_matrix")
                made = _counted(given.value) if given is not None else None
                if made is not None:
                    yield from self._found(program, call, made, (call, made))

    @staticmethod
    def _found(
        program: Program, drawing: Call, made: Call, told: tuple[Call, ...]
    ) -> Iterator[Found]:
        if made.constant("normalize", default=None) is not None or _are_two_or_alike(told):
            return
        yield Found(
            drawing.cell,
            drawing.node,
            "The cells are counts. A class with many rows has larger ones than a class with few, "
            "however well the model knows either.",
            _in_shares(program, drawing, made),
        )


def _has_shares(program: Program) -> bool:
    """Whether shares are computed anywhere: then they are beside the counts."""
    for call in program.calls:
        is_confusion = call.path in (_CONFUSION, *_DISPLAYS)
        if is_confusion and call.constant("normalize", default=None) is not None:
            return True
    return any(
        isinstance(each, Operation)
        and each.operator == "Div"
        and each.came_through(_CONFUSION) is not None
        for drawn in maps_in(program)
        for each in drawn.data.way()
    )


def _counted(value: Value) -> Call | None:
    """The call that counted what is drawn, if nothing was done to the counts since."""
    for each in value.way():
        if each.call is None:
            continue
        if each.call.path == _CONFUSION:
            return each.call
        if each.call.name not in _KEEPING:
            return None
    return None


def _shows_numbers_of_its_own(drawn: Map) -> bool:
    """Whether what is written into the cells, if anything, is what colours them."""
    numbers = drawn.numbers
    if numbers is None or drawn.library != "seaborn":
        return True
    return isinstance(numbers.constant, bool) or _counted(numbers.value) is not None


def _are_two_or_alike(calls: tuple[Call, ...]) -> bool:
    """Whether there surely are two classes, or classes of one size."""
    for call in calls:
        for argument in call.arguments.values():
            if argument.value.came_through(*_TWO_CLASSES, *_OF_ONE_SIZE) is not None:
                return True
        for name in _NAMES:
            given = call.argument(name)
            if given is not None and isinstance(given.value, Items) and len(given.value.items) == 2:
                return True
        for argument in call.arguments.values():
            for each in argument.value.way():
                if each.call is not None and each.call.path == "pandas.DataFrame":
                    names = each.call.argument("columns", "index")
                    if names is not None and isinstance(names.value, Items):
                        return len(names.value.items) == 2
    return False


def _in_shares(program: Program, drawing: Call, made: Call) -> Fix | None:
    """Shares of the rows, where the counts are drawn and nothing else is done with them."""
    if not serves_only(program.cells, made.cell, made.node, drawing.node):
        return None
    shown = drawing.argument("data", "confusion_matrix", "X", 0)
    is_whole = shown is not None and shown.value.came_through("astype") is not None
    if is_whole or drawing.argument(*_ENDS) is not None:
        return None
    shares = with_arguments(made, {"normalize": '"true"'})
    for name in ("fmt", "values_format"):
        given = drawing.argument(name)
        if given is not None and given.constant != ".2f":
            return joined(shares, with_arguments(drawing, {name: '".2f"'}))
    return shares


def _mentions(program: Program, name: str) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == name
        for cell in program.cells
        for each in cell.nodes
    )


class TrainingImportance(Rule):
    id = "training-importance"
    title = "What columns were worth on the rows that the model knows"
    belief = "any_data_will_judge"
    step = "applications/noise"
    why = (
        "A model may use noise to know its training rows by heart, and there the noise is worth "
        "something. On rows that it has never seen, shuffling a column of noise costs nothing on "
        "average."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from sklearn.inspection import permutation_importance\n"
            "from sklearn.model_selection import train_test_split\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
            "model.fit(X_train, y_train)\n"
            "cost = permutation_importance(model, X_train, y_train)",
            line=5,
        ),
        Example(
            "from sklearn import inspection\nforest.fit(X, y)\n"
            "cost = inspection.permutation_importance(forest, X, y, n_repeats=30)",
            line=3,
            mends=False,
        ),
        Example(
            "from sklearn.ensemble import RandomForestClassifier\n"
            "from sklearn.model_selection import train_test_split\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
            "forest = RandomForestClassifier().fit(X_train, y_train)\n"
            "print(pd.Series(forest.feature_importances_, X.columns))",
            line=5,
        ),
        Example(
            "from xgboost import plot_importance\nplot_importance(model, max_num_features=20)",
            line=2,
            mends=False,
        ),
        Example(
            "from sklearn.inspection import permutation_importance\n"
            "def judge(model, X_train, y_train):\n"
            "    return permutation_importance(model, X_train, y_train)",
            line=3,
            mends=False,
        ),
    )
    clean = (
        "from sklearn.inspection import permutation_importance\n"
        "from sklearn.model_selection import train_test_split\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\nforest.fit(X_train, y_train)\n"
        "cost = permutation_importance(forest, X_test, y_test)\n"
        "print(forest.feature_importances_)  # beside it",
        "from sklearn.inspection import permutation_importance\n"
        "cost = permutation_importance(forest, unseen, truth)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        shuffled = [call for call in program.calls if call.name == "permutation_importance"]
        on_training = [call for call in shuffled if _is_of_training(program, call)]
        if len(on_training) == len(shuffled):
            for call in on_training:
                yield Found(
                    call.cell,
                    call.node,
                    "The columns are shuffled in the rows that the model was fitted to. What that "
                    "costs there includes what the model knows by heart.",
                    _on_test(program, call),
                )
        if not on_training:
            for call in filter(_is_called_training, shuffled):
                yield Found(
                    call.cell,
                    call.node,
                    "Are these the rows that the model was fitted to? What shuffling costs there "
                    "includes what the model knows by heart.",
                    is_question=True,
                )
        others = ("shap", "shuffle", "permutation", "PermutationImportance", "TreeExplainer")
        if not shuffled and not any(call.is_named(*others) for call in program.calls):
            yield from self._by_splits(program)

    @staticmethod
    def _by_splits(program: Program) -> Iterator[Found]:
        for cell, node in _reads_of_importance(program):
            yield Found(
                cell,
                node,
                "These importances come from the rows that the model was fitted to. A column of "
                "noise with many values gets a share as well.",
                _shuffled(program, cell, node),
            )
            return


def _is_of_training(program: Program, call: Call) -> bool:
    model, given = call.argument("estimator"), call.argument("X")
    if model is None or given is None:
        return False
    part = part_of_split(given.value)
    if part is not None:
        return part % 2 == 0
    fitted = [fit.argument("X", 0) for fit in fits_of(program, model.value, model.node)]
    return len(fitted) == 1 and any(
        each is not None and ast.dump(each.node) == ast.dump(given.node) for each in fitted
    )


def _is_called_training(call: Call) -> bool:
    """Whether only the name of the rows says that they are those to learn from."""
    given = call.argument("X")
    is_named = given is not None and isinstance(given.node, ast.Name) and "train" in given.node.id
    return given is not None and is_named and part_of_split(given.value) is None


def _parts(program: Program) -> list[str] | None:
    """The names of the four parts of the only split."""
    for call in program.called("train_test_split"):
        for each in call.cell.nodes:
            if isinstance(each, ast.Assign) and each.value is call.node:
                target = each.targets[0]
                names = [
                    part.id for part in getattr(target, "elts", []) if isinstance(part, ast.Name)
                ]
                return names if len(names) == 4 else None
    return None


def _on_test(program: Program, call: Call) -> Fix | None:
    parts, X, y = _parts(program), call.argument("X"), call.argument("y")
    if parts is None or X is None or y is None or not call.cell.holds(X.node):
        return None
    if [call.cell.segment(each.node) for each in (X, y)] != [parts[0], parts[2]]:
        return None
    model = call.argument("estimator")
    if model is None or not _has_learned_from(program, call.cell.segment(model.node), parts):
        return None
    return joined(replaced(call.cell, X.node, parts[1]), replaced(call.cell, y.node, parts[3]))


def _has_learned_from(program: Program, model: str, parts: list[str]) -> bool:
    """Whether a model of this name surely was fitted to the first part of a split, and no other.

    And whether both parts of the table are still what the split made, or were changed alike.
    """
    fitted = []
    for call in program.called("fit"):
        function, given = call.node.func, call.argument("X", 0)
        statement = call.cell.statement_around(call.node)
        is_method = isinstance(function, ast.Attribute)
        names = [call.cell.segment(function.value)] if is_method else []  # type: ignore[attr-defined]
        if isinstance(statement, ast.Assign) and statement.value is call.node:
            names += [call.cell.segment(target) for target in statement.targets]
        if model in names:
            fitted.append("" if given is None else call.cell.segment(given.node))
    stored = [
        node.id
        for cell in program.cells
        for node in cell.nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return set(fitted) == {parts[0]} and stored.count(parts[0]) == stored.count(parts[1])


def _reads_of_importance(program: Program) -> Iterator[tuple[Cell, ast.expr]]:
    for cell in program.cells:
        for each in cell.nodes:
            if not isinstance(each, ast.Attribute) or not isinstance(each.ctx, ast.Load):
                continue
            if each.attr == "feature_importances_":
                yield cell, each
        for each in cell.nodes:
            is_called = isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
            if is_called and each.func.attr == "feature_importance":  # type: ignore[attr-defined]
                yield cell, each  # type: ignore[misc]
    for call in program.called("xgboost.plot_importance", "lightgbm.plot_importance"):
        yield call.cell, call.node


def _shuffled(program: Program, cell: Cell, node: ast.expr) -> Fix | None:
    parts = _parts(program)
    if parts is None or not isinstance(node, ast.Attribute):
        return None
    model = cell.segment(node.value)
    if not _has_learned_from(program, model, parts):
        return None
    text = f"permutation_importance({model}, {parts[1]}, {parts[3]}).importances_mean"
    return joined(
        put_before(cell, node, ["from sklearn.inspection import permutation_importance"]),
        replaced(cell, node, text),
    )


_TELLING = [
    "astype",
    "map",
    "replace",
    "where",
    "logical_xor",
    "logical_and",
    "logical_or",
    "isin",
    "eq",
    "gt",
    "lt",
    "ge",
    "le",
    "ne",
    "make_classification",
    "make_moons",
    "make_circles",
    "make_blobs",
    "make_gaussian_quantiles",
    "make_hastie_10_2",
    "randint",
    "integers",
    "binomial",
    "choice",
    "zeros",
    "ones",
]
_YES_OR_NO = re.compile(
    r"^(is|has|was|will)_|^(survived|churn(ed)?|exited|default(ed)?|fraud)$", re.I
)
_OF_SECOND_CLASS = [
    "roc_auc_score",
    "roc_curve",
    "precision_recall_curve",
    "average_precision_score",
    "log_loss",
    "brier_score_loss",
    "calibration_curve",
    "auc",
    "from_predictions",
]


class ClassOne(Rule):
    id = "class-one"
    title = "The second column of probabilities, of a class that nobody named"
    belief = "class_one_is_the_disease"
    step = "interactions/orientation"
    why = (
        "Columns of predict_proba follow classes_, and those are sorted: numbers by size, words by "
        "the alphabet. The second need not be the one that the map is about."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "from sklearn.datasets import load_breast_cancer\n"
            "data = load_breast_cancer()\nmodel.fit(data.data, data.target)\n"
            "p = model.predict_proba(data.data)[:, 1]\nprint(p.mean())",
            line=4,
        ),
        Example(
            "forest.fit(patients, df['diagnosis'])\nchances = forest.predict_proba(strangers)\n"
            "risk = chances[:, 1]\nplt.hist(risk)",
            line=3,
            mends=False,
        ),
    )
    clean = (
        "forest.fit(X, y)\nwhich = list(forest.classes_).index('ill')\n"
        "p = forest.predict_proba(X_new)[:, 1]",
        "y = (df['diagnosis'] == 'ill').astype(int)\nforest.fit(X, y)\n"
        "risk = forest.predict_proba(X_new)[:, 1]\nplt.hist(risk)",
        "from sklearn.metrics import roc_auc_score\nforest.fit(X, y)\n"
        "print(roc_auc_score(truth, forest.predict_proba(X_new)[:, 1]))",
        "forest.fit(X, df['is_fraud'])\nrisk = forest.predict_proba(X_new)[:, 1]\nplt.hist(risk)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if _mentions(program, "classes_"):
            return
        for chosen in program.subscripts:
            made = _probabilities(chosen)
            if made is None or _is_judged_only(program, chosen):
                continue
            outcome = _outcome_of(program, made)
            if outcome is None:
                continue
            sentence = (
                "Which class is the second column? `classes_` of the model says it: of two words "
                "the later one by the alphabet, of two numbers the larger."
            )
            fix = None
            if outcome.came_through("load_breast_cancer") is not None:
                sentence = (
                    "Is this meant to be the chance of cancer? In load_breast_cancer class 1 is "
                    "benign; malignant is class 0, the first column."
                )
                fix = None if _is_named(outcome) else _of_malignant(chosen, made)
            yield Found(chosen.cell, chosen.node, sentence, fix, is_question=True)


def _probabilities(chosen: Subscript) -> Call | None:
    """The call of predict_proba whose second column is read."""
    match chosen.node.slice:
        case ast.Tuple(elts=[ast.Slice(lower=None, upper=None, step=None), ast.Constant(value=1)]):
            pass
        case _:
            return None
    call = chosen.owner.call
    return call if call is not None and call.name == "predict_proba" else None


def _outcome_of(program: Program, made: Call) -> Value | None:
    """What the model was fitted to, if nothing tells which class is one."""
    function = made.node.func
    if not isinstance(function, ast.Attribute) or made.owner is None:
        return None
    for fit in fits_of(program, made.owner, function.value):
        y = fit.argument("y", 1)
        if y is None or y.value.came_through(*_TELLING) is not None:
            return None
        if any(isinstance(each, Comparison | Operation) for each in y.value.lineage()):
            return None
        texts = (each.value for each in ast.walk(y.node) if isinstance(each, ast.Constant))
        if any(isinstance(text, str) and _YES_OR_NO.search(text) for text in texts):
            return None
        keys = _keys_of(program, y.value)
        return None if any(_YES_OR_NO.search(key) for key in keys) else y.value
    return None


def _keys_of(program: Program, value: Value) -> list[str]:
    ways = {id(each) for each in value.lineage()}
    return [
        each.key.value
        for each in program.subscripts
        if id(each.result) in ways
        and isinstance(each.key, Constant)
        and isinstance(each.key.value, str)
    ]


def _is_judged_only(program: Program, chosen: Subscript) -> bool:
    """Whether the column goes into a measure whose class is the second one too, or is cut."""
    for call in program.calls:
        for argument in call.arguments.values():
            if any(each is chosen.result for each in argument.value.way()) and call.is_named(
                *_OF_SECOND_CLASS
            ):
                return True
    return any(
        any(each is chosen.result for each in side.way())
        for compared in program.comparisons
        for side in (compared.value.left, compared.value.right)
    )


def _is_named(outcome: Value) -> bool:
    """Whether classes go by the names of the data set instead of its numbers."""
    return any(
        isinstance(each, Member) and each.name == "target_names" for each in outcome.lineage()
    )


def _of_malignant(chosen: Subscript, made: Call) -> Fix | None:
    function = made.node.func
    if not isinstance(function, ast.Attribute) or not isinstance(chosen.node.slice, ast.Tuple):
        return None
    if made.cell is not chosen.cell:
        return None
    model = made.cell.segment(function.value)
    column = chosen.node.slice.elts[1]
    return replaced(chosen.cell, column, f"list({model}.classes_).index(0)")
