"""Search finds what the course says, by the beginnings of words, and opens no lesson for it."""

import subprocess
import sys

import pytest

from lessons import COURSE
from lib.study.search import Entry, Index, entries_of

INDEX = Index(entries_of(COURSE))


def titles(question: str) -> list[str]:
    return [found.entry.title for found in INDEX.find(question)]


def test_steps_words_and_beliefs_are_found_by_their_own_titles() -> None:
    for entry in entries_of(COURSE)[::4]:
        assert entry in [found.entry for found in INDEX.find(entry.title, most=500)], entry.title


def test_a_title_comes_before_a_mention() -> None:
    assert titles("Holm")[0] == "Holm"
    assert titles("simpson")[0].lower().startswith("simpson")


@pytest.mark.parametrize("question", ["CONFOUNDER", "confound", "  confounder! "])
def test_case_endings_and_marks_do_not_matter(question: str) -> None:
    assert "confounder" in titles(question)


def test_all_words_must_be_there() -> None:
    both = INDEX.find("spearman ranks")
    assert both
    for found in both:
        text = f"{found.entry.title} {found.entry.text}".lower()
        assert "spearman" in text
        assert "rank" in text
    assert INDEX.find("spearman xylophone") == []


@pytest.mark.parametrize("question", ["", "   ", "!?", "\x00", "*" * 5000, "[x](y)", "(" * 99])
def test_what_holds_no_word_finds_nothing(question: str) -> None:
    assert INDEX.find(question) == [] or "x" in question


def test_a_slip_of_the_pen_is_understood() -> None:
    assert INDEX.find("spearmann") == []
    assert INDEX.meant("spearmann") == "spearman"
    assert INDEX.meant("qqqqqqq") == ""


def test_an_excerpt_shows_the_word_in_the_middle_of_a_long_text() -> None:
    text = "one " * 100 + "needle " + "two " * 100
    (found,) = Index([Entry("step", "Title", text, "a", "b")]).find("needle")
    assert "needle" in found.excerpt
    assert found.excerpt[0] == found.excerpt[-1] == "…"
    assert len(found.excerpt) < 160


def test_to_search_is_not_to_open_the_lessons() -> None:
    code = (
        "import sys; from lessons import COURSE; from lib.study.search import entries_of; "
        "entries_of(COURSE); "
        "assert 'lessons.methods.shapes' not in sys.modules; assert 'sklearn' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
