"""Lines that a learner writes: what they give, and what is said where they do not run."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.core.groupby import DataFrameGroupBy
from pandas.core.window import Rolling

import datasets
from lib.course import Exhibit, Goal, Standing, Step, Task, Write
from lib.course.script import read_script, written_lines
from lib.course.writing import a_frame, a_frame_within, a_number, a_series, run
from lib.course.writing.explaining import explain
from lib.course.writing.offered import ACCESSORS, ATTRIBUTES, GLOBALS, Function, Module

HIGHWAY = datasets.load("highway")
R = HIGHWAY.corr(numeric_only=True)
MONTHLY = pd.Series(np.arange(48.0) ** 1.5, pd.date_range("2001", periods=48, freq="MS"))
TABLES = {"highway": HIGHWAY, "r": R, "monthly": MONTHLY}

LINES = [
    "highway.corr(numeric_only=True)",
    "highway[['rate', 'len']].corr(method='spearman')",
    "highway[['rate', 'len']].corr(method='kendall', min_periods=10)",
    "mask = np.triu(np.ones_like(r, dtype=bool))\nr.mask(mask).iloc[1:, :-1]",
    "m = np.tril(np.ones(r.shape, bool), k=-1)\nr.where(m).dropna(how='all')",
    "r.mask(r.abs() < 0.5)",
    "r[r > 0.5].stack()",
    "highway['rate'].diff()",
    "monthly.pct_change().dropna()",
    "np.log(monthly + 1).diff().rolling(12).mean()",
    "monthly.resample('YE').mean()",
    "monthly - monthly.groupby(monthly.index.month).transform('mean')",
    "monthly.shift(3).corr(monthly)",
    "highway.groupby('htype')[['rate', 'len']].mean()",
    "highway['rate'] - highway.groupby('htype')['rate'].transform('mean')",
    "highway.groupby('htype')[['rate', 'len']].corr()",
    "x = highway.select_dtypes('number')\nx.sub(x.mean(axis=1), axis=0).div(x.std(axis=1), axis=0)",
    "x = highway.select_dtypes('number')\n(x - x.mean()) / x.std()",
    "pd.crosstab(highway['htype'], highway['lane'])",
    "pd.get_dummies(highway['htype'], dtype=float).corr()",
    "highway['htype'].value_counts()",
    "highway['htype'].map({'MC': 1, 'PA': 2, 'FAI': 3, 'MA': 4}).astype(float)",
    "highway['htype'].astype('category').cat.codes",
    "highway.sort_values('rate', ascending=False).head(5)['rate']",
    "highway.drop(columns=['htype']).T.mean()",
    "highway.loc[highway['rate'] > 3, ['rate', 'len']]",
    "highway[(highway['rate'] > 3) & ~(highway['len'] < 10)]['rate']",
    "m = highway.copy()\nm['x'] = np.sqrt(m['len'])\nm[['rate', 'x']].corr()",
    "c = r.to_numpy(copy=True)\nnp.fill_diagonal(c, 0)\nc",
    "np.linalg.inv(r.to_numpy())",
    "np.linalg.eigvalsh(r)",
    "np.corrcoef(highway['rate'], highway['len'])[0, 1]",
    "p = np.array([.01, .03, .2, .04])\nnp.minimum(1, p * len(p))",
    "p = pd.Series([.01, .2, .04]).sort_values()\n(p * np.arange(3, 0, -1)).cummax().clip(upper=1)",
    "p = np.array([.01, .03, .04, .2])\nnp.maximum.accumulate(p * (len(p) - np.arange(len(p))))",
    "highway['rate'].rank().corr(highway['len'].rank())",
    "pd.cut(highway['rate'], 3).value_counts()",
    "pd.qcut(highway['rate'], q=4).cat.codes",
    "r.reindex(index=['len', 'rate'], columns=['len', 'rate'])",
    "r.rename(columns={'rate': 'accidents'})",
    "pd.DataFrame({'rate': highway['rate'], 'lag': highway['rate'].shift(1)}).corr()",
    "pd.concat([highway['rate'], highway['len'].shift(1)], axis=1).dropna().corr()",
    "order = np.argsort(r['rate'].to_numpy())\nr.iloc[order, order]",
    "r.loc['rate', 'len'] ** 2",
    "round(float(r.loc['rate', 'len']), 2)",
    "sum([1, 2, 3]) / max(1, len(highway))",
    "highway.fillna(0).notna().sum()",
    "np.sign(r) * np.sqrt(np.abs(r))",
    "stats.norm.sf(1.96) * 2",
    "stats.false_discovery_control(np.array([.01, .2, .03]))",
    "r.unstack().abs()",
    "highway['rate'].quantile([.25, .75])",
    "highway.rate.max() - highway.rate.min()",
]


def unguarded(code: str) -> object:
    """What Python itself makes of the lines."""
    from scipy import stats

    scope = {"np": np, "pd": pd, "stats": stats, **{n: t.copy() for n, t in TABLES.items()}}
    exec(written_lines(code, "answer", ""), scope)
    return scope["answer"]


@pytest.mark.parametrize("code", LINES)
def test_lines_give_what_python_gives_and_the_script_calls_it_so(code: str) -> None:
    written = run(code, TABLES)
    assert written.error == ""
    expected = unguarded(code)
    assert type(written.value) is type(expected)
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(written.value, expected)
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(written.value, expected)
    else:
        np.testing.assert_array_equal(written.value, expected)


@pytest.mark.parametrize(
    ("code", "line", "parts"),
    [
        ("x = 1\nhighway['rat']", 2, ["KeyError: 'rat'", "Is it `rate`"]),
        ("highway.corr()", 1, ["could not convert string to float", "`numeric_only=True`"]),
        ("hihgway.corr()", 1, ["NameError", "Is it `highway`"]),
        ("rate.mean()", 1, ["NameError", '`["rate"]`']),
        ("nothing_like_it", 1, ["`np`, `pd`"]),
        ("highway.cor()", 1, ["A DataFrame has no `cor`", "`corr`"]),
        ("highway.mean()", 1, ["`htype` holds words"]),
        ("highway.rate.mean(", 1, ["never closed", "A bracket is opened"]),
        ("highway[highway.rate = 3]", 1, ["One `=` gives a name, two compare."]),
        ("r.mask(np.triu(np.ones(r.shape)))", 1, ["`mask` asks for True and False"]),
        ("r.to_numpy() @ np.ones(3)", 1, ["do not fit each other in shape"]),
        ("highway.rate > 3 and highway.len < 5", 1, ["`&`, `|` and `~`"]),
        ("np.fill_diagonal(r.values, 0)", 1, ["`.to_numpy(copy=True)`"]),
        ("highway['x'] = 1", 1, ["`mine = highway.copy()`"]),
        ("import numpy", 1, ["are there already"]),
        ("highway.groupby('htype')", 1, ["stops half-way"]),
        ("highway.sort_values('rate', inplace=True)", 1, ["`inplace`"]),
        ("np.zero(3)", 1, ["`np.zero` is not offered here.", "`np.zeros`"]),
        ("highway.corr", 1, ["stops half-way"]),
        ("highway(3)", 1, ["cannot be called"]),
        (
            "highway.adt -= highway.adt.mean()",
            1,
            ["`mine = highway.copy()`", '`mine["adt"] = mine["adt"] - …`'],
        ),
        ("m = highway.copy()\nm['adt'] /= 2", 2, ['write `m["adt"] = m["adt"] / …`']),
        (
            "m = highway.copy()\nm.loc[0, 'adt'] += 2",
            2,
            ['`m.loc[0, "adt"] = m.loc[0, "adt"] + …`'],
        ),
        ("r *= 2", 1, ["`mine = r * …`", "a name of your own"]),
        ("x = 2\nx **= 2", 2, ["write `x = x ** …`"]),
        ("highway.adt = 1", 1, ["`mine = highway.copy()`", '`mine["adt"] = …`']),
        ("highway['adt', 'rate']", 1, ["two pairs of brackets", '`[["adt", "rate"]]`']),
        ("r.apply(lambda row: row.max(), axis=1)", 1, ["down each column", "along each row"]),
        ("import seaborn as sns", 1, ["The page draws"]),
        ("from matplotlib.pyplot import plot", 1, ["The page draws"]),
        ("sns.heatmap(r)", 1, ["The page draws"]),
        ("no_such", 1, ["There are `np`, `pd`, `stats`, `highway`"]),
        (
            "highway[['adt', 'htype', 'rate']] - 1",
            1,
            ["`htype` holds words", 'numbers first, `[["adt", "rate"]]`'],
        ),
        ("highway[['adt', 'htype']].sub(1)", 1, ["`htype` holds words", '`[["adt"]]`']),
        ("highway[['adt']].mul(2) + highway['htype']", 1, ["`htype`, which holds words"]),
    ],
)
def test_what_went_wrong_is_said(code: str, line: int, parts: list[str]) -> None:
    written = run(code, TABLES)
    assert written.line == line
    assert written.error.startswith(f"It did not run. Line {line}: ")
    assert [part for part in parts if part not in written.error] == []
    assert not written.ran


def test_a_hostile_name_stays_code() -> None:
    """What a shared address holds is said again in the error, and is no link there."""
    code = "m = highway.copy()\nm['`[x](http://example.org)`'] = 'word'\nm.mean()"
    error = run(code, TABLES).error
    assert "`'[x](http://example.org)'`" in error
    assert error.count("`") % 2 == 0


@pytest.mark.parametrize("code", ["", "  \n", "# only a comment", "  # one\n\n# stats.norm"])
def test_nothing_is_no_error(code: str) -> None:
    written = run(code, TABLES)
    assert (written.value, written.error, written.ran) == (None, "", False)
    assert written.value_or(3) == 3


def test_what_memory_does_not_hold_is_said() -> None:
    said, line = explain(
        MemoryError("Unable to allocate 7 GiB for an array with shape (9,)"), [], []
    )
    assert said.endswith("That would take more memory than there is for one learner.")
    assert line is None


def test_words_that_group_may_stand_beside_sums() -> None:
    for lines in (
        "highway.groupby('htype')[['rate']]",
        "highway[['rate', 'htype']].groupby('htype')",
    ):
        summed = run(f"{lines}.sum()", TABLES).value["rate"]
        for kind, group in HIGHWAY.groupby("htype"):
            assert summed[kind] == pytest.approx(sum(group["rate"]))


def test_the_value_is_that_of_the_last_line() -> None:
    assert run("x = 2\ny = 3\nx", TABLES).value == 2
    assert run("x = 2\ny = 3", TABLES).value == 3
    assert run("x = highway.copy()\nx['a'] = 1", TABLES).value["a"].sum() == len(HIGHWAY)
    assert run("x = 2\ny = 3", TABLES).names == {"x": 2, "y": 3}


@pytest.mark.parametrize(
    ("wants", "code", "said"),
    [
        (a_frame(like=R), "1 + 1", "your last line gives a number; a DataFrame of 11 × 11"),
        (a_frame(like=R), "r.iloc[1:]", "gives a DataFrame of 10 × 11; a DataFrame of 11 × 11"),
        (a_frame(like=R), "r.iloc[::-1]", "other names, or another order"),
        (a_frame(like=R), "r / 0", "infinite"),
        (a_frame_within(R), "highway", "other rows or columns"),
        (a_frame_within(R), "r['rate']", "gives a Series of 11 values"),
        (a_series(like=HIGHWAY["rate"]), "highway['rate'].head(3)", "a Series of 39 values"),
        (a_series(like=HIGHWAY["rate"]), "highway['htype']", "gives words"),
        (a_number(), "highway['rate']", "one number is needed"),
        (a_number(), "np.nan", "a finite number"),
        (a_number(), "highway['rate'] > 2", "one number is needed"),
    ],
)
def test_what_is_wanted_is_said(wants, code: str, said: str) -> None:
    written = run(code, TABLES, wants)
    assert said in written.error
    assert written.value is None


COUNTS = pd.DataFrame([[3.0, 1.0, 2.0], [4.0, 4.0, 0.0]], ["men", "women"], list("ABC"))
PAIR = HIGHWAY[["adt", "rate"]]


@pytest.mark.parametrize("wants", [a_frame(like=COUNTS), a_frame_within(COUNTS)])
@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        ("counts / counts.sum(axis=1)", "`.div(..., axis=0)`"),
        ("counts.div(counts.sum(axis=1))", "`.div(..., axis=0)`"),
        ("counts.sub(counts.mean(axis=0), axis=0)", "Without it the Series is matched"),
    ],
)
def test_sums_that_were_matched_with_the_other_side_are_explained(wants, code, way_out) -> None:
    error = run(code, {"counts": COUNTS}, wants).error
    assert error.startswith("It ran, and your last line gives a DataFrame")
    assert way_out in error


@pytest.mark.parametrize("code", ["counts.T", "counts.iloc[:1]", "counts.reset_index()"])
def test_other_shapes_are_not_put_down_to_matching(code: str) -> None:
    error = run(code, {"counts": COUNTS}, a_frame(like=COUNTS)).error
    assert error.startswith("It ran, and ")
    assert error.endswith("is needed.")


def test_a_table_of_all_pairs_has_one_set_of_names_and_no_other_side() -> None:
    """Its columns hold the names of its rows as they should."""
    assert run("r.iloc[1:]", TABLES, a_frame(like=R)).error.endswith("is needed.")


def test_rows_that_were_dropped_for_one_gap_are_explained() -> None:
    code = "r.mask(np.triu(np.ones(r.shape, dtype=bool))).dropna()"
    error = run(code, TABLES, a_frame_within(R)).error
    assert "It ran, and your last line gives a DataFrame of 0 × 11" in error
    assert '`dropna(how="all")`' in error
    mended = run(code.replace("dropna()", 'dropna(how="all")'), TABLES, a_frame_within(R))
    assert mended.value.shape == (10, 11)


@pytest.mark.parametrize("wants", [a_frame(like=PAIR), a_frame_within(PAIR)])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("pair - pair.groupby(highway.htype).mean()", "It has 4 rows beside those."),
        ("pair.groupby(highway.htype).mean()", "None of its rows is one of those."),
    ],
)
def test_means_of_groups_lead_to_transform(wants, code: str, said: str) -> None:
    tables = {"pair": PAIR, "highway": HIGHWAY}
    error = run(code, tables, wants).error
    assert said in error
    assert '`.transform("mean")`' in error
    assert run(code.replace("mean()", 'transform("mean")'), tables, wants).ran


def test_rows_of_several_levels_are_only_other_rows() -> None:
    error = run("highway.groupby('htype')[['adt', 'rate']].corr()", TABLES, a_frame_within(R)).error
    assert error.startswith("It ran, and your last line gives a DataFrame with other rows")


def test_a_title_says_what_is_drawn() -> None:
    assert run("r * 2", TABLES).titled("r itself") == "What your lines give"
    assert run("", TABLES).titled("r itself") == "Before your lines: r itself"
    failed = "Your lines gave nothing to draw: this is r itself"
    assert run("r.(", TABLES).titled("r itself") == failed
    assert run("3", TABLES, a_frame(like=R)).titled("r itself") == failed


def test_what_is_wanted_comes_in_one_form() -> None:
    array = run("r.to_numpy() * 2", TABLES, a_frame(like=R))
    pd.testing.assert_frame_equal(array.value, R * 2)
    assert run("len(highway)", TABLES, a_number()).value == 39.0
    ranks = run("stats.rankdata(highway['rate'])", TABLES, a_series(like=HIGHWAY["rate"]))
    assert ranks.value.equals(HIGHWAY["rate"].rank())


class Doubling(Step):
    """
    ### Double it

    Twice as much.
    """

    lines = Write("Your lines", gives="double", names=("r",))
    task = Task(
        "Double it.",
        [Goal("It is {total:.0f}", met=lambda s: s["total"] == 6)],
        {"lines": "r * 2"},
        [],
    )

    def show(self, lines: str) -> Exhibit:
        r = pd.Series([1.0, 2.0])
        written = run(lines, {"r": r}, a_series(like=r))
        total = float(written.value_or(r).sum())
        return Exhibit({"total": total}, r.to_frame(), "", error=written.error)


def test_a_step_says_what_stopped_the_lines_in_place_of_not_yet() -> None:
    step = Doubling()
    assert step.judge({}).standing is Standing.UNTOUCHED
    assert step.judge({"lines": "r + r"}).standing is Standing.PASSED
    assert step.judge({"lines": "r"}).standing is Standing.NOT_YET
    stopped = step.judge({"lines": "r.("})
    assert stopped.standing is Standing.STOPPED
    assert stopped.text.startswith("It did not run. Line 1: Python cannot read")
    assert step.judge({"lines": "3"}).text.startswith("It ran, and your last line gives a number")


def test_a_broken_attempt_does_not_take_the_place_of_lines_that_passed() -> None:
    step = Doubling()

    def is_kept(lines: str, *, is_passed: bool) -> bool:
        return step.is_kept(step.judge({"lines": lines}), is_passed=is_passed)

    assert [is_kept(lines, is_passed=True) for lines in ("r * 2", "r", "r.(", "3", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert all(is_kept(lines, is_passed=False) for lines in ("r * 2", "r", "r.(", "3", ""))


def test_what_stands_for_the_figure_says_that_it_is_the_one_before() -> None:
    step = Doubling()
    assert step.exhibit({"lines": "r.("}).description.startswith("Your lines gave nothing to draw")
    assert step.exhibit({"lines": "r"}).description == ""


def test_a_script_imports_what_the_lines_use_and_it_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text("import pandas as pd\n\np = 0.2\n# What you write: lines\n# Until here\n")
    code = "np.log(pd.Series([1.0, stats.norm.sf(0)]))"
    recipe = read_script(path, {"lines": written_lines(code, "logs", "")}).recipe
    assert recipe.count("import") == 3
    scope: dict[str, object] = {}
    exec(recipe, scope)
    np.testing.assert_allclose(scope["logs"], [0.0, np.log(0.5)])
    failed = read_script(path, {"lines": written_lines("np.", "logs", "No np.here.")}).recipe
    assert failed.count("import") == 1


@pytest.mark.parametrize(
    ("code", "error", "expected"),
    [
        ("", "", ""),
        ("r * 2", "", "double = r * 2\n"),
        ("x = r * 2", "", "x = r * 2\ndouble = x\n"),
        ("double = r * 2", "", "double = r * 2\n"),
        ("x = r.copy()\nx['é'] = 1; x", "", "x = r.copy()\nx['é'] = 1; double = x\n"),
        ("x = r.copy()\nx.loc[0] = 1", "", "x = r.copy()\nx.loc[0] = 1\ndouble = x\n"),
        ("(r\n .sum())", "", "double = (r\n .sum())\n"),
        ("# r * 2", "", "# r * 2\n"),
        ("# stats.norm", "", "# stats.norm\n"),
        ("r * 2  # stats.", "", "double = r * 2  # stats.\n"),
        ("r.(", "No.", "# r.(\n# No.\n"),
    ],
)
def test_a_script_has_the_lines(code: str, error: str, expected: str) -> None:
    assert written_lines(code, "double", error) == expected


def called(module: Module, prefix: str = "") -> Iterator[str]:
    """Every function that a module offers, as lines call it."""
    for name, member in module.members.items():
        if isinstance(member, Module):
            yield from called(member, f"{prefix}{name}.")
        elif isinstance(member, Function):
            yield f"{prefix}{name}"
            yield from (f"{prefix}{name}.{part}" for part in member.members)


def rules_of(kind: type) -> list[str]:
    """The methods that are offered of such things."""
    rules = next(rules for kinds, rules in ATTRIBUTES if issubclass(kind, kinds))
    return [name for name, rule in rules.items() if rule is not None]


OFFERED = [
    *called(Module("", GLOBALS)),
    *(f"table.{name}" for name in rules_of(pd.DataFrame)),
    *(f"table['a'].{name}" for name in rules_of(pd.Series)),
    *(f"table.index.{name}" for name in rules_of(pd.Index)),
    *(f"table[['a']].to_numpy().{name}" for name in rules_of(np.ndarray)),
    *(f"table.groupby('words').{name}" for name in rules_of(DataFrameGroupBy)),
    *(f"table['a'].rolling(2).{name}" for name in rules_of(Rolling)),
    *(f"table['words'].str.{name}" for name in ACCESSORS["str"]),
]


BARE = re.compile(r"Python says `[^`]*`\.$")


@pytest.mark.parametrize("brackets", ["()", "([])", "('x')", "(None)", "([], [])"])
@pytest.mark.filterwarnings("ignore")
def test_whatever_is_called_with_nothing_sensible_is_answered_in_words(brackets: str) -> None:
    table = pd.DataFrame({"a": [1.0, 2.0, None], "words": ["x", "y", "x"]})
    errors = {name: run(f"{name}{brackets}", {"table": table}).error for name in OFFERED}
    # What Python said stands there as well, and after it what it means.
    unsaid = {name: error for name, error in errors.items() if BARE.search(error)}
    assert unsaid == {}
    assert sum(map(bool, errors.values())) > 200
    assert all(error.endswith((".", "?")) for error in errors.values() if error)


def test_what_fails_in_a_library_is_named_as_it_was_written() -> None:
    given = {"table": pd.DataFrame({"a": [1.0, 2.0]})}
    assert (
        "`np.triu_indices_from` does not work with an empty list"
        in run("np.triu_indices_from([])", given).error
    )
    assert "Look at what stands between the brackets" in run("np.cov()", given).error
    assert run("table.tolist()", given).error.endswith("has no `tolist`. A single column has.")
    assert run("table['a'].str.lower()", given).error.endswith("column of words: this is none.")
