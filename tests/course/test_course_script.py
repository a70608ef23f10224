"""Scripts are files in which only the values at the top change."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.course import NUMBERS, Script
from lib.course.script import in_code, read_script

TEXT = f'''"""What this is."""

import pandas as pd

k = -1  # the diagonal
side = "upper"
columns = [
    "rate",
    "len",
]
trim = False

table = pd.DataFrame({{"k": [k]}})
if trim:
    k2 = k

{NUMBERS}
rows = len(columns)
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "step.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def test_recipe_and_numbers_are_parted_and_make_the_file_again(file: Path) -> None:
    script = read_script(file, {})
    assert script.recipe.startswith("import pandas as pd\n\nk = -1  # the diagonal\n")
    assert script.recipe.endswith("    k2 = k\n")
    assert script.numbers == "rows = len(columns)\n"
    assert TEXT.endswith(script.whole.replace(f"\n\n{NUMBERS}", f"\n{NUMBERS}"))


def test_values_take_the_place_of_those_in_the_file(file: Path) -> None:
    values = {"k": 2, "side": 'a "b"', "columns": ("x",), "trim": True}
    script = read_script(file, values)
    names = run(script.whole)
    assert (names["k"], names["side"], names["columns"]) == (2, 'a "b"', ["x"])
    assert (names["trim"], names["k2"], names["rows"]) == (True, 2, 1)
    assert "k = 2  # the diagonal" in script.recipe
    assert file.read_text() == TEXT


@pytest.mark.parametrize("name", ["k2", "nothing", "table2"])
def test_a_name_that_the_top_does_not_assign_is_an_error(file: Path, name: str) -> None:
    with pytest.raises(ValueError, match=rf"step\.py assigns {name} 0 times"):
        read_script(file, {name: 1})


def test_a_name_that_is_assigned_twice_is_an_error(file: Path) -> None:
    file.write_text("k = 1\nk = 2\n")
    with pytest.raises(ValueError, match=r"step\.py assigns k 2 times"):
        read_script(file, {"k": 1})


def test_a_script_without_numbers_is_all_recipe(file: Path) -> None:
    file.write_text("k = 1\n")
    assert read_script(file, {"k": 3}) == Script("k = 3\n")
    assert read_script(file, {"k": 3}).whole == "k = 3\n"


PARTS = st.none() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(PARTS, st.booleans(), st.integers(), st.lists(PARTS, max_size=12).map(tuple))


@given(value=VALUES)
def test_a_value_in_code_is_that_value(value: Any) -> None:
    code = in_code("x", value)
    (line,) = ast.parse(code).body
    assert isinstance(line, ast.Assign)
    read = ast.literal_eval(line.value)
    assert read == (list(value) if isinstance(value, tuple) else value)
    if isinstance(value, str) and value.isprintable() and not {'"', "\\"} & set(value):
        assert code == f'x = "{value}"'
