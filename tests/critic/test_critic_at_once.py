"""Several faults are mended together, and each of them is mended then."""

import pytest

from lib.critic import RULES, mended, read_text, review_text

_FAULTY = [
    pytest.param(example.code, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.faulty, 1)
]


@pytest.mark.parametrize("code", _FAULTY)
def test_nothing_that_can_be_mended_is_left(code: str) -> None:
    ((_, text),) = mended([(None, code)])
    assert not [
        finding.rule
        for finding in review_text(text).findings
        if finding.fix is not None and not finding.is_question
    ]


def test_faults_of_one_line_and_of_one_rule_are_all_mended() -> None:
    code = (
        "r = df.corr()\n"
        "sns.heatmap(r, vmin=0, vmax=1, cmap='jet'); sns.heatmap(r, cmap='RdYlGn', fmt='.9f')\n"
        "def draw(table):\n    sns.heatmap(table.corr(), cmap='jet')\n"
        "draw(df)\ndraw(df)\n"
    )
    ((_, text),) = mended([(None, code)])
    assert review_text(text).findings == ()
    assert text == (
        "r = df.corr()\n"
        'sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r"); '
        "sns.heatmap(r, cmap=\"RdBu_r\", fmt='.9f', vmin=-1, vmax=1)\n"
        "def draw(table):\n"
        '    sns.heatmap(table.corr(), cmap="RdBu_r", vmin=-1, vmax=1)\n'
        "draw(df)\ndraw(df)\n"
    )


def test_cells_stay_apart_and_questions_as_they_are() -> None:
    asks = "sns.heatmap(df.corr(), center=0, cmap='RdBu_r')"
    texts = [
        (2, "%matplotlib inline\nr = df.corr()"),
        (4, "sns.heatmap(r, cmap='vlag')"),
        (7, asks),
    ]
    assert mended(texts) == [
        texts[0],
        (4, "sns.heatmap(r, cmap='vlag', vmin=-1, vmax=1)"),
        texts[2],
    ]


def test_code_without_a_fault_is_as_it_was() -> None:
    (cell,) = read_text("x = 1").cells
    assert mended([(None, cell.text)]) == [(None, "x = 1")]
