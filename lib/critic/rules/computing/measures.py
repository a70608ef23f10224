"""Which number is taken for which question."""

import ast
import re
from collections.abc import Iterator

from ...flow import Call, Column, Dictionary, Frame, Member, Part, Program, Value
from ...maps import maps_in
from ...mending import Edit, Fix, fresh, joined, put_before, replaced, serves_only, with_arguments
from ...reading import Cell
from ...rule import Example, Found, Rule, Severity
from ...tables import correlations_in, is_column, origins, reached


class RankedFirst(Rule):
    id = "ranked-first"
    title = "Pearson's r of ranks"
    belief = "ranking_may_come_first"
    step = "methods/write_the_ranks"
    why = (
        "corr(method='spearman') ranks the rows that a pair has. Ranks over a whole column count "
        "the rows that the pair lacks, so with gaps it is another number, and by its name a "
        "Pearson."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "df = pd.read_csv('a.csv')\n"
            "sns.heatmap(df.rank().corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=2,
            mends=False,
        ),
        Example(
            "ranks = table.rank(method='average', numeric_only=True)\n"
            "print(ranks.corr(method='pearson'))",
            line=1,
        ),
    )
    clean = (
        "print(df.corr(method='spearman'))",
        "df = pd.read_csv('a.csv')\nprint(df.rank(axis=1).corr())",
        "df = pd.read_csv('a.csv')\nprint(df.rank().corr('kendall'))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for call, matrix in correlations_in(program):
            if matrix.name != "pearson" or call.name != "corr":
                continue
            for table in origins(matrix.of):
                rank = table.call
                if rank is None or rank.name != "rank" or is_column(table) or rank.is_open:
                    continue
                if rank.constant("axis", 0, default=0) not in (0, "index"):
                    continue
                yield Found(
                    rank.cell,
                    rank.node,
                    "Pearson's r of these ranks is Spearman's ρ only as long as no value is "
                    "missing.",
                    self._fix(program, rank, call),
                )

    @staticmethod
    def _fix(program: Program, rank: Call, corr: Call) -> Fix | None:
        """Without it words may be among the columns, which have ranks, and stop corr()."""
        is_of_numbers = rank.constant("numeric_only", default=False) is True
        if not isinstance(rank.node.func, ast.Attribute) or not is_of_numbers:
            return None
        if not serves_only(program.cells, rank.cell, rank.node, corr.node):
            return None
        table = rank.cell.segment(rank.node.func.value)
        by_ranks = with_arguments(corr, {"method": '"spearman"', "numeric_only": "True"})
        return joined(replaced(rank.cell, rank.node, table), by_ranks)


_COUNTED = re.compile(r"(^|[_\W])(ranks?|rankings?|ratings?|counts?|stars)($|[_\W])", re.IGNORECASE)


class PearsonOfCounts(Rule):
    id = "pearson-of-counts"
    title = "Pearson's r of columns that are ranks or counts by their names"
    belief = "rank_is_robust_r"
    step = "methods/bend_the_axes"
    why = (
        "Pearson asks for a straight line, and a few large counts can decide about it. Ranks and "
        "ratings have an order, and no distances. Spearman asks for the order."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example("r = books[['rating', 'pages', 'price']].corr()\nprint(r)", line=1),
        Example(
            "cols = ['visit_count', 'age', 'income']\nprint(df[cols].corr(method='pearson'))",
            line=2,
        ),
    )
    clean = (
        "print(books[['rating', 'pages', 'price']].corr(method='spearman'))",
        "print(books[['country', 'pages', 'account']].corr())",
        "print(np.log1p(df[['visit_count', 'age']]).corr())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for call, matrix in correlations_in(program):
            table = matrix.of
            if matrix.name != "pearson" or call.name != "corr" or not isinstance(table, Frame):
                continue
            if not table.is_complete or any(
                each.came_through("log", "log1p", "sqrt", "rank") for each in (table,)
            ):
                continue
            names = [
                name
                for name, column in table.columns.items()
                if _COUNTED.search(name) and isinstance(column, Column)
            ]
            if names:
                yield Found(
                    call.cell,
                    call.node,
                    f"By its name `{names[0]}` is a rank or a count. Is a straight line the "
                    "question? Then say so beside the map; if it is the order, ask Spearman.",
                    with_arguments(call, {"method": '"spearman"'}),
                    is_question=True,
                )


def _scope_of(call: Call) -> list[ast.stmt]:
    """The statements of the innermost function around a call, or of the cell."""
    functions = [each for each in call.inside if isinstance(each, ast.FunctionDef)]
    return functions[-1].body if functions else call.cell.tree.body


class _Derived:
    """What is computed from a chi-square, within the statements around it."""

    def __init__(self, body: list[ast.stmt], tests: list[ast.Call]) -> None:
        self.tests = {id(test) for test in tests}
        self.names: set[str] = set()
        self.values: dict[str, ast.expr] = {}
        self.roots: list[tuple[ast.expr, ast.expr]] = []
        self.is_corrected = False
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Assign):
                    self._assigned(node)
        for statement in body:
            for node in ast.walk(statement):
                self._computed(node)

    def holds(self, node: ast.AST) -> bool:
        return any(
            id(each) in self.tests or (isinstance(each, ast.Name) and each.id in self.names)
            for each in ast.walk(node)
        )

    def _assigned(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and id(node.value) in self.tests:
            target = target.elts[0]  # the others are p and the degrees of freedom
        is_other = any(isinstance(each, ast.Lambda) for each in ast.walk(node.value))
        if isinstance(target, ast.Name) and self.holds(node.value) and not is_other:
            self.names.add(target.id)
            self.values[target.id] = node.value

    def _computed(self, node: ast.AST) -> None:
        match node:
            case ast.BinOp(left=left, op=ast.Sub(), right=right) if self.holds(left):
                self.is_corrected |= not isinstance(right, ast.Constant)
            case ast.Call(func=ast.Attribute(attr="sqrt") | ast.Name(id="sqrt"), args=[given]):
                self._rooted(node, given)
            case ast.BinOp(left=given, op=ast.Pow(), right=power) if _is_half(power):
                self._rooted(node, given)

    def _rooted(self, node: ast.Call | ast.BinOp, given: ast.expr) -> None:
        if self.holds(given):
            self.roots.append((node, given))


def _is_half(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=0.5):
            return True
        case ast.BinOp(left=ast.Constant(value=1), op=ast.Div(), right=ast.Constant(value=2)):
            return True
    return False


def _divided_by_smaller(node: ast.AST) -> ast.Call | None:
    """The `min(...)` of a division by something like `min(r, k) - 1`."""
    for each in ast.walk(node):
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div):
            for part in ast.walk(each.right):
                if isinstance(part, ast.Call) and _called(part) == "min":
                    return part
    return None


def _called(node: ast.Call) -> str:
    func = node.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


class UncorrectedV(Rule):
    id = "uncorrected-v"
    title = "Cramér's V without its correction"
    belief = "independent_means_no_v"
    step = "categorical/bias"
    why = (
        "Chi-square is never below zero, so V is above zero by chance, and the more so the more "
        "words and the fewer rows there are. Bergsma's correction takes off what chance adds; "
        "without it, columns of many words look linked to everything."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from scipy.stats import chi2_contingency\n\n"
            "def cramers_v(x, y):\n    table = pd.crosstab(x, y)\n"
            "    chi2 = chi2_contingency(table)[0]\n    n = table.sum().sum()\n"
            "    r, k = table.shape\n    return np.sqrt(chi2 / (n * (min(r, k) - 1)))\n",
            line=8,
        ),
        Example(
            "import scipy.stats as ss\nct = pd.crosstab(df.a, df.b)\n"
            "chi2, p, dof, expected = ss.chi2_contingency(ct)\nphi2 = chi2 / ct.values.sum()\n"
            "v = (phi2 / (min(ct.shape) - 1)) ** 0.5\nprint(v)",
            line=5,
        ),
    )
    clean = (
        "from scipy.stats import chi2_contingency\n\n"
        "def cramers_v(x, y):\n    table = pd.crosstab(x, y)\n"
        "    chi2 = chi2_contingency(table)[0]\n    n = table.sum().sum()\n"
        "    r, k = table.shape\n    phi2 = max(0, chi2 / n - (k - 1) * (r - 1) / (n - 1))\n"
        "    r, k = r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)\n"
        "    return np.sqrt(phi2 / min(r - 1, k - 1))\n",
        "from scipy.stats import chi2_contingency\nchi2, p, dof, _ = chi2_contingency(table)\n"
        "phi = np.sqrt(chi2 / table.sum().sum())\nprint(phi)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        scopes: dict[int, list[Call]] = {}
        for call in program.called("scipy.stats.chi2_contingency"):
            scopes.setdefault(id(_scope_of(call)), []).append(call)
        for calls in scopes.values():
            cell = calls[0].cell
            derived = _Derived(_scope_of(calls[0]), [call.node for call in calls])
            if derived.is_corrected:
                continue
            for node, given in derived.roots:
                smaller = self._smaller(given, derived)
                if smaller is not None:
                    fix = _corrected(cell, node, given, smaller, derived)
                    yield Found(cell, node, self._sentence(), fix)

    @staticmethod
    def _smaller(given: ast.expr, derived: _Derived) -> ast.Call | None:
        found = _divided_by_smaller(given)
        if found is None and isinstance(given, ast.Name) and given.id in derived.values:
            found = _divided_by_smaller(derived.values[given.id])
        return found

    @staticmethod
    def _sentence() -> str:
        return (
            "This V has no correction for chance: columns that know nothing of each other have "
            "one above zero, too."
        )


def _corrected(
    cell: Cell, node: ast.expr, given: ast.expr, smaller: ast.Call, derived: _Derived
) -> Fix | None:
    """The root of the corrected quotient, where chi-square, n and the shape stand in the code.

    Source: Bergsma, A bias-correction for Cramér's V and Tschuprow's T, 2013.
    """
    parts = _quotient(given, derived.values)
    match smaller.args:
        case [ast.Name(id=r), ast.Name(id=k)]:
            pass
        case [ast.Attribute(attr="shape") as shape]:
            r, k = (f"{cell.segment(shape)}[{place}]" for place in (0, 1))
        case _:
            return None
    if parts is None or not isinstance(node, ast.Call | ast.BinOp):
        return None
    chi, n = (cell.segment(part) for part in parts)
    if isinstance(parts[1], ast.BinOp):
        n = f"({n})"
    above = f"max(0, {chi} / {n} - ({r} - 1) * ({k} - 1) / ({n} - 1))"
    sides = ", ".join(f"{side} - 1 - ({side} - 1) ** 2 / ({n} - 1)" for side in (r, k))
    return replaced(cell, node, f"({above} / min({sides})) ** 0.5")


def _quotient(given: ast.expr, values: dict[str, ast.expr]) -> tuple[ast.expr, ast.expr] | None:
    """Chi-square and n in `chi2 / (n * (m - 1))` or `(chi2 / n) / (m - 1)`."""
    match given:
        case ast.BinOp(
            left=chi, op=ast.Div(), right=ast.BinOp(left=left, op=ast.Mult(), right=right)
        ):
            n = left if _divided_by_smaller(_quotient_of(right)) else right
            return chi, n
        case ast.BinOp(left=ast.BinOp(left=chi, op=ast.Div(), right=n), op=ast.Div()):
            return chi, n
        case ast.BinOp(left=ast.Name(id=name), op=ast.Div()) if name in values:
            inner = values[name]
            if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div):
                return inner.left, inner.right
    return None


def _quotient_of(node: ast.expr) -> ast.expr:
    return ast.BinOp(left=ast.Constant(value=1), op=ast.Div(), right=node)


class ChiSquareAsStrength(Rule):
    id = "chi-square-as-strength"
    title = "A map or a ranking of chi-squares"
    belief = "chi_square_is_strength"
    step = "methods/which_measure"
    why = (
        "The same link among twice the people has about twice the chi-square, and nobody is "
        "linked more closely. More words make it larger as well, by chance alone. V, corrected, "
        "measures strength."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "from scipy.stats import chi2_contingency\nm = pd.DataFrame(index=cols, columns=cols)\n"
            "for a in cols:\n    for b in cols:\n"
            "        m.loc[a, b] = chi2_contingency(pd.crosstab(df[a], df[b]))[0]\n"
            "sns.heatmap(m.astype(float))",
            line=5,
            mends=False,
        ),
        Example(
            "from scipy import stats\nrows = []\nfor c in cols:\n"
            "    chi2, p, dof, e = stats.chi2_contingency(pd.crosstab(df[c], df['y']))\n"
            "    rows.append({'column': c, 'chi2': chi2})\n"
            "table = pd.DataFrame(rows).sort_values('chi2', ascending=False)\nprint(table)",
            line=6,
            mends=False,
        ),
    )
    clean = (
        "from scipy.stats import chi2_contingency\nchi2, p, dof, e = chi2_contingency(table)\n"
        "print(chi2, p, table.to_numpy().sum())",
        "counts = pd.crosstab(df['a'], df['b'])\nsns.heatmap(counts)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        tests = {
            id(program.result(call)) for call in program.called("scipy.stats.chi2_contingency")
        }
        if not tests:
            return
        shown = {id(value) for value in reached(drawn.data for drawn in maps_in(program))}
        for each in program.subscripts:
            value = each.stored
            if value is not None and _is_chi_square(value, tests) and id(value) in shown:
                yield Found(
                    each.cell,
                    each.node,
                    "Each cell of this map is a chi-square, which is no strength.",
                )
        for call in program.called("sort_values", "nlargest"):
            by = call.constant("by", 0, "columns", 1, default=None)
            for value in call.owner.lineage() if call.owner is not None else ():
                if not isinstance(value, Dictionary) or not isinstance(by, str):
                    continue
                ranked = value.items.get(by)
                if ranked is not None and _is_chi_square(ranked, tests):
                    yield Found(
                        call.cell,
                        call.node,
                        f"Sorted by `{by}`, a column of many words can come before one of few that "
                        "is linked more closely.",
                    )
                    break


def _is_chi_square(value: Value, tests: set[int]) -> bool:
    """Whether a value is a chi-square itself, or a rounded one."""
    while value.call is not None and value.call.is_named("round", "float"):
        first = value.call.owner or next(
            (each.value for each in value.call.arguments.values()), None
        )
        if first is None or first is value:
            return False
        value = first
    if isinstance(value, Part):
        return id(value.of) in tests and value.which in (0, "statistic")
    return isinstance(value, Member) and id(value.owner) in tests and value.name == "statistic"


_INFORMATION = (
    "sklearn.feature_selection.mutual_info_classif",
    "sklearn.feature_selection.mutual_info_regression",
)
_OF_GROUPS = (
    "sklearn.metrics.mutual_info_score",
    "sklearn.metrics.normalized_mutual_info_score",
    "sklearn.metrics.v_measure_score",
)
"""Scores of two groupings that are not adjusted for chance."""

_DRAWN = ("rand", "randn", "random", "normal", "standard_normal", "uniform", "make_regression")
"""Numbers drawn by the code itself: what is in them is known."""

_SHUFFLING = ("permutation", "permuted", "shuffle", "permutation_test_score")


class InformationWithoutFloor(Rule):
    id = "information-without-floor"
    title = "Mutual information without what chance gives"
    belief = "positive_information_is_a_link"
    step = "methods/noise_floor"
    why = (
        "Estimated from rows, mutual information is above zero for many a column of noise, and how "
        "far depends on the number of rows. What the same columns reach when the outcome is "
        "shuffled is the floor; what lies below says nothing."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from sklearn.feature_selection import mutual_info_classif\n"
            "scores = mutual_info_classif(X, y, random_state=0)\n"
            "print(pd.Series(scores, X.columns).sort_values())",
            line=2,
        ),
        Example(
            "import sklearn.feature_selection as fs\n"
            "info = pd.DataFrame({'nats': fs.mutual_info_regression(table, price)})\n"
            "sns.heatmap(info, annot=True)",
            line=2,
        ),
        Example(
            "from sklearn import metrics\n"
            "print(metrics.normalized_mutual_info_score(df['kind'], groups))",
            line=2,
            mends=False,
        ),
    )
    clean = (
        "import numpy as np\nfrom sklearn.feature_selection import mutual_info_classif\n"
        "scores = mutual_info_classif(X, y)\n"
        "floor = mutual_info_classif(X, np.random.default_rng(0).permutation(y)).max()\n"
        "print(scores[scores > floor])",
        "from sklearn import metrics\n"
        "print(metrics.normalized_mutual_info_score(df['kind'], groups))\n"
        "print(metrics.adjusted_mutual_info_score(df['kind'], groups))",
        "from sklearn.feature_selection import SelectKBest, mutual_info_classif\n"
        "best = SelectKBest(mutual_info_classif, k=10).fit(X, y)",
        "from sklearn.feature_selection import mutual_info_regression\n"
        "X = np.random.rand(1000, 3)\ny = X[:, 0] + np.sin(X[:, 1])\n"
        "print(mutual_info_regression(X, y))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if program.called(*_SHUFFLING):
            return
        if not program.called("sklearn.metrics.adjusted_mutual_info_score"):
            for call in program.called(*_OF_GROUPS):
                if not _is_drawn(call):
                    yield Found(
                        call.cell,
                        call.node,
                        "Groups that know nothing of each other reach more than zero here, the "
                        "more the more groups there are. `adjusted_mutual_info_score` takes that "
                        "off.",
                    )
        for call in program.called(*_INFORMATION):
            if _is_drawn(call) or any(isinstance(each, ast.Lambda) for each in call.inside):
                continue
            yield Found(
                call.cell,
                call.node,
                "Nothing says what these columns would reach by chance. The best of several "
                "columns of noise reaches more than zero.",
                self._fix(call),
            )

    @staticmethod
    def _fix(call: Call) -> Fix | None:
        y = call.argument("y", 1)
        if y is None or not y.is_seen or call.is_open:
            return None
        shuffled = f"np.random.default_rng(0).permutation({call.cell.segment(y.node)})"
        start, _ = call.cell.span(call.node)
        change = Edit(call.cell, *call.cell.span(y.node), shuffled)
        text = Fix((change,)).applied(call.cell)
        end = call.cell.span(call.node)[1] + len(shuffled) - len(call.cell.segment(y.node))
        again = " ".join(text[start:end].split())
        floor = fresh("floor", call.cell)
        lines = ["import numpy as np", f"{floor} = {again}.max()  # what chance reaches"]
        return put_before(call.cell, call.node, lines)


def _is_drawn(call: Call) -> bool:
    """Whether what a call is given was drawn by the code itself."""
    return any(each.value.came_through(*_DRAWN) is not None for each in call.arguments.values())
