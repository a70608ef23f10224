"""What the critic writes about series and models is run: every mended example goes through."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

from lib.critic import Example, Rule, review_text
from lib.critic.rules.models import RULES as MODELS
from lib.critic.rules.time import RULES as TIME

_NOT_INSTALLED = ("yfinance", "category_encoders")
_MENDED = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in (*TIME, *MODELS)
    for number, example in enumerate(rule.faulty, 1)
    if example.mends and not any(name in example.code for name in _NOT_INSTALLED)
]
_ROWS = 200


def _names() -> dict[str, object]:
    """What fragments take for granted."""
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.normal(size=(_ROWS, 4)), columns=list("abcd"))
    y = (X["a"] + rng.normal(size=_ROWS) > 0).astype(int)
    homes = pd.DataFrame({"town": rng.choice(list("xyz"), _ROWS)})
    homes[["price", "target", "size"]] = rng.normal(size=(_ROWS, 3))
    homes["diagnosis"] = y
    months = pd.date_range("2000-01-01", periods=_ROWS, freq="MS")
    days = pd.date_range("2010-01-01", periods=2000)
    grid = pd.DataFrame(rng.normal(size=(2500, 4)), columns=list("abcd"))
    grid["a"], grid["b"] = np.repeat(np.arange(50), 50), np.tile(np.arange(50), 50)
    runs = pd.DataFrame({"depth": np.repeat([1, 2], 4), "rate": np.tile([1, 2], 4)})
    runs[["train_error", "test_error"]] = rng.normal(size=(8, 2))
    forest = RandomForestClassifier(5).fit(X, y)
    series = {
        "t": pd.DataFrame(rng.normal(size=(_ROWS, 2)), months, ["gdp", "co2"]),
        "a": pd.Series(rng.normal(size=_ROWS)),
        "b": pd.Series(rng.normal(size=_ROWS)),
        "sales": pd.DataFrame(rng.normal(size=(2000, 2)), days, ["ice", "sun"]),
        "x": rng.normal(size=_ROWS),
    }
    numbers = {"k": 1, "us": np.arange(30), "vs": np.arange(30), "others": ["c", "d"]}
    tables = {"X": X, "X_train": X, "X_test": X, "y": y, "y_test": y, "said": y, "grid": grid}
    more = {"df": homes, "train": homes, "genes": rng.normal(size=(_ROWS, 30)), "ill": y}
    more |= {
        "patients": X,
        "strangers": X,
        "classes": [0, 1],
        "cooled": rng.normal(size=(20, 30)),
        "runs": runs,
        "left": plt.gca(),
        "right": plt.gca(),
    }
    models = {"forest": forest, "model": forest, "names": list("abcd")}
    return {"np": np, "pd": pd, "plt": plt, "sns": sns} | series | numbers | tables | more | models


@pytest.mark.play
@pytest.mark.parametrize(("rule", "example"), _MENDED)
def test_mended_code_about_models_runs(
    rule: Rule, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = _names()
    rng = np.random.default_rng(1)
    dates = pd.date_range("2000-01-01", periods=_ROWS, freq="MS", name="date")
    columns = ["ice cream", "burglaries", "gym", "spots", "lynx"]
    table = pd.DataFrame(rng.uniform(1, 2, size=(_ROWS, 5)), dates, columns)
    for file in ("t.csv", "etf.csv"):
        table.rename_axis("month" if "'month'" in example.code else "date").to_csv(tmp_path / file)
    if "df['price'])" in example.code and rule.id in ("target-means", "leave-one-out"):
        names["model"] = RandomForestRegressor(5)
    monkeypatch.chdir(tmp_path)
    finding = next(each for each in review_text(example.code).findings if each.rule == rule.id)
    assert finding.fix is not None
    (cell,) = finding.fix.cells
    exec(finding.fix.applied(cell), names)
    plt.close("all")
