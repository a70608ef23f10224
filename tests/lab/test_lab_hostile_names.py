"""Names of columns and of files that are markup, code or formulas: computed with, never obeyed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from lib.lab import instrument
from lib.lab.export import report_of, script_of
from lib.tables import Recipe, apply_recipe, read, recipe_from_json, recipe_to_json

NAMES = {
    "Markdown": "**bold** [link](https://example.org) ![x](https://example.org/x.png)",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "dollars": "$x^2$ and $$y$$",
    "newlines": "first\nsecond\r\nthird",
    "quotes": "it's \"quoted\" '''thrice''' \\' \\n {x} {0} %s",
    "formula": '=HYPERLINK("https://example.org")',
    "code": "']; import os; os.abort(); x['",
    "triple": '"""; raise SystemExit; """',
    "long": "x" * 5000,
    "emoji": "größe 🦉 \u202eabc",
    "hash": "# The numbers that the step names",
}
FILES = [
    "../../x.csv",
    "n" * 300 + ".csv",
    "first\nsecond.csv",
    "<img src=x onerror=alert(1)>.csv",
    "no_ending",
    ".csv",
    "",
    'it\'s "quoted".csv',
    'x"""; raise SystemExit; """.csv',
    "C:\\new\\table.csv",
    "#.csv",
    "a\x00b.csv",
]


def csv_with(name: str) -> bytes:
    """Two columns of numbers and one of words, all with this name in theirs."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(40, 2)).round(3), columns=[name, f"{name} b"])
    frame[f"{name} w"] = random.choice(["north", "south", "west"], 40, p=[0.5, 0.4, 0.1])
    return frame.to_csv(index=False).encode()


def everything_with(number: str, other: str, word: str, hostile: str) -> Recipe:
    """Every tweak, on columns and with values of these names."""
    of = {"column": number}
    new = hostile[:150]
    tweaks: list[dict[str, Any]] = [
        {"tweak": "EditCell", "row": 3, "column": number, "value": 2.5},
        {"tweak": "EditCell", "row": 4, "column": word, "value": hostile},
        {"tweak": "FilterRows", "column": number, "comparison": ">", "value": -9.0},
        {"tweak": "FilterRows", "column": word, "comparison": "≠", "value": hostile},
        {"tweak": "DropRows", "rows": [1, 2]},
        {"tweak": "Rank", **of},
        {"tweak": "Log", **of},
        {"tweak": "Standardise", **of},
        {"tweak": "SeasonOut", **of, "period": 4},
        {"tweak": "Difference", **of},
        {"tweak": "AddOutlier", "columns": [number, other]},
        {"tweak": "Shuffle", **of, "seed": 1},
        {"tweak": "AddNoise", "name": f"{new} noise"},
        {"tweak": "PlantDuplicate", **of, "name": f"{new} twin"},
        {"tweak": "PlantLeak", "target": number, "name": f"{new} leak"},
        {"tweak": "RemoveValues", **of, "share": 0.1},
        {"tweak": "MergeRare", "column": word, "fewer": 8, "name": new},
        {"tweak": "Cut", "column": other, "classes": 3},
        {"tweak": "DropColumns", "columns": [f"{new} twin"]},
    ]
    return recipe_from_json(tweaks)


def run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The variables of code that runs in a folder."""
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {"print": lambda *_: None}
    plt.close("all")  # what was drawn before keeps its own settings
    with plt.rc_context():
        exec(compile(code, "script.py", "exec"), names)
    plt.close("all")
    return names


def often(values: Mapping[str, str], quick: tuple[str, ...]) -> list[Any]:
    """These names at every change, and the others with what is played."""
    marks = {name: () if name in quick else pytest.mark.play for name in values}
    return [pytest.param(value, marks=marks[name], id=name) for name, value in values.items()]


@pytest.mark.parametrize("hostile", often(NAMES, ("dollars", "quotes")))
def test_every_tweak_and_its_code_take_any_name(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = csv_with(hostile)
    (tmp_path / "own.csv").write_bytes(data)
    sheet = read(data, "own.csv")
    number, other, word = sheet.frame
    assert [column.kind for column in sheet.columns] == ["number", "number", "category"]
    recipe = everything_with(number, other, word, hostile)
    assert recipe_from_json(recipe_to_json(recipe)) == recipe
    applied = apply_recipe(recipe, sheet)
    assert not applied.failed
    tool = instrument("missing_values")
    exhibit = tool.exhibit(applied.sheet)
    code = script_of(sheet, recipe, tool, exhibit, file="")
    found = run(code, tmp_path, monkeypatch)["table"]
    assert list(found) == list(applied.sheet.frame)
    for name in found:
        expected = applied.sheet.frame[name]
        if pd.api.types.is_numeric_dtype(expected):
            assert found[name].to_numpy(float) == pytest.approx(
                expected.to_numpy(float), nan_ok=True
            )
        else:
            assert found[name].astype(object).tolist() == expected.astype(object).tolist()
    report = report_of(sheet, recipe, tool, exhibit, date="today")
    assert "<script>alert" not in report
    assert "<img src=x" not in report


@pytest.mark.parametrize("name", often({name[:20]: name for name in FILES}, ("../../x.csv", "")))
def test_any_name_of_a_file_is_read_and_written_into_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = csv_with("x")
    sheet = read(data, name)
    tool = instrument("association_map")
    exhibit = tool.exhibit(sheet)
    code = script_of(sheet, (), tool, exhibit, file="")
    given: list[Any] = []
    monkeypatch.setattr(pd, "read_csv", lambda path, **_: given.append(path) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(code, tmp_path, monkeypatch)
    assert given == [name]
    assert not list(tmp_path.iterdir())
    report = report_of(sheet, (), tool, exhibit, date="today")
    assert "<img src=x" not in report
