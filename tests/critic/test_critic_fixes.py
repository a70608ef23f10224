"""What the critic writes is run on data of several kinds: it runs, and does what is said."""

import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

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
    assert ran > len(_MENDED) / 3
