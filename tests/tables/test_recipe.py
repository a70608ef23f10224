"""A recipe does what it says, its code does the same, and it can be changed without loss."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.tables import (
    TWEAKS,
    AddNoise,
    AddOutlier,
    Cut,
    Difference,
    DropColumns,
    DropRows,
    EditCell,
    FilterRows,
    Log,
    MergeRare,
    PlantDuplicate,
    PlantLeak,
    Rank,
    Recipe,
    RemoveValues,
    RepeatRows,
    SeasonOut,
    Sheet,
    Shuffle,
    Standardise,
    Tweak,
    apply_recipe,
    from_frame,
    moved,
    recipe_from_json,
    recipe_to_json,
    switched,
    undone,
)

FRAME = pd.DataFrame(
    {
        "size": [1.5, 2, 3, -4, 5, 6, 7, 8, 9, 10],
        "n": range(10),
        "site": list("xxyyzzxxyw"),
        "day": pd.date_range("2020-01-01", periods=10),
        "tag": [f"k{row}" for row in range(10)],
        "grade": pd.Categorical(
            ["low", "high", "mid", "low", "low", "high", "mid", "low", "mid", "high"],
            categories=["low", "mid", "high"],
            ordered=True,
        ),
    }
)
SHEET = from_frame(FRAME, "sizes")

# What each does to the frame, by another way than its own.
EFFECTS: list[tuple[Tweak, str, list[object]]] = [
    (EditCell(1, "n", 2.5), "n", [0, 2.5, 2, 3, 4, 5, 6, 7, 8, 9]),
    (EditCell(0, "site", "new"), "site", ["new", *"xyyzzxxyw"]),
    (EditCell(9, "grade", None), "grade", [*FRAME["grade"][:9], None]),
    (EditCell(0, "day", "1999-12-31"), "day", [pd.Timestamp("1999-12-31"), *FRAME["day"][1:]]),
    (EditCell(2, "tag", "z"), "tag", ["k0", "k1", "z", *FRAME["tag"][3:]]),
    (FilterRows("size", ">", 6), "n", [6, 7, 8, 9]),
    (FilterRows("size", "≤", "2"), "n", [0, 1, 3]),
    (FilterRows("site", "≠", "x"), "n", [2, 3, 4, 5, 8, 9]),
    (FilterRows("site", "=", "w"), "n", [9]),
    (FilterRows("day", "<", "2020-01-03"), "n", [0, 1]),
    (FilterRows("tag", "contains", "3"), "n", [3]),
    (FilterRows("grade", "≥", "mid"), "n", [1, 2, 5, 6, 8, 9]),
    (FilterRows("grade", "is there"), "n", list(range(10))),
    (DropRows((0, 9)), "n", list(range(1, 9))),
    (RepeatRows("n"), "tag", [f"k{row}" for row in range(10) for _ in range(row)]),
    (Log("size"), "size", [np.log(v) if v > 0 else None for v in FRAME["size"]]),
    (Rank("grade"), "grade", [2.5, 9, 6, 2.5, 2.5, 9, 6, 2.5, 6, 9]),
    (Rank("size"), "size", [2, 3, 4, 1, 5, 6, 7, 8, 9, 10]),
    (Standardise("n"), "n", [(v - 4.5) / np.std(range(10), ddof=1) for v in range(10)]),
    (Difference("size", 2), "size", [None, None, 1.5, -6, 2, 10, 2, 2, 2, 2]),
    (SeasonOut("n", 5), "n", [-2.5] * 5 + [2.5] * 5),
    (MergeRare("site", 3), "site", ["x", "x", "y", "y", "other", "other", "x", "x", "y", "other"]),
    (PlantDuplicate("n", "again"), "again", list(range(10))),
    (AddOutlier(("n",), 2), "n", [*range(10), 4.5 + 2 * np.std(range(10), ddof=1)]),
]


def cells(values: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize(("tweak", "column", "wanted"), EFFECTS, ids=lambda part: str(part)[:60])
def test_each_tweak_does_what_it_says(tweak: Tweak, column: str, wanted: list[object]) -> None:
    before = SHEET.frame.copy()
    after = tweak.apply(SHEET)
    found = cells(after.frame[column])
    if isinstance(wanted[-1], str | pd.Timestamp | None) and not isinstance(wanted[-2], float):
        assert found == wanted
    else:
        assert found == [each if each is None else pytest.approx(each) for each in wanted]
    pd.testing.assert_frame_equal(SHEET.frame, before)


def test_what_is_drawn_is_drawn_from_its_seed() -> None:
    shuffled = Shuffle("n", 3).apply(SHEET).frame["n"]
    assert sorted(shuffled) == list(range(10))
    assert shuffled.tolist() == Shuffle("n", 3).apply(SHEET).frame["n"].tolist()
    assert shuffled.tolist() != Shuffle("n", 4).apply(SHEET).frame["n"].tolist()
    many = from_frame(pd.DataFrame({"n": np.arange(10_000.0)}), "many")
    noise = AddNoise("noise", 1).apply(many).frame
    assert abs(noise.corr().iloc[0, 1]) < 0.04
    gone = RemoveValues("n", 0.3, 2).apply(many).column("n").missing
    assert gone == pytest.approx(3000, abs=5 * np.sqrt(10_000 * 0.3 * 0.7))
    leak = PlantLeak("n", "leak", 0.5).apply(many).frame.corr().iloc[0, 1]
    assert leak == pytest.approx(1 / np.sqrt(1 + 0.5**2), abs=0.01)


@pytest.mark.parametrize(("by", "counts"), [("rows", [3, 2, 2, 3]), ("width", [4, 1, 2, 3])])
def test_classes_are_equally_large_or_equally_wide(by: str, counts: list[int]) -> None:
    sheet = from_frame(pd.DataFrame({"v": [0, 1, 1.5, 2, 3, 5, 5.5, 7, 7.5, 8]}), "v")
    cut = Cut("v", 4, by).apply(sheet)  # type: ignore[arg-type]
    assert cut.column("v").kind == "ordered"
    assert cut.frame["v"].value_counts(sort=False).tolist() == counts


WHOLE: Recipe = (
    EditCell(1, "n", 2.5),
    EditCell(2, "site", "new"),
    EditCell(3, "day", "2021-01-01"),
    EditCell(0, "grade", None),
    FilterRows("size", ">", -10.0),
    FilterRows("site", "≠", "w"),
    FilterRows("grade", "≤", "high"),
    FilterRows("day", "≥", "2020-01-02"),
    DropRows((0,)),
    Log("size"),
    Rank("day"),
    Standardise("n"),
    Difference("size"),
    AddNoise(),
    PlantDuplicate("n", "n2"),
    PlantLeak("n"),
    Shuffle("site", 3),
    RemoveValues("site", 0.4, 1),
    MergeRare("site", 2),
    AddOutlier(("n", "leak")),
    SeasonOut("noise", 2),
    Cut("n2", 3, "width"),
    FilterRows("n2", "is there"),
    RepeatRows("day"),
    DropColumns(("tag",)),
)


def run(lines: tuple[str, ...]) -> pd.DataFrame:
    names: dict[str, object] = {"np": np, "pd": pd, "table": SHEET.frame.copy()}
    exec(compile("\n".join(lines), "recipe.py", "exec"), names)
    table = names["table"]
    assert isinstance(table, pd.DataFrame)
    return table


def test_every_tweak_is_in_the_whole_recipe() -> None:
    assert {type(tweak) for tweak in WHOLE} == set(TWEAKS.values())


def test_the_code_of_a_recipe_does_the_same() -> None:
    done = apply_recipe(WHOLE, SHEET)
    assert done.failed == ()
    pd.testing.assert_frame_equal(run(done.lines), done.sheet.frame)


ANY = st.one_of(
    st.sampled_from(WHOLE),
    st.builds(
        EditCell,
        st.integers(-1, 12),
        st.sampled_from(list(FRAME)),
        st.none() | st.floats(-5, 5) | st.sampled_from(["x", "low", "2020-05-05"]),
    ),
    st.builds(
        FilterRows,
        st.sampled_from(list(FRAME)),
        st.sampled_from(["=", "≠", "<", "≥", "contains", "is missing", "is there"]),
        st.none() | st.floats(-5, 5) | st.sampled_from(["x", "low", "2020-01-05", "k"]),
    ),
)


def check_recipe(tweaks: list[Tweak]) -> None:
    recipe = tuple(tweaks)
    done = apply_recipe(recipe, SHEET)
    pd.testing.assert_frame_equal(run(done.lines), done.sheet.frame)
    assert recipe_from_json(json.loads(json.dumps(recipe_to_json(recipe)))) == recipe
    assert [column.name for column in done.sheet.columns] == list(done.sheet.frame)
    for column in done.sheet.columns:
        values = done.sheet.frame[column.name]
        assert (column.missing, column.distinct) == (values.isna().sum(), values.nunique())
    assert all(words.endswith(".") for _, words in done.failed)


RECIPES = st.lists(ANY, max_size=6)


@settings(max_examples=30, deadline=None)
@given(RECIPES)
def test_any_recipe_is_applied_as_its_code_says(tweaks: list[Tweak]) -> None:
    check_recipe(tweaks)


@pytest.mark.play
@settings(max_examples=200, deadline=None)
@given(RECIPES)
def test_many_recipes_are_applied_as_their_code_says(tweaks: list[Tweak]) -> None:
    check_recipe(tweaks)


def names_of(sheet: Sheet) -> list[str]:
    return list(sheet.frame)


def test_a_recipe_can_be_switched_moved_and_undone() -> None:
    recipe: Recipe = (AddNoise("a"), AddNoise("b"), DropColumns(("n",)))
    assert names_of(apply_recipe(recipe, SHEET).sheet)[-2:] == ["a", "b"]
    off = switched(recipe, 0, False)
    assert names_of(apply_recipe(off, SHEET).sheet)[-1:] == ["b"]
    assert "a" not in names_of(apply_recipe(off, SHEET).sheet)
    assert switched(off, 0, True) == recipe
    assert moved(recipe, 2, 0) == (recipe[2], recipe[0], recipe[1])
    assert moved(moved(recipe, 2, 0), 0, 2) == recipe
    assert undone(recipe) == recipe[:2]
    assert recipe_from_json(recipe_to_json(off)) == off


def test_what_cannot_be_done_is_left_out_and_said() -> None:
    recipe: Recipe = (DropColumns(("n",)), Log("n"), Log("site"), AddNoise("size"), Log("size"))
    done = apply_recipe(recipe, SHEET)
    assert [place for place, _ in done.failed] == [1, 2, 3]
    assert "category" in done.failed[1][1]
    assert "already" in done.failed[2][1]
    pd.testing.assert_frame_equal(run(done.lines), done.sheet.frame)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        [1],
        [{"tweak": "Forget"}],
        [{"tweak": ["Log"]}],
        [{"tweak": "Log"}],
        [{"tweak": "Log", "column": 3}],
        [{"tweak": "Log", "column": "n", "deep": 1}],
        [{"tweak": "Difference", "column": "n", "lag": True}],
        [{"tweak": "RemoveValues", "column": "n", "share": float("nan")}],
        [{"tweak": "FilterRows", "column": "n", "comparison": "like", "value": 1}],
        [{"tweak": "DropRows", "rows": ["a"]}],
        [{"tweak": "Log", "column": "n"}] * 1000,
    ],
)
def test_what_is_no_recipe_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        recipe_from_json(plain)


def test_a_name_cannot_break_out_of_a_comment() -> None:
    name = "a\nraise SystemExit\n\x00#"
    sheet = from_frame(pd.DataFrame({name: [1.0, 2.0]}), "odd")
    lines = apply_recipe((Log(sheet.columns[0].name),), sheet).lines
    compile("\n".join(lines), "recipe.py", "exec")
    assert not any(line.startswith("raise") for line in "\n".join(lines).splitlines())
