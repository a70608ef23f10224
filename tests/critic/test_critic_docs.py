"""The critic's page of documentation says what the critic does."""

import re
from pathlib import Path

import pytest

from lib.critic import MOST_BYTES, RULES
from lib.critic.__main__ import main
from lib.critic.homework import COLUMNS, MOST_FILES
from lib.critic.reading import MOST_CODE

_TEXT = (Path(__file__).parents[2] / "docs/critic.md").read_text(encoding="utf-8")
_LINES = _TEXT.splitlines()


def test_every_rule_stands_in_the_table_in_the_order_of_the_rules() -> None:
    rows = [f"| `{rule.id}` | {rule.title} | {rule.why} | `{rule.step}` |" for rule in RULES]
    begin = _LINES.index("| rule | looks for | why | shown in |") + 2
    assert _LINES[begin : begin + len(rows)] == rows
    assert _LINES[begin + len(rows)] == ""


def test_every_option_and_bound_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    options = set(re.findall(r"--\w+", capsys.readouterr().out)) - {"--help"}
    assert len(options) >= 4
    for option in options:
        assert f"`{option}" in _TEXT, option
    for bound in (f"{MOST_BYTES:,}", f"{MOST_CODE:,}", f"{MOST_FILES}"):
        assert bound in _TEXT
    assert all(f"`{column}`" in _TEXT for column in COLUMNS)


def test_every_rule_is_named_once_where_it_is_said_how_often_it_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs/critic-corpus.md").read_text(encoding="utf-8")
    assert "(critic-corpus.md)" in _TEXT
    assert {rule.id: page.count(f"`{rule.id}`") for rule in RULES} == {rule.id: 1 for rule in RULES}


def test_the_counts_by_rule_add_up_to_those_of_all_files() -> None:
    page = (Path(__file__).parents[2] / "docs/critic-corpus.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `.*` \|(.*)\|$", page, re.MULTILINE)
    sums = [sum(column) for column in zip(*(map(int, row.split("|")) for row in rows), strict=True)]
    whole = {}
    for name in ("of these, false", "certain faults found", "certain faults missed"):
        (found,) = re.findall(rf"^\| {name} \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
        whole[name] = [int(each) for each in found]
    assert whole == {
        "certain faults found": [sums[1], sums[5]],
        "of these, false": [sums[2], sums[6]],
        "certain faults missed": [sums[3], sums[7]],
    }
