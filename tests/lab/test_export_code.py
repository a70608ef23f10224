"""The code that a visitor takes along, run in an empty folder beside the original file."""

import ast
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import datasets
from lib.course import Exhibit
from lib.lab import Instrument, instrument, instruments
from lib.lab.export import notebook_of, script_of
from lib.tables import (
    AddNoise,
    Cut,
    FilterRows,
    Log,
    Recipe,
    Sheet,
    apply_recipe,
    from_frame,
    read,
)

FILES = Path(__file__).parents[1] / "tables" / "files"
OWN = (
    "mass;site;height;when\n"
    + "\n".join(
        f"{mass / 10:.1f};{'north' if row % 3 else 'sóuth'};{row * 7 % 11};2024-03-{row % 28 + 1}"
        for row, mass in enumerate(np.random.default_rng(0).integers(10, 99, 40).tolist())
    ).replace(".", ",")
).encode("cp1252")


def bundled(name: str, folder: Path) -> Sheet:
    shutil.copy(datasets.path(name), folder)
    return from_frame(datasets.load(name), name)


def own(data: bytes, name: str, folder: Path) -> Sheet:
    (folder / name).write_bytes(data)
    return read(data, name)


def measured(slug: str, sheet: Sheet, recipe: Recipe, **values: Any) -> Exhibit:
    return instrument(slug).exhibit(apply_recipe(recipe, sheet).sheet, values)


def run(code: str) -> dict[str, Any]:
    matplotlib.use("Agg")
    names: dict[str, Any] = {"print": lambda *_: None}
    exec(compile(code, "script.py", "exec"), names)
    return names


def check_facts(names: dict[str, Any], exhibit: Exhibit) -> None:
    assert exhibit.facts
    for name, fact in exhibit.facts.items():
        if isinstance(fact, float):
            assert names[name] == pytest.approx(fact, rel=1e-6, abs=1e-9, nan_ok=True), name
        else:
            assert names[name] == fact, name


def cells_of(text: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


# Something for every instrument: three numbers, two categories, dates, and gaps in a number.
DRAWN = np.random.default_rng(1).integers(1, 99, (60, 3)).tolist()
OWN_OF_ALL = (
    "when;mass;height;depth;site;soil\n"
    + "".join(
        f"2024-{1 + row // 28:02d}-{1 + row % 28:02d};{mass},{row % 10};{height};"
        f"{'' if row % 9 == 4 else depth};{'north' if row % 3 else 'sóuth'};"
        f"{'sand' if row % 4 else 'clay'}\n"
        for row, (mass, height, depth) in enumerate(DRAWN)
    )
).encode()
OWN_RECIPE: Recipe = (Log("mass"), FilterRows("height", "<", 90))


@cache
def sheet_for(tool: Instrument, is_own: bool) -> Sheet:
    if is_own:
        return read(OWN_OF_ALL, "all.csv")
    return from_frame(datasets.load(tool.example), tool.example)


def exported(tool: Instrument, is_own: bool) -> tuple[str, list[str], Exhibit]:
    """The script, the cells of the notebook, and what they compute."""
    sheet, recipe = sheet_for(tool, is_own), OWN_RECIPE if is_own else ()
    file = "" if is_own else f"{tool.example}.csv"
    exhibit = measured(tool.slug, sheet, recipe)
    script, notebook = (
        code_of(sheet, recipe, tool, exhibit, file=file) for code_of in (script_of, notebook_of)
    )
    return script, cells_of(notebook), exhibit


EVERY_INSTRUMENT = pytest.mark.parametrize("tool", instruments(), ids=lambda tool: tool.slug)
BOTH_KINDS_OF_FILES = pytest.mark.parametrize("is_own", [False, True], ids=["bundled", "own"])

BUNDLED: list[tuple[str, str, Recipe, dict[str, Any]]] = [
    ("association_map", "chickwts", (), {}),
    (
        "association_map",
        "mtcars",
        (Log("hp"), FilterRows("mpg", ">", 14), AddNoise("pure noise", 3)),
        {"method": "Spearman", "adjust": "BH"},
    ),
    ("two_groups", "iris", (Log("sepal length (cm)"),), {"adjust": "none"}),
    ("as_the_tutorial_draws_it", "airquality", (Cut("Temp", 3, "rows"),), {}),
]


@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
@pytest.mark.parametrize(("slug", "name", "recipe", "values"), BUNDLED)
def test_a_bundled_table_beside_its_script(
    slug: str,
    name: str,
    recipe: Recipe,
    values: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = bundled(name, tmp_path)
    exhibit = measured(slug, sheet, recipe, **values)
    script = script_of(sheet, recipe, instrument(slug), exhibit, file=f"{name}.csv")
    check_facts(run(script), exhibit)
    for tweak in recipe:
        assert f"\n# {tweak.words()}\n" in script


@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
def test_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = own(OWN, "fünf 'messungen'.csv", tmp_path)
    assert sheet.reading.delimiter == ";"
    assert sheet.column("mass").kind == "number"
    sheet = sheet.with_kind("height", "category")
    recipe: Recipe = (Log("mass"), FilterRows("site", "=", "north"))
    exhibit = measured("association_map", sheet, recipe)
    assert exhibit.facts["pair_count"] > 0
    arguments = (sheet, recipe, instrument("association_map"), exhibit)
    check_facts(run(script_of(*arguments)), exhibit)
    text = notebook_of(*arguments)
    check_facts(run("\n\n".join(cells_of(text))), exhibit)
    assert "plt.show" not in text


@EVERY_INSTRUMENT
@BOTH_KINDS_OF_FILES
def test_the_code_of_every_instrument_compiles_whole_and_cell_by_cell(
    tool: Instrument, is_own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The code is the same whatever is measured, and measuring takes a while.
    monkeypatch.setattr(type(tool), "measure", lambda *_, **__: Exhibit({}, pd.DataFrame(), ""))
    script, cells, _ = exported(tool, is_own)
    of_script = [ast.unparse(each) for each in ast.parse(script).body]
    of_cells = [ast.unparse(each) for cell in cells for each in ast.parse(cell).body]
    # A notebook shows its figures by itself.
    only_to_show = {"import matplotlib.pyplot as plt", "plt.show()"}
    assert [each for each in of_script if each not in only_to_show] == [
        each for each in of_cells if each not in only_to_show
    ]
    assert "import pandas as pd" in of_cells


@pytest.mark.play
@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
@EVERY_INSTRUMENT
@BOTH_KINDS_OF_FILES
def test_the_code_of_every_instrument_runs(
    tool: Instrument, is_own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(datasets.path(tool.example), tmp_path)
    (tmp_path / "all.csv").write_bytes(OWN_OF_ALL)
    script, cells, exhibit = exported(tool, is_own)
    check_facts(run(script), exhibit)
    check_facts(run("\n\n".join(cells)), exhibit)


@pytest.mark.parametrize("name", ["semicolon_decimal_comma.csv", "typed.parquet"])
def test_files_as_people_have_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda: None)
    sheet = own((FILES / name).read_bytes(), name, tmp_path)
    exhibit = measured("association_map", sheet, ())
    assert exhibit.facts["pair_count"] > 0
    check_facts(run(script_of(sheet, (), instrument("association_map"), exhibit)), exhibit)


def test_it_says_what_it_needs() -> None:
    sheet = read((FILES / "typed.parquet").read_bytes(), "typed.parquet")
    shown = instrument("association_map")
    script = script_of(sheet, (), shown, measured("association_map", sheet, ()))
    assert script.splitlines()[2] == (
        "# It needs matplotlib, numpy, pandas, pyarrow, scipy, seaborn, statsmodels."
    )


def test_a_name_of_a_file_ends_no_comment(tmp_path: Path) -> None:
    name = "a\nraise SystemExit #.csv"
    sheet = read(OWN, name)
    script = script_of(
        sheet, (), instrument("association_map"), measured("association_map", sheet, ())
    )
    assert script.splitlines()[1] == (
        "# It reads a raise SystemExit #.csv, which has to lie beside it."
    )
    assert not any(line.startswith("raise") for line in script.splitlines())


@pytest.mark.parametrize("name", list(datasets.catalogue()))
def test_every_bundled_table_is_read_as_it_is_in_the_lab(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = bundled(name, tmp_path)
    nothing = Exhibit({}, pd.DataFrame(), "")
    script = script_of(sheet, (), instrument("association_map"), nothing, file=f"{name}.csv")
    table = run(script.removesuffix("plt.show()\n"))["table"]
    measured = [column.name for column in sheet.columns if column.kind != "ignored"]
    assert list(table) == list(sheet.frame)
    found, expected = (frame[measured].reset_index(drop=True) for frame in (table, sheet.frame))
    pd.testing.assert_frame_equal(found, expected)


def test_a_changed_kind_of_a_bundled_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = bundled("mtcars", tmp_path).with_kind("cyl", "ordered", ("4", "6", "8"))
    nothing = Exhibit({}, pd.DataFrame(), "")
    script = script_of(sheet, (), instrument("association_map"), nothing, file="mtcars.csv")
    table = run(script.removesuffix("plt.show()\n"))["table"]
    pd.testing.assert_frame_equal(table, sheet.frame)


def test_a_sheet_without_a_file_needs_its_name() -> None:
    sheet = from_frame(datasets.load("mtcars"), "mtcars")
    with pytest.raises(ValueError, match="no file of its own"):
        script_of(sheet, (), instrument("association_map"), measured("association_map", sheet, ()))
