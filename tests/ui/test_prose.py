"""Prose with marks: each term once on a page, and none where there is no page."""

from streamlit.testing.v1 import AppTest

from lessons import COURSE


def shown(script: object) -> list[str]:
    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception
    return [element.value for element in app.markdown]


def test_a_term_is_marked_where_the_page_uses_it_first() -> None:
    def page() -> None:
        from lib.course import Glossary, Term
        from lib.ui.prose import explaining, show_prose

        terms = (
            Term("v", ["V"], 'How "strong" <it> is.', "words", "strength"),
            Term("r", ["r"], "A line.", "maps", "reading", common=True),
        )
        with explaining(Glossary(terms), "words", "strength"):
            show_prose("r < V, and V again")
            show_prose("V < r")
        show_prose("V < r")

    first, second, outside = shown(page)
    assert first == (
        'r &lt; <dfn class="term" tabindex="0" '
        'aria-description="How &quot;strong&quot; &lt;it&gt; is.">V</dfn>, and V again'
    )
    assert second == outside == "V < r"


def test_a_step_explains_its_terms() -> None:
    def page() -> None:
        from lessons import COURSE
        from lib.ui.prose import explaining, show_prose

        with explaining(COURSE.glossary, "time_series", "echoes"):
            show_prose(COURSE.lesson("time_series").step("echoes").prose)

    (text,) = shown(page)
    for term in COURSE.glossary.terms:
        if (term.lesson, term.step) == ("time_series", "echoes"):
            assert text.count(term.meaning) == 1
