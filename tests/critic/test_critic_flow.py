"""What the data flow knows of an expression, and that it knows nothing where nothing is known.

Each case draws a map of a name and says whether the critic takes it for correlations: it does if it
asks for limits.
"""

import json

import pytest

from lib.critic import read_text, review_text
from lib.critic.flow import Call, Constant, Frame, Items, Measure, Part, Program, follow

_PRELUDE = "import numpy as np\nimport pandas as pd\nimport seaborn as sns\n"

_CORRELATIONS = [
    "r = df.corr()",
    "r = df.corr('kendall', numeric_only=True)",
    "r = df[['a', 'b']].corr(method='spearman')",
    "r = df.select_dtypes(include='number').corr().round(2)",
    "r = np.corrcoef(df.values.T)",
    "r = np.corrcoef(x, rowvar=False)",
    "from numpy import *\nr = corrcoef(x)",
    "from scipy.stats import spearmanr\nr, p = spearmanr(df)",
    "from scipy import stats as st\nr = pd.DataFrame(st.spearmanr(df)[0])",
    "r: pd.DataFrame = df.corr()",
    "if (r := df.corr()).size:\n    pass",
    "a = r = df.corr()",
    "(r, n), k = (df.corr(), 3), 4",
    "r = {'p': df.corr(), 's': df.corr('spearman')}['p']",
    "r = df.corr() if pearson else df.corr(method='spearman')",
    "if pearson:\n    r = df.corr()\nelse:\n    r = df.corr('spearman')",
    "r = df.corr()\nif rounded:\n    r = r.round(2)",
    "try:\n    r = df.corr()\nexcept ValueError:\n    raise SystemExit",
    "with pd.option_context('x', 1) as c:\n    r = df.corr()",
    "for name in names:\n    r = tables[name].corr()",
    "def corr_of(t, how='pearson'):\n    t = t.copy()\n    return t.corr(how)\nr = corr_of(df)",
    "corr_of = lambda t: t.corr()\nr = corr_of(df)",
    "class C:\n    def m(self):\n        pass\nr = df.corr()",
    "r = df.corr()\nr = r.loc['a':, ['a', 'b']]",
    "r = df.corr()[['target']].sort_values('target')",
    "r = df.corr().where(np.tril(np.ones(r.shape)).astype(bool))",
    "r = df.corr()\nr[abs(r) < .3] = np.nan",
    "r = df.corr()\nr.rename(columns=str.upper, inplace=True)",
    "r = pd.DataFrame(df.corr().to_numpy(), columns=names)",
    "r = df.corrwith(df['y']).to_frame()",
    "r = -df.corr()",
    "r = df.corr().fillna(0).T",
    "r = [df.corr() for _ in range(3)]\nr = df.corr()",
    "match k:\n    case 'a':\n        r = df.corr()\n    case _:\n        r = df.corr('kendall')",
    "if wanted:\n    r = df.corr()",
    "r = before.corr() - after.corr()",
]

_OTHERS = [
    "r = df",
    "r = df.corr().abs()",
    "r = abs(df.corr())",
    "r = np.abs(df.corr())",
    "r = df.corr() ** 2",
    "r = 1 - df.corr()",
    "r = df.corr() > 0.8",
    "r = df.corr()\nr = r[r > 0.5]",
    "r = df.corr().where(df.corr() > 0)",
    "r = df.corr(method=cramers_v_of)\ndef cramers_v_of(a, b): ...\nr = df.corr(cramers_v_of)",
    "def v(a, b):\n    return 1\nr = df.corr(method=v)",
    "r = df['a'].corr(df['b'])",
    "r = spark.corr('a', 'b')",
    "r = df.corr() if signed else counts",
    "r = df.corr()\nif squared:\n    r = r * r",
    "r = df.corr()\nr = transform(r)",
    "def strength(t):\n    return t.corr().abs()\nr = strength(df)",
    "r = unknown",
    "r = df.pivot_table(index='a', columns='b', values='c')",
    "r = np.corrcoef(x, y)",
    "from scipy.stats import spearmanr\np = spearmanr(df)\nr = p[1]",
    "from tools import corr\nr = corr(df)",
]


@pytest.mark.parametrize("code", _CORRELATIONS)
def test_correlations_are_recognised(code: str) -> None:
    review = review_text(f"{_PRELUDE}{code}\nsns.heatmap(r, cmap='vlag')")
    assert [finding.rule for finding in review.findings] == ["no-limits"]


@pytest.mark.parametrize("code", _OTHERS)
def test_nothing_is_said_of_what_may_be_something_else(code: str) -> None:
    assert review_text(f"{_PRELUDE}{code}\nsns.heatmap(r, cmap='vlag')").findings == ()


_DRAWINGS = [
    "import seaborn\nseaborn.heatmap(df.corr(), cmap='vlag')",
    "from seaborn import heatmap as h\nh(df.corr(), cmap='vlag')",
    "from seaborn import *\nheatmap(df.corr(), cmap='vlag')",
    "draw = sns.heatmap\ndraw(data=df.corr(), cmap='vlag')",
    "import matplotlib.pylab as m\nm.imshow(df.corr(), 'RdBu')",
    "fig, ax = plt.subplots()\nax.pcolormesh(x, y, df.corr(), cmap='RdBu_r')",
    "fig, axes = plt.subplots(2)\naxes[0].matshow(df.corr(), cmap='seismic')",
    "from plotly import express\nexpress.imshow(df.corr(), color_continuous_scale='RdBu')",
    "import plotly.graph_objs as g\nfig = g.Figure()\n"
    "fig.add_trace(g.Heatmap(z=df.corr(), colorscale='RdBu'))\nfig.update_layout(title='r')",
    "df.corr().round(2).style.background_gradient('coolwarm')",
    "options = dict(cmap='vlag', annot=True)\noptions['linewidths'] = 1\n"
    "sns.heatmap(df.corr(), **options)",
    "def plot(t, **k):\n    sns.heatmap(t.corr(), **k)\nplot(df, cmap='vlag')",
    "def never_called(t):\n    sns.heatmap(t.corr(), cmap='vlag')",
    "class A:\n    def __init__(self, t, how):\n        self.r = t.corr(method=how)\n\n"
    "    def draw(self):\n        sns.heatmap(self.r, cmap='vlag')",
    "class A:\n    def draw(self, t):\n        sns.heatmap(t.corr(), cmap='vlag')",
    "import matplotlib as mpl\nsns.heatmap(df.corr(), cmap=mpl.colormaps['coolwarm'])",
    "sns.heatmap(df.corr(), cmap=sns.color_palette('vlag', as_cmap=True))",
    "sns.heatmap(df.corr(), cmap=sns.diverging_palette(220, 10, as_cmap=True), vmin=None)",
]


@pytest.mark.parametrize("code", _DRAWINGS)
def test_a_map_is_found_whatever_draws_it(code: str) -> None:
    assert [finding.rule for finding in review_text(code).findings] == ["no-limits"]


@pytest.mark.parametrize(
    "code",
    [
        "sns.heatmap(df.corr(), cmap='vlag', norm=norm)",
        "sns.heatmap(df.corr(), cmap='vlag', **kwargs)",
        "sns.heatmap(df.corr(), cmap='vlag', vmin=low, vmax=high)",
        "plt.imshow(df.corr(), cmap='RdBu')\nplt.clim(-1, 1)",
        "plt.rcParams['image.cmap'] = 'RdBu_r'\nplt.imshow(df.corr(), vmin=-1, vmax=1)",
        "fig = px.imshow(df.corr(), color_continuous_scale='RdBu')\n"
        "fig.update_layout(coloraxis=dict(cmin=-1, cmax=1))",
        "go.Heatmap(z=df.corr(), coloraxis='coloraxis')",
        "def plot(t, low=-1, high=1):\n"
        "    sns.heatmap(t.corr(), vmin=low, vmax=high, cmap='vlag')\nplot(df)",
        "def plot(t, low=None):\n    sns.heatmap(t.corr(), vmin=low, cmap='vlag')",
        "limits = {'vmin': -1, 'vmax': 1} if fixed else {}\n"
        "sns.heatmap(df.corr(), cmap='vlag', **limits)",
        "class A:\n    def __init__(self, t):\n        self.r = t.corr()\n\n"
        "class B:\n    def draw(self):\n        sns.heatmap(self.r, cmap='vlag')",
        "end = 2 / 2\nsns.heatmap(df.corr(), vmin=-end, vmax=+end, cmap='vlag')",
    ],
)
def test_limits_that_may_be_set_elsewhere_are_not_missed(code: str) -> None:
    assert review_text(code).findings == ()


def test_what_only_its_name_says_is_asked() -> None:
    code = "def plot(corr_matrix, **others):\n    sns.heatmap(corr_matrix, cmap='vlag')"
    (finding,) = review_text(code).findings
    assert finding.rule == "no-limits"
    assert finding.is_question
    assert finding.sentence.startswith("Does `corr_matrix` hold correlations? Nobody said")
    for code in (
        "sns.heatmap(abs_corr, cmap='vlag')",
        "sns.heatmap(corr_df, vmin=0, vmax=1, cmap='Purples')",
        "corr = strengths(df)\nsns.heatmap(corr, cmap='vlag')",
        "corr = df.corr().abs()\nsns.heatmap(corr, cmap='viridis')",
    ):
        assert review_text(code).findings == ()
    honest = review_text("sns.heatmap(corr, vmin=-1, vmax=1, cmap='vlag')")
    assert (honest.findings, honest.praise) == ((), "")


def test_what_stands_in_another_cell_is_not_changed() -> None:
    sources = ["r = df.corr()\nk = {'data': r, 'vmin': 0, 'vmax': 1, 'cmap': 'vlag'}"]
    sources.append("sns.heatmap(**k)")
    cells = [{"cell_type": "code", "source": source} for source in sources]
    (finding,) = review_text(json.dumps({"cells": cells})).findings
    assert (finding.rule, finding.cell, finding.segment) == (
        "unequal-limits",
        2,
        "sns.heatmap(**k)",
    )
    assert finding.fix is None


def _program(code: str) -> Program:
    return follow(read_text(_PRELUDE + code).cells)


def _last(program: Program, name: str) -> Call:
    return program.called(name)[-1]


def test_a_value_knows_the_calls_on_its_way() -> None:
    program = _program(
        "df = pd.read_csv('a.csv', parse_dates=['day'])\n"
        "df['x'] = df['x'].fillna(0)\nprint(df.dropna().diff(12).corr())"
    )
    shown = _last(program, "builtins.print").arguments[0].value
    assert isinstance(shown, Measure)
    read = shown.came_through("pandas.read_csv")
    assert read is not None
    assert read.argument("parse_dates") is not None
    lag = shown.came_through("diff")
    assert lag is not None
    assert lag.constant("periods") == 12
    assert shown.came_through("fillna") is not None
    assert shown.came_through("pct_change") is None


def test_a_table_knows_its_columns() -> None:
    program = _program(
        "df = pd.DataFrame({'a': x, 'b': y})\ndf['c'] = 1\n"
        "df = df.assign(d=df['a'] * 2).drop(columns='b')\nshow(df)"
    )
    table = _last(program, "drop")
    shown = program.result(table)
    assert isinstance(shown, Frame)
    assert list(shown.columns) == ["a", "c", "d"]
    assert shown.width == 3
    constant = shown.columns["c"]
    assert isinstance(constant, Constant)
    assert constant.value == 1


def test_parts_loops_and_open_arguments_are_known() -> None:
    program = _program(
        "from scipy.stats import pearsonr\nfor a in names:\n"
        "    for b in names:\n        _, p = pearsonr(df[a], df[b])\n"
        "        print(p, *others)"
    )
    (test,) = program.called("scipy.stats.pearsonr")
    assert len(test.inside) == 2
    printed = _last(program, "builtins.print")
    p = printed.arguments[0].value
    assert isinstance(p, Part)
    assert p.which == 1
    assert p.of.call is test
    assert printed.is_open


def test_a_list_that_grows_and_a_number_that_is_counted_up_are_not_known() -> None:
    program = _program(
        "n, names = 0, ['a']\nprint(n, names)\nfor x in xs:\n    n += 1\n    names.append(x)\n"
        "    print(n, names)\nprint(n, names)"
    )
    first, *later = program.called("builtins.print")
    assert isinstance(first.arguments[0].value, Constant)
    assert isinstance(first.arguments[1].value, Items)
    for call in later:
        assert not isinstance(call.arguments[0].value, Constant)
        assert not isinstance(call.arguments[1].value, Items)


def test_names_of_one_branch_are_not_taken_for_those_of_all() -> None:
    code = "low = 0\nif a:\n    low = -1\nsns.heatmap(df.corr(), vmin=low, vmax=1, cmap='vlag')"
    assert review_text(code).findings == ()
    code = "if a:\n    low = -1\nelse:\n    exit_now()\n    raise ValueError\n"
    code += "sns.heatmap(df.corr(), vmin=low, vmax=.5, cmap='vlag')"
    assert [each.rule for each in review_text(code).findings] == ["unequal-limits"]
