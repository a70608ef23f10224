"""What a correlation between predictors is taken for."""

import ast
from bisect import bisect_right
from collections.abc import Iterator

from ...flow import (
    Call,
    Compared,
    Constant,
    Frame,
    Instance,
    Library,
    Measure,
    Member,
    Program,
    Value,
)
from ...mending import Fix, joined, put_before, replaced
from ...rule import Example, Found, Rule, Severity

_VIF = "statsmodels.stats.outliers_influence.variance_inflation_factor"
_WITH_CONSTANT = (
    "add_constant",
    "dmatrix",
    "dmatrices",
    "ones",
    "column_stack",
    "hstack",
    "concatenate",
    "insert",
    "PolynomialFeatures",
)
_CENTRED = ("StandardScaler", "scale", "zscore", "fit_transform")


class VifWithoutConstant(Rule):
    id = "vif-without-constant"
    title = "Variance inflation without a constant"
    belief = "vif_belongs_to_a_column"
    step = "action/drop"
    why = (
        "A VIF asks how well the other columns tell one. Without a constant among them, far from "
        "zero is taken for alike: height and weight look redundant because neither is near zero. "
        "statsmodels 0.15 centres the columns by itself; older ones do not."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from statsmodels.stats.outliers_influence import variance_inflation_factor\n"
            "X = df[['height', 'weight', 'age']]\n"
            "vif = [variance_inflation_factor(X.values, i) for i in range(X.shape[1])]",
            line=3,
        ),
        Example(
            "import statsmodels.stats.outliers_influence as oi\n"
            "table = pd.read_csv('a.csv').to_numpy()\nfor place in range(4):\n"
            "    print(oi.variance_inflation_factor(exog=table, exog_idx=place))",
            line=4,
        ),
    )
    clean = (
        "import statsmodels.api as sm\n"
        "from statsmodels.stats.outliers_influence import variance_inflation_factor as vif\n"
        "X = sm.add_constant(pd.read_csv('a.csv'))\n"
        "print([vif(X.values, i) for i in range(1, X.shape[1])])",
        "from statsmodels.stats.outliers_influence import variance_inflation_factor as vif\n"
        "X = pd.read_csv('a.csv')\nX['one'] = 1.0\nprint([vif(X.values, i) for i in range(3)])",
        "from statsmodels.stats.outliers_influence import variance_inflation_factor as vif\n"
        "X = pd.read_csv('a.csv')\nX = X - X.mean()\nprint(vif(X.values, 0))",
        "from statsmodels.stats.outliers_influence import variance_inflation_factor as vif\n"
        "X = fitted.model.exog\nprint([vif(X, i) for i in range(1, X.shape[1])])",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for call in program.called(_VIF):
            given = call.argument("exog")
            if given is None or call.is_open or call.argument("standardize") is not None:
                continue
            if given.value.came_through(*_WITH_CONSTANT, *_CENTRED, "mean") is not None:
                continue
            if any(_has_constant(each) for each in given.value.lineage()):
                continue
            is_unknown = not any(
                isinstance(each, Frame) or each.call is not None for each in given.value.lineage()
            )
            sentence = (
                "Is there a constant among these columns? Without one a VIF before statsmodels "
                "0.15 also counts how far each mean lies from zero."
                if is_unknown
                else "No constant is among these columns. Before statsmodels 0.15 each VIF then "
                "also counts how far the means lie from zero."
            )
            yield Found(call.cell, call.node, sentence, self._fix(call), is_question=is_unknown)

    @staticmethod
    def _fix(call: Call) -> Fix | None:
        """The constant comes last, so that the places of the others stay."""
        given = call.argument("exog")
        if given is None or not given.is_seen:
            return None
        written, node = call.cell.segment(given.node), given.node
        if isinstance(node, ast.Attribute) and node.attr == "values":
            table = call.cell.segment(node.value)
            return replaced(call.cell, node, f"{table}.assign(const=1.0).values")
        if isinstance(given.value, Frame) and given.value.came_through("to_numpy") is None:
            return replaced(call.cell, node, f"{written}.assign(const=1.0)")
        return joined(
            put_before(call.cell, call.node, ["import numpy as np"]),
            replaced(call.cell, node, f"np.column_stack([{written}, np.ones(len({written}))])"),
        )


def _has_constant(value: Value) -> bool:
    if isinstance(value, Library):
        return value.path == "numpy.c_"
    if isinstance(value, Member):
        return value.name == "exog"  # of a fitted model, which holds what its formula added
    if isinstance(value, Instance):
        return value.of.endswith(("OLS", "Logit", "GLM"))
    columns = value.columns.values() if isinstance(value, Frame) else ()
    return any(isinstance(each, Constant) for each in columns)


_STRONG = 0.5


def _limit_of(compared: Compared) -> float | None:
    """The number that an r is compared with, if it is one for strong."""
    right = compared.value.right
    number = right.value if isinstance(right, Constant) else None
    is_above = compared.value.operator in ("Gt", "GtE")
    is_number = isinstance(number, int | float) and _STRONG <= number < 1
    return float(number) if is_above and is_number and isinstance(number, int | float) else None


def _matrix_in(value: Value) -> Measure | None:
    return next((each for each in value.lineage() if isinstance(each, Measure)), None)


def _statement_around(compared: Compared) -> ast.stmt:
    body = compared.cell.tree.body
    after = bisect_right(body, compared.node.lineno, key=lambda each: each.lineno)
    return body[max(after - 1, 0)]


class ThresholdIsNoCollinearity(Rule):
    id = "threshold-is-no-collinearity"
    title = "A strong pair taken for multicollinearity"
    belief = "threshold_is_collinearity"
    step = "action/inflate"
    why = (
        "Multicollinearity is a column that follows from all the others together. A strong pair "
        "need not be enough, and without any strong pair a column can be the sum of the rest. A "
        "VIF asks for that; statsmodels computes it, of rows without gaps and with a constant."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "r = df.corr().abs()\n# multicollinearity\npairs = r[r > 0.8].stack()\nprint(pairs)",
            line=3,
            mends=False,
        ),
        Example(
            "m = table.corr(method='spearman')\nfor a in m.columns:\n    for b in m.columns:\n"
            "        if a != b and abs(m.loc[a, b]) >= 0.7:\n"
            "            print('collinear:', a, b)",
            line=4,
            mends=False,
        ),
    )
    clean = (
        "r = df.corr().abs()\nprint(r[r > 0.8].stack())",
        "# multicollinearity\nr = df.corr()\nprint(r.loc['a', 'b'])",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if program.called("variance_inflation_factor", "numpy.linalg.inv", "numpy.linalg.pinv"):
            return
        for compared in program.comparisons:
            limit, matrix = _limit_of(compared), _matrix_in(compared.value.left)
            if limit is None or matrix is None or not self._is_named(compared):
                continue
            many = "a column can follow from many others of which none is so close to it."
            sentence = f"{many[0].upper()}{many[1:]}"
            if matrix.name == "pearson":
                sentence = (
                    f"Two predictors whose r is {limit:g} have, alone, a VIF of "
                    f"{1 / (1 - limit**2):.1f}; and {many}"
                )
            yield Found(compared.cell, compared.node, sentence)

    @staticmethod
    def _is_named(compared: Compared) -> bool:
        statement = _statement_around(compared)
        first = max(statement.lineno - 4, 0)
        lines = compared.cell.lines[first : statement.end_lineno]
        before = [line for line in lines[: statement.lineno - 1 - first] if "#" in line]
        text = "\n".join([*before, *lines[statement.lineno - 1 - first :]])
        return "collinear" in text.lower()


class DroppedInOrder(Rule):
    id = "dropped-in-order"
    title = "One of each strong pair dropped, by its place"
    belief = "pruning_has_one_answer"
    step = "action/order"
    why = (
        "Which of two columns goes is decided by their order in the file. Another order keeps "
        "other columns, and what is kept need not be what tells most. An order by a reason gives "
        "an answer that can be defended."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "import numpy as np\nr = df.corr().abs()\n"
            "upper = r.where(np.triu(np.ones(r.shape), k=1).astype(bool))\n"
            "to_drop = [c for c in upper.columns if any(upper[c] > 0.9)]\n"
            "df = df.drop(columns=to_drop)",
            line=4,
        ),
        Example(
            "gone = set()\nm = table.corr()\nfor i in range(len(m.columns)):\n"
            "    for j in range(i):\n        if abs(m.iloc[i, j]) > 0.8:\n"
            "            gone.add(m.columns[i])\ntable = table.drop(columns=gone)",
            line=5,
        ),
    )
    clean = (
        "r = df.corr()['y'].abs()\ngood = [c for c in r.index if r[c] > 0.5]\nprint(df[good])",
        "m = table.corr()\nfound = []\nfor i in range(4):\n    for j in range(i):\n"
        "        if abs(m.iloc[i, j]) > 0.8:\n            found.append((i, j))\nprint(found)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for compared in program.comparisons:
            matrix = _matrix_in(compared.value.left)
            if matrix is None or compared.value.operator not in ("Gt", "GtE"):
                continue
            is_sorted = any(
                each.call is not None and each.call.name in ("sort_values", "argsort", "sorted")
                for each in compared.value.left.lineage()
            )
            if is_sorted or not (self._is_listed(compared) or self._is_looped(compared)):
                continue
            yield Found(
                compared.cell,
                compared.node,
                "Of two columns that are close, the one that goes is chosen by where it stands "
                "in the table.",
                self._fix(compared, matrix),
            )

    @staticmethod
    def _is_listed(compared: Compared) -> bool:
        """`[c for c in upper.columns if any(upper[c] > limit)]`, of one triangle."""
        around = compared.inside[-1] if compared.inside else None
        if isinstance(around, ast.GeneratorExp) and len(compared.inside) > 1:
            around = compared.inside[-2]
        if not isinstance(around, ast.ListComp | ast.SetComp):
            return False
        is_name = isinstance(around.elt, ast.Name)
        iterated = compared.cell.segment(around.generators[0].iter)
        through = compared.value.left.came_through("triu", "tril", "triu_indices_from")
        return is_name and "columns" in iterated and through is not None

    @staticmethod
    def _is_looped(compared: Compared) -> bool:
        """Two loops over places, and an `if` that puts one name away."""
        loops = [each for each in compared.inside if isinstance(each, ast.For)]
        if len(loops) < 2:
            return False
        for node in ast.walk(loops[-1]):
            is_choice = isinstance(node, ast.If) and any(
                each is compared.node for each in ast.walk(node.test)
            )
            if is_choice and isinstance(node, ast.If):
                return _puts_a_name_away(node)
        return False

    @staticmethod
    def _fix(compared: Compared, matrix: Measure) -> Fix | None:
        """Columns that are close to many come last, and so go first, whatever the file's order."""
        made = matrix.came_through("corr")
        if made is None or made.cell is not compared.cell:
            return None
        for statement in made.cell.tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)]) if any(
                    each is made.node for each in ast.walk(statement)
                ):
                    place = made.cell.tree.body.index(statement) + 1
                    if place == len(made.cell.tree.body):
                        return None
                    lines = [
                        f"order = {name}.abs().mean().sort_values().index",
                        f"{name} = {name}.loc[order, order]",
                    ]
                    return put_before(made.cell, made.cell.tree.body[place], lines)
        return None


def _puts_a_name_away(node: ast.If) -> bool:
    """Whether nothing else is asked, and one name is added to what goes."""
    if any(isinstance(each, ast.If) for statement in node.body for each in ast.walk(statement)):
        return False
    added = [
        each
        for statement in node.body
        for each in ast.walk(statement)
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr in ("add", "append")
    ]
    if len(added) != 1 or len(added[0].args) != 1:
        return False
    owner = ast.unparse(added[0].func).lower()
    is_going = any(word in owner for word in ("drop", "remove", "gone", "delete", "exclude"))
    is_name = isinstance(added[0].args[0], ast.Name | ast.Subscript)
    return is_name and (is_going or "col_corr" in owner)
