"""The report says what was looked at, in texts that stay texts, on a few pages of its own."""

import re
from html import escape, unescape

import numpy as np
import pandas as pd

import datasets
from lib.course import Exhibit
from lib.lab import instrument
from lib.lab.export import report_of
from lib.tables import AddNoise, Log, Recipe, Sheet, apply_recipe, from_frame, read

HOSTILE = '<script>alert("1")</script>&amp;'
MAP = instrument("association_map")


def report(sheet: Sheet, recipe: Recipe = (), script: str = "") -> tuple[str, Exhibit]:
    exhibit = MAP.exhibit(apply_recipe(recipe, sheet).sheet)
    return report_of(sheet, recipe, MAP, exhibit, date="1 May 2026", script=script), exhibit


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


def test_the_first_pairs_and_the_first_lines() -> None:
    sheet = from_frame(datasets.load("mtcars"), "mtcars")
    text, exhibit = report(sheet, script="\n".join(f"line_{number} = 0" for number in range(100)))
    table = rows_of(text)
    assert len(table) == 1 + 15
    assert [row[:2] for row in table[1:]] == exhibit.table[["x", "y"]].head(15).to_numpy().tolist()
    r = np.triu(np.abs(np.corrcoef(datasets.load("mtcars"), rowvar=False)), 1)
    assert table[1][2] == f"{r.max():.3f}"
    assert "The first 15 of 55 rows." in text
    assert "line_39 = 0" in text
    assert "line_40 = 0" not in text
    assert "The first 40 of 100 lines" in text


def rows_of(text: str) -> list[list[str]]:
    body = text.partition("<table")[2].partition("</table>")[0]
    rows = re.findall("<tr.*?>(.*?)</tr>", body, re.DOTALL)
    return [re.findall("<t[hd]>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_names_are_texts_and_nothing_is_fetched() -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(20, 2)), columns=[HOSTILE, "b"])
    text, _ = report(from_frame(frame, HOSTILE), (Log(HOSTILE),), script=f"# {HOSTILE}")
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
