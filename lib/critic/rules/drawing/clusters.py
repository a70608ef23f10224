"""Trees beside a correlation map."""

import ast
from collections.abc import Iterator

from ...flow import Constant, Frame, Measure, Program
from ...maps import Map, signed_maps_in
from ...mending import Edit, Fix, fresh, joined, put_before, replaced, with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said


class EuclideanClustermap(Rule):
    id = "euclidean-clustermap"
    title = "A tree of correlations by distances between rows"
    belief = "defaults_cluster_by_r"
    step = "clustermaps/distance"
    why = (
        "By default a clustermap takes two rows of the matrix and measures the Euclidean distance "
        "between them. Columns with a strong negative r have opposite rows and end up far apart, "
        "however well one tells the other. One minus |r| puts together what is strongly correlated."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example("sns.clustermap(df.corr(), vmin=-1, vmax=1, cmap='vlag')", line=1),
        Example(
            "import seaborn\nr = df.corr(method='spearman')\n"
            "seaborn.clustermap(r, method='ward', metric='euclidean', vmin=-1, vmax=1,\n"
            "                   cmap='RdBu_r')",
            line=3,
        ),
    )
    clean = (
        "sns.clustermap(df.corr(), row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, "
        "cmap='RdBu_r')",
        "sns.clustermap(df, standard_scale=1)",
        "sns.clustermap(df.corr(), metric='correlation', vmin=-1, vmax=1, cmap='RdBu_r')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            call = drawn.call
            if call.name != "clustermap" or call.is_open or not measure.is_whole:
                continue
            if measure.ends is None or call.argument("row_linkage", "col_linkage") is not None:
                continue
            if call.constant("metric", default="euclidean") != "euclidean":
                continue
            clustered = [call.constant(f"{name}_cluster", default=True) for name in ("row", "col")]
            if True in clustered:
                yield said(
                    drawn,
                    "This tree compares rows of the matrix, as if r were a place on a map. It "
                    "does not ask how strongly two columns are correlated.",
                    _by_strength(drawn),
                )


def _by_strength(drawn: Map) -> Fix | None:
    """A tree by one minus |r|, made before the call and handed to it."""
    call = drawn.call
    data = call.argument(*drawn.words.data)
    is_hidden = any(isinstance(each, ast.Lambda | ast.comprehension) for each in call.inside)
    if data is None or not call.cell.holds(data.node) or is_hidden:
        return None
    matrix, tree = fresh("r", call.cell), fresh("tree", call.cell)
    lines = [
        "from scipy.cluster.hierarchy import linkage",
        "from scipy.spatial.distance import squareform",
    ]
    named: Fix | None = Fix(())
    if isinstance(data.node, ast.Name):
        matrix = data.node.id
    else:
        lines.append(f"{matrix} = {call.cell.segment(data.node)}")
        named = replaced(call.cell, data.node, matrix)
    lines.append(f'{tree} = linkage(squareform(1 - abs({matrix}), checks=False), "average")')
    drop = [name for name in ("method", "metric") if name in call.arguments]
    handed = with_arguments(call, {"row_linkage": tree, "col_linkage": tree}, drop)
    return joined(put_before(call.cell, call.node, lines), named, handed)


class ConstantColumn(Rule):
    id = "constant-column"
    title = "A column that is the same in every row"
    belief = "gaps_take_care_of_themselves"
    step = "significance/gaps"
    why = (
        "What does not vary has no correlation: pandas puts gaps in its row and its column. A "
        "map shows them blank, and a tree cannot be made of distances that are missing."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "import statsmodels.api as sm\nX = sm.add_constant(pd.read_csv('a.csv'))\n"
            "sns.heatmap(X.corr(), vmin=-1, vmax=1, cmap='vlag')",
            line=3,
        ),
        Example(
            "df = pd.read_csv('a.csv')\ndf['year'] = 2024\nr = df.corr()\n"
            "sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap='vlag')",
            line=4,
        ),
    )
    clean = (
        "df = pd.read_csv('a.csv')\ndf['late'] = 0\ndf.loc[df['day'] > 5, 'late'] = 1\n"
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')",
        "df = pd.read_csv('a.csv')\ndf['year'] = 2024\n"
        "sns.heatmap(df.drop(columns='year').corr(), vmin=-1, vmax=1, cmap='vlag')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            table = measure.of
            if not isinstance(table, Frame):
                continue
            for name, column in table.columns.items():
                if isinstance(column, Constant) and isinstance(column.value, int | float):
                    yield said(
                        drawn,
                        self._sentence(name, drawn),
                        _without(name, measure),
                    )
                    break

    @staticmethod
    def _sentence(name: str, drawn: Map) -> str:
        sentence = f"`{name}` is the same in every row, so none of its r exists."
        is_tree = drawn.call.name == "clustermap"
        if is_tree and drawn.call.surely_lacks("row_linkage", "col_linkage"):
            return f"{sentence} The clustermap stops with an error about finite values."
        return f"{sentence} Its row and its column are blank."


def _without(name: str, measure: Measure) -> Fix | None:
    """The table without that column, where the matrix is made of it."""
    made = measure.came_through("corr")
    if made is None or not isinstance(made.node.func, ast.Attribute):
        return None
    end = made.cell.span(made.node.func.value)[1]
    return Fix((Edit(made.cell, end, end, f".drop(columns={name!r})"),))
