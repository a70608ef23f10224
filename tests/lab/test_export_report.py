"""The report says what was looked at, in texts that stay texts, on a few pages of its own."""

import re
from html import escape, unescape

import numpy as np
import pandas as pd
import pytest
from playing import bundled, run

import datasets
from lib.charts import LIGHT
from lib.course import Exhibit
from lib.lab import Instrument, instrument, instruments
from lib.lab.export import page_of, report_of
from lib.lab.export.gist import gist
from lib.lab.export.told import setting_words
from lib.tables import AddNoise, Log, Recipe, Sheet, apply_recipe, from_frame, read

HOSTILE = '<script>alert("1")</script>&amp;'
MAP = instrument("association_map")


def report(sheet: Sheet, recipe: Recipe = ()) -> tuple[str, Exhibit]:
    exhibit = MAP.exhibit(apply_recipe(recipe, sheet).sheet)
    return report_of(sheet, recipe, MAP, exhibit, date="1 May 2026"), exhibit


def items(text: str, heading: str) -> list[str]:
    part = text.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]
    return [unescape(each) for each in re.findall("<li>(.*?)</li>", part, re.DOTALL)]


def test_it_says_what_was_done_and_what_could_not_be() -> None:
    sheet = from_frame(datasets.load("chickwts"), "chickwts")
    recipe: Recipe = (Log("weight"), Log("nope"), AddNoise("noise", on=False))
    text, _ = report(sheet, recipe)
    assert items(text, "What was done to it") == [
        "Take the logarithm of weight; what is not above 0 becomes missing.",
        "Take the logarithm of nope; what is not above 0 becomes missing. This was left out: "
        "There is no column 'nope'.",
    ]
    assert "1 May 2026" in text
    assert "71 rows and 2 columns." in text
    assert "Nothing: it was taken as it was read." in report(sheet)[0]


def test_what_was_guessed_found_and_to_be_doubted_is_in_it() -> None:
    sheet = read(b"size;n\n1,5;1\n2,5;n/a\n3,25;2\n4,75;9\n", "sizes.csv")
    text, exhibit = report(sheet)
    assert sheet.notes
    assert items(text, "The table") == [note.words for note in sheet.notes]
    assert items(text, "What it found") == MAP.found(exhibit)
    assert items(text, "What to beware of") == MAP.beware(exhibit)
    assert escape(exhibit.description) in text


def test_the_first_pairs() -> None:
    sheet = from_frame(datasets.load("mtcars"), "mtcars")
    text, exhibit = report(sheet)
    table = rows_of(text)
    assert len(table) == 1 + 15
    assert [row[:2] for row in table[1:]] == exhibit.table[["x", "y"]].head(15).to_numpy().tolist()
    r = np.triu(np.abs(np.corrcoef(datasets.load("mtcars"), rowvar=False)), 1)
    assert table[1][2] == f"{r.max():.3f}"
    assert "The first 15 of 55 rows." in text


def rows_of(text: str) -> list[list[str]]:
    body = text.partition("<table")[2].partition("</table>")[0]
    rows = re.findall("<tr.*?>(.*?)</tr>", body, re.DOTALL)
    return [re.findall("<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_names_are_texts_and_nothing_is_fetched() -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(20, 2)), columns=[HOSTILE, "b"])
    text, _ = report(from_frame(frame, HOSTILE), (Log(HOSTILE),))
    assert "<script" not in text
    assert escape(HOSTILE) in text
    assert not re.search(r"https?://|@import", text)
    assert "<figure" in text
    assert "</svg>" in text


def test_what_is_almost_one_reads_alike_in_words_and_numbers() -> None:
    x = np.arange(40.0)
    sheet = from_frame(pd.DataFrame({"x": x, "y": 0.7 * np.sin(x**2) - 10 * x}), "line")
    text, _ = report(sheet)
    r = np.corrcoef(sheet.frame, rowvar=False)[0, 1]
    assert -1 < r < -0.9999
    written = f"{r:.5f}".replace("-", "\N{MINUS SIGN}")
    assert f"r = {written} over 40 rows" in text
    assert rows_of(text)[1][2] == written


def test_a_bundled_table_bears_its_title_and_says_whose_it_is() -> None:
    sheet, about = bundled("airquality"), datasets.catalogue()["airquality"]
    exhibit = MAP.exhibit(sheet)
    title = "Association map: New York air quality, May to September 1973"
    of_report = report_of(sheet, (), MAP, exhibit, date="1 May 2026", about=about)
    for text in (of_report, page_of(sheet, (), MAP, exhibit, about=about)):
        assert f"<title>{title}</title>" in text
        assert f"<h1>{title}</h1>" in text
        assert "National Weather Service; R datasets, airquality." in text
        assert "Terms: part of R (GPL-2.0-or-later)." in text
    # One's own table has the name of its file, and nobody else's terms.
    assert "<h1>Association map: airquality</h1>" in report(sheet)[0]
    assert "Terms:" not in report(sheet)[0]


def visible(tool: Instrument, exhibit: Exhibit) -> list[object]:
    """What whoever looks at an exhibit can see of it."""
    drawn = [repr(figure.screen(LIGHT)) for figure in exhibit.figures]
    words = [exhibit.description, tool.found(exhibit), tool.beware(exhibit), exhibit.read()]
    return [exhibit.table.to_csv(), *drawn, *words]


@pytest.mark.parametrize(
    "tool", [pytest.param(each, id=each.slug, marks=pytest.mark.play) for each in instruments()]
)
def test_settings_without_effect_are_not_named(tool: Instrument) -> None:
    sheet = from_frame(datasets.load(tool.example).head(200), tool.example)
    exhibit = tool.exhibit(sheet)
    words, seen = setting_words(sheet, tool, exhibit), visible(tool, exhibit)
    for name, control in tool.controls_on(sheet).items():
        others = [value for value in getattr(control, "named", ())[:5] if value != control.default]
        if isinstance(control.default, tuple) or not others:
            continue
        changes = any(visible(tool, tool.exhibit(sheet, {name: other})) != seen for other in others)
        is_none = control.default == "none"
        assert (f"{control.label}: " in words) == (changes and not is_none), name


def test_weights_are_named_when_there_are_some() -> None:
    sheet = from_frame(datasets.load("chickwts").assign(w=2, other=range(71)), "chickwts")
    plain = setting_words(sheet, MAP, MAP.exhibit(sheet))
    assert "eights" not in plain
    assert "Against" not in plain
    assert "none" not in plain
    values = {"weights": "w", "method": "Pearson", "adjust": "none", "against": ("other",)}
    words = setting_words(sheet, MAP, MAP.exhibit(sheet, values))
    assert "Weights, for Pearson's r: w; The weights are: a survey's weights." in words
    assert "Against: other;" in words
    # Where something is corrected by default, none is a choice.
    assert "Correction: none;" in words


def test_half_a_chosen_surface_is_not_named() -> None:
    tool, frame = instrument("interactions"), datasets.load("un").head(60)
    sheet = from_frame(frame, "un")
    half = tool.exhibit(sheet, {"across": "fertility", "upwards": "the strongest pair"})
    assert "Surface" not in setting_words(sheet, tool, half)
    both = tool.exhibit(sheet, {"across": "ppgdp", "upwards": "lifeExpF"})
    assert "Surface, across: ppgdp; Surface, upwards: lifeExpF." in setting_words(sheet, tool, both)


def test_the_code_is_what_computes_and_draws() -> None:
    text, _ = report(bundled("airquality"))
    code = unescape(text.partition("<pre>")[2].partition("</pre>")[0])
    assert not re.search("^(import|from) |^adjust = |read_csv", code, re.MULTILINE)
    assert "def measured(x, y):" in code
    assert "stats.kendalltau" not in code
    for part in ("data = table[columns]", "pairs.sort_values(", "multipletests(", "sns.heatmap("):
        assert part in code
    assert len(code.splitlines()) <= 110
    assert "Download, then &ldquo;Code, Python script&rdquo;" in text
    compile(code, "code", "exec")


def test_a_short_script_is_whole_but_for_what_stands_elsewhere() -> None:
    tool, sheet = instrument("missing_values"), bundled("airquality")
    exhibit = tool.exhibit(sheet)
    code = gist(exhibit.code.recipe)
    rest = exhibit.code.recipe.removesuffix(code + "\n")
    assert len(rest) + len(code) + 1 == len(exhibit.code.recipe)
    assert all(
        line.startswith(("import ", "from ")) or " = " in line for line in rest.split("\n") if line
    )
    assert (
        run(exhibit, sheet)["missing_count"] == datasets.load("airquality").isna().sum().sum() == 44
    )


def test_functions_keep_what_they_say_of_themselves() -> None:
    function = '@cache\ndef f(x):\n    """Of x."""\n' + "    x += 1\n" * 70
    recipe = f"import a\nn = 1\n\n\n{function}\n\ndef g(x):\n    return x\n\n\nm = 2\nprint(f(n))\n"
    assert gist(recipe) == (
        '@cache\ndef f(x):\n    """Of x."""\n    ...\n\ndef g(x): ...\n\nm = 2\nprint(f(n))'
    )
    assert gist("n = 1\n") == ""


def test_names_of_rows_are_in_the_numbers() -> None:
    tool, sheet = instrument("missing_values"), bundled("airquality")
    text = report_of(sheet, (), tool, tool.exhibit(sheet), date="1 May 2026")
    counts = {row[0]: row[1] for row in rows_of(text)[1:]}
    assert (counts["Ozone"], counts["Solar.R"]) == ("37", "7")
    # On a narrow screen each number bears the name of its column.
    assert '<td data-of="missing">37</td>' in text


def test_two_figures_stand_side_by_side_on_paper() -> None:
    tool, sheet = instrument("interactions"), from_frame(datasets.load("un").head(60), "un")
    exhibit = tool.exhibit(sheet)
    assert len(exhibit.figures) == 2
    text = report_of(sheet, (), tool, exhibit, date="1 May 2026")
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    assert found is not None
    width, height = map(float, found.groups())
    assert width > 1.5 * height
