"""A certificate says what was done, and its code stands for just that."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import COURSE
from lib.course import Answered, Hinted, Passed, Practised, Progress, Shown
from lib.study.certificate import Certificate, Row, certificate, check, check_code
from lib.study.certificate_page import certificate_pdf

ON = date(2026, 3, 1)
LESSON = COURSE.lessons[0]
QUESTION = LESSON.quiz[0]
RIGHT = next(n for n, answer in enumerate(QUESTION.answers) if answer.right)
WRONG = next(n for n, answer in enumerate(QUESTION.answers) if not answer.right)
DAY = 86_400.0


def done() -> Progress:
    slug = LESSON.slug
    first, second, third, fourth = (stop.slug for stop in LESSON.stops[:4])
    return Progress(COURSE.slug).apply(
        Passed(at=10 * DAY, lesson=slug, step=first),
        Hinted(at=11 * DAY, lesson=slug, step=second),
        Passed(at=11 * DAY + 1, lesson=slug, step=second),
        Hinted(at=12 * DAY, lesson=slug, step=third),
        Shown(at=12 * DAY + 1, lesson=slug, step=third),
        Passed(at=12 * DAY + 2, lesson=slug, step=third),
        Hinted(at=13 * DAY, lesson=slug, step=fourth),
        Answered(at=14 * DAY, lesson=slug, step="quiz", question=QUESTION.slug, answer=WRONG),
        Answered(at=15 * DAY, lesson=slug, step="quiz", question=QUESTION.slug, answer=RIGHT),
        Practised(
            at=16 * DAY, lesson=slug, step="pairs_of_a_matrix", draw=1, said="1", right=False
        ),
        Practised(at=17 * DAY, lesson=slug, step="pairs_of_a_matrix", draw=2, said="3", right=True),
    )


def test_it_counts_what_was_done_and_how() -> None:
    issued = certificate(COURSE, done(), " Ada  Lovelace ", ON)
    assert issued.name == "Ada Lovelace"
    assert (issued.first, issued.last, issued.issued) == ("1970-01-11", "1970-01-18", "2026-03-01")
    (row,) = issued.rows
    assert (row.unaided, row.hinted, row.shown) == (1, 1, 1)
    assert (row.first_try, row.by_now, row.questions) == (0, 1, len(LESSON.quiz))
    assert (row.practised, row.practised_right) == (2, 1)


def test_it_says_so_in_words() -> None:
    row = Row("x", 1, 1, 1, 9, 0, 1, 7, 1, 2, 1)
    assert row.words == (
        "3 of 9 steps passed: 1 unaided, 1 with hints and 1 after seeing the solution. "
        "Quiz: 1 of 7 right, 0 at once. Practice: 1 of 2 right."
    )
    assert Row("x", 0, 0, 0, 9, 0, 0, 7, 0, 0, 0).words == "0 of 9 steps passed."


def test_who_has_done_nothing_gets_no_rows() -> None:
    issued = certificate(COURSE, Progress(COURSE.slug), "Ada", ON)
    assert (tuple(issued.rows), issued.first, issued.last) == ((), "", "")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x07b", "\u202e", "\U00012000"])
def test_a_name_that_cannot_stand_there_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"name"):
        certificate(COURSE, Progress(COURSE.slug), name, ON)


def test_a_code_is_checked_by_the_secret_it_was_made_with() -> None:
    issued = certificate(COURSE, done(), "Ada Lovelace", ON)
    code = check_code(issued, "secret")
    assert check(code, "secret") == issued
    assert check("\n ".join((code[:50], code[50:])), "secret") == issued
    assert check(code, "Secret") is None
    assert check(code, "") is None


@given(st.integers(0, 10_000), st.sampled_from("ABCxyz019-_."))
def test_a_code_that_was_changed_is_none(place: int, letter: str) -> None:
    issued = Certificate("Demo", "Ada", (), "", "", "2026-01-31")
    code = check_code(issued, "secret")
    place %= len(code)
    changed = code[:place] + letter + code[place + 1 :]
    assert check(changed, "secret") in ({issued} if changed == code else {None, issued})
    if changed != code and check(changed, "secret") == issued:
        # The last letter of either half has bits to spare.
        assert place in (code.index(".") - 1, len(code) - 1)


@given(st.text(max_size=300))
def test_anything_can_be_pasted(code: str) -> None:
    assert check(code, "secret") is None


def test_another_name_needs_another_code() -> None:
    ada = certificate(COURSE, done(), "Ada", ON)
    bob = certificate(COURSE, done(), "Bob", ON)
    assert check_code(ada, "s").partition(".")[2] != check_code(bob, "s").partition(".")[2]


@pytest.mark.parametrize("code", ["", "x" * 900])
def test_the_page_is_one_page(code: str) -> None:
    row = Row("A lesson with a name", 30, 20, 10, 60, 7, 7, 8, 8, 999, 900)
    issued = Certificate("Honest Heatmaps", "W" * 60, (row,) * 9, "2026-01-01", "2026-06-01", "x")
    page = certificate_pdf(issued, code)
    assert page.count(b"/Type /Page\n") + page.count(b"/Type /Page ") == 1
