"""What the critic writes is run on data of several kinds: it runs, and does what is said."""

import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression

from lib.critic import RULES, Finding, review_text

_ROWS = 120
_KINDS = ("numbers", "whole numbers", "words", "one and two", "gaps and words")
_MENDED = [
    (f"{rule.id}-{number}", rule.id, example.code)
    for rule in RULES
    for number, example in enumerate(rule.faulty, 1)
    if example.mends and not any(name in example.code for name in ("Rdatasets", "yfinance"))
]


def _outcome(kind: str, signal: np.ndarray) -> np.ndarray:
    is_more = signal > 0
    return {
        "numbers": signal,
        "whole numbers": np.round(40 * signal + 300).astype(int),
        "words": np.where(is_more, "ill", "benign"),
        "one and two": np.where(is_more, 2, 1),
        "gaps and words": is_more.astype(int),
    }[kind]


def _table(kind: str, outcome: np.ndarray, signal: np.ndarray) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    names = ["a", "b", "c", "size", "Age", "Fare", "PassengerId", "age", "hour", "income"]
    names += ["height", "weight", "visit_count"]
    table = pd.DataFrame(rng.normal(size=(_ROWS, len(names))), columns=names)
    table["a"] += signal
    for name in ("y", "price", "target", "diagnosis", "ill"):
        table[name] = outcome
    kinds = rng.integers(3, size=_ROWS)
    for name in ("town", "sex", "htype", "region", "eyes", "hair"):
        table[name] = kinds
        if kind == "gaps and words":
            table[name] = np.array(["Rome", "Oslo", "Bonn"])[kinds]
    if kind == "gaps and words":
        table.loc[rng.choice(_ROWS, 30), "b"] = np.nan
    return table


def _names(kind: str) -> dict[str, object]:
    """What fragments take for granted, their outcome of one kind."""
    rng = np.random.default_rng(1)
    signal = rng.normal(size=_ROWS)
    outcome = _outcome(kind, signal)
    df = _table(kind, outcome, signal)
    X = df[["a", "c", "size"]].copy()
    y = pd.Series(outcome)
    is_number = kind in ("numbers", "whole numbers")
    model = RandomForestRegressor(3) if is_number else RandomForestClassifier(3)
    tables = dict.fromkeys(("df", "t", "table", "train", "people", "roads", "m"), df)
    tables |= dict.fromkeys(("X", "X_train", "X_test", "patients", "strangers", "X_new"), X)
    outcomes = dict.fromkeys(("y", "y_train", "y_test", "said", "ill"), y)
    numbers = {"x": rng.normal(size=(_ROWS, 4)), "k": 3, "cols": ["a", "b", "c"]}
    models = {"model": model, "forest": model}
    libraries = {"np": np, "pd": pd, "plt": plt, "sns": sns}
    return {
        **libraries,
        **tables,
        **outcomes,
        **numbers,
        **models,
        "genes": rng.normal(size=(_ROWS, 30)),
    }


def _failure(code: str, names: dict[str, object]) -> Exception | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(code, names)
    except Exception as error:
        return error
    finally:
        plt.close("all")
    return None


def _files(kind: str, folder: Path) -> None:
    table = _names(kind)["df"]
    assert isinstance(table, pd.DataFrame)
    for name in ("a", "d", "t", "people", "roads", "train", "air"):
        table.to_csv(folder / f"{name}.csv", index=False)


def _found(rule: str, code: str) -> Finding:
    return next(each for each in review_text(code).findings if each.rule == rule)


def _mended(rule: str, code: str) -> str:
    fix = _found(rule, code).fix
    assert fix is not None
    return fix.applied(fix.cells[0])


@pytest.mark.play
@pytest.mark.parametrize("kind", _KINDS)
def test_where_code_ran_it_runs_after_mending(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _files(kind, tmp_path)
    monkeypatch.chdir(tmp_path)
    ran, broken = 0, {}
    for name, rule, code in _MENDED:
        if _failure(code, _names(kind)) is None:
            ran += 1
            after = _failure(_mended(rule, code), _names(kind))
            if after is not None:
                broken[name] = repr(after)
    assert broken == {}
    assert ran > len(_MENDED) / 4  # corr() stops at words


def _run(code: str, **names: object) -> dict[str, object]:
    given = {**_names("whole numbers"), **names}
    assert _failure(code, given) is None
    return given


def _of_towns() -> pd.DataFrame:
    """Whole prices that differ from town to town."""
    rng = np.random.default_rng(2)
    town = rng.integers(20, size=300)
    return pd.DataFrame({"town": town, "price": 300 + 8 * town + rng.integers(-30, 30, 300)})


def test_a_code_of_other_folds_follows_the_mean_of_a_whole_number_outcome() -> None:
    code = (
        "df['code'] = df.groupby('town')['price'].transform('mean')\n"
        "model.fit(df[['code']], df['price'])"
    )
    homes = _of_towns()
    means = homes.groupby("town")["price"].transform("mean")
    _run(_mended("target-means", code), df=homes, model=LinearRegression())
    assert homes["code"].corr(means) > 0.95
    others = (
        "by = df.groupby('town')['price']\n"
        "df['code'] = (by.transform('sum') - df['price']) / (by.transform('count') - 1)\n"
        "model.fit(df[['code']], df['price'])"
    )
    homes = _of_towns()
    _run(_mended("leave-one-out", others), df=homes, model=LinearRegression())
    assert homes["code"].corr(means) > 0.95


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        # No model shows that the outcome has no gaps.
        ("target-means", "df['code'] = df.groupby('town')['target'].transform('mean')"),
        (
            "target-means",
            "import category_encoders as ce\nX = ce.TargetEncoder().fit_transform(X, y)",
        ),
        ("class-one", "model.fit(X, y)\nprint(model.predict_proba(X)[:, 1])"),
        (
            "class-one",
            "from sklearn.datasets import load_breast_cancer\nd = load_breast_cancer()\n"
            "model.fit(d.data, d.target_names[d.target])\nprint(model.predict_proba(d.data)[:, 1])",
        ),
        (
            "p-without-n",
            "from scipy.stats import fisher_exact\nodds, p = fisher_exact(t)\nprint(odds, p)",
        ),
        ("p-without-n", "from scipy.stats import ttest_ind\nt, p = ttest_ind(a, b)\nprint(t, p)"),
        (
            "p-without-n",
            "from scipy.stats import spearmanr\nr, p = spearmanr(a, b, nan_policy='omit')\n"
            "print(r, p)",
        ),
        (
            "p-without-n",
            "from scipy.stats import pearsonr\nr, p = pearsonr(a, b)\na = a[:5]\nprint(r, p)",
        ),
        (
            "confusion-counts",
            "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y, said)\n"
            "sns.heatmap(cm, annot=True)\nprint(cm.trace() / cm.sum())",
        ),
        (
            "confusion-counts",
            "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y, said)\n"
            "sns.heatmap(pd.DataFrame(cm).astype(int), annot=True)",
        ),
        (
            "confusion-counts",
            "from sklearn.metrics import confusion_matrix\n"
            "sns.heatmap(confusion_matrix(y, said), vmin=0, vmax=80)",
        ),
        (
            "training-importance",
            "from sklearn.ensemble import RandomForestClassifier\n"
            "from sklearn.model_selection import train_test_split\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
            "model = RandomForestClassifier().fit(X_train, y_train)\n"
            "final = RandomForestClassifier().fit(X, y)\nprint(final.feature_importances_)",
        ),
        (
            "before-split",
            "from sklearn.preprocessing import StandardScaler\n"
            "from sklearn.model_selection import train_test_split\n"
            "X = StandardScaler().fit_transform(X)\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\nprint(model.predict(X))",
        ),
        (
            "before-split",
            "from sklearn.preprocessing import StandardScaler\n"
            "from sklearn.decomposition import PCA\n"
            "from sklearn.model_selection import train_test_split\n"
            "Z = StandardScaler().fit_transform(X)\nZ = PCA(2).fit_transform(Z)\n"
            "Z_train, Z_test = train_test_split(Z)",
        ),
        (
            "zeros-for-gaps",
            "df = pd.read_csv('a.csv').fillna(0)\nprint(df.corr())\nmodel.fit(df, y)",
        ),
        ("ranked-first", "print(df.rank().corr())"),
        ("many-tests", "from scipy.stats import pearsonr\n[pearsonr(df[c], y)[1] for c in df]"),
        (
            "threshold-is-no-collinearity",
            "r = df.corr()\nmulticollinear = r[r.abs() > 0.9].stack()",
        ),
    ],
)
def test_what_cannot_be_sure_to_do_what_is_said_is_not_written(rule: str, code: str) -> None:
    if rule == "many-tests":
        code = code.replace("[pearsonr", "ps = [pearsonr") + "\nprint(ps)"
    fixes = [each.fix for each in review_text(code).findings if each.rule == rule]
    assert fixes
    assert fixes[0] is None


def test_the_n_of_two_columns_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code = "from scipy.stats import pearsonr\nr, p = pearsonr(a, b)\nprint(r, p)"
    a, b = np.random.default_rng(3).normal(size=(2, 47))
    _run(_mended("p-without-n", code), a=a, b=b)
    assert capsys.readouterr().out.endswith(" n = 47\n")


@pytest.mark.parametrize("kind", ["whole numbers", "words", "one and two"])
def test_a_drawn_confusion_matrix_is_mended_to_shares_of_its_rows(kind: str) -> None:
    code = (
        "from sklearn.metrics import confusion_matrix\ncm = confusion_matrix(y, said)\n"
        "drawn = sns.heatmap(cm, annot=True, fmt='d')\n"
        "shares = drawn.collections[0].get_array()"
    )
    y = pd.Series(_outcome(kind, np.tile([2.0, 1.9, -1.0], 30)))
    shares = _run(_mended("confusion-counts", code), y=y, said=y.iloc[::-1].to_numpy())["shares"]
    np.testing.assert_allclose(np.asarray(shares).reshape(y.nunique(), -1).sum(axis=1), 1)


def test_what_is_scaled_after_the_split_has_the_mean_of_the_rows_to_learn_from() -> None:
    code = (
        "from sklearn.preprocessing import StandardScaler\n"
        "from sklearn.model_selection import train_test_split\n"
        "X = StandardScaler().fit_transform(X)\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)"
    )
    mended = _mended("before-split", code)
    assert "X = X" not in mended
    done = _run(mended)
    means = {name: np.asarray(done[name]).mean(axis=0) for name in ("X_train", "X_test")}
    np.testing.assert_allclose(means["X_train"], 0, atol=1e-12)
    assert abs(means["X_test"]).max() > 0.01


def test_without_a_filler_each_pair_has_the_rows_that_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(4)
    whole = pd.DataFrame({"a": rng.normal(size=2000)})
    whole["b"] = whole["a"] + rng.normal(size=2000)
    gappy = whole.where(rng.random(whole.shape) > 0.3)
    gappy.to_csv(tmp_path / "a.csv", index=False)
    monkeypatch.chdir(tmp_path)
    known = gappy.dropna()
    for filler in ("0", "df.mean()", "df.median()"):
        code = f"df = pd.read_csv('a.csv')\ndf = df.fillna({filler})\nr = df.corr()\nprint(r)"
        filled, mended = _run(code)["r"], _run(_mended("zeros-for-gaps", code))["r"]
        assert isinstance(filled, pd.DataFrame)
        assert isinstance(mended, pd.DataFrame)
        r = np.corrcoef(known["a"], known["b"])[0, 1]
        assert mended.loc["a", "b"] == pytest.approx(r, abs=1e-12)
        assert filled.loc["a", "b"] < r - 0.1


def test_a_mended_call_is_shown_whole_and_its_edits_give_the_same_text() -> None:
    code = "def draw(r):\n    sns.heatmap(r.corr(),\n                cmap='vlag',\n    )\n"
    finding = _found("no-limits", code)
    assert finding.mended is not None
    assert finding.mended.startswith("    sns.heatmap(r.corr(),\n")
    lines = code.split("\n")
    lines[finding.line - 1 : finding.end_line] = finding.mended.split("\n")
    assert finding.fix is not None
    assert "\n".join(lines) == finding.fix.applied(finding.fix.cells[0])
