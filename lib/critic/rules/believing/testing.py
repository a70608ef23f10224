"""What is read into a p."""

import ast
import re
from collections.abc import Iterator

from ...flow import Call, Frame, Function, Member, Part, Program, Value, pairwise_test
from ...mending import Edit, Fix
from ...rule import Example, Found, Rule, Severity
from ...tables import reached

TESTS = (
    "scipy.stats.pearsonr",
    "scipy.stats.spearmanr",
    "scipy.stats.kendalltau",
    "scipy.stats.pointbiserialr",
    "scipy.stats.chi2_contingency",
    "scipy.stats.ttest_ind",
    "scipy.stats.mannwhitneyu",
    "scipy.stats.f_oneway",
    "scipy.stats.kruskal",
    "scipy.stats.fisher_exact",
)
_ADJUSTING = (
    "multipletests",
    "fdrcorrection",
    "false_discovery_control",
    "multicomp",
    "adjust_p_values",
)
_CHANCE = (
    "permutation",
    "permuted",
    "shuffle",
    "choice",
    "resample",
    "normal",
    "standard_normal",
    "randn",
    "rand",
    "random",
    "sample",
    "integers",
)
_FEW = 2


def test_of(value: Value) -> Value | None:
    """The result of a test whose p a value is."""
    if isinstance(value, Part) and value.which in (1, -1, "pvalue"):
        return value.of
    if isinstance(value, Member) and value.name == "pvalue":
        return value.owner
    return None


def _with_a_use(program: Program) -> set[int]:
    """The results of tests with whose p anything is done."""
    used = [each.value for call in program.calls for each in call.arguments.values()]
    used += [each.stored for each in program.subscripts if each.stored is not None]
    used += [each.value for each in program.comparisons]
    used += [each.result for each in program.subscripts if _in_comprehension(each.inside)]
    return {id(test) for value in reached(used) if (test := test_of(value)) is not None}


def _in_comprehension(inside: tuple[ast.AST, ...]) -> bool:
    return any(isinstance(each, ast.ListComp | ast.DictComp) for each in inside)


class ManyTests(Rule):
    id = "many-tests"
    title = "A test for each of many pairs, and no p adjusted"
    belief = "noise_earns_no_stars"
    step = "significance/noise"
    why = (
        "At the level of .05 one pair of noise in twenty gets a star: of a hundred pairs, about "
        "five. Adjusted for their number, as by Holm in multipletests of statsmodels, the p of a "
        "pair says what it seems to say; a column's test against itself is none of them."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from scipy.stats import pearsonr\nfound = {}\nfor a in cols:\n    for b in cols:\n"
            "        r, p = pearsonr(df[a], df[b])\n        if p < 0.05:\n"
            "            found[a, b] = r",
            line=5,
            mends=False,
        ),
        Example(
            "from scipy import stats\n"
            "ps = [stats.spearmanr(df[c], df['y'])[1] for c in df.columns]\nprint(ps)",
            line=2,
            mends=False,
        ),
        Example(
            "from scipy.stats import pearsonr\n"
            "print(df.corr(method=lambda x, y: pearsonr(x, y)[1]) < 0.05)",
            line=2,
            mends=False,
        ),
    )
    clean = (
        "from scipy.stats import kendalltau\n"
        "p = df[['a', 'b']].corr(method=lambda x, y: kendalltau(x, y).pvalue)",
        "from scipy.stats import spearmanr\nr = df.corr(method=lambda x, y: spearmanr(x, y)[0])",
        "from scipy.stats import pearsonr\nfor c in cols:\n    r, p = pearsonr(df[c], df['y'])\n"
        "    print(c, r)",
        "from scipy.stats import pearsonr\nfrom statsmodels.stats.multitest import multipletests\n"
        "ps = [pearsonr(df[c], df['y'])[1] for c in cols]\nprint(multipletests(ps)[1])",
        "from scipy.stats import pearsonr\nm = len(pairs)\nfor a, b in pairs:\n"
        "    r, p = pearsonr(df[a], df[b])\n    if p * m < level:\n        print(a, b, r)",
        "from scipy.stats import pearsonr\nps = []\nfor i in range(1000):\n"
        "    ps.append(pearsonr(rng.permutation(x), y)[1])\nprint(np.mean(np.array(ps) < 0.05))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if program.called(*_ADJUSTING) or _counts_the_tests(program):
            return
        yield from self._of_matrices(program)
        tests = [call for call in program.called(*TESTS) if _is_over_many(call)]
        used = _with_a_use(program) if tests else set()
        for call in tests:
            if id(program.result(call)) not in used:
                continue
            if _is_of_chance(call):
                continue
            yield Found(
                call.cell,
                call.node,
                "This is one test for each turn of the loop, and each p stands as if it were the "
                "only one.",
            )

    @staticmethod
    def _of_matrices(program: Program) -> Iterator[Found]:
        for call in program.called("corr"):
            method = call.argument("method", "other")
            test = (
                pairwise_test(method.value)
                if method and isinstance(method.value, Function)
                else None
            )
            table = call.owner or Value()
            is_one_pair = isinstance(table, Frame) and table.width == _FEW
            is_harmless = is_one_pair or table.came_through(*_CHANCE) is not None
            if test is not None and test[1] == "p" and not is_harmless:
                yield Found(
                    call.cell,
                    call.node,
                    "This is one test for each pair of columns, and each p stands as if it were "
                    "the only one.",
                )


def _is_of_chance(call: Call) -> bool:
    """Whether a test is of rows that were drawn or shuffled: it shows what chance does."""
    given = (each.value for each in call.arguments.values())
    return any(each.came_through(*_CHANCE) is not None for each in given)


def _is_over_many(call: Call) -> bool:
    """Whether a loop around it goes through more than a few things that are written out."""
    loops = [
        each.iter if isinstance(each, ast.For) else each.generators[0].iter
        for each in call.inside
        if isinstance(each, ast.For | ast.ListComp | ast.DictComp | ast.GeneratorExp)
    ]
    return any(
        not isinstance(each, ast.List | ast.Tuple) or len(each.elts) > _FEW for each in loops
    )


def _counts_the_tests(program: Program) -> bool:
    """Whether a level is divided by a number of tests, or a p is multiplied: Bonferroni."""
    nodes = [node for cell in program.cells for node in cell.nodes]
    names = {node.id.lower() for node in nodes if isinstance(node, ast.Name)}
    if any("bonf" in name or "adj" in name or "fdr" in name for name in names):
        return True
    return any(isinstance(node, ast.BinOp) and _is_of_bonferroni(node) for node in nodes)


def _is_of_bonferroni(node: ast.BinOp) -> bool:
    if isinstance(node.op, ast.Div):
        is_level = isinstance(node.left, ast.Constant) and node.left.value in (0.05, 0.01, 0.001)
        return is_level or _named(node.left) == "alpha"
    is_product = isinstance(node.op, ast.Mult)
    return is_product and any(_OF_P.fullmatch(_named(each)) for each in (node.left, node.right))


_OF_P = re.compile(r"ps?|p_?val(ue)?s?|pv")
"""Names of a p."""


def _named(node: ast.expr) -> str:
    """The name or the attribute that an expression is, in small letters; empty if it is neither."""
    return str(getattr(node, "id", None) or getattr(node, "attr", "")).lower()


_COUNTING = {"len", "count", "shape", "size", "n", "nobs", "sum", "notna"}


class PWithoutN(Rule):
    id = "p-without-n"
    title = "A p that is shown without its number of rows"
    belief = "small_p_is_strong"
    step = "significance/enough_rows"
    why = (
        "A p mixes the strength of a link with the number of rows: with enough of them the "
        "faintest r has a small p. With n beside it a reader can tell the two apart."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "from scipy.stats import pearsonr\nr, p = pearsonr(df['a'], df['b'])\n"
            "print(f'r = {r:.2f}, p = {p:.3f}')",
            line=3,
        ),
        Example(
            "import scipy.stats as st\nfound = st.spearmanr(x, y)\n"
            "print('rho', found.statistic, 'p', found.pvalue)",
            line=3,
        ),
    )
    clean = (
        "from scipy.stats import pearsonr\nr, p = pearsonr(x, y)\nprint(r, p, len(x))",
        "from scipy.stats import pearsonr\nr, p = pearsonr(x, y)\nprint(r)",
        "from scipy.stats import pearsonr\nprint(df.shape)\nr, p = pearsonr(df['a'], df['b'])\n"
        "print(r, p)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        tests = {
            id(program.result(call)): call
            for call in program.called(*TESTS)
            if not _in_comprehension(call.inside) and not _is_of_chance(call)
        }
        if not tests or _shows_n(program):
            return
        for use in program.called("builtins.print", "append"):
            for given in use.arguments.values():
                for shown in _tests_shown(given.value):
                    test = tests.pop(id(shown), None)
                    if test is not None:
                        yield self._found(use, test)

    def _found(self, use: Call, test: Call) -> Found:
        if use.name == "print":
            sentence = "This p is printed, and the number of rows that it comes from is not."
            return Found(use.cell, use.node, sentence, self._fix(use, test))
        sentence = "This record keeps a p, and not the number of rows that it comes from."
        return Found(use.cell, use.node, sentence)

    @staticmethod
    def _fix(use: Call, test: Call) -> Fix | None:
        """The length of the first of two columns, where that surely is the n of the test."""
        x = test.argument("x", "a", 0)
        if test.name not in _OF_TWO_COLUMNS or x is None or not x.is_seen or use.node.keywords:
            return None
        if not test.surely_lacks("nan_policy", "axis") or len(test.arguments) != _FEW:
            return None
        if use.cell is not test.cell or not _is_as_it_was(x.node, test, use):
            return None
        end = use.cell.span(use.node)[1] - 1
        return Fix((Edit(use.cell, end, end, f', "n =", len({test.cell.segment(x.node)})'),))


_OF_TWO_COLUMNS = ("pearsonr", "spearmanr", "kendalltau", "pointbiserialr")
"""Tests of pairs of values: both columns have as many rows as the test."""


def _is_as_it_was(written: ast.expr, test: Call, use: Call) -> bool:
    """Whether an expression of a test's line says the same where the test is used."""
    functions = [
        [each for each in call.inside if isinstance(each, ast.FunctionDef)] for call in (test, use)
    ]
    names = {each.id for each in ast.walk(written) if isinstance(each, ast.Name)}
    return functions[0] == functions[1] and not any(
        isinstance(each, ast.Name)
        and each.id in names
        and isinstance(each.ctx, ast.Store)
        and test.line < each.lineno <= use.line
        for each in use.cell.nodes
    )


def _tests_shown(value: Value) -> Iterator[Value]:
    """The tests whose p a value is, as it is, rounded, or within a text or a record."""
    waiting, seen = [value], {id(value)}
    while waiting:
        value = waiting.pop()
        test = test_of(value)
        if test is not None:
            yield test
        is_far = value.call is not None and not value.call.is_named(*_WRITING)
        if test is not None or is_far or isinstance(value, Frame):
            continue
        for source in value.sources:
            if id(source) not in seen:
                seen.add(id(source))
                waiting.append(source)


_WRITING = ("round", "float", "str", "format")


def _counts(node: ast.Call) -> bool:
    """Whether what is shown or kept names a number of rows."""
    for given in (*node.args, *(each.value for each in node.keywords)):
        for each in ast.walk(given):
            name = getattr(each, "id", None) or getattr(each, "attr", None)
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                name = each.value
            if isinstance(name, str) and (name.lower() in _COUNTING or name.startswith("n_")):
                return True
    return False


def _shows_n(program: Program) -> bool:
    """Whether a number of rows is shown anywhere."""
    if program.called("info", "describe"):
        return True
    return any(_counts(call.node) for call in program.called("builtins.print", "append"))
