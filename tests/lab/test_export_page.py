"""The page that works alone: what it holds is right, and it asks for nothing and trusts nobody."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

import datasets
from lib.charts import DARK, LIGHT, Heatmap
from lib.lab import instrument, instruments
from lib.lab.export import behind, page_of
from lib.tables import Log, Sheet, Shuffle, apply_recipe, from_frame

HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "<!--",
    "&lt;b&gt; $x$ [a](http-b)",
)


class Reader(HTMLParser):
    """The tags of a page, its scripts, and what it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scripts: list[str] = []
        self.metas: list[dict[str, str | None]] = []
        self.fetched: list[str | None] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append("")
        if tag == "meta":
            self.metas.append(dict(attrs))
        self.fetched += [value for name, value in attrs if name in ("src", "href", "action")]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script":
            self.scripts[-1] += data


def table(rows: int = 40) -> pd.DataFrame:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.normal(size=(rows, 4)), columns=list("abcd"))
    frame["b"] += frame["a"]
    frame.loc[frame.index[:5], "c"] = np.nan
    return frame


def page(frame: pd.DataFrame, slug: str = "association_map", **values: Any) -> str:
    sheet = from_frame(frame, "a table")
    return page_of(sheet, (), instrument(slug), instrument(slug).exhibit(sheet, values))


def data_of(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Reader(text).scripts[0])
    return data


def points(data: dict[str, Any], chart: dict[str, Any]) -> list[tuple[float, float]]:
    columns = (data["series"][chart[axis]] for axis in "xy")
    return [(x, y) for x, y in zip(*columns, strict=True) if x is not None and y is not None]


def test_it_asks_for_nothing() -> None:
    text = page(table())
    read = Reader(text)
    assert not read.fetched
    assert not {"link", "img", "iframe", "object", "embed"} & set(read.tags)
    assert not re.search(r"https?://|@import|url\(", text)


def test_its_policy_lets_its_own_script_run_and_nothing_else() -> None:
    read = Reader(page(table()))
    (policy,) = (meta["content"] for meta in read.metas if "http-equiv" in meta)
    digest = base64.b64encode(hashlib.sha256(read.scripts[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )


def test_hostile_names_are_texts() -> None:
    frame = table().set_axis(list(HOSTILE), axis=1)
    read = Reader(page(frame))
    assert read.tags.count("script") == 2
    assert "img" not in read.tags
    assert tuple(json.loads(read.scripts[0])["figures"][0]["rows"]) == HOSTILE[1:]


@pytest.mark.parametrize("slug", [each.slug for each in instruments()])
def test_every_instrument_has_a_page(slug: str) -> None:
    old = pd.Series(range(71))
    more = {"old": old, "gaps": old.where(old % 9 > 0), "hen": np.where(old % 3 > 0, "a", "b")}
    sheet = from_frame(datasets.load("chickwts").assign(**more), "chickwts")
    assert not instrument(slug).fits(sheet)
    text = page_of(sheet, (), instrument(slug), instrument(slug).exhibit(sheet))
    read = Reader(text)
    figures = json.loads(read.scripts[0])["figures"]
    assert figures
    assert read.tags.count("svg") == figures.count(None)
    assert not re.search(r"https?://", text)


def test_the_cells_say_what_they_are_worth() -> None:
    frame = table()
    data = data_of(page(frame, marks="none"))
    (figure,) = data["figures"]
    r = frame.corr()
    expected = Heatmap.lower(r)
    assert len(figure["cells"]) == 6
    for row, column, colour, text, meaning, marks, _ in figure["cells"]:
        names = figure["rows"][row], figure["columns"][column]
        number = f"{r.loc[names]:.2f}".replace("-", "−")
        assert (text, meaning, marks) == (number, f"r = {number}", 0)
        light, _, dark, _ = data["palette"][colour]
        assert light == expected.cell_colours(LIGHT).loc[names]
        assert dark == expected.cell_colours(DARK).loc[names]


def test_a_cell_opens_the_rows_that_have_both() -> None:
    frame = table()
    data = data_of(page(frame))
    for row, column, *_, detail in data["figures"][0]["cells"]:
        names = [
            data["figures"][0][axis][place] for axis, place in (("rows", row), ("columns", column))
        ]
        opened = data["details"][detail]
        assert opened["of"] == names
        found = points(data, opened["chart"])
        expected = frame[[names[1], names[0]]].dropna()
        np.testing.assert_allclose(found, expected, atol=1e-4)
        assert f"over {len(expected)} rows" in opened["sentence"]
    # Each column once, and the numbers of the rows.
    assert len(data["series"]) == 5


@pytest.mark.parametrize(("rows", "drawn"), [(1_500, 1_500), (2_500, 2_000)])
def test_at_most_two_thousand_rows_are_in_the_file(rows: int, drawn: int) -> None:
    frame = table(rows)[["a", "b"]]
    text = page(frame)
    data = data_of(text)
    (detail,) = data["details"]
    numbers = data["series"][detail["chart"]["rows"]]
    assert len(set(numbers)) == drawn
    expected = frame.iloc[[number - 1 for number in numbers]]
    np.testing.assert_allclose(points(data, detail["chart"]), expected, atol=1e-4)
    said = "Drawn are 2,000 of the 2,500 rows, chosen by lot." in detail["sentence"]
    assert said == (drawn < rows)
    assert detail["sentence"].count("Drawn") == said
    assert (f"values of {drawn:,} of {rows:,} rows" in text) == (drawn < rows)


def test_groups_are_told_apart() -> None:
    frame = table().assign(group=["left", "right"] * 20)
    data = data_of(page(frame, "two_groups"))
    chart = data["details"][0]["chart"]
    assert chart["groupNames"] == ["left", "right"]
    assert chart["line"]
    # By group, in the order of the two tables.
    assert len(data["series"][chart["groups"]]) == 40
    assert sorted(data["series"][chart["groups"]]) == [0] * 20 + [1] * 20


def test_of_many_cells_the_strongest_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "MOST_CELLS", 2)
    frame = table()
    text = page(frame)
    data = data_of(text)
    opened = {tuple(detail["of"]) for detail in data["details"]}
    r = frame.corr().abs()
    pairs = sorted(combinations(frame, 2), key=lambda pair: r.loc[pair])
    assert opened == {(y, x) for x, y in pairs[-2:]}
    assert "Of 6 cells, the 2 with the largest values open." in text


def test_a_plot_that_would_be_too_much_is_left_out_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(behind, "_MOST_NUMBERS", 0)
    data = data_of(page(table().assign(group=["left", "right"] * 20), "two_groups"))
    assert not data["series"]
    for detail in data["details"]:
        assert detail["chart"] is None
        assert detail["sentence"].endswith("Its plot is left out, to keep this file small.")


def test_the_list_has_the_numbers_and_opens_its_pairs() -> None:
    frame = table()
    frame["d"] = frame["a"] + frame["d"] / 1e6
    data = data_of(page(frame))
    columns = {column["name"]: column["cells"] for column in data["list"]["columns"]}
    assert 0 < columns["p"][0] < 1e-12
    r = frame.corr()
    for x, y, value, detail in zip(
        columns["x"], columns["y"], columns["value"], data["list"]["opens"], strict=True
    ):
        assert value == pytest.approx(r.loc[x, y], rel=1e-5)
        assert {x, y} == set(data["details"][detail]["of"])


def test_it_says_what_was_done_to_the_table_and_shows_that_table() -> None:
    sheet, recipe = from_frame(table(), "a table"), (Shuffle("a", 5), Log("nope"))
    changed = apply_recipe(recipe, sheet).sheet
    shown = instrument("association_map")
    text = page_of(sheet, recipe, shown, shown.exhibit(changed))
    assert "<li>Shuffle a (draw 5).</li>" in text
    assert "This was left out: There is no column &#x27;nope&#x27;." in text
    assert "Correction: Holm" in text
    data = data_of(text)
    (detail,) = (each for each in data["details"] if each["of"] == ["b", "a"])
    found = points(data, detail["chart"])
    np.testing.assert_allclose(found, changed.frame[["a", "b"]], atol=1e-4)


def test_where_there_is_no_figure_the_page_says_why() -> None:
    sheet: Sheet = from_frame(table().assign(w=-1.0), "a table")
    exhibit = instrument("association_map").exhibit(sheet, {"weights": "w"})
    assert exhibit.stopped
    text = page_of(sheet, (), instrument("association_map"), exhibit)
    assert f"<p>{exhibit.stopped}</p>" in text
    assert data_of(text)["figures"] == []


def test_names_of_rows_are_in_the_list() -> None:
    data = data_of(page(datasets.load("airquality"), "missing_values"))
    columns = {column["name"]: column["cells"] for column in data["list"]["columns"]}
    missing = dict(zip(next(iter(columns.values())), columns["missing"], strict=True))
    assert (missing["Ozone"], missing["Solar.R"]) == (37, 7)


def test_a_page_of_fifty_columns_is_small_and_reads_no_frame_for_a_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(300, 50)), columns=[f"c{n}" for n in range(50)])
    sheet = from_frame(frame, "wide")
    tool = instrument("association_map")
    exhibit = tool.exhibit(sheet)
    taken = []
    original = pd.DataFrame.__getitem__

    def counted(self: pd.DataFrame, key: Any) -> Any:
        taken.append(key)
        return original(self, key)

    monkeypatch.setattr(pd.DataFrame, "__getitem__", counted)
    text = page_of(sheet, (), tool, exhibit)
    assert len(data_of(text)["details"]) == 50 * 49 / 2
    assert len(text.encode()) < 6e6
    # Once or a few times for a column, not for each of the pairs.
    assert len(taken) < 10 * 50


def test_of_many_levels_the_most_frequent_are_drawn() -> None:
    # Level k has k rows; the 30 most frequent of 33 are 4 to 33.
    levels = np.repeat([f"level {k:02}" for k in range(34)], range(34))
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"level": levels, "a": random.normal(size=len(levels))})
    (detail,) = data_of(page(frame))["details"]
    assert detail["sentence"].endswith("Drawn are the 30 most frequent levels of level.")
    assert detail["chart"]["rows"] == [f"level {k:02}" for k in range(4, 34)]
    medians = frame.groupby("level")["a"].median()[[f"level {k:02}" for k in range(4, 34)]]
    assert detail["chart"]["value"] == pytest.approx(medians.tolist(), abs=1e-4)
