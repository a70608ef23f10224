"""The sheet of a lesson: whole, true to the lesson's code, and nothing in it acts."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import datasets
from lessons import COURSE
from lib.course import Decision, Lesson, Sheet
from lib.study.sheet_page import sheet_page

each_lesson = pytest.mark.parametrize(
    "lesson", COURSE.lessons, ids=[lesson.slug for lesson in COURSE.lessons]
)


@each_lesson
def test_a_sheet_has_a_moral_a_table_and_a_recipe_of_the_lesson(lesson: Lesson) -> None:
    sheet = COURSE.sheets[lesson.slug]
    assert 2 <= len(re.findall(r"[.?](?:\s|$)", sheet.moral)) <= 5
    assert 5 <= len(sheet.decisions) <= 8
    assert len(sheet.recipe.splitlines()) <= 40
    for decision in sheet.decisions:
        assert decision.when[-1] == decision.do[-1] == decision.because[-1] == "."


@each_lesson
def test_its_page_says_all_of_it(lesson: Lesson) -> None:
    sheet = COURSE.sheets[lesson.slug]
    page = sheet_page(lesson, sheet, COURSE.title)
    assert page.count("<tr>") == len(sheet.decisions) + 1
    recipe = page.partition("<pre>")[2].partition("</pre>")[0]
    assert unescape(recipe) == sheet.recipe.strip()
    assert "src=" not in page
    assert "http" not in page.partition("<pre>")[0]


@pytest.mark.play
@each_lesson
def test_its_recipe_runs_as_it_is_beside_the_tables(lesson: Lesson, tmp_path: Path) -> None:
    for table in Path(datasets.__file__).parent.glob("*.csv"):
        shutil.copy(table, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", COURSE.sheets[lesson.slug].recipe],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_what_is_written_is_text() -> None:
    hostile = "<script>alert(1)</script>."
    sheet = Sheet(hostile, [Decision(hostile, hostile, hostile)], "mask")
    assert "<script>" not in sheet_page(COURSE.lessons[0], sheet, hostile)
