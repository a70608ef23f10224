"""Faults that were planted by other names and in other styles than the rules' own examples."""

import tomllib
from pathlib import Path

import pytest

from lib.critic import review_text

_PLANTED = {
    rule: variants
    for path in sorted((Path(__file__).parent / "planted").glob("*.toml"))
    for rule, variants in tomllib.loads(path.read_text(encoding="utf-8")).items()
}


def _is_found(rule: str, variant: dict[str, object]) -> bool:
    found = review_text(str(variant["code"])).findings
    return (rule, variant["line"]) in {(each.rule, each.line) for each in found}


def test_nine_in_ten_planted_faults_are_found() -> None:
    missed = [
        f"{rule}, variant {number}"
        for rule, variants in _PLANTED.items()
        for number, variant in enumerate(variants, 1)
        if not _is_found(rule, variant)
    ]
    assert len(missed) <= 0.1 * sum(map(len, _PLANTED.values())), missed


@pytest.mark.parametrize("rule", _PLANTED)
def test_a_rule_finds_its_fault_in_other_styles(rule: str) -> None:
    variants = _PLANTED[rule]
    assert len(variants) >= 3
    assert sum(_is_found(rule, each) for each in variants) >= len(variants) - 1
