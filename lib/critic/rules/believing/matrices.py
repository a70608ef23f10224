"""Matrices of p."""

import ast
from collections.abc import Iterator

from ...flow import Call, Program, Subscript
from ...mending import Edit, Fix
from ...rule import Example, Found, Rule, Severity
from .testing import TESTS, test_of


class OnesOfP(Rule):
    id = "ones-of-p"
    title = "A matrix of p whose diagonal stays one"
    belief = "diagonal_is_a_finding"
    step = "significance/gaps"
    why = (
        "A one on the diagonal reads: not significant with itself. It is no result, and it counts "
        "along wherever the share of significant pairs is taken. Nothing was tested there, so "
        "nothing should stand there."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "from scipy.stats import pearsonr\nps = pd.DataFrame(np.ones((k, k)))\n"
            "for i in range(k):\n    for j in range(i + 1, k):\n"
            "        _, p = pearsonr(df.iloc[:, i], df.iloc[:, j])\n"
            "        ps.iloc[i, j] = p\n        ps.iloc[j, i] = p",
            line=2,
            beside=("many-tests",),
        ),
        Example(
            "import numpy as n\nfrom itertools import combinations\nfrom scipy import stats\n"
            "found = n.ones_like(r)\nfor a, b in combinations(range(9), 2):\n"
            "    found[a, b] = found[b, a] = stats.kendalltau(x[:, a], x[:, b]).pvalue",
            line=4,
            beside=("many-tests",),
        ),
        Example(
            "from scipy.stats import pearsonr\np = np.ones((k, k))\nfor i in range(k):\n"
            "    for j in range(k):\n        if i != j:\n"
            "            p[i, j] = pearsonr(x[:, i], x[:, j])[1]",
            line=2,
            beside=("many-tests",),
        ),
    )
    clean = (
        "from scipy.stats import pearsonr\nfrom statsmodels.stats.multitest import multipletests\n"
        "ps = np.full((k, k), np.nan)\nfor i in range(k):\n    for j in range(i + 1, k):\n"
        "        ps[i, j] = pearsonr(x[:, i], x[:, j])[1]\nprint(multipletests(ps.ravel())[1])",
        "rs = np.ones((k, k))\nfor i in range(k):\n    for j in range(i + 1, k):\n"
        "        rs[i, j] = rs[j, i] = np.corrcoef(x[:, i], x[:, j])[0, 1]",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if program.called("fill_diagonal"):
            return
        found: dict[int, Found] = {}
        for stored in program.subscripts:
            made = stored.owner.came_through("numpy.ones", "numpy.ones_like")
            if made is not None and _is_p(stored) and _leaves_out_the_diagonal(stored):
                sentence = (
                    "Each pair of two columns gets its p. The diagonal stays 1, as if every "
                    "column had been tested against itself."
                )
                found[id(made)] = Found(made.cell, made.node, sentence, _blank(made))
        yield from found.values()


def _is_p(stored: Subscript) -> bool:
    test = None if stored.stored is None else test_of(stored.stored)
    return test is not None and test.call is not None and test.call.is_named(*TESTS)


def _leaves_out_the_diagonal(stored: Subscript) -> bool:
    """Whether a loop around it goes through pairs of two: `range(i + 1, k)`, `combinations`.

    Or through all pairs, and `if i != j` leaves out those of a column and itself.
    """
    if _is_where_two_differ(stored):
        return True
    iterated = [each.iter for each in stored.inside if isinstance(each, ast.For)]
    for each in iterated:
        match each:
            case ast.Call(func=ast.Name(id="range"), args=[ast.BinOp(op=ast.Add()), _]):
                return True
            case ast.Call(func=ast.Name(id="combinations") | ast.Attribute(attr="combinations")):
                return True
    return False


def _is_where_two_differ(stored: Subscript) -> bool:
    tests = [
        each.test
        for loop in stored.inside
        for each in ast.walk(loop)
        if isinstance(each, ast.If) and any(stored.node in ast.walk(part) for part in each.body)
    ]
    return any(
        isinstance(each, ast.Compare) and any(isinstance(part, ast.NotEq) for part in each.ops)
        for each in tests
    )


def _blank(made: Call) -> Fix | None:
    """`np.full(shape, np.nan)` in the place of `np.ones(shape)`, and likewise for `ones_like`."""
    shape = made.argument("shape", "a")
    if not isinstance(made.node.func, ast.Attribute) or shape is None or len(made.arguments) > 1:
        return None
    library = made.cell.segment(made.node.func.value)
    start, end = made.cell.span(made.node.func)
    given = made.cell.span(shape.node)[1]
    name = "full" if made.name == "ones" else "full_like"
    edits = [
        Edit(made.cell, start, end, f"{library}.{name}"),
        Edit(made.cell, given, given, f", {library}.nan"),
    ]
    return Fix(tuple(edits))
