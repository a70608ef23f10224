"""Every rule is played: it finds its faults, mends them, and says nothing of what is clean."""

import ast

import pytest

from lessons import COURSE
from lib.critic import RULES, Example, Rule, read_text, review_text

_FAULTY = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.faulty, 1)
]
_CLEAN = [
    pytest.param(code, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, code in enumerate(rule.clean, 1)
]


@pytest.mark.parametrize(("rule", "example"), _FAULTY)
def test_a_rule_finds_its_fault_where_it_stands(rule: Rule, example: Example) -> None:
    review = review_text(example.code)
    assert not review.refused
    found = {finding.rule: finding for finding in review.findings}
    assert set(found) == {rule.id, *example.beside}
    assert found[rule.id].line == example.line
    assert found[rule.id].segment in example.code
    assert not review.praise


@pytest.mark.parametrize(("rule", "example"), _FAULTY)
def test_the_fix_is_python_and_mends_the_fault(rule: Rule, example: Example) -> None:
    finding = next(each for each in review_text(example.code).findings if each.rule == rule.id)
    if not example.mends:
        assert finding.fix is None
        return
    assert finding.fix is not None
    (cell,) = finding.fix.cells
    mended = finding.fix.applied(cell)
    ast.parse(mended)
    left = [each.rule for each in review_text(mended).findings]
    assert sorted(left) == sorted(example.beside)
    assert finding.mended
    assert finding.mended in mended


@pytest.mark.parametrize("code", _CLEAN)
def test_nothing_is_said_of_what_is_clean(code: str) -> None:
    review = review_text(code)
    assert not review.refused
    assert [(finding.rule, finding.sentence) for finding in review.findings] == []


def test_rules_have_names_of_their_own_and_two_examples_of_each_kind() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert len(rule.faulty) >= 2, rule.id
        assert len(rule.clean) >= 2, rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_a_belief_and_a_step_of_the_course(rule: Rule) -> None:
    assert rule.belief in COURSE.misconceptions
    lesson, _, step = rule.step.partition("/")
    assert step in {stop.slug for stop in COURSE.lesson(lesson).stops}


def test_clean_examples_are_read_and_not_refused() -> None:
    for rule in RULES:
        for code in rule.clean:
            assert read_text(code).cells[0].tree.body
