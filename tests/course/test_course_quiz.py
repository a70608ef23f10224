"""A quiz is read whole or refused, and shuffled the same way for a learner each time."""

import itertools
import json
import math
import os
import random
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.course import Answer, Question, read_quiz

GOOD = """
[[question]]
slug = "zero"
step = "colour"
at = { limits = "center=0", k = 1, trim = true }
text = "What does the pale middle mean, at {neutral:.2f}?"

    [[question.answer]]
    text = "Zero"
    feedback = "Yes – here it does."
    right = true

    [[question.answer]]
    text = "Nothing"
    feedback = "It means {neutral:.2f}."
    misconception = "pale_means_zero"

[[question]]
slug = "cells"
step = "mask"
text = "How many?"

    [[question.answer]]
    text = "{cells}"
    feedback = "Too many."
    misconception = "mask_keeps_the_diagonal"

    [[question.answer]]
    text = "{visible}"
    feedback = "Those."
    right = true
"""


@pytest.fixture
def read(tmp_path):
    def read(text: str):
        file = tmp_path / "quiz.toml"
        file.write_text(text, encoding="utf-8")
        return read_quiz(file)

    return read


def test_a_quiz_is_read_in_its_order(read):
    assert read(GOOD) == (
        Question(
            slug="zero",
            step="colour",
            text="What does the pale middle mean, at {neutral:.2f}?",
            answers=(
                Answer("Zero", "Yes – here it does.", right=True),
                Answer("Nothing", "It means {neutral:.2f}.", misconception="pale_means_zero"),
            ),
            at={"limits": "center=0", "k": 1, "trim": True},
        ),
        Question(
            slug="cells",
            step="mask",
            text="How many?",
            answers=(
                Answer("{cells}", "Too many.", misconception="mask_keeps_the_diagonal"),
                Answer("{visible}", "Those.", right=True),
            ),
            at={},
        ),
    )


def test_a_question_says_whether_its_case_is_a_new_one(read):
    new = GOOD.replace('slug = "cells"', 'slug = "cells"\ntransfer = true')
    assert [question.transfer for question in read(new)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("right = true", "right = false"),
        ("    right = true\n", ""),
        ('misconception = "pale_means_zero"', "right = true"),
    ],
)
def test_a_question_without_a_single_right_answer_is_refused_by_name(read, old, new):
    assert old in GOOD
    with pytest.raises(ValueError, match=r"^Question 'zero' needs exactly one right answer\.$"):
        read(GOOD.replace(old, new, 1))


def test_every_question_is_looked_at(read):
    text = GOOD.replace("right = true", "right = false").replace("false", "true", 1)
    with pytest.raises(ValueError, match=r"^Question 'cells' needs exactly one right answer\.$"):
        read(text)


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ('misconception = "pale_means_zero"', "", "Nothing"),
        ('"pale_means_zero"', '""', "Nothing"),
        ("right = true", 'right = true\nmisconception = "pale_means_zero"', "Zero"),
    ],
)
def test_wrong_answers_name_a_misconception_and_right_ones_none(read, old, new, answer):
    assert old in GOOD
    message = (
        "^In question 'zero' each wrong answer, and no right one, "
        rf"names a misconception: '{answer}'\.$"
    )
    with pytest.raises(ValueError, match=message):
        read(GOOD.replace(old, new, 1))


@pytest.mark.parametrize("text", ["[[question", "question = ", GOOD + "\nslug", "a = 1\na = 2"])
def test_what_is_no_toml_is_refused(read, text):
    with pytest.raises(tomllib.TOMLDecodeError):
        read(text)


@pytest.mark.parametrize("missing", ["slug", "step", "text"])
def test_a_missing_key_of_a_question_is_named(read, missing):
    lines = GOOD.splitlines()
    lines.remove(next(line for line in lines if line.startswith(missing)))
    with pytest.raises((KeyError, TypeError), match=missing):
        read("\n".join(lines))


@pytest.mark.parametrize("missing", ["text", "feedback"])
def test_a_missing_key_of_an_answer_is_named(read, missing):
    lines = GOOD.splitlines()
    lines.remove(next(line for line in lines if line.startswith(f"    {missing}")))
    with pytest.raises((KeyError, TypeError), match=missing):
        read("\n".join(lines))


def test_a_quiz_without_questions_is_an_error(read):
    with pytest.raises(KeyError, match="question"):
        read("")


def test_an_unknown_key_of_an_answer_is_named(read):
    with pytest.raises(TypeError, match="miscnception"):
        read(GOOD.replace("misconception =", "miscnception =", 1))


def test_an_unknown_key_of_a_question_is_named(read):
    with pytest.raises((TypeError, ValueError), match="att"):
        read(GOOD.replace("at = {", "att = {", 1))


def test_two_questions_of_one_slug_are_refused(read):
    """Their answers would share a record and an order."""
    with pytest.raises(ValueError, match="zero"):
        read(GOOD.replace('slug = "cells"', 'slug = "zero"'))


# The order of the answers


def question(answers: int, slug: str = "zero") -> Question:
    return Question(slug, "colour", "?", [Answer(str(i), "") for i in range(answers)], {})


@given(answers=st.integers(0, 8), seed=st.integers(), slug=st.text())
def test_an_order_names_each_answer_once_and_stays(answers, seed, slug):
    order = question(answers, slug).order(seed)
    assert sorted(order) == list(range(answers))
    assert question(answers, slug).order(seed) == order


@pytest.mark.parametrize("answers", [2, 3, 4])
def test_every_order_is_reached(answers):
    orders = {tuple(question(answers).order(seed)) for seed in range(40 * math.factorial(answers))}
    assert orders == set(itertools.permutations(range(answers)))


def test_no_place_is_the_usual_one_of_the_right_answer():
    firsts = [question(4).order(seed)[0] for seed in range(2000)]
    assert all(430 < firsts.count(answer) < 570 for answer in range(4))


def test_each_question_has_an_order_of_its_own():
    seeds = range(100)
    one = [question(4, "zero").order(seed) for seed in seeds]
    other = [question(4, "cells").order(seed) for seed in seeds]
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 20


def test_a_seed_and_a_slug_do_not_run_into_each_other():
    one = [question(6, "1st").order(seed) for seed in range(1, 10)]
    other = [question(6, "st").order(int(f"{seed}1")) for seed in range(1, 10)]
    assert one != other


def test_the_order_leaves_other_random_numbers_alone():
    random.seed(1)
    expected = random.random()
    random.seed(1)
    question(4).order(7)
    assert random.random() == expected


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_order_is_the_same_in_every_process(hash_seed):
    script = (
        "import json\n"
        "from lib.course.quiz import Answer, Question\n"
        "answers = [Answer(str(i), '') for i in range(5)]\n"
        "question = Question('zero', 'colour', '?', answers, {})\n"
        "print(json.dumps([question.order(seed) for seed in range(50)]))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(result.stdout) == [question(5).order(seed) for seed in range(50)]
