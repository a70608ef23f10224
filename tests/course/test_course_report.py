"""A report is one page that needs nothing beside itself and trusts nobody."""

from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from lib.charts import Heatmap
from lib.course import Report
from lib.course.report import report_page

HOSTILE = '<script>alert("1")</script>&amp;'
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Reader(HTMLParser):
    """Reads a page into its tags, the text of each, and what it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.fetched += [
            value or ""
            for name, value in attrs
            if name in ("src", "href", "xlink:href") and not (value or "").startswith("#")
        ]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def text_of(page: Reader, tag: str) -> list[str]:
    return [text.strip() for text in page.texts.get(tag, [])]


@pytest.fixture
def report() -> Report:
    names = ["rate", HOSTILE]
    values = pd.DataFrame([[1.0, -0.25], [-0.25, 1.0]], names, names)
    table = values.assign(n=[39, 38], missing=[np.nan, 0.5])
    return Report(f"Kept {HOSTILE}", ["First. Then **this**.", HOSTILE], Heatmap(values), table)


def test_it_says_what_it_was_given_as_text(report: Report) -> None:
    page = Reader(report_page(report, "A map."))
    assert page.open == []
    assert text_of(page, "h1") == text_of(page, "title") == [f"Kept {HOSTILE}"]
    assert text_of(page, "p") == ["First. Then **this**.", HOSTILE]
    # The corner of the table and the missing value are empty.
    assert text_of(page, "th") == ["rate", HOSTILE, "n", "missing", "rate", HOSTILE]
    assert text_of(page, "td") == ["1", "−0.25", "39", "−0.25", "1", "38", "0.5"]


def test_the_figure_is_part_of_the_page_and_nothing_is_fetched(report: Report) -> None:
    page = Reader(report_page(report, 'A "map".'))
    assert page.tags.count("svg") == 1
    assert "path" in page.tags
    assert "script" not in page.tags
    assert [url for url in page.fetched if not url.startswith("data:")] == []
    assert 'aria-label="A &quot;map&quot;."' in report_page(report, 'A "map".')
